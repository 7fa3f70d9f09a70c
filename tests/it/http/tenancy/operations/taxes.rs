//! Ids of tax classes and of who is relieved of tax.

use serde_json::{Value, json};

use super::{
    Read, Write,
    id_of::{customer, group, organisation, product, tax_class, tax_exemption, tax_rate, unit},
    none, read, write,
};

pub const READS: &[Read] = &[
    read(
        "Query.taxExemptions.filter.customer",
        customer,
        "query ($id: ID!) { found: taxExemptions(filter: { customer: $id }) { totalCount nodes { id } } }",
        none,
    ),
    read(
        "Query.taxExemptions.filter.organisation",
        organisation,
        "query ($id: ID!) { found: taxExemptions(filter: { organisation: $id }) { totalCount nodes { id } } }",
        none,
    ),
];

pub const WRITES: &[Write] = &[
    write("Mutation.taxClassUpdate.input.taxClass", tax_class, |_, id| json!({ "taxClass": id, "nameEn": "Mine" }))
        .at(&["taxClass"]),
    write(
        "Mutation.taxClassAssign.input.taxClass",
        tax_class,
        |ours, id| json!({ "taxClass": id, "products": [ours.product] }),
    )
    .at(&["taxClass"]),
    write(
        "Mutation.taxClassAssign.input.products",
        product,
        |ours, id| json!({ "taxClass": ours.tax_class, "products": [id] }),
    )
    .at(&["products", "0"]),
    write("Mutation.taxRateSet.input.taxClass", tax_class, |_, id| json!({ "taxClass": id, "country": "SA" }))
        .at(&["taxClass"]),
    write("Mutation.taxRateRemove.input.taxRate", tax_rate, |_, id| json!({ "taxRate": id })).at(&["taxRate"]),
    write("Mutation.taxExemptionGrant.input.who.customer", customer, |_, id| relieved(&json!({ "customer": id })))
        .at(&["who", "customer"]),
    write("Mutation.taxExemptionGrant.input.who.customerGroup", group, |_, id| {
        relieved(&json!({ "customerGroup": id }))
    })
    .at(&["who", "customerGroup"]),
    write("Mutation.taxExemptionGrant.input.who.organisation", organisation, |_, id| {
        relieved(&json!({ "organisation": id }))
    })
    .at(&["who", "organisation"]),
    write("Mutation.taxExemptionGrant.input.who.organisationUnit", unit, |_, id| {
        relieved(&json!({ "organisationUnit": id }))
    })
    .at(&["who", "organisationUnit"]),
    write("Mutation.taxExemptionEnd.input.taxExemption", tax_exemption, |_, id| json!({ "taxExemption": id }))
        .at(&["taxExemption"]),
    write(
        "Mutation.channelTaxesSet.input.serviceTaxClass",
        tax_class,
        |_, id| json!({ "channel": "web-sa", "serviceTaxClass": id }),
    )
    .at(&["serviceTaxClass"]),
];

/// Who is relieved of tax.
fn relieved(who: &Value) -> Value {
    json!({ "who": who, "taxation": { "category": "REVERSE_CHARGE" } })
}
