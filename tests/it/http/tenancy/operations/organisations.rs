//! Ids of companies, their units and their members.

use serde_json::json;

use super::{
    NODE, Read, Write,
    id_of::{customer, organisation, spare_unit, unit},
    null, read, write,
};

pub const READS: &[Read] = &[
    read("Query.node.id", organisation, NODE, null),
    read(
        "Query.organisation.by.id",
        organisation,
        "query ($id: ID!) { found: organisation(by: { id: $id }) { id } }",
        null,
    ),
];

pub const WRITES: &[Write] = &[
    write(
        "Mutation.organisationUpdate.input.organisation",
        organisation,
        |_, id| json!({ "organisation": id, "nameEn": "Mine" }),
    )
    .at(&["organisation"]),
    write(
        "Mutation.organisationUnitCreate.input.organisation",
        organisation,
        |_, id| json!({ "organisation": id, "code": "of-it", "nameEn": "Mine" }),
    )
    .at(&["organisation"]),
    write(
        "Mutation.organisationUnitCreate.input.parent",
        unit,
        |ours, id| json!({ "organisation": ours.organisation, "parent": id, "code": "below", "nameEn": "Mine" }),
    )
    .at(&["parent"]),
    write("Mutation.organisationUnitUpdate.input.unit", unit, |_, id| json!({ "unit": id, "nameEn": "Mine" }))
        .at(&["unit"]),
    write(
        "Mutation.organisationUnitUpdate.input.parent",
        unit,
        |ours, id| json!({ "unit": ours.spare_unit, "parent": id }),
    )
    .at(&["parent"]),
    write(
        "Mutation.organisationMembersAdd.input.organisation",
        organisation,
        |ours, id| json!({ "organisation": id, "customers": [{ "id": ours.customer }] }),
    )
    .at(&["organisation"]),
    write(
        "Mutation.organisationMembersAdd.input.unit",
        unit,
        |ours, id| json!({ "organisation": ours.organisation, "unit": id, "customers": [{ "id": ours.customer }] }),
    )
    .at(&["unit"]),
    write(
        "Mutation.organisationMembersAdd.input.customers.id",
        customer,
        |ours, id| json!({ "organisation": ours.organisation, "customers": [{ "id": id }] }),
    )
    .at(&["customers", "0"]),
    write(
        "Mutation.organisationMembersRemove.input.organisation",
        organisation,
        |ours, id| json!({ "organisation": id, "customers": [{ "id": ours.customer }] }),
    )
    .at(&["organisation"]),
    write(
        "Mutation.organisationMembersRemove.input.customers.id",
        customer,
        |ours, id| json!({ "organisation": ours.organisation, "customers": [{ "id": id }] }),
    )
    .at(&["customers", "0"]),
    write("Mutation.organisationUnitDelete.input.unit", spare_unit, |_, id| json!({ "unit": id })).at(&["unit"]),
];
