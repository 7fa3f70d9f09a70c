//! 3-D Secure: the shopper confirms at the gateway's page.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};
use tests::{client::Reply, shop::Shop};

use super::card::{RETURN_URL, answer, buy, challenge, db_charges, entries, pay, seen, standing};
use crate::orders::ask::{by_token, facts, stock, text};

fn at(state: &str, status: &str) -> (String, String) {
    (state.to_owned(), status.to_owned())
}

/// The notices of what happened till now come.
async fn news_comes(shop: &Shop) {
    shop.later(Duration::from_secs(1));
    shop.work().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_challenged_card_waits_for_the_shopper() {
    let shop = Shop::open().await;
    let order = buy(&shop, "tok_challenge").await;
    let waiting = seen(&shop, &order).await;
    assert_eq!(
        (&waiting["state"], &waiting["payBefore"]),
        (&json!("AWAITING_PAYMENT"), &json!("2026-03-01T09:30:00Z"))
    );
    assert_eq!(waiting["payment"]["status"], "REQUIRES_ACTION");
    assert!(text(&waiting["payment"]["challengeUrl"]).starts_with("http://127.0.0.1:"));
    let label = by_token(&shop.anonymous(), &order, "payment { statusLabel }").await;
    assert_eq!(label["payment"]["statusLabel"], "بانتظار تأكيد العميل");
    assert_eq!(entries(&shop, &order).await, ["ATTEMPT", "CHALLENGED"]);
    news_comes(&shop).await;
    assert_eq!(seen(&shop, &order).await, waiting, "nothing happens by itself");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_speaks_the_shoppers_language_and_names_the_amount() {
    let shop = Shop::open().await;
    let order = buy(&shop, "tok_challenge").await;
    let page = challenge(&shop, &order).await;
    let arabic = shop.anonymous().get(&page).await;
    assert_eq!(arabic.status, 200);
    assert!(arabic.header("content-type").starts_with("text/html"));
    let body = text(&arabic.body);
    for part in ["lang=\"ar\"", "تأكيد الدفع", "64.00", "ر.س.", "value=\"approve\"", "value=\"decline\"", "رفض"]
    {
        assert!(body.contains(part), "no {part} in {body}");
    }
    let english = shop.anonymous().with_header("accept-language", "en").get(&page).await;
    for part in ["lang=\"en\"", "Confirm your payment", "SAR\u{a0}64.00", "Decline"] {
        assert!(text(&english.body).contains(part), "no {part} in {}", english.body);
    }
    let (path, charge) = page.rsplit_once('/').unwrap();
    let other = "simcharge_01h455vb4pex5vsknk084sn02q";
    for wrong in [format!("{path}/x"), format!("{path}/{other}"), format!("/simulator/challenge/x/{charge}")] {
        assert_eq!(shop.anonymous().get(&wrong).await.status, 404, "{wrong}");
        assert_eq!(answer(&shop, &wrong, "approve").await.status, 404, "{wrong}");
    }
    assert_eq!(standing(&shop, &order).await, at("AWAITING_PAYMENT", "REQUIRES_ACTION"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_approval_pays_the_order_once_the_news_of_it_comes() {
    let shop = Shop::open().await;
    let order = buy(&shop, "tok_challenge").await;
    let page = challenge(&shop, &order).await;
    let back = answer(&shop, &page, "approve").await;
    assert_eq!((back.status, back.header("location")), (303, RETURN_URL));
    shop.work().await;
    assert_eq!(standing(&shop, &order).await, at("AWAITING_PAYMENT", "REQUIRES_ACTION"), "the news is late");

    news_comes(&shop).await;
    let paid = seen(&shop, &order).await;
    assert_eq!((&paid["state"], &paid["payment"]["status"]), (&json!("PLACED"), &json!("AUTHORISED")));
    assert_eq!((&paid["payBefore"], &paid["payment"]["challengeUrl"]), (&Value::Null, &Value::Null));
    assert_eq!(entries(&shop, &order).await, ["ATTEMPT", "CHALLENGED", "AUTHORISED"]);
    let before = facts(&shop, &order.id).await;
    assert_eq!(before["auditEntries"]["nodes"][0], json!({ "action": "order.paid", "actor": "system" }));
    assert_eq!(before["paymentAudit"], json!([["payment.authorised", "system"]]));

    // The news comes a second time, and the shopper presses the other button.
    let page_again = Reply::to(shop.anonymous().request(Method::GET, &page).await).await;
    assert_eq!((page_again.status, page_again.header("location")), (303, RETURN_URL));
    assert_eq!(answer(&shop, &page, "decline").await.status, 303);
    shop.later(Duration::from_secs(5));
    shop.work().await;
    assert_eq!(facts(&shop, &order.id).await, before);
    assert_eq!(db_charges(&shop).await, [("authorised", 1)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shopper_who_does_not_confirm_is_declined_and_can_try_another_card() {
    let shop = Shop::open().await;
    let order = buy(&shop, "tok_challenge").await;
    let page = challenge(&shop, &order).await;
    assert_eq!(answer(&shop, &page, "decline").await.header("location"), RETURN_URL);
    news_comes(&shop).await;
    assert_eq!(standing(&shop, &order).await, at("AWAITING_PAYMENT", "DECLINED"));
    let declined = seen(&shop, &order).await["payment"].take();
    assert_eq!((&declined["declineCode"], &declined["challengeUrl"]), (&json!("AUTHENTICATION_FAILED"), &Value::Null));
    let said = by_token(&shop.anonymous().in_language("en"), &order, "payment { declineMessage }").await;
    assert!(text(&said["payment"]["declineMessage"]).contains("identity could not be confirmed"), "{said}");
    assert_eq!(entries(&shop, &order).await, ["ATTEMPT", "CHALLENGED", "DECLINED"]);
    // Too late to think better of it.
    answer(&shop, &page, "approve").await;
    news_comes(&shop).await;
    assert_eq!(standing(&shop, &order).await, at("AWAITING_PAYMENT", "DECLINED"));
    pay(&shop.anonymous(), &order, "tok_approved").await;
    assert_eq!(standing(&shop, &order).await, at("PLACED", "AUTHORISED"));
    assert_eq!(db_charges(&shop).await, [("authorised", 1), ("declined", 1)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_approval_after_the_order_expired_is_given_up() {
    let shop = Shop::open().await;
    let free = stock(&shop, "COFFEE-250-LIGHT").await;
    let order = buy(&shop, "tok_challenge").await;
    let page = challenge(&shop, &order).await;
    shop.later(Duration::from_mins(30));
    shop.work().await;
    assert_eq!(standing(&shop, &order).await, at("CANCELLED", "VOIDED"));
    let before = facts(&shop, &order.id).await;
    answer(&shop, &page, "approve").await;
    assert_eq!(db_charges(&shop).await, [("authorised", 1)]);
    news_comes(&shop).await;
    assert_eq!(db_charges(&shop).await, [("voided", 1)], "nobody's money is held for nothing");
    assert_eq!(entries(&shop, &order).await, ["ATTEMPT", "CHALLENGED", "VOIDED", "REQUESTED_VOID", "VOIDED"]);
    let after = facts(&shop, &order.id).await;
    assert_eq!(after["order"]["state"], "CANCELLED");
    assert_eq!(after["order"]["payment"]["authorised"], json!({ "amount": "0.00" }));
    assert_eq!(after["auditEntries"], before["auditEntries"]);
    assert_eq!(stock(&shop, "COFFEE-250-LIGHT").await, free);
    news_comes(&shop).await;
    news_comes(&shop).await;
    assert_eq!(facts(&shop, &order.id).await, after, "nor a second time");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_approval_in_time_whose_news_comes_too_late_is_given_up() {
    let shop = Shop::open().await;
    let order = buy(&shop, "tok_challenge").await;
    let page = challenge(&shop, &order).await;
    shop.later(Duration::from_millis(29 * 60_000 + 59_500));
    answer(&shop, &page, "approve").await;
    shop.later(Duration::from_millis(500));
    shop.work().await;
    assert_eq!(standing(&shop, &order).await, at("CANCELLED", "VOIDED"));
    news_comes(&shop).await;
    assert_eq!(standing(&shop, &order).await, at("CANCELLED", "VOIDED"));
    assert_eq!(db_charges(&shop).await, [("voided", 1)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_approval_after_the_order_was_cancelled_is_given_up() {
    let shop = Shop::open().await;
    let order = buy(&shop, "tok_challenge").await;
    let page = challenge(&shop, &order).await;
    shop.make(&["orderCancel"], &order.id).await;
    answer(&shop, &page, "approve").await;
    news_comes(&shop).await;
    assert_eq!(standing(&shop, &order).await, at("CANCELLED", "VOIDED"));
    assert_eq!(db_charges(&shop).await, [("voided", 1)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_approval_of_an_older_card_is_given_up_if_another_paid() {
    let shop = Shop::open().await;
    let order = buy(&shop, "tok_challenge").await;
    let page = challenge(&shop, &order).await;
    pay(&shop.anonymous(), &order, "tok_approved").await;
    answer(&shop, &page, "approve").await;
    assert_eq!(db_charges(&shop).await, [("authorised", 2)]);
    news_comes(&shop).await;
    assert_eq!(standing(&shop, &order).await, at("PLACED", "AUTHORISED"));
    assert_eq!(db_charges(&shop).await, [("authorised", 1), ("voided", 1)]);
    // What is captured is the other one.
    shop.make(&["orderConfirm", "orderAllocate", "orderShip"], &order.id).await;
    shop.work().await;
    assert_eq!(standing(&shop, &order).await, at("SHIPPED", "CAPTURED"));
    assert_eq!(db_charges(&shop).await, [("captured", 1), ("voided", 1)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decline_of_an_older_card_does_not_end_the_one_under_way() {
    let shop = Shop::open().await;
    let order = buy(&shop, "tok_challenge").await;
    let older = challenge(&shop, &order).await;
    let tried = pay(&shop.anonymous(), &order, "tok_challenge").await;
    assert_eq!(tried["order"]["payment"]["status"], "REQUIRES_ACTION");
    let newer = challenge(&shop, &order).await;
    assert_ne!(older, newer);
    answer(&shop, &older, "decline").await;
    news_comes(&shop).await;
    assert_eq!(standing(&shop, &order).await, at("AWAITING_PAYMENT", "REQUIRES_ACTION"));
    assert_eq!(challenge(&shop, &order).await, newer);
    answer(&shop, &newer, "approve").await;
    news_comes(&shop).await;
    assert_eq!(standing(&shop, &order).await, at("PLACED", "AUTHORISED"));
}
