//! What `@emits` says of a mutation is what it emits: all of it, and nothing else.

mod backorder;
mod credit;
mod drafts;
mod identity;
mod inventory;
mod orders;
mod organisations;
mod payments;
mod pricing;
mod promotions;
mod returns;
mod taxes;
mod webhooks;

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
};

use serde_json::{Value, json};
use tests::{client::Client, shop::Shop};

use super::contract::fields;
use crate::{
    orders::ask::text,
    payments::{card::RETURN_URL, wiretap::Wiretap},
};

/// Sends mutations under request ids that name them.
struct Recorder {
    sent: RefCell<usize>,
}

impl Recorder {
    /// Sends a mutation, and gives its payload.
    async fn send(&self, client: &Client, name: &str, input: Value, select: &str) -> Value {
        let kind = format!("{}{}Input", name[..1].to_uppercase(), &name[1..]);
        let query = format!(
            "mutation ($input: {kind}!) {{ {name}(input: $input) {{ {select} userErrors {{ code field }} }} }}"
        );
        let n = self.sent.replace_with(|n| *n + 1);
        let client = client.clone().with_header("x-request-id", &format!("{name}-{n}"));
        client.run(&query, json!({ "input": input })).await[name].take()
    }

    /// The same, which must be done.
    async fn done(&self, client: &Client, name: &str, input: Value, select: &str) -> Value {
        let payload = self.send(client, name, input, select).await;
        assert_eq!(payload["userErrors"], json!([]), "{name}");
        payload
    }

    /// Moves an order by mutations.
    async fn moves(&self, staff: &Client, order: &str, names: &[&str]) {
        for name in names {
            let mut input = json!({ "order": order, "idempotencyKey": staff.key() });
            if *name == "orderShip" {
                input["carrier"] = json!("SMSA");
                input["tracking"] = json!("29");
            }
            self.done(staff, name, input, "").await;
        }
    }

    /// Gives some money of an order back; all that is left if `amount` is null.
    async fn refund(&self, staff: &Client, order: &str, amount: Value) {
        let input = json!({ "order": order, "amount": amount, "idempotencyKey": staff.key() });
        self.done(staff, "orderRefund", input, "").await;
    }

    /// Buys a coffee as a guest; by a card if there is one. Says the order's id and its token.
    async fn buy(&self, guest: &Client, method: &str, card: Option<&str>) -> (String, String) {
        let cart = guest.cart_ready(&[("COFFEE-250-LIGHT", 1)], method).await;
        let card = card.map(|token| json!({ "token": token, "returnUrl": RETURN_URL }));
        let input = json!({ "cart": cart, "card": card, "idempotencyKey": guest.key() });
        let placed = self.done(guest, "checkoutComplete", input, "order { id } orderToken").await;
        (text(&placed["order"]["id"]), text(&placed["orderToken"]))
    }

    async fn pay(&self, guest: &Client, order: &(String, String), token: &str) {
        let card = json!({ "token": token, "returnUrl": RETURN_URL });
        let input = json!({ "order": order.0, "orderToken": order.1, "card": card, "idempotencyKey": guest.key() });
        self.done(guest, "orderPay", input, "").await;
    }
}

/// The actions that the audit trail has of each mutation that was sent.
async fn recorded(shop: &Shop) -> BTreeMap<String, BTreeSet<String>> {
    let query = "query ($page: Paging!) { auditEntries(page: $page) {
        nodes { action requestId } pageInfo { hasNextPage endCursor } } }";
    let (mut found, mut after): (BTreeMap<String, BTreeSet<String>>, _) = (BTreeMap::new(), Value::Null);
    loop {
        let page = json!({ "page": { "first": 100, "after": after } });
        let entries = shop.staff("AUDIT_READ").run(query, page).await["auditEntries"].take();
        for entry in entries["nodes"].as_array().unwrap() {
            let request = text(&entry["requestId"]);
            if let Some((name, _)) = request.split_once('-') {
                found.entry(name.to_owned()).or_default().insert(text(&entry["action"]));
            }
        }
        if entries["pageInfo"]["hasNextPage"] == false {
            return found;
        }
        after = entries["pageInfo"]["endCursor"].clone();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_mutation_emits_what_the_schema_says_and_nothing_else() {
    let (shop, tap) = Wiretap::open().await;
    let sent = Recorder { sent: RefCell::new(0) };
    identity::sign_in_and_out(&shop, &sent).await;
    backorder::wished(&shop, &sent).await;
    orders::without_cards(&shop, &sent).await;
    orders::written_on(&shop, &sent).await;
    orders::sourced_anew(&shop, &sent).await;
    orders::on_the_way(&shop, &sent).await;
    orders::cancelled_in_part(&shop, &sent).await;
    orders::edited(&shop, &sent).await;
    returns::sent_back(&shop, &sent).await;
    returns::exchanged(&shop, &sent).await;
    payments::by_card(&shop, &sent).await;
    payments::too_late(&shop, &tap, &sent).await;
    inventory::of_stock(&shop, &sent).await;
    drafts::drafted(&shop, &sent).await;
    backorder::waited_for(&shop, &sent).await;
    identity::grouped(&shop, &sent).await;
    organisations::companies(&shop, &sent).await;
    pricing::priced(&shop, &sent).await;
    promotions::promoted(&shop, &sent).await;
    taxes::taxed(&shop, &sent).await;
    credit::owed(&shop, &sent).await;
    credit::paid_with_credit(&shop, &sent).await;
    webhooks::webhooks(&shop, &sent).await;
    let recorded = recorded(&shop).await;
    let mut said = BTreeMap::new();
    for field in fields() {
        if let Some(name) = field.name.strip_prefix("Mutation.").filter(|_| !field.events.is_empty()) {
            let n_events = field.events.len();
            let events: BTreeSet<_> = field.events.into_iter().collect();
            assert_eq!(events.len(), n_events, "{name} says an event twice");
            said.insert(name.to_owned(), events);
        }
    }
    assert_eq!(recorded, said);
}

#[test]
fn only_mutations_emit() {
    for field in fields().into_iter().filter(|field| !field.events.is_empty()) {
        assert!(field.name.starts_with("Mutation."), "{field:?}");
    }
}
