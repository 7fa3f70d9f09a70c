//! What buyers do.

use rand::{RngExt, rngs::StdRng};
use serde_json::{Value, json};

use super::{
    act::{self, CHECKOUT_REFUSALS, SOLD},
    book::Cart,
    client::Client,
};
use crate::{
    client::codes,
    torture::{
        caller::Unanswered,
        shopping::{card, text},
    },
    world::riyadh,
};

const PAYMENTS: [&str; 5] = ["CASH_ON_DELIVERY", "CASH_ON_DELIVERY", "CARD", "CARD", "BANK_TRANSFER"];

/// The cards that buyers have.
const CARDS: [&str; 5] =
    ["tok_approved", "tok_approved", "tok_challenge", "tok_insufficient_funds", "tok_do_not_honour"];

/// How a cart is paid: whoever makes it ready says the same, so that nobody comes to pay in another's way.
fn payment_of(id: &str) -> &'static str {
    let n = id.bytes().fold(0, |n: usize, byte| n + usize::from(byte));
    PAYMENTS[n % PAYMENTS.len()]
}

pub(super) fn any_card(rng: &mut StdRng) -> Value {
    card(CARDS[rng.random_range(0..CARDS.len())])
}

impl Client<'_> {
    /// The next thing with a cart: our own, or sometimes anybody's.
    pub(super) async fn shop(&self, own: &mut Option<String>, rng: &mut StdRng) -> Result<(), Unanswered> {
        let anybodys = rng.random_ratio(1, 12).then(|| self.any_cart(rng)).flatten();
        let (id, is_ours) = match (anybodys, own.clone()) {
            (Some(id), _) => (id, false),
            (None, Some(id)) => (id, true),
            (None, None) => {
                let lines: Vec<_> = (0..rng.random_range(1..=2)).map(|_| self.line(rng)).collect();
                let created = self.put(rng, &act::CART_CREATE, json!({ "lines": lines })).await?;
                *own = created.map(|payload| text(&payload["cart"]["id"]));
                return Ok(());
            }
        };
        let cart = self.book.pages().carts.get(&id).cloned().unwrap_or_default();
        let is_over = match (cart.is_ready, rng.random_range(0..100)) {
            (false, 0..30) | (true, 0..12) => self.change_lines(&id, &cart, rng).await?,
            (false, _) => self.make_ready(&id, rng).await?,
            (true, 12..70) => self.complete(&id, &cart, rng).await?,
            (true, _) => self.submit(&id, rng).await?,
        };
        if is_over && is_ours {
            *own = None;
        }
        Ok(())
    }

    fn any_cart(&self, rng: &mut StdRng) -> Option<String> {
        let pages = self.book.pages();
        let n = rng.random_range(0..pages.carts.len().max(1));
        pages.carts.keys().nth(n).cloned()
    }

    pub(super) fn line(&self, rng: &mut StdRng) -> Value {
        let (_, variant) = self.ground.any_variant(rng);
        json!({ "variant": variant, "quantity": rng.random_range(1..=3) })
    }

    /// Says whether the cart is no use any more.
    async fn change_lines(&self, id: &str, cart: &Cart, rng: &mut StdRng) -> Result<bool, Unanswered> {
        let line = (!cart.lines.is_empty()).then(|| cart.lines[rng.random_range(0..cart.lines.len())].clone());
        let mut input = json!({ "cart": id });
        if rng.random_ratio(1, 4) {
            input["expectedVersion"] = json!(cart.version);
        }
        let act = match (line, rng.random_range(0..10)) {
            (Some(line), 0..4) => {
                input["lines"] = json!([{ "line": line, "quantity": rng.random_range(1..=4) }]);
                &act::CART_CHANGE
            }
            (Some(line), 4..6) => {
                input["lines"] = json!([line]);
                &act::CART_REMOVE
            }
            _ => {
                input["lines"] = json!([self.line(rng)]);
                &act::CART_ADD
            }
        };
        Ok(self.put(rng, act, input).await?.is_none() && rng.random_bool(0.5))
    }

    async fn make_ready(&self, id: &str, rng: &mut StdRng) -> Result<bool, Unanswered> {
        let mut steps = vec![
            json!({ "contactSet": { "email": format!("{}@torture.example", self.name) } }),
            json!({ "shippingAddressSet": { "address": riyadh() } }),
            json!({ "deliveryMethodSet": { "deliveryMethod": self.ground.shopping.delivery() } }),
            json!({ "paymentMethodSet": { "paymentMethod": payment_of(id) } }),
        ];
        if rng.random_ratio(1, 4) {
            steps.push(json!({ "giftCardAdd": { "code": self.ground.any_gift_card(rng) } }));
        }
        let ready = self.put(rng, &act::CART_UPDATE, json!({ "cart": id, "steps": steps })).await?;
        if ready.is_some() {
            self.book.pages().carts.entry(id.to_owned()).or_default().is_ready = true;
        }
        Ok(ready.is_none())
    }

    async fn complete(&self, id: &str, cart: &Cart, rng: &mut StdRng) -> Result<bool, Unanswered> {
        self.door.say_busy();
        let mut input = json!({ "cart": id });
        if payment_of(id) == "CARD" {
            input["card"] = any_card(rng);
        }
        if rng.random_ratio(1, 4) {
            input["expectedVersion"] = json!(cart.version);
        }
        let done = self.put(rng, &act::COMPLETE, input).await?;
        Ok(done.is_some() || rng.random_bool(0.6))
    }

    async fn submit(&self, id: &str, rng: &mut StdRng) -> Result<bool, Unanswered> {
        self.door.say_busy();
        let done = self.put(rng, &act::SUBMIT, json!({ "cart": id })).await?;
        Ok(done.is_some() || rng.random_bool(0.6))
    }

    /// Asks what became of a cart that was handed in.
    pub(super) async fn ask_for_ticket(&self, rng: &mut StdRng) -> Result<(), Unanswered> {
        let ticket = {
            let pages = self.book.pages();
            let n = rng.random_range(0..pages.tickets.len().max(1));
            pages.tickets.iter().nth(n).cloned()
        };
        match ticket {
            Some(ticket) => self.read_ticket(&ticket).await.map(|_| ()),
            None => Ok(()),
        }
    }

    /// Reads a ticket, and says whether it is decided.
    pub(super) async fn read_ticket(&self, id: &str) -> Result<bool, Unanswered> {
        let query = format!(
            "query ($id: ID!) {{ checkoutTicket(id: $id) {{ id state position {SOLD} orderToken userErrors {{ code field }} }} }}"
        );
        let ticket = self.read(&self.door.guest(), &query, json!({ "id": id })).await?["checkoutTicket"].take();
        let codes = codes(&ticket);
        let wrong = || self.report().found(format!("{id}: a ticket is {ticket}"));
        let outcome = match ticket["state"].as_str() {
            Some("WAITING") if ticket["order"].is_null() && 0 < ticket["position"].as_i64().unwrap_or(0) => {
                return Ok(false);
            }
            Some("PLACED") if codes.is_empty() && ticket["order"]["number"].is_string() => "placed".to_owned(),
            Some("REFUSED") if !codes.is_empty() && codes.iter().all(|code| CHECKOUT_REFUSALS.contains(code)) => {
                codes.join(" ")
            }
            _ => {
                wrong();
                "wrong".to_owned()
            }
        };
        let mut pages = self.book.pages();
        if outcome == "placed" {
            pages.note_order(&ticket["order"], &ticket["orderToken"], self.report());
        }
        if pages.tickets.remove(id) {
            *pages.tally.entry(("ticket".to_owned(), outcome)).or_default() += 1;
        }
        Ok(true)
    }
}
