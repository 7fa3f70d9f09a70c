//! What is only tried leaves the key for the call that is meant.

use serde_json::json;
use tests::shop::Shop;

use crate::fulfilment::ask::try_set;

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_something_was_tried_with_does_it_afterwards() {
    let shop = Shop::open().await;
    let staff = shop.staff_all();
    let selling = json!([{ "variant": shop.variant("TEA").await, "policy": "BACKORDER", "limit": 3 }]);
    for (name, input) in [
        ("channelReturnDaysSet", json!({ "channel": "web-sa", "returnDays": 3 })),
        ("channelPromiseSet", json!({ "channel": "web-sa", "promiseDays": 3 })),
        ("channelCartReservationSet", json!({ "channel": "web-sa", "minutes": 3 })),
        ("channelTaxesSet", json!({ "channel": "web-sa", "pricesIncludeTax": false })),
        ("variantSellingSet", json!({ "lines": selling })),
    ] {
        for is_dry_run in [true, false, false] {
            let mut input = input.clone();
            input["idempotencyKey"] = json!("mine");
            input["dryRun"] = json!(is_dry_run);
            let payload = try_set(&staff, name, "", input).await;
            assert_eq!(payload, json!({ "userErrors": [] }), "{name}, tried: {is_dry_run}");
        }
    }
    let query = "{ channels { code returnDays promiseDays cartReservationMinutes pricesIncludeTax } }";
    let found = shop.anonymous().run(query, json!({})).await;
    let web = &found["channels"][0];
    let expected = json!({ "code": "web-sa", "returnDays": 3, "promiseDays": 3, "cartReservationMinutes": 3, "pricesIncludeTax": false });
    assert_eq!(web, &expected);
}
