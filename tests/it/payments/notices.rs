//! The gateway's webhooks: late, twice, out of order, forged.

use std::time::Duration;

use tests::{at_once::at_once, shop::Shop, world::Placed};

use super::{
    card::{answer, buy, challenge, db_charges, entries, standing},
    wiretap::{Fate, Seen, Wiretap},
};
use crate::orders::ask::facts;

const WEBHOOKS: &str = "/webhooks/cards/";
const SIGNATURE: &str = "simulator-signature";

fn at(state: &str, status: &str) -> (String, String) {
    (state.to_owned(), status.to_owned())
}

/// An order whose card was approved, though the answer was lost; and the notice of it, which has not arrived either.
async fn unheard() -> (Shop, Wiretap, Placed, Seen) {
    let (shop, tap) = Wiretap::open().await;
    tap.set("/charges", Fate::AnswerLost);
    tap.set(WEBHOOKS, Fate::Lost);
    let order = buy(&shop, "tok_approved").await;
    shop.later(Duration::from_secs(1));
    shop.work().await;
    tap.let_pass();
    assert_eq!(standing(&shop, &order).await, at("AWAITING_PAYMENT", "DECLINED"));
    let notice = tap.seen(WEBHOOKS).pop().expect("a notice that was sent");
    (shop, tap, order, notice)
}

#[tokio::test(flavor = "multi_thread")]
async fn news_that_the_answer_to_a_card_did_not_bring_pays_the_order() {
    let (shop, _tap, order, notice) = unheard().await;
    assert_eq!(notice.again(&shop).await.status, 200);
    assert_eq!(standing(&shop, &order).await, at("AWAITING_PAYMENT", "DECLINED"), "it is acted on later");
    shop.work().await;
    assert_eq!(standing(&shop, &order).await, at("PLACED", "AUTHORISED"));
    assert_eq!(entries(&shop, &order).await, ["ATTEMPT", "DECLINED", "AUTHORISED"]);
    assert_eq!(db_charges(&shop).await, [("authorised", 1)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_that_comes_many_times_is_acted_on_once() {
    let (shop, tap, order, notice) = unheard().await;
    let answers = at_once(6, |_| notice.again(&shop)).await;
    assert!(answers.iter().all(|answer| answer.status == 200), "{answers:?}");
    shop.work().await;
    let paid = facts(&shop, &order.id).await;
    assert_eq!(paid["order"]["state"], "PLACED");
    assert_eq!(notice.again(&shop).await.status, 200);
    // The gateway's own second sending.
    shop.later(Duration::from_secs(2));
    shop.work().await;
    let sent = tap.seen(WEBHOOKS);
    assert_eq!((sent.len(), &sent[0].body), (2, &sent[1].body), "late and twice");
    assert_eq!(facts(&shop, &order.id).await, paid);
    // And long after, when the order has gone on.
    shop.make(&["orderConfirm", "orderAllocate", "orderShip"], &order.id).await;
    shop.work().await;
    let shipped = facts(&shop, &order.id).await;
    assert_eq!(notice.again(&shop).await.status, 200);
    shop.work().await;
    assert_eq!(facts(&shop, &order.id).await, shipped);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forged_notice_is_refused_and_changes_nothing() {
    let (shop, _tap, order, notice) = unheard().await;
    let before = facts(&shop, &order.id).await;
    let genuine = notice.headers[SIGNATURE].clone();
    let (at, signed) = genuine.split_once(',').unwrap();
    let mut digits: Vec<_> = signed.chars().collect();
    let last = digits.last_mut().unwrap();
    *last = if *last == '0' { '1' } else { '0' };
    let signatures = [
        String::new(),
        "x".to_owned(),
        signed.to_owned(),
        at.to_owned(),
        format!("t=0,{signed}"),
        format!("{at},v1="),
        format!("{at},{}", digits.into_iter().collect::<String>()),
    ];
    for signature in signatures {
        let mut forged = notice.clone();
        forged.headers.insert(SIGNATURE.to_owned(), signature.clone());
        assert_eq!(forged.again(&shop).await.status, 400, "{signature}");
    }
    let mut unsigned = notice.clone();
    unsigned.headers.remove(SIGNATURE);
    assert_eq!(unsigned.again(&shop).await.status, 400);
    for body in ["", "{}", &notice.body.replace("authorised", "captured"), &format!("{} ", notice.body)] {
        assert_eq!(notice.with_body(&shop, body).await.status, 400, "{body}");
    }
    let mut elsewhere = notice.clone();
    elsewhere.path = format!("{WEBHOOKS}tenant_01h455vb4pex5vsknk084sn02q");
    assert_eq!(elsewhere.again(&shop).await.status, 400, "another merchant's key signs otherwise");
    elsewhere.path = format!("{WEBHOOKS}shop");
    assert_eq!(elsewhere.again(&shop).await.status, 404);
    shop.work().await;
    assert_eq!(facts(&shop, &order.id).await, before);
    // The genuine one still counts.
    notice.again(&shop).await;
    shop.work().await;
    assert_eq!(standing(&shop, &order).await, ("PLACED".to_owned(), "AUTHORISED".to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_of_ours_is_nothing_to_the_neighbour() {
    let (shop, tap, order, notice) = unheard().await;
    let cart = shop.neighbour().cart_ready(&[("COFFEE-250-LIGHT", 1)], "CARD").await;
    shop.neighbour().anonymous().checkout_by_card(&cart, "tok_approved").await;
    shop.later(Duration::from_secs(1));
    shop.work().await;
    let theirs = tap.seen(WEBHOOKS).pop().unwrap();
    assert_ne!(theirs.path, notice.path);
    let mut misled = notice.clone();
    misled.path.clone_from(&theirs.path);
    assert_eq!(misled.again(&shop).await.status, 400);
    shop.work().await;
    assert_eq!(standing(&shop, &order).await, at("AWAITING_PAYMENT", "DECLINED"));
}

#[tokio::test(flavor = "multi_thread")]
async fn notices_in_the_wrong_order_lead_to_the_same_end() {
    let (shop, tap) = Wiretap::open().await;
    tap.set(WEBHOOKS, Fate::Lost);
    let order = buy(&shop, "tok_challenge").await;
    let page = challenge(&shop, &order).await;
    answer(&shop, &page, "approve").await;
    shop.later(Duration::from_secs(1));
    shop.work().await;
    let authorised = tap.seen(WEBHOOKS).pop().unwrap();
    tap.let_pass();
    authorised.again(&shop).await;
    shop.work().await;
    assert_eq!(standing(&shop, &order).await, at("PLACED", "AUTHORISED"));
    shop.make(&["orderConfirm", "orderAllocate", "orderShip"], &order.id).await;
    tap.set(WEBHOOKS, Fate::Lost);
    shop.work().await;
    shop.later(Duration::from_secs(1));
    shop.work().await;
    let captured = tap.seen(WEBHOOKS).into_iter().find(|notice| notice.body.contains("\"captured\""));
    let captured = captured.expect("a notice of the capture");
    tap.let_pass();
    let before = facts(&shop, &order.id).await;
    assert_eq!(before["order"]["payment"]["status"], "CAPTURED");
    for notice in [&captured, &authorised, &captured] {
        assert_eq!(notice.again(&shop).await.status, 200);
        shop.work().await;
    }
    assert_eq!(facts(&shop, &order.id).await, before);
    assert_eq!(entries(&shop, &order).await, ["ATTEMPT", "CHALLENGED", "AUTHORISED", "REQUESTED_CAPTURE", "CAPTURED"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_merchants_key_opens_the_gateway_and_nothing_else_does() {
    let (shop, tap) = Wiretap::open().await;
    buy(&shop, "tok_approved").await;
    let asked = tap.seen("/simulator/v1/charges").pop().unwrap();
    assert_eq!(asked.again(&shop).await.status, 200, "the same key, the same charge");
    assert_eq!(db_charges(&shop).await, [("authorised", 1)]);
    for key in ["", "Bearer ", "Bearer sk_test_x", "Basic eDp5"] {
        let mut wrong = asked.clone();
        wrong.headers.insert("authorization".to_owned(), key.to_owned());
        assert_eq!(wrong.again(&shop).await.status, 401, "{key:?}");
    }
    let mut without = asked.clone();
    without.headers.remove("idempotency-key");
    assert_eq!(without.again(&shop).await.status, 400);
    let other = asked.body.replace("6400", "6401");
    assert_ne!(other, asked.body);
    assert_eq!(asked.with_body(&shop, &other).await.status, 409, "the same key, another amount");
    assert_eq!(db_charges(&shop).await, [("authorised", 1)]);
}
