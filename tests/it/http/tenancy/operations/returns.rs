//! Ids of what comes back.

use serde_json::{Value, json};

use super::{
    Read, Write,
    id_of::{inspected, order_return, returned_line, variant},
    none, read, write,
};
use crate::http::tenancy::things::Things;

pub const READS: &[Read] = &[read(
    "Query.returns.filter.order",
    |things| &things.returned_order,
    "query ($id: ID!) { found: returns(filter: { order: $id }) { totalCount nodes { id } } }",
    none,
)];

pub const WRITES: &[Write] = &[
    write(
        "Mutation.returnRequest.input.by.id",
        |things| &things.returned_order,
        |ours, id| requested(id, &ours.returned_line),
    )
    .at(&["by"]),
    write("Mutation.returnRequest.input.lines.line", returned_line, |ours, id| requested(&ours.returned_order, id))
        .at(&["lines", "0", "line"]),
    write("Mutation.returnApprove.input.orderReturn", order_return, back).at(&["orderReturn"]),
    write("Mutation.returnReceive.input.orderReturn", order_return, |ours, id| {
        let mut input = back(ours, id);
        input["location"] = json!("nowhere");
        input
    })
    .at(&["orderReturn"]),
    write("Mutation.returnReceive.input.lines.line", returned_line, |ours, id| {
        let mut input = back(ours, &ours.order_return);
        input["idempotencyKey"] = json!(format!("receive {id}"));
        input["location"] = json!("riyadh");
        input["lines"] = json!([{ "line": id, "quantity": 1 }]);
        input
    })
    .at(&["lines", "0", "line"]),
    write("Mutation.returnInspect.input.lines.line", returned_line, |ours, id| {
        decided(&ours.order_return, id, &format!("inspect {id}"))
    })
    .code("RETURN_UNITS_UNDECIDED")
    .at(&["lines", "1", "quantity"]),
    write("Mutation.returnInspect.input.orderReturn", order_return, |ours, id| decided(id, &ours.returned_line, id))
        .at(&["orderReturn"]),
    write("Mutation.returnRefund.input.orderReturn", order_return, back).at(&["orderReturn"]),
    write("Mutation.returnExchange.input.orderReturn", inspected, |ours, id| exchanged(id, &ours.variant))
        .at(&["orderReturn"]),
    write("Mutation.returnExchange.input.lines.variant", variant, |ours, id| exchanged(&ours.inspected, id))
        .code("VARIANT_NOT_SOLD_HERE")
        .at(&["lines", "0"]),
    write("Mutation.returnReject.input.orderReturn", order_return, back).at(&["orderReturn"]),
];

fn back(_: &Things, order_return: &str) -> Value {
    json!({ "orderReturn": order_return, "idempotencyKey": order_return })
}

fn requested(order: &str, line: &str) -> Value {
    let lines = json!([{ "line": line, "quantity": 1, "reason": "OTHER" }]);
    let key = [order, line].map(|id| &id[id.len() - 26..]);
    json!({ "by": { "id": order }, "lines": lines, "idempotencyKey": key.join(" ") })
}

fn exchanged(order_return: &str, variant: &str) -> Value {
    let key = [order_return, variant].map(|id| &id[id.len() - 26..]);
    let lines = json!([{ "variant": variant, "quantity": 1 }]);
    json!({ "orderReturn": order_return, "lines": lines, "dryRun": true, "idempotencyKey": key.join(" ") })
}

fn decided(order_return: &str, line: &str, key: &str) -> Value {
    let lines = json!([{ "line": line, "outcome": "RESTOCK", "quantity": 1 }]);
    json!({ "orderReturn": order_return, "lines": lines, "idempotencyKey": key })
}
