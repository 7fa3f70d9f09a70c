//! Price lists, quotes, costs and measures.

use serde_json::json;
use tests::shop::Shop;

use super::{Example, mutation, query};
use crate::{
    fulfilment::ask::try_set,
    identity::groups::group,
    pricing::ask::{assigned, list},
};

pub async fn example(shop: &Shop, field: &str) -> Option<Example> {
    let example = match field {
        "Query.priceLists" => query("{ priceLists { nodes { id } } }", "/priceLists/nodes"),
        "Query.priceList" => query(r#"{ priceList(by: { code: "sar" }) { id } }"#, "/priceList/id"),
        "Query.priceQuote" => query(
            r#"{ priceQuote(input: { lines: [{ variant: { sku: "TEA" }, quantity: 1 }] }) { quote { at } } }"#,
            "/priceQuote/quote/at",
        ),
        "PriceList.assignments" => {
            query(r#"{ priceList(by: { code: "sar" }) { assignments { id } } }"#, "/priceList/assignments")
        }
        "PriceList.quantityRules" => {
            let tea = shop.variant("TEA").await;
            let rules = format!(
                r#"{{ priceList(by: {{ code: "sar" }}) {{ quantityRules(variants: ["{tea}"]) {{ rule {{ minimum }} }} }} }}"#
            );
            query(&rules, "/priceList/quantityRules")
        }
        "PriceList.variants" => {
            query(r#"{ priceList(by: { code: "sar" }) { variants { nodes { id } } } }"#, "/priceList/variants/nodes")
        }
        "PriceList.prices" => {
            let tea = shop.variant("TEA").await;
            let prices =
                format!(r#"{{ priceList(by: {{ code: "sar" }}) {{ prices(variants: ["{tea}"]) {{ startsAt }} }} }}"#);
            query(&prices, "/priceList/prices")
        }
        name if name.starts_with("Mutation.priceList") => pricing(shop, &name["Mutation.".len()..]).await,
        "Mutation.variantMeasuresSet" => {
            let lines = json!([{ "variant": { "sku": "TEA" } }]);
            let shown = "/variantMeasuresSet/variants/0/sku";
            mutation("variantMeasuresSet", "variants { sku }", json!({ "lines": lines }), shown)
        }
        "Mutation.variantCostsSet" => {
            let lines = json!([{ "variant": { "sku": "TEA" }, "cost": "5.00" }]);
            let input = json!({ "currencyCode": "SAR", "lines": lines });
            mutation("variantCostsSet", "variants { sku }", input, "/variantCostsSet/variants/0/sku")
        }
        "ProductVariant.costs" => {
            let tea = r#"{ productVariant(by: { sku: "TEA" }) { costs { currencyCode } } }"#;
            query(tea, "/productVariant/costs")
        }
        _ => return None,
    };
    Some(example)
}

/// An operation that changes price lists.
async fn pricing(shop: &Shop, name: &str) -> Example {
    let (sar, tea) = (list(shop, "sar").await, shop.variant("TEA").await);
    let input = match name {
        "priceListCreate" => json!({ "code": "new", "nameEn": "New", "currencyCode": "SAR" }),
        "priceListPricesSet" => json!({ "priceList": sar, "lines": [{ "variant": tea, "price": "1.00" }] }),
        "priceListPricesAdjust" => json!({ "priceList": sar, "percent": "1" }),
        "priceListPricesRemove" => json!({ "priceList": sar, "lines": [{ "variant": tea }] }),
        "priceListQuantityRulesSet" => json!({ "priceList": sar, "lines": [{ "variant": { "id": tea } }] }),
        "priceListQuantityRulesRemove" => {
            let lines = json!([{ "variant": { "id": tea } }]);
            let set = json!({ "priceList": sar, "lines": lines });
            let done = try_set(&shop.staff_all(), "priceListQuantityRulesSet", "priceList { id }", set.clone()).await;
            assert_eq!(done["userErrors"], json!([]));
            set
        }
        "priceListAssign" => json!({ "priceList": sar, "channel": "web-sa" }),
        "priceListUnassign" => json!({ "assignment": assigned(shop, &group(shop, "buyers", &[]).await).await }),
        _ => json!({ "priceList": sar }),
    };
    let shown = match name {
        "priceListCreate" => "/priceListCreate/priceList/id",
        "priceListUpdate" => "/priceListUpdate/priceList/id",
        "priceListRuleSet" => "/priceListRuleSet/priceList/id",
        "priceListPricesSet" => "/priceListPricesSet/priceList/id",
        "priceListPricesAdjust" => "/priceListPricesAdjust/priceList/id",
        "priceListPricesRemove" => "/priceListPricesRemove/priceList/id",
        "priceListQuantityRulesSet" => "/priceListQuantityRulesSet/priceList/id",
        "priceListQuantityRulesRemove" => "/priceListQuantityRulesRemove/priceList/id",
        "priceListAssign" => "/priceListAssign/priceList/id",
        _ => "/priceListUnassign/priceList/id",
    };
    mutation(name, "priceList { id }", input, shown)
}
