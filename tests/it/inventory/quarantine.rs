//! Staff decide what becomes of goods that came back.

use serde_json::json;
use tests::shop::Shop;

use super::ask::{change, changed, level, line, told};
use crate::cart::refusal::wrong;

/// Puts three bags of coffee of Riyadh into quarantine, as a return does.
pub async fn db_quarantine(shop: &Shop) {
    let moved = "INSERT INTO movement (tenant_id, id, variant_id, location_id, cause, on_hand_delta, reserved_delta,
        quarantined_delta, actor, at) SELECT tenant_id, id, variant_id, location_id, 'QUARANTINE', 0, 0, 3, 'system', 0
        FROM stock_level WHERE variant_id IN (SELECT id FROM variant WHERE sku = 'COFFEE-500-DARK')
        AND location_id IN (SELECT id FROM location WHERE code = 'riyadh')";
    shop.db_execute(moved).await;
    let level = "UPDATE stock_level SET quarantined = quarantined + 3
        WHERE variant_id IN (SELECT id FROM variant WHERE sku = 'COFFEE-500-DARK')
        AND location_id IN (SELECT id FROM location WHERE code = 'riyadh')";
    shop.db_execute(level).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn units_in_quarantine_are_sold_again_or_given_up_and_each_says_why() {
    let shop = Shop::open().await;
    db_quarantine(&shop).await;
    let staff = shop.staff("STOCK_MANAGE");
    let settle = async |quantity: i64, outcome: &str| {
        line(&shop, "COFFEE-500-DARK", "riyadh", json!({ "quantity": quantity, "outcome": outcome, "reason": "فُحصت" }))
            .await
    };
    let lines = [settle(2, "RESTOCK").await, settle(1, "WRITE_OFF").await];
    let done = changed(&staff, "stockQuarantineSettle", json!({ "lines": lines, "idempotencyKey": "k" })).await;
    assert_eq!(done["results"].as_array().unwrap().len(), 2);
    changed(&staff, "stockQuarantineSettle", json!({ "lines": lines, "idempotencyKey": "k" })).await;
    assert_eq!(level(&shop, "COFFEE-500-DARK", "riyadh").await, (102, 0, 102));
    assert_eq!(told(&shop, "stock.restocked").await[0]["reason"], "فُحصت");
    assert_eq!(told(&shop, "stock.written_off").await[0]["quarantined"], 0);
    let payload = change(&staff, "stockQuarantineSettle", json!({ "lines": [settle(1, "RESTOCK").await] })).await;
    assert_eq!(wrong(&payload), ["STOCK_INSUFFICIENT lines.0.quantity"]);
    let twice = [settle(1, "RESTOCK").await, settle(1, "RESTOCK").await];
    let payload = change(&staff, "stockQuarantineSettle", json!({ "lines": twice })).await;
    assert_eq!(wrong(&payload), ["DUPLICATE lines.1.variant"]);
}
