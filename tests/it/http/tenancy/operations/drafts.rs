//! Ids that drafts of orders are given.

use serde_json::{Value, json};

use super::{
    Read, Write,
    id_of::{customer, delivery_method, draft, draft_line, gift_card, organisation, unit, variant},
    none, null, read, write,
};

pub const READS: &[Read] = &[
    read("Query.draftOrder.id", draft, "query ($id: ID!) { found: draftOrder(id: $id) { id } }", null),
    read(
        "Query.draftOrders.filter.customer",
        customer,
        "query ($id: ID!) { found: draftOrders(filter: { customer: $id }) { totalCount nodes { id } } }",
        none,
    ),
];

pub const WRITES: &[Write] = &[
    write(
        "Mutation.draftOrderCreate.input.customer",
        customer,
        |_, id| json!({ "customer": id, "idempotencyKey": format!("draft {id}") }),
    )
    .at(&["customer"]),
    write(
        "Mutation.draftOrderCreate.input.organisation",
        organisation,
        |_, id| json!({ "organisation": id, "email": "a@b.example", "idempotencyKey": format!("draft {id}") }),
    )
    .at(&["organisation"]),
    write("Mutation.draftOrderCreate.input.organisationUnit", unit, |ours, id| {
        json!({ "organisation": ours.organisation, "organisationUnit": id, "email": "a@b.example",
            "idempotencyKey": format!("draft {id}") })
    })
    .at(&["organisationUnit"]),
    write("Mutation.draftOrderCreate.input.lines.variant", variant, |_, id| {
        let lines = json!([{ "variant": id, "quantity": 1 }]);
        json!({ "email": "a@b.example", "lines": lines, "idempotencyKey": format!("draft {id}") })
    })
    .at(&["lines", "0", "variant"]),
    write("Mutation.draftOrderUpdate.input.draft", draft, |_, id| json!({ "draft": id, "note": "a note" }))
        .at(&["draft"]),
    write(
        "Mutation.draftOrderUpdate.input.organisation",
        organisation,
        |ours, id| json!({ "draft": ours.draft, "organisation": id }),
    )
    .at(&["organisation"]),
    write(
        "Mutation.draftOrderUpdate.input.organisationUnit",
        unit,
        |ours, id| json!({ "draft": ours.draft, "organisation": ours.organisation, "organisationUnit": id }),
    )
    .at(&["organisationUnit"]),
    write("Mutation.draftOrderUpdate.input.steps.linesAdd.lines.variant", variant, |ours, id| {
        draft_steps(&ours.draft, &json!({ "linesAdd": { "lines": [{ "variant": id, "quantity": 1 }] } }))
    })
    .at(&["steps", "0", "linesAdd", "lines", "0", "variant"]),
    write("Mutation.draftOrderUpdate.input.steps.linesUpdate.lines.line", draft_line, |ours, id| {
        draft_steps(&ours.draft, &json!({ "linesUpdate": { "lines": [{ "line": id, "quantity": 2 }] } }))
    })
    .at(&["steps", "0", "linesUpdate", "lines", "0", "line"]),
    write("Mutation.draftOrderUpdate.input.steps.deliveryMethodSet.deliveryMethod", delivery_method, |ours, id| {
        draft_steps(&ours.draft, &json!({ "deliveryMethodSet": { "deliveryMethod": id } }))
    })
    .code("DELIVERY_METHOD_UNAVAILABLE")
    .at(&["steps", "0", "deliveryMethodSet", "deliveryMethod"]),
    write("Mutation.draftOrderLinePriceSet.input.draft", draft, |ours, id| {
        of_draft(id, &json!({ "line": ours.draft_line, "price": "1.00", "reason": "x" }))
    })
    .at(&["draft"]),
    write("Mutation.draftOrderLinePriceSet.input.line", draft_line, |ours, id| {
        let mut input = of_draft(&ours.draft, &json!({ "line": id, "price": "1.00", "reason": "x" }));
        input["idempotencyKey"] = json!(format!("line {id}"));
        input
    })
    .at(&["line"]),
    write("Mutation.draftOrderUpdate.input.steps.giftCardRemove.giftCard", gift_card, |ours, id| {
        draft_steps(&ours.draft, &json!({ "giftCardRemove": { "giftCard": id } }))
    })
    .at(&["steps", "0", "giftCardRemove", "giftCard"]),
    write("Mutation.draftOrderUpdate.input.steps.linesRemove.lines", draft_line, |ours, id| {
        draft_steps(&ours.draft, &json!({ "linesRemove": { "lines": [id] } }))
    })
    .at(&["steps", "0", "linesRemove", "lines", "0"]),
    write("Mutation.draftOrderSend.input.draft", draft, |_, id| of_draft(id, &json!({}))).at(&["draft"]),
    write("Mutation.draftOrderDelete.input.draft", |things| &things.spare_draft, |_, id| of_draft(id, &json!({})))
        .at(&["draft"]),
    write("Mutation.draftOrderComplete.input.draft", draft, |_, id| of_draft(id, &json!({}))).at(&["draft"]),
];

fn of_draft(draft: &str, more: &Value) -> Value {
    let mut input = json!({ "draft": draft, "idempotencyKey": format!("draft {draft}") });
    input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    input
}

fn draft_steps(draft: &str, step: &Value) -> Value {
    json!({ "draft": draft, "steps": [step] })
}
