//! Taxes as staff say them.

use serde_json::json;
use tests::shop::Shop;

use super::Recorder;
use crate::{
    identity::groups::customer,
    pricing::taxes::ask::{product, scheduled},
};

/// Taxes as staff say them.
pub async fn taxed(shop: &Shop, sent: &Recorder) {
    let (staff, layla) = (shop.staff_all(), customer(shop, "layla").await);
    let made = json!({ "code": "medicines", "nameEn": "Medicines" });
    let class = sent.done(&staff, "taxClassCreate", made, "taxClass { id }").await["taxClass"]["id"].take();
    sent.done(&staff, "taxClassUpdate", json!({ "taxClass": class, "nameEn": "Medicine" }), "").await;
    let tea = product(&shop.anonymous(), "TEA").await;
    sent.done(&staff, "taxClassAssign", json!({ "taxClass": class, "products": [tea] }), "").await;
    sent.done(&staff, "taxRateSet", json!({ "taxClass": class, "country": "SA" }), "").await;
    let scheduled = scheduled(shop).await;
    sent.done(&staff, "taxRateRemove", json!({ "taxRate": scheduled }), "").await;
    let charge = json!({ "category": "REVERSE_CHARGE" });
    let granted = json!({ "who": { "customer": layla }, "taxation": charge });
    let select = "taxExemption { id }";
    let exemption = sent.done(&staff, "taxExemptionGrant", granted, select).await["taxExemption"]["id"].take();
    sent.done(&staff, "taxExemptionEnd", json!({ "taxExemption": exemption }), "").await;
    let engine = json!({ "channel": "web-sa", "url": null });
    sent.done(&staff, "channelTaxEngineSet", engine, "").await;
    sent.done(&staff, "channelTaxesSet", json!({ "channel": "web-sa", "pricesIncludeTax": true }), "").await;
}
