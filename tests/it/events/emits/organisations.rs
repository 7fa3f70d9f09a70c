//! Companies, their units, and who buys for them.

use serde_json::json;
use tests::shop::Shop;

use super::Recorder;
use crate::organisations::ask::{named, new};

/// A company, a unit of it, and who buys for it.
pub async fn companies(shop: &Shop, sent: &Recorder) {
    let staff = shop.staff_all();
    let made = sent.done(&staff, "organisationCreate", new("wadi"), "organisation { id }").await;
    let wadi = &made["organisation"]["id"];
    sent.done(&staff, "organisationUpdate", json!({ "organisation": wadi, "nameEn": "Wadi" }), "").await;
    let unit = json!({ "organisation": wadi, "code": "north", "nameEn": "North" });
    let north = sent.done(&staff, "organisationUnitCreate", unit, "unit { id }").await["unit"]["id"].take();
    sent.done(&staff, "organisationUnitUpdate", json!({ "unit": north, "nameEn": "The north" }), "").await;
    for name in ["organisationMembersAdd", "organisationMembersRemove"] {
        let input = json!({ "organisation": wadi, "customers": [named("layla")] });
        sent.done(&staff, name, input, "").await;
    }
    sent.done(&staff, "organisationUnitDelete", json!({ "unit": north }), "").await;
}
