//! What is asked of the gateway after the fact: captures, voids and refunds, each once.

use std::time::Duration;

use serde_json::{Value, json};
use tests::{shop::Shop, world::Placed};

use super::{
    card::{buy, db_charges, db_deliver_again, db_refunds, entries, standing},
    wiretap::{Fate, Wiretap},
};
use crate::orders::ask::{done, facts, kinds, text};

const SHIP: [&str; 3] = ["orderConfirm", "orderAllocate", "orderShip"];

fn at(state: &str, status: &str) -> (String, String) {
    (state.to_owned(), status.to_owned())
}

async fn payment(shop: &Shop, order: &Placed) -> Value {
    facts(shop, &order.id).await["order"]["payment"].take()
}

/// An order that was delivered, and whose money the shop has.
async fn delivered(shop: &Shop) -> Placed {
    let order = buy(shop, "tok_approved").await;
    shop.make(&[&SHIP[..], &["orderDeliver"]].concat(), &order.id).await;
    shop.work().await;
    order
}

#[tokio::test(flavor = "multi_thread")]
async fn shipping_captures_the_money_once() {
    let shop = Shop::open().await;
    let order = buy(&shop, "tok_approved").await;
    shop.make(&SHIP[..2], &order.id).await;
    shop.work().await;
    assert_eq!(db_charges(&shop).await, [("authorised", 1)], "nothing is taken before it ships");
    shop.make(&SHIP[2..], &order.id).await;
    assert_eq!(standing(&shop, &order).await, at("SHIPPED", "AUTHORISED"));
    assert_eq!(entries(&shop, &order).await, ["ATTEMPT", "AUTHORISED", "REQUESTED_CAPTURE"]);
    shop.work().await;
    let captured = facts(&shop, &order.id).await;
    let payment = &captured["order"]["payment"];
    assert_eq!((&payment["status"], &payment["captured"]["amount"]), (&json!("CAPTURED"), &json!("64.00")));
    assert_eq!(kinds(&payment["entries"]), ["ATTEMPT", "AUTHORISED", "REQUESTED_CAPTURE", "CAPTURED"]);
    assert_eq!(kinds(&captured["order"]["whereabouts"]["timeline"]).last().unwrap(), &"PAYMENT_CAPTURED");
    let of_payment = captured["paymentAudit"].as_array().unwrap();
    assert_eq!(*of_payment.last().unwrap(), json!(["payment.captured", "system"]));
    assert_eq!(db_charges(&shop).await, [("captured", 1)]);
    // Delivery collects no cash of a card.
    shop.make(&["orderDeliver"], &order.id).await;
    db_deliver_again(&shop).await;
    let after = facts(&shop, &order.id).await;
    assert_eq!((&after["order"]["payment"], &after["paymentAudit"]), (payment, &captured["paymentAudit"]));
}

#[tokio::test(flavor = "multi_thread")]
async fn cancelling_gives_the_authorisation_up_once() {
    let shop = Shop::open().await;
    for n in 0..3 {
        let order = buy(&shop, "tok_approved").await;
        shop.make(&SHIP[..n], &order.id).await;
        shop.make(&["orderCancel"], &order.id).await;
        assert_eq!(standing(&shop, &order).await, at("CANCELLED", "VOIDED"));
        assert_eq!(entries(&shop, &order).await, ["ATTEMPT", "AUTHORISED", "REQUESTED_VOID"]);
        shop.work().await;
        let voided = facts(&shop, &order.id).await;
        let done = kinds(&voided["order"]["payment"]["entries"]);
        assert_eq!(done, ["ATTEMPT", "AUTHORISED", "REQUESTED_VOID", "VOIDED"]);
        db_deliver_again(&shop).await;
        assert_eq!(facts(&shop, &order.id).await, voided);
    }
    assert_eq!(db_charges(&shop).await, [("voided", 3)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refund_goes_to_the_card_in_part_and_then_the_rest_each_once() {
    let shop = Shop::open().await;
    let order = delivered(&shop).await;
    let staff = shop.staff("PAYMENT_MANAGE");
    shop.later(Duration::from_mins(1));
    done(&staff, "orderRefund", &order.id, json!({ "amount": "14.00" })).await;
    assert_eq!(standing(&shop, &order).await, at("DELIVERED", "PART_REFUNDED"));
    assert_eq!(db_refunds(&shop).await, 0, "the gateway is asked later");
    shop.work().await;
    db_deliver_again(&shop).await;
    assert_eq!(db_refunds(&shop).await, 1);
    let so_far = ["ATTEMPT", "AUTHORISED", "REQUESTED_CAPTURE", "CAPTURED", "REQUESTED_REFUND", "REFUNDED"];
    assert_eq!(entries(&shop, &order).await, so_far);

    shop.later(Duration::from_mins(1));
    done(&staff, "orderRefund", &order.id, json!({})).await;
    assert_eq!(standing(&shop, &order).await, at("REFUNDED", "REFUNDED"));
    shop.work().await;
    db_deliver_again(&shop).await;
    assert_eq!(db_refunds(&shop).await, 2);
    let payment = payment(&shop, &order).await;
    assert_eq!(payment["refunded"]["amount"], "64.00");
    let amounts: Vec<_> = payment["entries"].as_array().unwrap()[4..]
        .iter()
        .map(|entry| (text(&entry["kind"]), text(&entry["amount"]["amount"])))
        .collect();
    let entry = |kind: &str, amount: &str| (kind.to_owned(), amount.to_owned());
    let expected = [
        entry("REQUESTED_REFUND", "14.00"),
        entry("REFUNDED", "14.00"),
        entry("REQUESTED_REFUND", "50.00"),
        entry("REFUNDED", "50.00"),
    ];
    assert_eq!(amounts, expected);
    assert_eq!(db_charges(&shop).await, [("captured", 1)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_gateway_did_though_its_answer_was_lost_is_not_done_again() {
    let (shop, tap) = Wiretap::open().await;
    let order = buy(&shop, "tok_approved").await;
    shop.make(&SHIP, &order.id).await;
    tap.set("/capture", Fate::AnswerLost);
    shop.work().await;
    assert_eq!(standing(&shop, &order).await, at("SHIPPED", "AUTHORISED"), "nobody knows yet");
    assert_eq!(db_charges(&shop).await, [("captured", 1)]);
    tap.let_pass();
    shop.later(Duration::from_mins(1));
    shop.work().await;
    assert_eq!(standing(&shop, &order).await, at("SHIPPED", "CAPTURED"));
    let asked = tap.seen("/capture");
    assert_eq!((asked.len(), &asked[0].headers["idempotency-key"]), (2, &asked[1].headers["idempotency-key"]));

    shop.make(&["orderDeliver"], &order.id).await;
    done(&shop.staff_all(), "orderRefund", &order.id, json!({ "amount": "4.00" })).await;
    tap.set("/refund", Fate::AnswerLost);
    shop.work().await;
    assert_eq!(db_refunds(&shop).await, 1);
    assert!(!entries(&shop, &order).await.contains(&"REFUNDED".to_owned()));
    tap.let_pass();
    shop.later(Duration::from_mins(1));
    shop.work().await;
    assert_eq!((db_refunds(&shop).await, tap.seen("/refund").len()), (1, 2));
    assert!(entries(&shop, &order).await.contains(&"REFUNDED".to_owned()));
    assert_eq!(payment(&shop, &order).await["refunded"]["amount"], "4.00");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_that_is_away_is_asked_until_it_is_back() {
    let (shop, tap) = Wiretap::open().await;
    let order = buy(&shop, "tok_approved").await;
    shop.make(&["orderCancel"], &order.id).await;
    tap.set("/void", Fate::Lost);
    for n in 1..4 {
        shop.work().await;
        assert_eq!(tap.seen("/void").len(), n, "once each time it is due");
        shop.later(Duration::from_mins(1));
    }
    assert_eq!(db_charges(&shop).await, [("authorised", 1)]);
    assert_eq!(standing(&shop, &order).await, at("CANCELLED", "VOIDED"));
    tap.let_pass();
    shop.work().await;
    assert_eq!(db_charges(&shop).await, [("voided", 1)]);
    assert_eq!(entries(&shop, &order).await, ["ATTEMPT", "AUTHORISED", "REQUESTED_VOID", "VOIDED"]);
}
