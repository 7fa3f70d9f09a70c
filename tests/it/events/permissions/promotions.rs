//! Promotions and coupons.

use serde_json::json;
use tests::shop::Shop;

use super::{Example, mutation, query};
use crate::pricing::promotions;

pub async fn example(shop: &Shop, field: &str) -> Option<Example> {
    let example = match field {
        "Query.promotions" => query("{ promotions { nodes { id } } }", "/promotions/nodes"),
        "Query.promotion" => query(r#"{ promotion(by: { code: "order-5" }) { id } }"#, "/promotion/id"),
        "Query.promotionSimulate" => {
            let id = promotions::ask::promotion(shop, "order-5").await;
            let simulated = format!(
                r#"{{ promotionSimulate(input: {{ promotion: {{ id: "{id}" }}, on: {{ orders: {{}} }} }})
                {{ simulation {{ sums {{ tried }} }} }} }}"#
            );
            query(&simulated, "/promotionSimulate/simulation/sums/tried")
        }
        "Query.coupon" => {
            let eid = promotions::ask::with_coupons(shop, "asked", "5").await;
            promotions::ask::issue(shop, &eid, json!({ "code": "ASKED" })).await;
            query(r#"{ coupon(code: "asked") { id } }"#, "/coupon/id")
        }
        "Promotion.coupons" => {
            query(r#"{ promotion(by: { code: "order-5" }) { coupons { nodes { id } } } }"#, "/promotion/coupons/nodes")
        }
        "Mutation.promotionCreate" => {
            let rule = json!({ "effect": { "order": { "tiers": [{ "off": { "percent": "5" } }] } } });
            let input = json!({ "code": "new", "nameEn": "New", "rule": rule });
            mutation("promotionCreate", "promotion { id }", input, "/promotionCreate/promotion/id")
        }
        "Mutation.promotionUpdate" => {
            let input = json!({ "promotion": promotions::ask::promotion(shop, "order-5").await, "nameEn": "New" });
            mutation("promotionUpdate", "promotion { id }", input, "/promotionUpdate/promotion/id")
        }
        "Mutation.couponIssue" => {
            let eid = promotions::ask::with_coupons(shop, "issued", "5").await;
            let input = json!({ "promotion": eid, "coupon": { "code": "ISSUED" } });
            mutation("couponIssue", "coupon { id }", input, "/couponIssue/coupon/id")
        }
        "Mutation.couponRevoke" => {
            let eid = promotions::ask::with_coupons(shop, "revoked", "5").await;
            let coupon = promotions::ask::issue(shop, &eid, json!({ "code": "REVOKED" })).await;
            mutation("couponRevoke", "coupon { id }", json!({ "coupon": coupon }), "/couponRevoke/coupon/id")
        }
        "Mutation.channelDiscountCapSet" => {
            let input = json!({ "channel": "web-kw", "percent": "30" });
            mutation("channelDiscountCapSet", "channel { code }", input, "/channelDiscountCapSet/channel/code")
        }
        _ => return None,
    };
    Some(example)
}
