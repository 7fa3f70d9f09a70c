//! Cards that are charged, in time and too late.

use serde_json::{Value, json};
use tests::shop::Shop;

use super::Recorder;
use crate::{
    orders::ask::text,
    payments::wiretap::{Fate, Wiretap},
};

/// Orders by card.
pub async fn by_card(shop: &Shop, sent: &Recorder) {
    let (guest, staff) = (shop.anonymous(), shop.staff_all());
    let (shipped, _) = sent.buy(&guest, "CARD", Some("tok_approved")).await;
    sent.moves(&staff, &shipped, &["orderConfirm", "orderAllocate", "orderShip", "orderDeliver"]).await;
    shop.work().await;
    sent.refund(&staff, &shipped, Value::Null).await;
    let (cancelled, _) = sent.buy(&guest, "CARD", Some("tok_approved")).await;
    sent.moves(&staff, &cancelled, &["orderCancel"]).await;
    let declined = sent.buy(&guest, "CARD", Some("tok_expired_card")).await;
    sent.pay(&guest, &declined, "tok_expired_card").await;
    sent.pay(&guest, &declined, "tok_approved").await;
}

/// Cards that the gateway approves when nobody wants their money any more.
pub async fn too_late(shop: &Shop, tap: &Wiretap, sent: &Recorder) {
    let (guest, staff) = (shop.anonymous(), shop.staff_all());
    tap.set("/charges", Fate::Held);
    let n_before = tap.seen("/charges").len();
    let slow = sent.buy(&guest, "CARD", Some("tok_approved"));
    let meanwhile = async {
        tap.came("/charges", n_before + 1).await;
        let query = "{ orders(filter: { states: [AWAITING_PAYMENT] }) { nodes { id } } }";
        let waiting = staff.run(query, json!({})).await["orders"]["nodes"][0]["id"].take();
        sent.moves(&staff, &text(&waiting), &["orderCancel"]).await;
        tap.let_pass();
    };
    tokio::join!(slow, meanwhile);

    let order = sent.buy(&guest, "CARD", Some("tok_expired_card")).await;
    tap.set("/charges", Fate::Held);
    let n_before = tap.seen("/charges").len();
    let meanwhile = async {
        tap.came("/charges", n_before + 1).await;
        sent.pay(&guest, &order, "tok_approved").await;
        tap.let_pass();
    };
    tokio::join!(sent.pay(&guest, &order, "tok_approved"), meanwhile);
}
