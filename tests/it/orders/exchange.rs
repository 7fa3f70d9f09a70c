//! Goods that came back, and others that leave for them.

use serde_json::{Value, json};
use tests::{at_once::at_once, client::codes, shop::Shop, tenant::Tenant};

use super::{
    ask::{act, audit, done, facts, kinds, param, refusal, stock, text},
    returns::{alike, returning, tell, told, wanted},
};
use crate::fulfilment::ask::rules;

const LOOK: &str = "query ($id: ID!) { order(by: { id: $id }) { state paymentStatus
    balance { added { amount } returned { amount } refunded { amount } paid { amount } due { amount } }
    payments { status amount { amount } }
    lines { id sku quantity unitPrice { amount } total { amount } quantityShipped pricing { explanation { message } } }
    edits { reason addedAmount { amount } added { sku quantity } removed { amount { amount } } returned { id } }
    returns { id state stateLabel refunded { amount } exchange { id reason added { sku quantity } } }
    holds { kind release { at } } whereabouts { timeline { kind label } } } }";

async fn look(shop: &Tenant, order: &str) -> Value {
    shop.staff_all().in_language("en").run(LOOK, json!({ "id": order })).await["order"].take()
}

/// Added, returned, refunded, paid and due.
fn balance(order: &Value) -> [&str; 5] {
    ["added", "returned", "refunded", "paid", "due"].map(|of| order["balance"][of]["amount"].as_str().unwrap())
}

fn statuses(order: &Value) -> Vec<&str> {
    order["payments"].as_array().unwrap().iter().map(|payment| payment["status"].as_str().unwrap()).collect()
}

/// What exchanges a return for units of a SKU.
async fn of(shop: &Tenant, id: &str, sku: &str, quantity: i64, more: Value) -> Value {
    let mut input = more;
    input["orderReturn"] = json!(id);
    input["lines"] = json!([{ "variant": shop.variant(sku).await, "quantity": quantity }]);
    input
}

/// Exchanges a return, which must be done; says what came back counts, and what is to leave costs.
async fn exchange(shop: &Tenant, mut input: Value) -> (String, String) {
    let staff = shop.staff("ORDER_MANAGE");
    if input.get("idempotencyKey").is_none() {
        input["idempotencyKey"] = json!(staff.key());
    }
    let query = "mutation ($input: ReturnExchangeInput!) { returnExchange(input: $input) {
        returned { amount } added { amount } userErrors { code field message } } }";
    let payload = staff.run(query, json!({ "input": input })).await["returnExchange"].take();
    assert_eq!(payload["userErrors"], json!([]), "{payload:#}");
    (text(&payload["returned"]["amount"]), text(&payload["added"]["amount"]))
}

fn minor(text: &str) -> i64 {
    text.replace('.', "").parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn like_leaves_for_like_at_what_it_cost_whatever_it_costs_now() {
    let shop = Shop::open().await;
    let (id, order, line) = returning(&shop, "INSPECTED", 2).await;
    let before = look(&shop, &order.id).await;
    shop.db_execute("UPDATE list_price SET amount_minor = amount_minor + 700").await;
    shop.db_execute("UPDATE price_list SET name_ar = 'غيرها', name_en = 'Another'").await;
    let mut input = alike(&shop, 2).await;
    input["orderReturn"] = json!(id);
    input["reason"] = json!("تالف");
    let (returned, added) = exchange(&shop, input).await;
    assert_eq!(returned, added);

    let now = look(&shop, &order.id).await;
    assert_eq!(now["state"], "PARTLY_SHIPPED");
    assert_eq!((now["payments"].clone(), now["holds"].clone()), (before["payments"].clone(), json!([])));
    assert_eq!(balance(&now), [&*added, &*returned, "0.00", balance(&before)[3], "0.00"]);
    assert_eq!(now["lines"][1]["unitPrice"], now["lines"][0]["unitPrice"]);
    assert_eq!(now["lines"][1]["pricing"], before["lines"][0]["pricing"], "with what the list was called then");
    let came = json!([{ "sku": "COFFEE-250-LIGHT", "quantity": 2 }]);
    let edits = json!([{ "reason": "تالف", "addedAmount": { "amount": added }, "added": came, "removed": null,
        "returned": { "id": id } }]);
    assert_eq!(now["edits"], edits);
    let back = &now["returns"][0];
    assert_eq!((&back["state"], &back["stateLabel"]), (&json!("EXCHANGED"), &json!("Exchanged")));
    assert_eq!((&back["exchange"]["added"], &back["refunded"]["amount"]), (&came, &json!(returned)));
    assert!(kinds(&now["whereabouts"]["timeline"]).contains(&"EXCHANGED"));
    assert_eq!(audit(&shop, &id).await.last().unwrap().0, "return.exchanged");
    assert_eq!(audit(&shop, &order.id).await.last().unwrap().0, "order.exchanged");
    let reserved: i64 = stock(&shop, "COFFEE-250-LIGHT").await.iter().map(|(_, _, reserved)| reserved).sum();
    assert_eq!(reserved, 2);
    shop.verify().await;

    // It leaves, arrives, and can come back as what came first can.
    shop.make(&["orderShip", "orderDeliver"], &order.id).await;
    let end = look(&shop, &order.id).await;
    assert_eq!((&end["state"], &end["lines"][1]["quantityShipped"]), (&json!("DELIVERED"), &json!(2)));
    let again = text(&end["lines"][1]["id"]);
    let refused = tell(&shop.staff_all(), "returnRequest", wanted(&order.id, &[(&line, 2)])).await;
    assert_eq!((codes(&refused), param(refusal(&refused), "max")), (vec!["RETURN_UNITS_EXCEEDED"], "1"));
    told(&shop.staff_all(), "returnRequest", wanted(&order.id, &[(&again, 2), (&line, 1)])).await;
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_costs_more_is_paid_before_it_leaves() {
    let shop = Shop::open().await;
    let (id, order, _) = returning(&shop, "INSPECTED", 1).await;
    let unsaid = tell(&shop.staff_all(), "returnExchange", of(&shop, &id, "TEA", 9, json!({})).await).await;
    assert_eq!((codes(&unsaid), &refusal(&unsaid)["field"]), (vec!["ORDER_EDIT_UNPAID"], &json!(["paymentMethod"])));
    let by_card = of(&shop, &id, "TEA", 9, json!({ "paymentMethod": "CARD" })).await;
    let (returned, added) = exchange(&shop, by_card).await;
    let now = look(&shop, &order.id).await;
    let difference = minor(&added) - minor(&returned);
    assert!(0 < difference, "{returned} {added}");
    assert_eq!(minor(balance(&now)[4]), difference);
    assert_eq!(minor(now["payments"][1]["amount"]["amount"].as_str().unwrap()), difference);
    assert_eq!((statuses(&now)[0], &now["paymentStatus"]), ("CAPTURED", &json!("PARTIALLY_PAID")));
    assert_eq!(now["holds"], json!([{ "kind": "PAYMENT", "release": null }]));
    assert_eq!(codes(&act(&shop.staff_all(), "orderShip", &order.id, json!({})).await), ["ORDER_ON_HOLD"]);
    let pay = "mutation ($input: OrderPayInput!) { orderPay(input: $input) { userErrors { code } } }";
    let card = json!({ "token": "tok_approved", "returnUrl": "https://shop.example/back" });
    let input = json!({ "order": order.id, "orderToken": order.token, "card": card, "idempotencyKey": "pay" });
    shop.anonymous().done(pay, json!({ "input": input })).await;
    shop.make(&["orderShip"], &order.id).await;
    shop.work().await;
    shop.make(&["orderDeliver"], &order.id).await;
    let end = look(&shop, &order.id).await;
    assert_eq!((statuses(&end), &end["paymentStatus"]), (vec!["CAPTURED", "CAPTURED"], &json!("PAID")));
    assert_eq!(balance(&end)[4], "0.00");
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_costs_less_gives_the_difference_back_and_never_more_than_was_paid() {
    let shop = Shop::open().await;
    let (id, order, _) = returning(&shop, "INSPECTED", 3).await;
    let (returned, added) = exchange(&shop, of(&shop, &id, "TEA", 1, json!({})).await).await;
    let now = look(&shop, &order.id).await;
    assert_eq!(added, "11.50");
    assert_eq!(minor(balance(&now)[2]), minor(&returned) - minor(&added));
    assert_eq!((now["holds"].clone(), &now["paymentStatus"]), (json!([]), &json!("PARTIALLY_REFUNDED")));
    shop.verify().await;

    // Twenty are left of what was paid: no more counts.
    let (id, order, _) = returning(&shop, "INSPECTED", 3).await;
    let paid = minor(balance(&look(&shop, &order.id).await)[3]) - 2000;
    let paid = format!("{}.{:02}", paid.div_euclid(100), paid % 100);
    done(&shop.staff_all(), "orderRefund", &order.id, json!({ "amount": paid })).await;
    let (returned, _) = exchange(&shop, of(&shop, &id, "TEA", 1, json!({})).await).await;
    assert_eq!(returned, "20.00");
    assert_eq!(minor(balance(&look(&shop, &order.id).await)[2]), minor(&paid) + 850);
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_changes_nothing_and_a_dry_run_neither() {
    let shop = Shop::open().await;
    let (id, order, _) = returning(&shop, "INSPECTED", 1).await;
    let before = facts(&shop, &order.id).await;
    let tea = shop.variant("TEA").await;
    let line = |variant: &str, quantity: i64| json!({ "variant": variant, "quantity": quantity });
    let unsold = "variant_00000000000000000000000001";
    for (lines, code, field) in [
        (json!([]), "REQUIRED", json!(["lines"])),
        (json!([line(&tea, 0)]), "QUANTITY_NOT_POSITIVE", json!(["lines", "0", "quantity"])),
        (json!([line(&tea, 1), line(&tea, 2)]), "DUPLICATE", json!(["lines", "1", "variant"])),
        (json!([line("tea", 1)]), "INVALID_ID", json!(["lines", "0", "variant"])),
        (json!([line(&tea, 1), line(unsold, 1)]), "VARIANT_NOT_SOLD_HERE", json!(["lines", "1"])),
        (json!([line(&tea, 999)]), "OUT_OF_STOCK", json!(["lines", "0"])),
    ] {
        let input = json!({ "orderReturn": id, "lines": lines, "paymentMethod": "CASH_ON_DELIVERY" });
        let refused = tell(&shop.staff_all(), "returnExchange", input).await;
        let error = refusal(&refused);
        assert_eq!((error["code"].as_str().unwrap(), &error["field"]), (code, &field), "{lines}");
    }
    let dry = of(&shop, &id, "TEA", 1, json!({ "dryRun": true, "idempotencyKey": "see" })).await;
    assert_eq!(exchange(&shop, dry).await.1, "11.50");
    assert_eq!(facts(&shop, &order.id).await, before);

    let input = of(&shop, &id, "TEA", 1, json!({ "idempotencyKey": "do" })).await;
    let first = exchange(&shop, input.clone()).await;
    assert_eq!(exchange(&shop, input).await, first);
    assert_eq!(look(&shop, &order.id).await["edits"].as_array().unwrap().len(), 1);
    let other = of(&shop, &id, "TEA", 2, json!({ "idempotencyKey": "do" })).await;
    let refused = tell(&shop.staff("ORDER_MANAGE"), "returnExchange", other).await;
    assert_eq!(codes(&refused), ["IDEMPOTENCY_KEY_REUSED"]);
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_order_the_places_or_the_ways_to_pay_do_not_allow_is_refused() {
    let shop = Shop::open().await;
    let staff = shop.staff_all();
    let (id, order, _) = returning(&shop, "INSPECTED", 1).await;
    let try_for = async |sku: &str, quantity: i64, method: &str| {
        let input = of(&shop, &id, sku, quantity, json!({ "paymentMethod": method })).await;
        codes(&tell(&staff, "returnExchange", input).await).concat()
    };
    rules(&shop, &[], false).await;
    assert_eq!(try_for("TEA", 12, "CASH_ON_DELIVERY").await, "SPLIT_NOT_ALLOWED", "no place has twelve");
    shop.db_execute("DELETE FROM channel_payment WHERE method = 'BANK_TRANSFER'").await;
    assert_eq!(try_for("DALLAH", 1, "BANK_TRANSFER").await, "PAYMENT_METHOD_UNAVAILABLE");
    done(&staff, "orderRefund", &order.id, json!({})).await;
    assert_eq!(try_for("TEA", 1, "CASH_ON_DELIVERY").await, "RETURN_NOT_ALLOWED", "its money went back");
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_return_is_exchanged_or_refunded_once_however_many_try_at_once() {
    let shop = Shop::open().await;
    let staff = shop.staff_all();
    staff.token().await;
    let (id, order, _) = returning(&shop, "INSPECTED", 3).await;
    let wanted = of(&shop, &id, "TEA", 2, json!({})).await;
    let answers = at_once(6, async |n| {
        let (name, input) = if n % 2 == 0 {
            ("returnExchange", wanted.clone())
        } else {
            ("returnRefund", json!({ "orderReturn": id }))
        };
        tell(&staff, name, input).await
    });
    let answers = answers.await;
    assert_eq!(answers.iter().filter(|payload| codes(payload).is_empty()).count(), 1, "{answers:?}");
    for payload in answers.iter().filter(|payload| !codes(payload).is_empty()) {
        assert!(matches!(codes(payload)[..], ["RETURN_NOT_ALLOWED" | "CONFLICT"]), "{payload}");
    }
    let now = look(&shop, &order.id).await;
    let is_exchanged = now["returns"][0]["state"] == "EXCHANGED";
    assert_eq!(now["edits"].as_array().unwrap().len(), usize::from(is_exchanged));
    shop.verify().await;
}
