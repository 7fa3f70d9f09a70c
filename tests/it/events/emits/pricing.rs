//! Price lists and their prices.

use serde_json::json;
use tests::shop::Shop;

use super::Recorder;

/// A price list, its prices, and who buys by it.
pub async fn priced(shop: &Shop, sent: &Recorder) {
    let (staff, tea) = (shop.staff_all(), shop.variant("TEA").await);
    let select = "priceList { id assignments { id } }";
    let made = json!({ "code": "sale", "nameEn": "Sale", "currencyCode": "SAR" });
    let sale = sent.done(&staff, "priceListCreate", made, select).await["priceList"]["id"].take();
    sent.done(&staff, "priceListUpdate", json!({ "priceList": sale, "nameEn": "Summer sale" }), "").await;
    sent.done(&staff, "priceListRuleSet", json!({ "priceList": sale }), "").await;
    let price = json!({ "priceList": sale, "lines": [{ "variant": tea, "price": "9.00" }] });
    sent.done(&staff, "priceListPricesSet", price, "").await;
    sent.done(&staff, "priceListPricesAdjust", json!({ "priceList": sale, "percent": "5" }), "").await;
    sent.done(&staff, "variantMeasuresSet", json!({ "lines": [{ "variant": { "id": tea } }] }), "").await;
    let cost = json!({ "variant": { "id": tea }, "cost": "5.00" });
    sent.done(&staff, "variantCostsSet", json!({ "currencyCode": "SAR", "lines": [cost] }), "").await;
    let gone = json!({ "priceList": sale, "lines": [{ "variant": tea }] });
    sent.done(&staff, "priceListPricesRemove", gone, "").await;
    let rules = json!({ "priceList": sale, "lines": [{ "variant": { "id": tea } }] });
    sent.done(&staff, "priceListQuantityRulesSet", rules.clone(), "").await;
    sent.done(&staff, "priceListQuantityRulesRemove", rules, "").await;
    let assign = json!({ "priceList": sale, "channel": "web-sa" });
    let mut list = sent.done(&staff, "priceListAssign", assign, select).await;
    let assignment = list["priceList"]["assignments"][0]["id"].take();
    sent.done(&staff, "priceListUnassign", json!({ "assignment": assignment }), "").await;
}
