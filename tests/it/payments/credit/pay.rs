//! Paying with gift cards and store credit.

use std::time::Duration;

use serde_json::{Value, json};
use tests::{client::PASSWORD, shop::Shop};

use super::ask::{add, grant, issue, ledger, own, paid, payments};
use crate::{
    fulfilment::ask::try_set,
    identity::groups::customer,
    inventory::ask::told,
    orders::ask::{act, done, facts, text},
    pricing::promotions,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_gift_card_pays_and_the_rest_is_paid_in_cash() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let (card, code) = issue(&shop, "50.00").await;
    // 34.50 + 18.00 delivery + 15.00 for cash on delivery
    let cart = guest.cart_ready(&[("TEA", 3)], "CASH_ON_DELIVERY").await;
    let tax = paid(&guest, &cart).await["totals"]["tax"].clone();
    add(&guest, &cart, &code.to_lowercase().replace('-', " ")).await;
    let priced = paid(&guest, &cart).await;
    assert_eq!((&priced["due"]["amount"], &priced["totals"]["total"]["amount"]), (&json!("17.50"), &json!("67.50")));
    assert_eq!(priced["totals"]["tax"], tax, "it pays, and takes nothing off what is taxed");
    let end = &code[code.len() - 4..];
    let one = json!({
        "giftCard": card, "lastCharacters": end, "balance": { "amount": "50.00" }, "amount": { "amount": "50.00" },
        "problem": null,
    });
    assert_eq!(priced["giftCards"], json!([one]));
    assert_eq!(ledger(&shop, &card).await.0, "50.00", "nothing is taken before the order is placed");

    let order = guest.checkout(&cart).await;
    assert_eq!(ledger(&shop, &card).await, ("0.00".to_owned(), vec!["ISSUED 50.00".into(), "REDEEMED -50.00".into()]));
    let both = ["CASH_ON_DELIVERY PENDING 17.50 0.00 0.00", "GIFT_CARD CAPTURED 50.00 50.00 0.00"];
    assert_eq!(payments(&shop, &order.id).await, both);
    let query =
        "query ($id: ID!) { order(by: { id: $id }) { state paymentMethod totals { total { amount } tax { amount } }
        balance { paid { amount } due { amount } } } }";
    let placed = shop.staff("ORDER_READ").run(query, json!({ "id": order.id })).await["order"].take();
    assert_eq!((&placed["state"], &placed["paymentMethod"]), (&json!("PLACED"), &json!("CASH_ON_DELIVERY")));
    assert_eq!((&placed["totals"]["total"]["amount"], &placed["totals"]["tax"]), (&json!("67.50"), &tax));
    assert_eq!(placed["balance"], json!({ "paid": { "amount": "50.00" }, "due": { "amount": "17.50" } }));
    let redeemed = told(&shop, "gift_card.redeemed").await;
    assert_eq!(redeemed.len(), 1);
    assert_eq!(told(&shop, "payment.captured").await.len(), 1);

    shop.make(&["orderConfirm", "orderAllocate", "orderShip", "orderDeliver"], &order.id).await;
    let both = ["CASH_ON_DELIVERY CAPTURED 17.50 17.50 0.00", "GIFT_CARD CAPTURED 50.00 50.00 0.00"];
    assert_eq!(payments(&shop, &order.id).await, both);
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn gift_cards_and_store_credit_that_pay_for_all_ask_for_no_way_to_pay_and_no_fee() {
    let shop = Shop::open().await;
    let layla = shop.customer("layla");
    let (first, code) = issue(&shop, "20.00").await;
    grant(&shop, "layla", "100.00").await;
    let cart = layla.cart_ready(&[("TEA", 3)], "CASH_ON_DELIVERY").await;
    add(&layla, &cart, &code).await;
    layla.steps(&cart, json!([{ "storeCreditSet": { "use": true } }])).await;
    let priced = paid(&layla, &cart).await;
    let totals = &priced["totals"];
    assert_eq!((&totals["total"]["amount"], &totals["paymentFee"]["amount"]), (&json!("52.50"), &json!("0.00")));
    assert_eq!((&priced["due"]["amount"], &priced["paymentMethod"]), (&json!("0.00"), &Value::Null));
    assert_eq!(priced["storeCredit"], json!({ "balance": { "amount": "100.00" }, "amount": { "amount": "32.50" } }));

    let order = layla.checkout(&cart).await;
    let both = ["GIFT_CARD CAPTURED 20.00 20.00 0.00", "STORE_CREDIT CAPTURED 32.50 32.50 0.00"];
    assert_eq!(payments(&shop, &order.id).await, both);
    assert_eq!(
        own(&shop, "layla").await,
        ("67.50".to_owned(), vec!["TOPPED_UP 100.00".into(), "REDEEMED -32.50".into()])
    );
    assert_eq!(ledger(&shop, &first).await.0, "0.00");
    let query =
        "query ($id: ID!) { order(by: { id: $id }) { state paymentMethod paymentMethodLabel payment { status } } }";
    let placed = shop.staff("ORDER_READ").in_language("en").run(query, json!({ "id": order.id })).await["order"].take();
    let wanted = json!({
        "state": "PLACED", "paymentMethod": null, "paymentMethodLabel": "Gift card", "payment": { "status": "CAPTURED" },
    });
    assert_eq!(placed, wanted);
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cart_needs_no_way_to_pay_if_a_gift_card_pays_for_all_of_it() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let (_, code) = issue(&shop, "500.00").await;
    let cart = guest.cart_ready(&[("TEA", 1)], "CARD").await;
    add(&guest, &cart, &code).await;
    let order = guest.checkout(&cart).await;
    assert_eq!(payments(&shop, &order.id).await, ["GIFT_CARD CAPTURED 29.50 29.50 0.00"], "and no card is asked for");
    let facts = facts(&shop, &order.id).await;
    assert_eq!((&facts["order"]["state"], &facts["order"]["payBefore"]), (&json!("PLACED"), &Value::Null));
}

#[tokio::test(flavor = "multi_thread")]
async fn so_much_store_credit_at_most_is_used_and_only_if_that_is_said() {
    let shop = Shop::open().await;
    let layla = shop.customer("layla");
    grant(&shop, "layla", "100.00").await;
    let cart = layla.cart_ready(&[("TEA", 3)], "BANK_TRANSFER").await;
    assert_eq!(paid(&layla, &cart).await["storeCredit"], Value::Null);
    layla.steps(&cart, json!([{ "storeCreditSet": { "use": true, "maxAmount": "10.00" } }])).await;
    assert_eq!(paid(&layla, &cart).await["due"]["amount"], "42.50");
    layla.steps(&cart, json!([{ "storeCreditSet": { "use": false } }])).await;
    let without = paid(&layla, &cart).await;
    assert_eq!((&without["due"]["amount"], &without["storeCredit"]), (&json!("52.50"), &Value::Null));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_card_is_asked_for_the_rest_only() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let (card, code) = issue(&shop, "30.00").await;
    let cart = guest.cart_ready(&[("TEA", 3)], "CARD").await;
    add(&guest, &cart, &code).await;
    let order = guest.checkout_by_card(&cart, "tok_approved").await;
    let both = ["CARD AUTHORISED 22.50 0.00 0.00", "GIFT_CARD CAPTURED 30.00 30.00 0.00"];
    assert_eq!(payments(&shop, &order.id).await, both);

    // What was declined waits, and gives the gift card back if it is not paid in time.
    let (other, code) = issue(&shop, "30.00").await;
    let cart = guest.cart_ready(&[("TEA", 3)], "CARD").await;
    add(&guest, &cart, &code).await;
    let waiting = guest.checkout_by_card(&cart, "tok_insufficient_funds").await;
    assert_eq!(ledger(&shop, &other).await.0, "0.00");
    shop.later(Duration::from_hours(2));
    shop.work().await;
    assert_eq!(facts(&shop, &waiting.id).await["order"]["state"], "CANCELLED");
    assert_eq!(ledger(&shop, &other).await.0, "30.00");
    assert_eq!(ledger(&shop, &card).await.0, "0.00");
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_that_came_into_a_cart_goes_out_and_goes_with_the_guest() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let (card, code) = issue(&shop, "30.00").await;
    let cart = guest.cart_ready(&[("TEA", 1)], "CASH_ON_DELIVERY").await;
    add(&guest, &cart, &code).await;
    add(&guest, &cart, &code).await;
    assert_eq!(paid(&guest, &cart).await["giftCards"].as_array().unwrap().len(), 1, "it is in once");
    guest.steps(&cart, json!([{ "giftCardRemove": { "giftCard": card } }])).await;
    assert_eq!(paid(&guest, &cart).await["giftCards"], json!([]));
    add(&guest, &cart, &code).await;

    let layla = shop.customer("layla");
    layla.cart_ready(&[("DATES", 1)], "CASH_ON_DELIVERY").await;
    let input = json!({ "email": "layla@customer.example", "password": PASSWORD, "cart": cart });
    let merged = try_set(&guest, "signIn", "cart { giftCards { giftCard } }", input).await;
    assert_eq!(merged["cart"]["giftCards"], json!([{ "giftCard": card }]), "{merged}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_queue_pays_as_the_checkout_does() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let (card, code) = issue(&shop, "40.00").await;
    let mut tickets = Vec::new();
    for n in 0..3 {
        let cart = guest.cart_ready(&[("TEA", 1)], "CASH_ON_DELIVERY").await;
        add(&guest, &cart, &code).await;
        let input = json!({ "cart": cart, "idempotencyKey": format!("queue-{n}") });
        let submitted = try_set(&guest, "checkoutSubmit", "ticket { id }", input).await;
        tickets.push(text(&submitted["ticket"]["id"]));
    }
    shop.work().await;
    let mut seen = Vec::new();
    for ticket in &tickets {
        let query = "query ($id: ID!) { checkoutTicket(id: $id) { order { id } userErrors { code } } }";
        let outcome = guest.run(query, json!({ "id": ticket })).await["checkoutTicket"].take();
        seen.push(match outcome["order"]["id"].as_str() {
            Some(order) => payments(&shop, order).await,
            None => vec![text(&outcome["userErrors"][0]["code"])],
        });
    }
    // 29.50 without a fee; then 10.50 of 44.50; then nothing is left on the card.
    assert_eq!(seen[0], ["GIFT_CARD CAPTURED 29.50 29.50 0.00"]);
    assert_eq!(seen[1], ["CASH_ON_DELIVERY PENDING 34.00 0.00 0.00", "GIFT_CARD CAPTURED 10.50 10.50 0.00"]);
    assert_eq!(seen[2], ["GIFT_CARD_EMPTY"]);
    assert_eq!(ledger(&shop, &card).await.0, "0.00");
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dearer_edit_and_a_cancelled_line_leave_the_payments_right() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let (card, code) = issue(&shop, "60.00").await;
    let cart = guest.cart_ready(&[("TEA", 3)], "CASH_ON_DELIVERY").await;
    add(&guest, &cart, &code).await;
    let order = guest.checkout(&cart).await;
    assert_eq!(payments(&shop, &order.id).await, ["GIFT_CARD CAPTURED 52.50 52.50 0.00"]);
    let staff = shop.staff_all();
    let line = crate::orders::ask::line_of(&shop, &order.id, "TEA").await;
    let units = json!({ "lines": [{ "line": line, "quantity": 1 }] });
    done(&staff, "orderLinesCancel", &order.id, units).await;
    assert_eq!(payments(&shop, &order.id).await, ["GIFT_CARD PART_REFUNDED 52.50 52.50 11.50"]);
    assert_eq!(ledger(&shop, &card).await.0, "19.00");
    done(&staff, "orderCancel", &order.id, json!({})).await;
    assert_eq!(ledger(&shop, &card).await.0, "60.00");
    let again = act(&staff, "orderCancel", &order.id, json!({})).await;
    assert_eq!(again["userErrors"][0]["code"], "ORDER_TRANSITION_NOT_ALLOWED");
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_way_to_pay_is_rewarded_with_may_leave_nothing_to_be_paid_by_it() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let mut rule = promotions::ask::off_order("10");
    rule["condition"] = json!({ "paymentMethods": ["BANK_TRANSFER"] });
    promotions::ask::promote(&shop, "by-transfer", rule, json!({})).await;
    // 52.50 are to be paid, and 49.05 by transfer.
    let (_, code) = issue(&shop, "50.00").await;
    let cart = guest.cart_ready(&[("TEA", 3)], "BANK_TRANSFER").await;
    add(&guest, &cart, &code).await;
    let priced = paid(&guest, &cart).await;
    assert_eq!((&priced["totals"]["total"]["amount"], &priced["due"]["amount"]), (&json!("49.05"), &json!("0.00")));
    assert_eq!(priced["paymentMethod"], Value::Null);
    let order = guest.checkout(&cart).await;
    assert_eq!(payments(&shop, &order.id).await, ["GIFT_CARD CAPTURED 49.05 49.05 0.00"]);
    assert_eq!(facts(&shop, &order.id).await["order"]["state"], "PLACED", "and waits for no transfer of nothing");
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_goes_on_if_what_was_to_be_paid_yet_falls_away() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let (card, code) = issue(&shop, "30.00").await;
    // 52.50, of which 22.50 are to be paid by card.
    let cart = guest.cart_ready(&[("TEA", 3)], "CARD").await;
    add(&guest, &cart, &code).await;
    let order = guest.checkout_by_card(&cart, "tok_insufficient_funds").await;
    let line = crate::orders::ask::line_of(&shop, &order.id, "TEA").await;
    let units = json!({ "lines": [{ "line": line, "quantity": 2 }] });
    done(&shop.staff_all(), "orderLinesCancel", &order.id, units).await;
    let both = ["CARD VOIDED 22.50 0.00 0.00", "GIFT_CARD PART_REFUNDED 30.00 30.00 0.50"];
    assert_eq!(payments(&shop, &order.id).await, both);
    shop.later(Duration::from_hours(2));
    shop.work().await;
    assert_eq!(facts(&shop, &order.id).await["order"]["state"], "PLACED", "it is paid, and does not expire");
    assert_eq!(ledger(&shop, &card).await.0, "0.50");
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_paid_with_what_its_customer_has_by_who_may_spend_it() {
    let shop = Shop::open().await;
    grant(&shop, "layla", "10.00").await;
    let whom = json!({ "customer": customer(&shop, "layla").await });
    let draft = crate::cart::draft::ready_for(&shop, whom, &[("TEA", 1)], "CASH_ON_DELIVERY").await["id"].take();
    let steps = json!({ "draft": draft, "steps": [{ "storeCreditSet": { "use": true } }] });
    let update = "mutation ($input: DraftOrderUpdateInput!) { draftOrderUpdate(input: $input) {
        draft { cart { due { amount } } } userErrors { code } } }";
    let denied = shop.staff("ORDER_MANAGE").try_run(update, json!({ "input": steps })).await;
    assert_eq!(denied.codes(), ["FORBIDDEN"]);
    let staff = shop.staff_all();
    let drafted = staff.run(update, json!({ "input": steps })).await["draftOrderUpdate"]["draft"].take();
    assert_eq!(drafted["cart"]["due"]["amount"], "34.50");
    let complete = async |due: &str| {
        let input = json!({ "draft": draft, "expectedDue": due, "idempotencyKey": staff.key() });
        try_set(&staff, "draftOrderComplete", "order { id }", input).await
    };
    assert_eq!(complete("29.50").await["userErrors"][0]["code"], "DUE_CHANGED");
    let order = text(&complete("34.50").await["order"]["id"]);
    let both = ["CASH_ON_DELIVERY PENDING 34.50 0.00 0.00", "STORE_CREDIT CAPTURED 10.00 10.00 0.00"];
    assert_eq!(payments(&shop, &order).await, both);
}
