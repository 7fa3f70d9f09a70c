//! Goods go from one place to another.

use serde_json::{Value, json};
use tests::{at_once::at_once, client::Client, shop::Shop};

use super::ask::{available, level, place, text, told};
use crate::cart::refusal::wrong;

const TRANSFER: &str = "transfer { id state stateLabel reason reference from { code } to { code } closedAt
    lines { variant { sku } shipped received returned lost inTransit } }";

/// Tries a mutation of transfers, and gives its payload. A key is filled in if there is none.
pub async fn carry(client: &Client, name: &str, mut input: Value) -> Value {
    if input.get("idempotencyKey").is_none() {
        input["idempotencyKey"] = json!(client.key());
    }
    let kind = format!("S{}Input", &name[1..]);
    let errors = "userErrors { code field params { name value } }";
    let query = format!("mutation ($input: {kind}!) {{ {name}(input: $input) {{ {TRANSFER} {errors} }} }}");
    client.run(&query, json!({ "input": input })).await[name].take()
}

async fn carried(client: &Client, name: &str, input: Value) -> Value {
    let payload = carry(client, name, input).await;
    assert_eq!(payload["userErrors"], json!([]), "{name}");
    payload["transfer"].clone()
}

/// Six teas on their way from Riyadh to Dammam.
async fn sent(shop: &Shop) -> String {
    let lines = json!([{ "variant": shop.variant("TEA").await, "quantity": 6 }]);
    let ends = (place(shop, "riyadh").await, place(shop, "dammam").await);
    let input = json!({ "from": ends.0, "to": ends.1, "lines": lines, "reference": "T-1" });
    text(&carried(&shop.staff("STOCK_MANAGE"), "stockTransferShip", input).await["id"])
}

fn lines(transfer: &Value) -> [i64; 5] {
    let line = &transfer["lines"][0];
    ["shipped", "received", "returned", "lost", "inTransit"].map(|field| line[field].as_i64().unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn goods_under_way_are_nowhere_to_be_sold_until_they_come() {
    let shop = Shop::open().await;
    let staff = shop.staff("STOCK_MANAGE").in_language("en");
    let id = sent(&shop).await;
    assert_eq!(level(&shop, "TEA", "riyadh").await, (4, 0, 4));
    assert_eq!(level(&shop, "TEA", "dammam").await, (2, 0, 2));
    assert_eq!(available(&shop.anonymous(), "TEA").await, 11);
    shop.verify().await;
    let tea = shop.variant("TEA").await;
    let part = json!({ "transfer": id, "lines": [{ "variant": tea, "quantity": 4 }], "close": false });
    let partly = carried(&staff, "stockTransferReceive", part).await;
    assert_eq!((&partly["state"], lines(&partly)), (&json!("IN_TRANSIT"), [6, 4, 0, 0, 2]));
    shop.verify().await;
    let rest = json!({ "transfer": id, "lines": [{ "variant": tea, "quantity": 2 }], "close": false });
    let whole = carried(&staff, "stockTransferReceive", rest).await;
    assert_eq!((&whole["state"], lines(&whole)), (&json!("RECEIVED"), [6, 6, 0, 0, 0]), "nothing is under way");
    assert_eq!((&whole["stateLabel"], &whole["closedAt"]), (&json!("Received"), &json!("2026-03-01T09:00:00Z")));
    assert_eq!((&whole["from"]["code"], &whole["to"]["code"]), (&json!("riyadh"), &json!("dammam")));
    assert_eq!(level(&shop, "TEA", "dammam").await, (8, 0, 8));
    assert_eq!(told(&shop, "stock.transferred_out").await[0]["on_hand_delta"], -6);
    assert_eq!(told(&shop, "transfer.received").await.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_never_came_is_lost_for_a_reason() {
    let shop = Shop::open().await;
    let staff = shop.staff("STOCK_MANAGE");
    let id = sent(&shop).await;
    let tea = shop.variant("TEA").await;
    let mut input = json!({ "transfer": id, "lines": [{ "variant": tea, "quantity": 5 }] });
    assert_eq!(wrong(&carry(&staff, "stockTransferReceive", input.clone()).await), ["REQUIRED reason"]);
    assert_eq!(level(&shop, "TEA", "dammam").await, (2, 0, 2));
    input["reason"] = json!("كُسرت واحدة");
    let closed = carried(&staff, "stockTransferReceive", input).await;
    assert_eq!((&closed["state"], lines(&closed)), (&json!("RECEIVED"), [6, 5, 0, 1, 0]));
    assert_eq!(closed["reason"], "كُسرت واحدة");
    assert_eq!(level(&shop, "TEA", "dammam").await, (7, 0, 7));
    shop.verify().await;
    for name in ["stockTransferReceive", "stockTransferCancel"] {
        assert_eq!(wrong(&carry(&staff, name, json!({ "transfer": id })).await), ["TRANSFER_CLOSED transfer"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_transfer_that_is_given_up_goes_back_to_where_it_came_from() {
    let shop = Shop::open().await;
    let staff = shop.staff("STOCK_MANAGE");
    let id = sent(&shop).await;
    let input = json!({ "transfer": id, "reason": "عاد السائق", "idempotencyKey": "back" });
    for _again in 0..2 {
        let back = carried(&staff, "stockTransferCancel", input.clone()).await;
        assert_eq!((&back["state"], lines(&back)), (&json!("CANCELLED"), [6, 0, 6, 0, 0]));
    }
    assert_eq!(level(&shop, "TEA", "riyadh").await, (10, 0, 10));
    assert_eq!(told(&shop, "transfer.cancelled").await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_sent_or_received_is_refused_by_field() {
    let shop = Shop::open().await;
    shop.order(&[("TEA", 8)]).await;
    let staff = shop.staff("STOCK_MANAGE");
    let (riyadh, dammam) = (place(&shop, "riyadh").await, place(&shop, "dammam").await);
    let (tea, nobodys) = (shop.variant("TEA").await, "variant_01h455vb4pex5vsknk084sn02q");
    let nowhere = "location_01h455vb4pex5vsknk084sn02q";
    let line = |variant: &str, quantity: i64| json!({ "variant": variant, "quantity": quantity });
    let ship = |from: &str, to: &str, lines: Vec<Value>| json!({ "from": from, "to": to, "lines": lines });
    for (input, refusal) in [
        (ship(&riyadh, &dammam, vec![line(&tea, 3)]), "STOCK_RESERVED lines.0.quantity"),
        (ship(&riyadh, &dammam, vec![line(&tea, 11)]), "STOCK_INSUFFICIENT lines.0.quantity"),
        (ship(&riyadh, &dammam, vec![line(nobodys, 1)]), "NOT_FOUND lines.0.variant"),
        (ship(&riyadh, &dammam, vec![line(&tea, 0)]), "QUANTITY_NOT_POSITIVE lines.0.quantity"),
        (ship(&riyadh, &dammam, vec![line(&tea, 1), line(&tea, 1)]), "DUPLICATE lines.1.variant"),
        (ship(&riyadh, &dammam, vec![]), "REQUIRED lines"),
        (ship(&riyadh, &riyadh, vec![line(&tea, 1)]), "DUPLICATE to"),
        (ship(&riyadh, nowhere, vec![line(&tea, 1)]), "NOT_FOUND to"),
        (ship(nowhere, &riyadh, vec![line(&tea, 1)]), "NOT_FOUND from"),
    ] {
        assert_eq!(wrong(&carry(&staff, "stockTransferShip", input).await), [refusal]);
    }
    let two = json!({ "from": riyadh, "to": dammam, "lines": [line(&tea, 2)] });
    let id = text(&carried(&staff, "stockTransferShip", two).await["id"]);
    let cup = shop.variant("CUP").await;
    let too_many = json!({ "transfer": id, "lines": [line(&tea, 3), line(&cup, 1)] });
    let payload = carry(&staff, "stockTransferReceive", too_many).await;
    assert_eq!(wrong(&payload), ["STOCK_INSUFFICIENT lines.0.quantity", "NOT_FOUND lines.1.variant"]);
    assert_eq!(payload["userErrors"][0]["params"], json!([{ "name": "available", "value": "2" }]));
}

#[tokio::test(flavor = "multi_thread")]
async fn many_who_receive_one_transfer_receive_what_was_sent() {
    let shop = Shop::open().await;
    let staff = shop.staff("STOCK_MANAGE");
    let id = sent(&shop).await;
    let tea = shop.variant("TEA").await;
    let answers = at_once(12, async |n| {
        let input = if n == 6 {
            json!({ "transfer": id, "reason": "x", "idempotencyKey": "cancel" })
        } else {
            json!({ "transfer": id, "lines": [{ "variant": tea, "quantity": 1 }], "close": false, "idempotencyKey": n.to_string() })
        };
        let name = if n == 6 { "stockTransferCancel" } else { "stockTransferReceive" };
        wrong(&carry(&staff, name, input).await).is_empty()
    });
    let n_received = answers.await.iter().enumerate().filter(|(n, done)| *n != 6 && **done).count();
    let n_received = i64::try_from(n_received).unwrap();
    assert!(n_received <= 6);
    assert_eq!(level(&shop, "TEA", "dammam").await.0, 2 + n_received);
    assert_eq!(level(&shop, "TEA", "riyadh").await.0, 10 - n_received);
}

#[tokio::test(flavor = "multi_thread")]
async fn transfers_are_listed_and_a_loss_that_nobody_wrote_down_is_found() {
    let shop = Shop::open().await;
    let id = sent(&shop).await;
    let query = "query ($filter: StockTransferFilter! = {}) { stockTransfers(filter: $filter) { totalCount nodes {
        id from { code } lines { shipped variant { sku } } } } }";
    let reader = shop.staff("STOCK_READ");
    let (riyadh, jeddah) = (place(&shop, "riyadh").await, place(&shop, "jeddah").await);
    for (filter, n_found) in [
        (json!({}), 1),
        (json!({ "ids": [id] }), 1),
        (json!({ "states": ["IN_TRANSIT"], "from": riyadh }), 1),
        (json!({ "states": ["RECEIVED", "CANCELLED"] }), 0),
        (json!({ "to": riyadh }), 0),
        (json!({ "from": jeddah }), 0),
    ] {
        let found = reader.run(query, json!({ "filter": filter })).await;
        assert_eq!(found["stockTransfers"]["totalCount"], n_found, "{filter}");
    }
    assert_eq!(shop.db_execute("UPDATE transfer_line SET received = 1").await, 1);
    let said = shop.try_verify().await.expect_err("a tea too many");
    assert!(
        said.contains(&format!("{id}: what left by a transfer came in, went back, was lost or is under way")),
        "{said}"
    );
    shop.db_execute("UPDATE transfer_line SET received = 0").await;
}
