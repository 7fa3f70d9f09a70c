//! Ids of promotions, their coupons and what they are of.

use serde_json::{Value, json};

use super::{
    NODE, Read, Write,
    id_of::{cart, category, collection, coupon, group, organisation, product, promotion, variant},
    null, read, write,
};
use crate::http::tenancy::things::Things;

pub const READS: &[Read] = &[
    read("Query.node.id", promotion, NODE, null),
    read("Query.node.id", coupon, NODE, null),
    read("Query.promotion.by.id", promotion, "query ($id: ID!) { found: promotion(by: { id: $id }) { id } }", null),
    read(
        "Query.promotionSimulate.PromotionSelectorInput.variants",
        variant,
        "query ($id: ID!) { found: promotionSimulate(input: { promotion: { draft: { code: \"tried\", nameEn: \"Tried\",
            rule: { effect: { lines: { of: { variants: [$id] }, off: { percent: \"10\" } } } } } }, on: { orders: {} } }) { simulation { sums { tried } } userErrors { field code } } }",
        || unsimulated(&["promotion", "draft", "rule", "effect", "lines", "of", "variants", "0"]),
    ),
    read(
        "Query.promotionSimulate.PromotionSelectorInput.products",
        product,
        "query ($id: ID!) { found: promotionSimulate(input: { promotion: { draft: { code: \"tried\", nameEn: \"Tried\",
            rule: { effect: { lines: { of: { products: [$id] }, off: { percent: \"10\" } } } } } }, on: { orders: {} } }) { simulation { sums { tried } } userErrors { field code } } }",
        || unsimulated(&["promotion", "draft", "rule", "effect", "lines", "of", "products", "0"]),
    ),
    read(
        "Query.promotionSimulate.PromotionSelectorInput.categories",
        category,
        "query ($id: ID!) { found: promotionSimulate(input: { promotion: { draft: { code: \"tried\", nameEn: \"Tried\",
            rule: { effect: { lines: { of: { categories: [$id] }, off: { percent: \"10\" } } } } } }, on: { orders: {} } }) { simulation { sums { tried } } userErrors { field code } } }",
        || unsimulated(&["promotion", "draft", "rule", "effect", "lines", "of", "categories", "0"]),
    ),
    read(
        "Query.promotionSimulate.PromotionSelectorInput.collections",
        collection,
        "query ($id: ID!) { found: promotionSimulate(input: { promotion: { draft: { code: \"tried\", nameEn: \"Tried\",
            rule: { effect: { lines: { of: { collections: [$id] }, off: { percent: \"10\" } } } } } }, on: { orders: {} } }) { simulation { sums { tried } } userErrors { field code } } }",
        || unsimulated(&["promotion", "draft", "rule", "effect", "lines", "of", "collections", "0"]),
    ),
    read(
        "Query.promotionSimulate.PromotionConditionInput.customerGroups",
        group,
        "query ($id: ID!) { found: promotionSimulate(input: { promotion: { draft: { code: \"tried\", nameEn: \"Tried\",
            rule: { condition: { customerGroups: [$id] }, effect: { fee: { percent: \"10\" } } } } }, on: { orders: {} } }) { simulation { sums { tried } } userErrors { field code } } }",
        || unsimulated(&["promotion", "draft", "rule", "condition", "customerGroups", "0"]),
    ),
    read(
        "Query.promotionSimulate.PromotionConditionInput.organisations",
        organisation,
        "query ($id: ID!) { found: promotionSimulate(input: { promotion: { draft: { code: \"tried\", nameEn: \"Tried\",
            rule: { condition: { organisations: [$id] }, effect: { fee: { percent: \"10\" } } } } }, on: { orders: {} } }) { simulation { sums { tried } } userErrors { field code } } }",
        || unsimulated(&["promotion", "draft", "rule", "condition", "organisations", "0"]),
    ),
    read(
        "Query.promotionSimulate.input.promotion.id",
        promotion,
        "query ($id: ID!) { found: promotionSimulate(input: { promotion: { id: $id }, on: { orders: {} } }) {
            simulation { sums { tried } } userErrors { field code } } }",
        || unsimulated(&["promotion", "id"]),
    ),
    read(
        "Query.promotionSimulate.input.replaces",
        promotion,
        "query ($id: ID!) { found: promotionSimulate(input: { promotion: { draft: { code: \"tried\", nameEn: \"Tried\",
            rule: { effect: { fee: { percent: \"10\" } } } } }, replaces: $id, on: { orders: {} } }) {
            simulation { sums { tried } } userErrors { field code } } }",
        || unsimulated(&["replaces"]),
    ),
    read(
        "Query.promotionSimulate.input.on.cart",
        cart,
        "query ($id: ID!) { found: promotionSimulate(input: { promotion: { draft: { code: \"tried\", nameEn: \"Tried\",
            rule: { effect: { fee: { percent: \"10\" } } } } }, on: { cart: $id } }) {
            simulation { sums { tried } } userErrors { field code } } }",
        || unsimulated(&["on", "cart"]),
    ),
];

pub const WRITES: &[Write] = &[
    write("Mutation.promotionCreate.PromotionSelectorInput.variants", variant, |_, id| {
        sale(&json!({ "variants": [id] }))
    })
    .at(&["rule", "effect", "lines", "of", "variants", "0"]),
    write("Mutation.promotionCreate.PromotionSelectorInput.products", product, |_, id| {
        sale(&json!({ "products": [id] }))
    })
    .at(&["rule", "effect", "lines", "of", "products", "0"]),
    write("Mutation.promotionCreate.PromotionSelectorInput.categories", category, |_, id| {
        sale(&json!({ "categories": [id] }))
    })
    .at(&["rule", "effect", "lines", "of", "categories", "0"]),
    write("Mutation.promotionCreate.PromotionSelectorInput.collections", collection, |_, id| {
        sale(&json!({ "collections": [id] }))
    })
    .at(&["rule", "effect", "lines", "of", "collections", "0"]),
    write("Mutation.promotionCreate.PromotionConditionInput.customerGroups", group, |_, id| {
        let mut made = sale(&json!({}));
        made["rule"]["condition"] = json!({ "customerGroups": [id] });
        made
    })
    .at(&["rule", "condition", "customerGroups", "0"]),
    write("Mutation.promotionCreate.PromotionConditionInput.organisations", organisation, |_, id| {
        let mut made = sale(&json!({}));
        made["code"] = json!("for-a-company");
        made["rule"]["condition"] = json!({ "organisations": [id] });
        made
    })
    .at(&["rule", "condition", "organisations", "0"]),
    write("Mutation.promotionUpdate.input.promotion", promotion, |_, id| json!({ "promotion": id, "nameEn": "Mine" }))
        .at(&["promotion"]),
    write("Mutation.promotionUpdate.PromotionSelectorInput.variants", variant, |ours, id| {
        changed(ours, &json!({ "variants": [id] }))
    })
    .at(&["rule", "effect", "lines", "of", "variants", "0"]),
    write("Mutation.promotionUpdate.PromotionSelectorInput.products", product, |ours, id| {
        changed(ours, &json!({ "products": [id] }))
    })
    .at(&["rule", "effect", "lines", "of", "products", "0"]),
    write("Mutation.promotionUpdate.PromotionSelectorInput.categories", category, |ours, id| {
        changed(ours, &json!({ "categories": [id] }))
    })
    .at(&["rule", "effect", "lines", "of", "categories", "0"]),
    write("Mutation.promotionUpdate.PromotionSelectorInput.collections", collection, |ours, id| {
        changed(ours, &json!({ "collections": [id] }))
    })
    .at(&["rule", "effect", "lines", "of", "collections", "0"]),
    write("Mutation.promotionUpdate.PromotionConditionInput.customerGroups", group, |ours, id| {
        let mut next = changed(ours, &json!({}));
        next["rule"]["condition"] = json!({ "customerGroups": [id] });
        next["rule"]["needsCoupon"] = json!(true);
        next
    })
    .at(&["rule", "condition", "customerGroups", "0"]),
    write("Mutation.promotionUpdate.PromotionConditionInput.organisations", organisation, |ours, id| {
        let mut next = changed(ours, &json!({}));
        next["rule"]["condition"] = json!({ "organisations": [id] });
        next
    })
    .at(&["rule", "condition", "organisations", "0"]),
    write(
        "Mutation.couponIssue.input.promotion",
        promotion,
        |_, id| json!({ "promotion": id, "coupon": { "code": "MINE" } }),
    )
    .at(&["promotion"]),
    write("Mutation.couponRevoke.input.coupon", coupon, |_, id| json!({ "coupon": id })).at(&["coupon"]),
];

/// A promotion of some things, with a code of its own.
fn sale(of: &Value) -> Value {
    let kind = of.as_object().and_then(|of| of.keys().next().cloned()).unwrap_or_else(|| "all".to_owned());
    let rule = json!({ "effect": { "lines": { "of": of, "off": { "percent": "1" } } } });
    json!({ "code": format!("of-{}", kind.to_lowercase()), "nameEn": "Mine", "rule": rule })
}

/// Our promotion, of some things.
fn changed(ours: &Things, of: &Value) -> Value {
    let rule = json!({ "needsCoupon": true, "effect": { "lines": { "of": of, "off": { "percent": "1" } } } });
    json!({ "promotion": ours.promotion, "rule": rule })
}

fn unsimulated(field: &[&str]) -> Value {
    json!({ "found": { "simulation": null, "userErrors": [{ "field": field, "code": "NOT_FOUND" }] } })
}
