//! Taxes: classes, rates, exemptions and engines.

use serde_json::json;
use tests::shop::Shop;

use super::{Example, mutation, query};
use crate::{orders::ask::me, pricing::taxes};

pub async fn example(shop: &Shop, field: &str) -> Option<Example> {
    let example = match field {
        "Query.taxClasses" => query("{ taxClasses { nodes { id } } }", "/taxClasses/nodes"),
        "Query.taxRates" => query("{ taxRates { nodes { id } } }", "/taxRates/nodes"),
        "Query.taxExemptions" => query("{ taxExemptions { nodes { id } } }", "/taxExemptions/nodes"),
        "Product.taxClass" => {
            taxes::ask::classify(shop, &taxes::ask::class(shop, "tea").await, "TEA").await;
            let tea = r#"{ productVariant(by: { sku: "TEA" }) { product { taxClass { id } } } }"#;
            query(tea, "/productVariant/product/taxClass/id")
        }
        "Mutation.taxClassCreate" => {
            let input = json!({ "code": "new", "nameEn": "New" });
            mutation("taxClassCreate", "taxClass { id }", input, "/taxClassCreate/taxClass/id")
        }
        "Mutation.taxClassUpdate" => {
            let input = json!({ "taxClass": taxes::ask::class(shop, "named").await, "nameEn": "New" });
            mutation("taxClassUpdate", "taxClass { id }", input, "/taxClassUpdate/taxClass/id")
        }
        "Mutation.taxClassAssign" => {
            let input = json!({ "products": [taxes::ask::product(&shop.anonymous(), "TEA").await] });
            mutation("taxClassAssign", "products { id }", input, "/taxClassAssign/products/0/id")
        }
        "Mutation.taxRateSet" => {
            let input = json!({ "country": "SA", "taxation": { "category": "STANDARD", "ratePercent": "15" } });
            mutation("taxRateSet", "taxRate { id }", input, "/taxRateSet/taxRate/id")
        }
        "Mutation.taxRateRemove" => {
            let input = json!({ "taxRate": taxes::ask::scheduled(shop).await });
            mutation("taxRateRemove", "removedTaxRate", input, "/taxRateRemove/removedTaxRate")
        }
        "Mutation.taxExemptionGrant" => {
            let input = taxes::exempt::granting(&me(&shop.customer("layla")).await);
            mutation("taxExemptionGrant", "taxExemption { id }", input, "/taxExemptionGrant/taxExemption/id")
        }
        "Mutation.taxExemptionEnd" => {
            let input = json!({ "taxExemption": taxes::exempt::granted(shop).await });
            mutation("taxExemptionEnd", "taxExemption { id }", input, "/taxExemptionEnd/userErrors")
        }
        "Query.channelTaxEngine" => query(r#"{ channelTaxEngine(channel: "web-sa") { url } }"#, "/channelTaxEngine"),
        "Mutation.channelTaxEngineSet" => {
            let input = json!({ "channel": "web-sa", "url": "https://tax.example/" });
            mutation("channelTaxEngineSet", "taxEngine { url }", input, "/channelTaxEngineSet/taxEngine/url")
        }
        "Mutation.channelTaxesSet" => {
            let input = json!({ "channel": "web-sa", "pricesIncludeTax": true });
            mutation("channelTaxesSet", "channel { code }", input, "/channelTaxesSet/channel/code")
        }
        _ => return None,
    };
    Some(example)
}
