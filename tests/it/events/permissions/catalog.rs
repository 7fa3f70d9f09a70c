//! What the catalogue is called elsewhere.

use serde_json::json;

use super::{Example, mutation, query};
use crate::catalog::external_skus::name;

pub fn example(field: &str) -> Option<Example> {
    let example = match field {
        "Query.externalSkus" => query("{ externalSkus { nodes { id } } }", "/externalSkus/nodes"),
        "ProductVariant.externalSkus" => {
            let asked = r#"{ productVariant(by: { sku: "TEA" }) { externalSkus { id } } }"#;
            query(asked, "/productVariant/externalSkus")
        }
        "Mutation.externalSkusSet" => {
            let input = json!({ "marketplace": "noon-sa", "lines": [name("N-1", "TEA")] });
            mutation("externalSkusSet", "results { line }", input, "/externalSkusSet/results/0/line")
        }
        _ => return None,
    };
    Some(example)
}
