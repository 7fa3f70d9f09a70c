//! Promotions that take prices below what things cost the shop, or below the lowest that they are sold at.

use serde_json::{Value, json};
use tests::{client::Client, tenant::Tenant};

use super::ask::{off_order, plain};
use crate::{fulfilment::ask::try_set, http::asking, pricing::floors::limit};

/// What somebody is told who makes a promotion: of each warning its code, and of how many prices.
async fn told(client: &Client, name: &str, input: Value) -> Vec<(String, i64)> {
    let done = try_set(client, name, "promotion { id } warnings { code count message }", input).await;
    assert_eq!(done["userErrors"], json!([]));
    let code =
        |warning: &Value| (warning["code"].as_str().unwrap().to_owned(), warning["count"].as_i64().unwrap_or(-1));
    done["warnings"].as_array().unwrap().iter().map(code).collect()
}

fn draft(rule: &Value) -> Value {
    json!({ "code": "sale", "nameEn": "Sale", "currencyCode": "SAR", "rule": rule, "dryRun": true })
}

fn below_cost(count: i64) -> Vec<(String, i64)> {
    vec![("BELOW_COST".to_owned(), count)]
}

fn merchant(tenant: &Tenant) -> Client {
    tenant.staff_all()
}

#[tokio::test(flavor = "multi_thread")]
async fn prices_that_come_below_cost_are_told_to_who_may_see_costs() {
    let shop = plain().await;
    // Tea and cups are 11.50 and 23.00.
    limit(&shop, "TEA", json!({ "cost": "9.00" })).await;
    limit(&shop, "CUP", json!({ "cost": "9.00" })).await;
    let merchant = merchant(&shop);
    let tea = json!({ "variants": [shop.variant("TEA").await] });
    let cup = json!({ "variants": [shop.variant("CUP").await] });
    let lines = |of: &Value, off: Value| json!({ "effect": { "lines": { "of": of, "off": off } } });
    for (rule, expected) in [
        (lines(&tea, json!({ "percent": "20" })), vec![]),
        (lines(&tea, json!({ "percent": "22" })), below_cost(1)),
        (lines(&cup, json!({ "percent": "22" })), vec![]),
        (lines(&json!({}), json!({ "price": "8.99" })), below_cost(2)),
        (json!({ "effect": { "catalogue": { "of": tea, "off": { "amount": "2.51" } } } }), below_cost(1)),
        (json!({ "effect": { "lines": { "of": tea, "off": { "percent": "90" } } }, "maxDiscount": "2.50" }), vec![]),
        (off_order("22"), below_cost(1)),
        // What is given with others is meant to cost less than it is worth.
        (json!({ "effect": { "gift": { "of": tea } } }), vec![]),
        (json!({ "effect": { "order": { "tiers": [{ "atLeast": "0", "off": { "amount": "50.00" } }] } } }), vec![]),
    ] {
        assert_eq!(told(&merchant, "promotionCreate", draft(&rule)).await, expected, "{rule}");
    }
    let low = draft(&off_order("60"));
    assert_eq!(told(&shop.staff("PROMOTION_MANAGE"), "promotionCreate", low.clone()).await, []);
    let other =
        json!({ "code": "sale", "nameEn": "Sale", "currencyCode": "KWD", "rule": off_order("99"), "dryRun": true });
    assert_eq!(told(&merchant, "promotionCreate", other).await, [], "their prices in dinars have no cost");

    let message = async |language: &str| {
        let merchant = merchant.clone().in_language(language);
        let done = try_set(&merchant, "promotionCreate", "warnings { message }", low.clone()).await;
        asking::plain(&done["warnings"][0]["message"])
    };
    assert_eq!(message("en").await, "This promotion takes one price below what the item costs the shop.");
    assert_eq!(message("ar").await, "يُنزل هذا العرض سعرًا واحدًا تحت التكلفة على المتجر.");
}

#[tokio::test(flavor = "multi_thread")]
async fn prices_that_would_come_below_the_lowest_are_told_and_an_update_tells_it_as_well() {
    let shop = plain().await;
    limit(&shop, "TEA", json!({ "cost": "9.00", "floor": "10.00" })).await;
    let (merchant, staff) = (merchant(&shop), shop.staff("PROMOTION_MANAGE"));
    // It is sold for 10.00 at least, and so never below what it costs.
    let floored = vec![("BELOW_FLOOR".to_owned(), 1)];
    assert_eq!(told(&staff, "promotionCreate", draft(&off_order("30"))).await, floored);
    assert_eq!(told(&merchant, "promotionCreate", draft(&off_order("30"))).await, floored);
    limit(&shop, "TEA", json!({ "floor": "8.00" })).await;
    let both = [below_cost(1), floored].concat();
    assert_eq!(told(&merchant, "promotionCreate", draft(&off_order("40"))).await, both);

    let mut input = draft(&off_order("5"));
    input["dryRun"] = json!(false);
    input["idempotencyKey"] = json!("once");
    assert_eq!(told(&merchant, "promotionCreate", input.clone()).await, []);
    let query = "{ promotions { nodes { id code } } }";
    let found = shop.staff("PROMOTION_READ").run(query, json!({})).await["promotions"]["nodes"].take();
    let sale = found.as_array().unwrap().iter().find(|one| one["code"] == "sale").unwrap()["id"].clone();
    let change = json!({ "promotion": sale, "rule": off_order("40"), "idempotencyKey": "change" });
    assert_eq!(told(&merchant, "promotionUpdate", change.clone()).await, both);
    assert_eq!(told(&merchant, "promotionUpdate", change.clone()).await, both, "what is repeated tells the same");
    let blind = told(&staff, "promotionUpdate", json!({ "promotion": sale, "nameEn": "Sale" })).await;
    assert_eq!(blind, both[1..], "who may not see costs is told of none");
}
