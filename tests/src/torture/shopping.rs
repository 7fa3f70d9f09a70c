//! What buyers do: a cart that is ready, and an order of it.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{
    caller::{Caller, Unanswered},
    goods::Goods,
};
use crate::{client::codes, world::riyadh};

/// Makes an order of a cart.
pub(super) const COMPLETE: &str = "mutation ($input: CheckoutCompleteInput!) { checkoutComplete(input: $input) {
    order { id number state totals { total { amount } } lines { sku quantity } payment { challengeUrl } }
    orderToken userErrors { code field } } }";

const CREATE: &str = "mutation ($input: CartCreateInput!) { cartCreate(input: $input) {
    cart { id } userErrors { code field } } }";

const UPDATE: &str = "mutation ($input: CartUpdateInput!) { cartUpdate(input: $input) {
    cart { deliveryOptions { id code } totals { total { amount } } } userErrors { code field } } }";

/// What somebody wants to buy.
#[derive(Clone, Debug)]
pub(super) struct Wish {
    /// Tells it from all others: it is the address's local part, and the idempotency key.
    pub(super) key: String,
    /// Units by SKU.
    pub(super) lines: BTreeMap<String, u64>,
    /// The token of a card; cash on delivery without.
    pub(super) card: Option<&'static str>,
}

/// The ids of what can be bought.
#[derive(Clone, Debug)]
pub(super) struct Shopping {
    variants: BTreeMap<String, String>,
    delivery: String,
}

impl Wish {
    /// Where the order's news goes.
    pub(super) fn email(&self) -> String {
        format!("{}@torture.example", self.key)
    }

    /// The input that makes an order of its cart; the same whenever it is asked for.
    pub(super) fn complete(&self, cart: &str) -> Value {
        json!({ "cart": cart, "card": self.card.map(card), "idempotencyKey": self.key })
    }
}

impl Shopping {
    /// The id of a variant.
    pub(super) fn variant(&self, sku: &str) -> &str {
        &self.variants[sku]
    }

    /// The way of delivery that everybody takes.
    pub(super) fn delivery(&self) -> &str {
        &self.delivery
    }

    /// Looks around in a shop that sells these goods.
    pub(super) async fn look_around(caller: &Caller<'_>, goods: &[Goods]) -> Result<Self, Unanswered> {
        let mut variants = BTreeMap::new();
        for Goods { sku, .. } in goods {
            let query = "query ($sku: String!) { productVariant(by: { sku: $sku }) { id } }";
            let found = caller.ask(query, json!({ "sku": sku })).await?;
            variants.insert(sku.clone(), text(&found["productVariant"]["id"]));
        }
        let created = caller.call(CREATE, json!({})).await?;
        let steps = json!([{ "shippingAddressSet": { "address": riyadh() } }]);
        let there = caller.call(UPDATE, json!({ "cart": created["cart"]["id"], "steps": steps })).await?;
        let options = there["cart"]["deliveryOptions"].as_array().cloned().unwrap_or_default();
        let standard = options.iter().find(|option| option["code"] == "standard");
        Ok(Self { variants, delivery: text(&standard.expect("standard delivery")["id"]) })
    }

    /// What can be bought, sorted.
    pub(super) fn skus(&self) -> Vec<&String> {
        self.variants.keys().collect()
    }

    /// Makes a cart ready, and says its id.
    pub(super) async fn prepare(&self, caller: &Caller<'_>, wish: &Wish) -> Result<String, Unanswered> {
        let line = |(sku, quantity): (&String, &u64)| json!({ "variant": self.variants[sku], "quantity": quantity });
        let lines: Vec<_> = wish.lines.iter().map(line).collect();
        let created = done(caller, CREATE, json!({ "lines": lines })).await?;
        let id = text(&created["cart"]["id"]);
        let payment = if wish.card.is_some() { "CARD" } else { "CASH_ON_DELIVERY" };
        let steps = json!([
            { "contactSet": { "email": wish.email() } },
            { "shippingAddressSet": { "address": riyadh() } },
            { "deliveryMethodSet": { "deliveryMethod": self.delivery } },
            { "paymentMethodSet": { "paymentMethod": payment } },
        ]);
        done(caller, UPDATE, json!({ "cart": id, "steps": steps })).await?;
        Ok(id)
    }
}

/// A card, as an input has it.
pub(super) fn card(token: &str) -> Value {
    json!({ "token": token, "returnUrl": "https://shop.example/return" })
}

/// Runs a mutation that should not be refused.
async fn done(caller: &Caller<'_>, query: &str, input: Value) -> Result<Value, Unanswered> {
    let payload = caller.call(query, input).await?;
    if codes(&payload).is_empty() {
        return Ok(payload);
    }
    caller.report.found(format!("{query}\nwas refused: {payload}"));
    Err(Unanswered)
}

/// A text of an answer; empty if there is none.
pub(super) fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
