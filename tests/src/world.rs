//! Building what a test begins with, through the API.

use serde_json::{Value, json};

use crate::{client::Client, tenant::Tenant};

/// An order that was placed.
#[derive(Clone, Debug)]
pub struct Placed {
    /// Its id.
    pub id: String,
    /// Its number.
    pub number: String,
    /// What shows it to a guest.
    pub token: String,
}

/// A National Address in Riyadh, as an `AddressInput`.
pub fn riyadh() -> Value {
    json!({
        "name": "ليلى أحمد", "phone": "+966512345678", "country": "SA", "city": "الرياض", "district": "العليا",
        "street": "طريق العروبة", "buildingNumber": "2929", "postalCode": "12211", "additionalNumber": "6123",
        "shortAddress": "RRRD2929",
    })
}

/// The same in `AlUla`, which is remote: delivery costs more.
pub fn alula() -> Value {
    let mut address = riyadh();
    address["city"] = json!("العلا");
    address["postalCode"] = json!("43522");
    address["shortAddress"] = Value::Null;
    address
}

/// An address in Kuwait, as an `AddressInput`.
pub fn kuwait() -> Value {
    json!({
        "name": "Omar Al Sabah", "phone": "+96551234567", "country": "KW", "city": "Kuwait City",
        "line1": "Block 4, Street 12, House 7", "postalCode": "15300",
    })
}

/// A guest of `web-sa` does what these do of a [`Client`].
impl Tenant {
    /// The id of a variant.
    pub async fn variant(&self, sku: &str) -> String {
        self.anonymous().variant(sku).await
    }

    /// A cart that is ready for `checkoutComplete`.
    pub async fn cart_ready(&self, lines: &[(&str, u32)], payment: &str) -> String {
        self.anonymous().cart_ready(lines, payment).await
    }

    /// An order to be paid by cash on delivery: it is `PLACED`.
    pub async fn order(&self, lines: &[(&str, u32)]) -> Placed {
        self.anonymous().order(lines).await
    }

    /// Moves an order along, as staff who may everything: see [`Client::make`].
    pub async fn make(&self, moves: &[&str], order: &str) {
        self.staff_all().make(moves, order).await;
    }
}

impl Client {
    /// The id of a variant.
    pub async fn variant(&self, sku: &str) -> String {
        let query = "query ($sku: String!) { productVariant(by: { sku: $sku }) { id } }";
        let found = self.run(query, json!({ "sku": sku })).await;
        text(&found["productVariant"]["id"])
    }

    /// A cart with contact, an address in the channel's country, standard delivery, and a way to pay:
    /// `CARD`, `CASH_ON_DELIVERY` or `BANK_TRANSFER`. Says its id.
    pub async fn cart_ready(&self, lines: &[(&str, u32)], payment: &str) -> String {
        let mut wanted = Vec::new();
        for (sku, quantity) in lines {
            wanted.push(json!({ "variant": self.variant(sku).await, "quantity": quantity }));
        }
        let create = "mutation ($input: CartCreateInput!) { cartCreate(input: $input) { cart { id } userErrors { code field } } }";
        let created = self.done(create, json!({ "input": { "lines": wanted } })).await;
        let cart = text(&created["cart"]["id"]);
        let address = if self.channel() == Some("web-kw") { kuwait() } else { riyadh() };
        let contact = json!({ "email": "guest@customer.example", "phone": "+966512345678" });
        let there =
            self.steps(&cart, json!([{ "contactSet": contact }, { "shippingAddressSet": { "address": address } }]));
        let there = there.await;
        let options = there["deliveryOptions"].as_array().expect("ways of delivery");
        let standard = options.iter().find(|option| option["code"] == "standard").expect("standard delivery");
        let delivery = json!({ "deliveryMethodSet": { "deliveryMethod": standard["id"] } });
        self.steps(&cart, json!([delivery, { "paymentMethodSet": { "paymentMethod": payment } }])).await;
        cart
    }

    /// Changes a cart by steps, and gives its id, version, delivery options and total.
    pub async fn steps(&self, cart: &str, steps: Value) -> Value {
        let update = "mutation ($input: CartUpdateInput!) { cartUpdate(input: $input) {
            cart { id version deliveryOptions { id code } totals { total { amount } } } userErrors { code field } } }";
        self.done(update, json!({ "input": { "cart": cart, "steps": steps } })).await["cart"].take()
    }

    /// Makes an order of a cart that is not paid by card.
    pub async fn checkout(&self, cart: &str) -> Placed {
        self.complete(cart, Value::Null).await
    }

    /// Makes an order of a cart that is paid by card, with a token such as `tok_approved`.
    pub async fn checkout_by_card(&self, cart: &str, token: &str) -> Placed {
        self.complete(cart, json!({ "token": token, "returnUrl": "https://shop.example/return" })).await
    }

    async fn complete(&self, cart: &str, card: Value) -> Placed {
        let complete = "mutation ($input: CheckoutCompleteInput!) { checkoutComplete(input: $input) {
            order { id number } orderToken userErrors { code field } } }";
        let input = json!({ "cart": cart, "card": card, "idempotencyKey": self.key() });
        let done = self.done(complete, json!({ "input": input })).await;
        Placed {
            id: text(&done["order"]["id"]),
            number: text(&done["order"]["number"]),
            token: text(&done["orderToken"]),
        }
    }

    /// An order to be paid by cash on delivery: it is `PLACED`.
    pub async fn order(&self, lines: &[(&str, u32)]) -> Placed {
        let cart = self.cart_ready(lines, "CASH_ON_DELIVERY").await;
        self.checkout(&cart).await
    }

    /// Moves an order along by mutations, such as `["orderConfirm", "orderAllocate", "orderShip", "orderDeliver"]`.
    pub async fn make(&self, moves: &[&str], order: &str) {
        for name in moves {
            let kind = format!("O{}Input", name.strip_prefix('o').expect("a mutation of orders"));
            let query =
                format!("mutation ($input: {kind}!) {{ {name}(input: $input) {{ userErrors {{ code field }} }} }}");
            let mut input = json!({ "order": order, "idempotencyKey": self.key() });
            if *name == "orderShip" {
                input["carrier"] = json!("سمسا");
                input["tracking"] = json!("290012345678");
            }
            self.done(&query, json!({ "input": input })).await;
        }
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("not a text: {value}")).to_owned()
}
