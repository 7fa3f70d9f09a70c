//! Promotions and their coupons.

use serde_json::json;
use tests::shop::Shop;

use super::Recorder;

/// A promotion and its coupons.
pub async fn promoted(shop: &Shop, sent: &Recorder) {
    let staff = shop.staff_all();
    let rule = json!({ "needsCoupon": true, "effect": { "order": { "tiers": [{ "off": { "percent": "5" } }] } } });
    let made = json!({ "code": "eid", "nameEn": "Eid", "rule": rule });
    let eid = sent.done(&staff, "promotionCreate", made, "promotion { id }").await["promotion"]["id"].take();
    sent.done(&staff, "promotionUpdate", json!({ "promotion": eid, "nameEn": "Eid sale" }), "").await;
    sent.done(&staff, "channelDiscountCapSet", json!({ "channel": "web-kw", "percent": "30" }), "").await;
    let issue = json!({ "promotion": eid, "coupon": { "code": "EID" } });
    let coupon = sent.done(&staff, "couponIssue", issue, "coupon { id }").await["coupon"]["id"].take();
    sent.done(&staff, "couponRevoke", json!({ "coupon": coupon }), "").await;
}
