//! Ids of price lists and of what they price.

use serde_json::{Value, json};

use super::{
    NODE, Read, Write,
    id_of::{assignment, category, collection, customer, group, organisation, price_list, product, unit, variant},
    null, read, write,
};
use crate::http::tenancy::things::Things;

pub const READS: &[Read] = &[
    read("Query.node.id", price_list, NODE, null),
    read("Query.priceList.by.id", price_list, "query ($id: ID!) { found: priceList(by: { id: $id }) { id } }", null),
    read(
        "Query.priceQuote.input.lines.variant.id",
        variant,
        "query ($id: ID!) { found: priceQuote(input: { lines: [{ variant: { id: $id }, quantity: 1 }] }) {
            quote { lines { line } } userErrors { field code } } }",
        || unpriced(&["lines", "0", "variant"]),
    ),
    read(
        "Query.priceQuote.input.buyer.customer",
        customer,
        "query ($id: ID!) { found: priceQuote(input: { lines: [{ variant: { sku: \"TEA\" }, quantity: 1 }],
            buyer: { customer: $id } }) { quote { lines { line } } userErrors { field code } } }",
        || unpriced(&["buyer", "customer"]),
    ),
    read(
        "Query.priceQuote.input.buyer.customerGroups",
        group,
        "query ($id: ID!) { found: priceQuote(input: { lines: [{ variant: { sku: \"TEA\" }, quantity: 1 }],
            buyer: { customerGroups: [$id] } }) { quote { lines { line } } userErrors { field code } } }",
        || unpriced(&["buyer", "customerGroups", "0"]),
    ),
    read(
        "Query.priceQuote.input.buyer.organisation",
        organisation,
        "query ($id: ID!) { found: priceQuote(input: { lines: [{ variant: { sku: \"TEA\" }, quantity: 1 }],
            buyer: { organisation: $id } }) { quote { lines { line } } userErrors { field code } } }",
        || unpriced(&["buyer", "organisation"]),
    ),
    read(
        "Query.priceQuote.input.buyer.organisationUnit",
        unit,
        "query ($id: ID!) { found: priceQuote(input: { lines: [{ variant: { sku: \"TEA\" }, quantity: 1 }],
            buyer: { organisationUnit: $id } }) { quote { lines { line } } userErrors { field code } } }",
        || unpriced(&["buyer", "organisationUnit"]),
    ),
];

pub const WRITES: &[Write] = &[
    write(
        "Mutation.priceListCreate.input.rule.parent",
        price_list,
        |_, id| json!({ "code": "new", "nameEn": "New", "currencyCode": "SAR", "rule": { "parent": id } }),
    )
    .at(&["rule", "parent"]),
    write("Mutation.priceListUpdate.input.priceList", price_list, |_, id| json!({ "priceList": id, "nameEn": "Mine" }))
        .at(&["priceList"]),
    write("Mutation.priceListRuleSet.input.priceList", price_list, |_, id| json!({ "priceList": id }))
        .at(&["priceList"]),
    write(
        "Mutation.priceListRuleSet.input.rule.parent",
        price_list,
        |ours, id| json!({ "priceList": ours.price_list, "rule": { "parent": id } }),
    )
    .at(&["rule", "parent"]),
    write(
        "Mutation.priceListPricesSet.input.priceList",
        price_list,
        |ours, id| json!({ "priceList": id, "lines": [{ "variant": ours.variant, "price": "1.00" }] }),
    )
    .at(&["priceList"]),
    write(
        "Mutation.priceListPricesSet.input.lines.variant",
        variant,
        |ours, id| json!({ "priceList": ours.price_list, "lines": [{ "variant": id, "price": "1.00" }] }),
    )
    .at(&["lines", "0", "variant"]),
    write(
        "Mutation.variantCostsSet.input.lines.variant.id",
        variant,
        |_, id| json!({ "currencyCode": "SAR", "lines": [{ "variant": { "id": id }, "cost": "5.00" }] }),
    )
    .at(&["lines", "0", "variant"]),
    write(
        "Mutation.variantMeasuresSet.input.lines.variant.id",
        variant,
        |_, id| json!({ "lines": [{ "variant": { "id": id } }] }),
    )
    .at(&["lines", "0", "variant"]),
    write(
        "Mutation.priceListPricesAdjust.input.priceList",
        price_list,
        |_, id| json!({ "priceList": id, "percent": "1" }),
    )
    .at(&["priceList"]),
    write(
        "Mutation.priceListPricesAdjust.input.after",
        variant,
        |ours, id| json!({ "priceList": ours.price_list, "percent": "1", "after": id }),
    )
    .at(&["after"]),
    write("Mutation.priceListPricesAdjust.PromotionSelectorInput.variants", variant, |ours, id| {
        raise(ours, &json!({ "variants": [id] }))
    })
    .at(&["of"]),
    write("Mutation.priceListPricesAdjust.PromotionSelectorInput.products", product, |ours, id| {
        raise(ours, &json!({ "products": [id] }))
    })
    .at(&["of"]),
    write("Mutation.priceListPricesAdjust.PromotionSelectorInput.categories", category, |ours, id| {
        raise(ours, &json!({ "categories": [id] }))
    })
    .at(&["of"]),
    write("Mutation.priceListPricesAdjust.PromotionSelectorInput.collections", collection, |ours, id| {
        raise(ours, &json!({ "collections": [id] }))
    })
    .at(&["of"]),
    write(
        "Mutation.priceListQuantityRulesSet.input.priceList",
        price_list,
        |ours, id| json!({ "priceList": id, "lines": [{ "variant": { "id": ours.incense }, "minimum": 1 }] }),
    )
    .at(&["priceList"]),
    write(
        "Mutation.priceListQuantityRulesSet.input.lines.variant.id",
        variant,
        |ours, id| json!({ "priceList": ours.price_list, "lines": [{ "variant": { "id": id }, "minimum": 1 }] }),
    )
    .at(&["lines", "0", "variant"]),
    write(
        "Mutation.priceListQuantityRulesRemove.input.priceList",
        price_list,
        |ours, id| json!({ "priceList": id, "lines": [{ "variant": { "id": ours.incense } }] }),
    )
    .at(&["priceList"]),
    write(
        "Mutation.priceListQuantityRulesRemove.input.lines.variant.id",
        variant,
        |ours, id| json!({ "priceList": ours.price_list, "lines": [{ "variant": { "id": id } }] }),
    )
    .at(&["lines", "0", "variant"]),
    write(
        "Mutation.priceListPricesRemove.input.priceList",
        price_list,
        |ours, id| json!({ "priceList": id, "lines": [{ "variant": ours.incense }] }),
    )
    .at(&["priceList"]),
    write(
        "Mutation.priceListPricesRemove.input.lines.variant",
        variant,
        |ours, id| json!({ "priceList": ours.price_list, "lines": [{ "variant": id }] }),
    )
    .code("PRICE_NOT_FOUND")
    .at(&["lines", "0", "variant"]),
    write(
        "Mutation.priceListAssign.input.priceList",
        price_list,
        |ours, id| json!({ "priceList": id, "customerGroup": ours.group }),
    )
    .at(&["priceList"]),
    write(
        "Mutation.priceListAssign.input.customerGroup",
        group,
        |ours, id| json!({ "priceList": ours.price_list, "customerGroup": id }),
    )
    .at(&["customerGroup"]),
    write(
        "Mutation.priceListAssign.input.organisation",
        organisation,
        |ours, id| json!({ "priceList": ours.price_list, "organisation": id }),
    )
    .at(&["organisation"]),
    write(
        "Mutation.priceListAssign.input.organisationUnit",
        unit,
        |ours, id| json!({ "priceList": ours.price_list, "organisationUnit": id }),
    )
    .at(&["organisationUnit"]),
    write("Mutation.priceListUnassign.input.assignment", assignment, |_, id| json!({ "assignment": id }))
        .at(&["assignment"]),
];

/// Prices of some things, to raise.
fn raise(ours: &Things, of: &Value) -> Value {
    json!({ "priceList": ours.price_list, "percent": "1", "of": of })
}

/// A quote that is refused for who buys, or what.
fn unpriced(field: &[&str]) -> Value {
    json!({ "found": { "quote": null, "userErrors": [{ "field": field, "code": "NOT_FOUND" }] } })
}
