//! Paying by card.

use std::time::Duration;

use serde_json::{Value, json};
use tests::{at_once::at_once, client::codes, shop::Shop, world::Placed};

use super::{
    card::{RETURN_URL, buy, db_charges, entries, pay, pay_once, seen, standing},
    wiretap::{Fate, Wiretap},
};
use crate::orders::ask::{act, by_token, done, facts, kinds, refusal, text, transfer};

fn at(state: &str, status: &str) -> (String, String) {
    (state.to_owned(), status.to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_approved_card_pays_at_once() {
    let shop = Shop::open().await;
    let order = buy(&shop, "tok_approved").await;
    let paid = seen(&shop, &order).await;
    assert_eq!((&paid["state"], &paid["payBefore"]), (&json!("PLACED"), &Value::Null));
    let payment = json!({
        "status": "AUTHORISED", "declineCode": null, "challengeUrl": null, "authorised": { "amount": "64.00" },
        "captured": { "amount": "0.00" }, "refunded": { "amount": "0.00" },
    });
    assert_eq!(paid["payment"], payment);
    assert_eq!(entries(&shop, &order).await, ["ATTEMPT", "AUTHORISED"]);
    let facts = facts(&shop, &order.id).await;
    assert_eq!(kinds(&facts["order"]["whereabouts"]["timeline"]), ["PLACED", "PAYMENT_AUTHORISED", "PAID"]);
    assert_eq!(facts["paymentAudit"], json!([["payment.authorised", "guest"]]));
    assert_eq!(facts["auditEntries"]["nodes"][0], json!({ "action": "order.paid", "actor": "guest" }));
    assert_eq!(db_charges(&shop).await, [("authorised", 1)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn after_each_decline_the_order_waits_and_another_card_pays() {
    let shop = Shop::open().await;
    let general = ["لم يوافق البنك المصدر للبطاقة على العملية", "The bank that issued the card did not approve it"];
    let table = [
        (
            "tok_insufficient_funds",
            "INSUFFICIENT_FUNDS",
            ["الرصيد المتاح لا يكفي", "There is not enough money available"],
        ),
        ("tok_expired_card", "EXPIRED_CARD", ["انتهت صلاحية البطاقة", "The card has expired"]),
        ("tok_do_not_honour", "DO_NOT_HONOUR", general),
        ("tok_lost_card", "LOST_CARD", general),
    ];
    for (token, code, [ar, en]) in table {
        let order = buy(&shop, token).await;
        let declined = seen(&shop, &order).await;
        assert_eq!(
            (&declined["state"], &declined["payment"]["status"]),
            (&json!("AWAITING_PAYMENT"), &json!("DECLINED"))
        );
        // Who holds a lost card may not be who owns it.
        let told = if code == "LOST_CARD" { "DO_NOT_HONOUR" } else { code };
        assert_eq!(declined["payment"]["declineCode"], told);
        let (staff, fields) = (shop.staff("ORDER_READ"), "payment { declineCode entries { kind declineCode } }");
        let to_staff = by_token(&staff, &order, fields).await["payment"].take();
        assert_eq!((&to_staff["declineCode"], &to_staff["entries"][1]["declineCode"]), (&json!(code), &json!(code)));
        let said = "payment { declineMessage statusLabel }";
        let arabic = by_token(&shop.anonymous(), &order, said).await["payment"].take();
        let english = by_token(&shop.anonymous().in_language("en"), &order, said).await["payment"].take();
        let message = format!("لم يتم الدفع. \u{2068}{ar}\u{2069}. يمكنك المحاولة مرة أخرى أو اختيار طريقة دفع أخرى.");
        assert_eq!(arabic, json!({ "declineMessage": message, "statusLabel": "مرفوض" }));
        let message = format!(
            "The payment did not go through. \u{2068}{en}\u{2069}. You can try again or choose another payment method."
        );
        assert_eq!(english, json!({ "declineMessage": message, "statusLabel": "Declined" }));

        let paid = pay(&shop.anonymous(), &order, "tok_approved").await;
        assert_eq!(paid["userErrors"], json!([]));
        assert_eq!(paid["order"], json!({ "id": order.id, "state": "PLACED", "payment": { "status": "AUTHORISED" } }));
        assert_eq!(entries(&shop, &order).await, ["ATTEMPT", "DECLINED", "ATTEMPT", "AUTHORISED"]);
        let after = by_token(&shop.anonymous(), &order, "payment { declineCode declineMessage }").await;
        assert_eq!(after["payment"], json!({ "declineCode": null, "declineMessage": null }));
    }
    // The news of the declines come late and change nothing any more.
    shop.later(Duration::from_secs(5));
    shop.work().await;
    let query = "{ orders { nodes { state payment { status } } } }";
    let orders = shop.staff("ORDER_READ").run(query, json!({})).await["orders"]["nodes"].take();
    let paid = json!({ "state": "PLACED", "payment": { "status": "AUTHORISED" } });
    assert_eq!(orders, json!([paid, paid, paid, paid]));
    assert_eq!(db_charges(&shop).await, [("authorised", 4), ("declined", 4)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_can_be_declined_again_and_again() {
    let shop = Shop::open().await;
    let order = buy(&shop, "tok_expired_card").await;
    for token in ["tok_insufficient_funds", "tok_lost_card"] {
        let tried = pay(&shop.anonymous(), &order, token).await;
        assert_eq!(tried["userErrors"], json!([]));
        assert_eq!(tried["order"]["payment"]["status"], "DECLINED");
    }
    assert_eq!(entries(&shop, &order).await, ["ATTEMPT", "DECLINED", "ATTEMPT", "DECLINED", "ATTEMPT", "DECLINED"]);
    assert_eq!(seen(&shop, &order).await["payment"]["declineCode"], "DO_NOT_HONOUR");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_to_be_paid_by_card_is_refused_and_nobody_is_asked() {
    let shop = Shop::open().await;
    let cancelled = buy(&shop, "tok_expired_card").await;
    shop.make(&["orderCancel"], &cancelled.id).await;
    let expired = buy(&shop, "tok_challenge").await;
    shop.later(Duration::from_mins(30));
    shop.work().await;
    let orders = [
        ("paid already", buy(&shop, "tok_approved").await),
        ("cancelled", cancelled),
        ("expired", expired),
        ("cash", shop.order(&[("COFFEE-250-LIGHT", 1)]).await),
        ("transfer", transfer(&shop, &[("COFFEE-250-LIGHT", 1)]).await),
    ];
    let before = db_charges(&shop).await;
    for (why, order) in orders {
        let facts_before = facts(&shop, &order.id).await;
        let refused = pay(&shop.anonymous(), &order, "tok_approved").await;
        assert_eq!(refused["order"], Value::Null);
        let error = refusal(&refused);
        assert_eq!((&error["code"], &error["field"]), (&json!("PAYMENT_NOT_PAYABLE"), &json!(["order"])), "{why}");
        assert_eq!(error["message"], "لا يمكن سداد هذه الدفعة، فقد سُددت أو أُلغيت أو انتهت مهلتها.");
        let english = pay(&shop.anonymous().in_language("en"), &order, "tok_approved").await;
        let said = "This payment can no longer be made: it has been paid or cancelled, or its time has run out.";
        assert_eq!(refusal(&english)["message"], said);
        assert_eq!(facts(&shop, &order.id).await, facts_before, "{why}");
    }
    assert_eq!(db_charges(&shop).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_whoever_sees_an_order_can_pay_it() {
    let shop = Shop::open().await;
    let mut order = buy(&shop, "tok_expired_card").await;
    let token = std::mem::replace(&mut order.token, "wrong".to_owned());
    for client in [shop.anonymous(), shop.customer("omar"), shop.neighbour().anonymous()] {
        let refused = pay(&client, &order, "tok_approved").await;
        let error = refusal(&refused);
        assert_eq!((&error["code"], &error["field"]), (&json!("NOT_FOUND"), &json!(["order"])));
    }
    assert_eq!(entries(&shop, &Placed { token, ..order.clone() }).await, ["ATTEMPT", "DECLINED"]);

    // A customer needs no token for their own.
    let layla = shop.customer("layla");
    let cart = layla.cart_ready(&[("COFFEE-250-LIGHT", 1)], "CARD").await;
    let own = layla.checkout_by_card(&cart, "tok_expired_card").await;
    let query = "mutation ($input: OrderPayInput!) { orderPay(input: $input) { order { state } userErrors { code } } }";
    let card = json!({ "token": "tok_approved", "returnUrl": RETURN_URL });
    let input = json!({ "input": { "order": own.id, "card": card, "idempotencyKey": "k" } });
    let refused = shop.customer("omar").run(query, input.clone()).await["orderPay"].take();
    assert_eq!(codes(&refused), ["NOT_FOUND"]);
    let paid = layla.run(query, input).await["orderPay"].take();
    assert_eq!(paid, json!({ "order": { "state": "PLACED" }, "userErrors": [] }));
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_cards_and_addresses_to_return_to_are_said_all_at_once() {
    let shop = Shop::open().await;
    let order = buy(&shop, "tok_expired_card").await;
    let before = facts(&shop, &order.id).await;
    let query = "mutation ($input: OrderPayInput!) { orderPay(input: $input) {
        order { id } userErrors { code field message } } }";
    let long = format!("https://shop.example/{}", "x".repeat(2000));
    let table = [
        (json!({ "token": "4111111111111111", "returnUrl": "ftp://x" }), ["INVALID_CARD", "INVALID_URL"]),
        (json!({ "token": "", "returnUrl": "" }), ["REQUIRED", "INVALID_URL"]),
        (json!({ "token": "t".repeat(201), "returnUrl": long }), ["TOO_LONG", "INVALID_URL"]),
        (json!({ "token": "tok\0", "returnUrl": "https://a\0b" }), ["CONTROL_CHARACTER", "INVALID_URL"]),
        (json!({ "token": "tok", "returnUrl": "javascript:alert(1)" }), ["INVALID_CARD", "INVALID_URL"]),
    ];
    for (card, expected) in table {
        let input = json!({ "order": order.id, "orderToken": order.token, "card": card, "idempotencyKey": "k" });
        let refused = shop.anonymous().run(query, json!({ "input": input })).await["orderPay"].take();
        assert_eq!(codes(&refused), expected, "{card}");
        let fields: Vec<_> =
            refused["userErrors"].as_array().unwrap().iter().map(|error| error["field"].clone()).collect();
        assert_eq!(fields, [json!(["card", "token"]), json!(["card", "returnUrl"])]);
    }
    let card = json!({ "token": "x", "returnUrl": "x" });
    let input = json!({ "order": "x", "card": card, "idempotencyKey": "" });
    let refused = shop.anonymous().run(query, json!({ "input": input })).await["orderPay"].take();
    let mut all = codes(&refused);
    all.sort_unstable();
    assert_eq!(all, ["INVALID_CARD", "INVALID_ID", "INVALID_URL", "REQUIRED"]);
    assert_eq!(facts(&shop, &order.id).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_key_charges_a_card_once() {
    let shop = Shop::open().await;
    let order = buy(&shop, "tok_expired_card").await;
    let guest = shop.anonymous();
    for _ in 0..2 {
        let paid = pay_once(&guest, &order, "tok_approved", "once").await;
        assert_eq!((&paid["order"]["state"], &paid["userErrors"]), (&json!("PLACED"), &json!([])));
    }
    assert_eq!(entries(&shop, &order).await, ["ATTEMPT", "DECLINED", "ATTEMPT", "AUTHORISED"]);
    let reused = pay_once(&guest, &order, "tok_challenge", "once").await;
    let error = refusal(&reused);
    assert_eq!((&error["code"], &error["field"]), (&json!("IDEMPOTENCY_KEY_REUSED"), &json!(["idempotencyKey"])));
    assert_eq!(db_charges(&shop).await, [("authorised", 1), ("declined", 1)]);
}

const COMPLETE: &str = "mutation ($input: CheckoutCompleteInput!) { checkoutComplete(input: $input) {
    order { id number state payment { status } } orderToken userErrors { code field } } }";

#[tokio::test(flavor = "multi_thread")]
async fn a_checkout_that_is_sent_many_times_with_one_key_charges_the_card_once() {
    let shop = Shop::open().await;
    let cart = shop.cart_ready(&[("COFFEE-250-LIGHT", 1)], "CARD").await;
    let card = json!({ "token": "tok_approved", "returnUrl": RETURN_URL });
    let input = json!({ "input": { "cart": cart, "card": card, "idempotencyKey": "once" } });
    let guest = shop.anonymous();
    let mut answers = at_once(6, |_| guest.run(COMPLETE, input.clone())).await;
    answers.push(guest.run(COMPLETE, input).await);
    let last = answers.last().unwrap()["checkoutComplete"].clone();
    assert_eq!((&last["order"]["state"], &last["userErrors"]), (&json!("PLACED"), &json!([])));
    for answer in &answers {
        let answer = &answer["checkoutComplete"];
        assert_eq!((&answer["order"]["id"], &answer["orderToken"]), (&last["order"]["id"], &last["orderToken"]));
    }
    let order = Placed {
        id: text(&last["order"]["id"]),
        number: text(&last["order"]["number"]),
        token: text(&last["orderToken"]),
    };
    assert_eq!(entries(&shop, &order).await, ["ATTEMPT", "AUTHORISED"]);
    assert_eq!(db_charges(&shop).await, [("authorised", 1)]);
    assert_eq!(shop.staff("ORDER_READ").run("{ orders { totalCount } }", json!({})).await["orders"]["totalCount"], 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_that_cannot_be_reached_leaves_the_order_to_be_paid() {
    let (shop, tap) = Wiretap::open().await;
    tap.set("/charges", Fate::Lost);
    let order = buy(&shop, "tok_approved").await;
    assert_eq!(standing(&shop, &order).await, at("AWAITING_PAYMENT", "DECLINED"));
    assert_eq!(seen(&shop, &order).await["payment"]["declineCode"], "GATEWAY_UNAVAILABLE");
    let said = by_token(&shop.anonymous().in_language("en"), &order, "payment { declineMessage }").await;
    let said = text(&said["payment"]["declineMessage"]);
    assert!(said.contains("The payment service is not available right now"), "{said}");
    tap.let_pass();
    let paid = pay(&shop.anonymous(), &order, "tok_approved").await;
    assert_eq!(paid["order"]["state"], "PLACED");
    assert_eq!(db_charges(&shop).await, [("authorised", 1)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_was_lost_is_asked_for_again_by_the_same_key() {
    let (shop, tap) = Wiretap::open().await;
    let cart = shop.cart_ready(&[("COFFEE-250-LIGHT", 1)], "CARD").await;
    let card = json!({ "token": "tok_approved", "returnUrl": RETURN_URL });
    let input = json!({ "input": { "cart": cart, "card": card, "idempotencyKey": "once" } });
    tap.set("/charges", Fate::AnswerLost);
    let first = shop.anonymous().run(COMPLETE, input.clone()).await["checkoutComplete"].take();
    let order = &first["order"];
    assert_eq!((&order["state"], &order["payment"]["status"]), (&json!("AWAITING_PAYMENT"), &json!("DECLINED")));
    tap.let_pass();
    let second = shop.anonymous().run(COMPLETE, input).await["checkoutComplete"].take();
    assert_eq!(second["order"]["id"], order["id"]);
    assert_eq!((&second["order"]["state"], &second["userErrors"]), (&json!("PLACED"), &json!([])));
    assert_eq!(db_charges(&shop).await, [("authorised", 1)]);
    let asked = tap.seen("/charges");
    assert_eq!((asked.len(), &asked[0].headers["idempotency-key"]), (2, &asked[1].headers["idempotency-key"]));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_cards_tried_at_once_one_pays_and_the_other_is_let_go() {
    let (shop, tap) = Wiretap::open().await;
    let order = buy(&shop, "tok_expired_card").await;
    let guest = shop.anonymous();
    tap.set("/charges", Fate::Held);
    let slow = {
        let (guest, order) = (guest.clone(), order.clone());
        tokio::spawn(async move { pay(&guest, &order, "tok_approved").await })
    };
    tap.came("/charges", 2).await;
    let fast = pay(&guest, &order, "tok_approved").await;
    assert_eq!(fast["order"]["state"], "PLACED");
    tap.let_pass();
    let slow = slow.await.unwrap();
    assert_eq!((&slow["order"]["state"], &slow["userErrors"]), (&json!("PLACED"), &json!([])), "it is paid");
    shop.work().await;
    assert_eq!(standing(&shop, &order).await, at("PLACED", "AUTHORISED"));
    let mut entries = entries(&shop, &order).await;
    entries.sort();
    let expected = ["ATTEMPT", "ATTEMPT", "ATTEMPT", "AUTHORISED", "DECLINED", "REQUESTED_VOID", "VOIDED"];
    assert_eq!(entries, expected);
    assert_eq!(db_charges(&shop).await, [("authorised", 1), ("declined", 1), ("voided", 1)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_order_ships_only_once_it_is_paid() {
    let shop = Shop::open().await;
    let order = buy(&shop, "tok_lost_card").await;
    let staff = shop.staff_all();
    let refused = act(&staff, "orderConfirm", &order.id, json!({})).await;
    assert_eq!(codes(&refused), ["ORDER_TRANSITION_NOT_ALLOWED"]);
    pay(&shop.anonymous(), &order, "tok_approved").await;
    done(&staff, "orderConfirm", &order.id, json!({})).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_card_is_tried_once_the_time_to_pay_is_up_though_the_order_still_waits() {
    let shop = Shop::open().await;
    let order = buy(&shop, "tok_do_not_honour").await;
    let charges = db_charges(&shop).await;
    shop.later(Duration::from_mins(30));
    let refused = pay(&shop.anonymous(), &order, "tok_approved").await;
    assert_eq!(codes(&refused), ["PAYMENT_NOT_PAYABLE"]);
    assert_eq!(db_charges(&shop).await, charges, "the gateway was not asked");
    assert_eq!(seen(&shop, &order).await["state"], "AWAITING_PAYMENT");
}
