//! What buyers do.

use std::time::Duration;

use futures_util::{StreamExt, stream};
use reqwest::Client;
use serde_json::{Value, json};

use crate::server::SKU;

/// A shop, as its buyers reach it.
#[derive(Clone, Debug)]
pub struct Shop {
    http: Client,
    address: String,
    clients: usize,
    /// Who asks; none: a guest.
    token: Option<String>,
}

impl Shop {
    /// The shop at an address, with so many buyers at once.
    pub fn new(address: String, clients: usize) -> Self {
        Self { http: Client::new(), address, clients, token: None }
    }

    /// The same for somebody of the tests' shop, who signs in.
    pub async fn signed_in(&self, email: &str) -> Self {
        let sign_in = "mutation ($input: SignInInput!) { signIn(input: $input) { accessToken userErrors { code } } }";
        let done = self.done(sign_in, json!({ "email": email, "password": "qafila-test-2026" })).await;
        Self { token: Some(text(&done["accessToken"])), ..self.clone() }
    }

    /// Fills carts of one unit each, ready to be ordered. Gives their ids.
    pub async fn carts(&self, n: usize) -> Vec<String> {
        let found =
            self.ask("query ($sku: String!) { productVariant(by: { sku: $sku }) { id } }", json!({ "sku": SKU }));
        let variant = found.await["productVariant"]["id"].take();
        let first = self.cart(&variant, None).await;
        let delivery = &first["deliveryOptions"][0]["id"];
        let carts = stream::iter(0..n).map(|_| async { text(&self.cart(&variant, Some(delivery)).await["id"]) });
        carts.buffer_unordered(self.clients).collect().await
    }

    async fn cart(&self, variant: &Value, delivery: Option<&Value>) -> Value {
        let create =
            "mutation ($input: CartCreateInput!) { cartCreate(input: $input) { cart { id } userErrors { code } } }";
        let created = self.done(create, json!({ "lines": [{ "variant": variant, "quantity": 1 }] })).await;
        let update = "mutation ($input: CartUpdateInput!) { cartUpdate(input: $input) {
            cart { id deliveryOptions { id } } userErrors { code field } } }";
        let address = json!({
            "name": "ليلى أحمد", "phone": "+966512345678", "country": "SA", "city": "الرياض", "district": "العليا",
            "street": "طريق العروبة", "buildingNumber": "2929", "postalCode": "12211", "additionalNumber": "6123",
        });
        let mut steps = vec![
            json!({ "contactSet": { "email": "buyer@bench.example" } }),
            json!({ "shippingAddressSet": { "address": address } }),
        ];
        if let Some(delivery) = delivery {
            steps.push(json!({ "deliveryMethodSet": { "deliveryMethod": delivery } }));
            steps.push(json!({ "paymentMethodSet": { "paymentMethod": "CASH_ON_DELIVERY" } }));
        }
        self.done(update, json!({ "cart": created["cart"]["id"], "steps": steps })).await["cart"].take()
    }

    /// Orders a cart at once. Gives the order's id.
    pub async fn complete(&self, cart: &str) -> String {
        let complete = "mutation ($input: CheckoutCompleteInput!) { checkoutComplete(input: $input) {
            order { id } orderToken userErrors { code field } } }";
        text(&self.done(complete, json!({ "cart": cart, "idempotencyKey": cart })).await["order"]["id"])
    }

    /// Hands a cart in. Gives the ticket's id.
    pub async fn submit(&self, cart: &str) -> String {
        let submit = "mutation ($input: CheckoutSubmitInput!) { checkoutSubmit(input: $input) {
            ticket { id } userErrors { code field } } }";
        text(&self.done(submit, json!({ "cart": cart, "idempotencyKey": cart })).await["ticket"]["id"])
    }

    /// Waits until a ticket is decided.
    pub async fn decided(&self, ticket: &str) {
        let query = "query ($id: ID!) { checkoutTicket(id: $id) { state } }";
        while self.ask(query, json!({ "id": ticket })).await["checkoutTicket"]["state"] == "WAITING" {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Waits until the worker has nothing left to do with events.
    pub async fn rested(&self) {
        loop {
            let page = self.http.get(format!("{}/metrics", self.address)).send().await.expect("an answer");
            let page = page.text().await.expect("a page");
            if page.lines().any(|line| line == "qafila_events_waiting 0") {
                return;
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    }

    /// Does something with each cart, by all buyers at once. Gives what came of each, in the order in which it came.
    pub async fn each(&self, carts: &[String], act: impl AsyncFn(&str) -> String) -> Vec<String> {
        let act = &act;
        stream::iter(carts).map(|cart| async move { act(cart).await }).buffer_unordered(self.clients).collect().await
    }

    /// Runs a mutation, and gives its payload.
    pub async fn done(&self, query: &str, input: Value) -> Value {
        let mut data = self.ask(query, json!({ "input": input })).await;
        let payload = data.as_object_mut().and_then(|fields| fields.values_mut().next()).expect("a payload").take();
        assert_eq!(payload["userErrors"], json!([]), "{query}");
        payload
    }

    /// Runs an operation, and gives its data.
    pub async fn ask(&self, query: &str, variables: Value) -> Value {
        let body = json!({ "query": query, "variables": variables }).to_string();
        let request = self.http.post(format!("{}/graphql", self.address)).header("content-type", "application/json");
        let mut request = request.header("qafila-tenant", "shop").body(body);
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        let answer = request.send().await.expect("an answer");
        let answer = answer.text().await.expect("a body");
        let mut answer: Value = serde_json::from_str(&answer).unwrap_or_else(|_| panic!("not JSON: {answer}"));
        assert!(answer.get("errors").is_none(), "{query}\n{answer}");
        answer["data"].take()
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("not a text: {value}")).to_owned()
}
