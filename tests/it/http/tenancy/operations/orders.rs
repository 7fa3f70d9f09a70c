//! Ids of orders and of what is sent of them.

use serde_json::{Value, json};

use super::{
    NODE, Read, Write,
    id_of::{customer, hold, order, order_line, organisation, shipment, variant, waiting},
    none, null, read, write,
};
use crate::http::tenancy::things::Things;

pub const READS: &[Read] = &[
    read("Query.node.id", order, NODE, null),
    read(
        "Query.orders.filter.organisation",
        organisation,
        "query ($id: ID!) { found: orders(filter: { organisation: $id }) { totalCount nodes { id } } }",
        none,
    ),
    read("Query.order.by.id", order, "query ($id: ID!) { found: order(by: { id: $id }) { id } }", null),
    read(
        "Query.orders.filter.customer",
        customer,
        "query ($id: ID!) { found: orders(filter: { customer: $id }) { totalCount nodes { id } } }",
        none,
    ),
];

pub const WRITES: &[Write] = &[
    write("Mutation.orderHoldRelease.input.hold", hold, |_, id| json!({ "hold": id, "idempotencyKey": id }))
        .at(&["hold"]),
    write(
        "Mutation.orderReorder.input.by.id",
        order,
        |_, id| json!({ "by": { "id": id }, "idempotencyKey": format!("again {id}") }),
    )
    .at(&["by"]),
    write("Mutation.orderNoteAdd.input.order", order, |_, id| json!({ "order": id, "text": "a" })).at(&["order"]),
    write("Mutation.orderTagsAdd.input.order", order, |_, id| json!({ "order": id, "tags": ["vip"] })).at(&["order"]),
    write("Mutation.orderTagsRemove.input.order", order, |_, id| json!({ "order": id, "tags": ["vip"] }))
        .at(&["order"]),
    write("Mutation.orderConfirm.input.order", order, moved).at(&["order"]),
    write("Mutation.orderAllocate.input.order", order, moved).at(&["order"]),
    write("Mutation.orderLinesCancel.input.order", order, |ours, id| {
        let mut input = moved(ours, id);
        input["lines"] = json!([{ "line": ours.order_line, "quantity": 1 }]);
        input
    })
    .at(&["order"]),
    write("Mutation.orderLinesCancel.input.lines.line", order_line, |ours, id| {
        let mut input = moved(ours, &ours.order.id);
        input["idempotencyKey"] = json!(format!("cancel {id}"));
        input["lines"] = json!([{ "line": id, "quantity": 1 }]);
        input
    })
    .at(&["lines", "0", "line"]),
    write("Mutation.orderShippingAddressSet.input.order", order, |ours, id| {
        let mut input = moved(ours, id);
        input["address"] = tests::world::alula();
        input
    })
    .at(&["order"]),
    write("Mutation.orderEdit.input.order", order, |ours, id| {
        let mut input = moved(ours, id);
        input["steps"] = json!([{ "remove": { "line": ours.order_line } }]);
        input["dryRun"] = json!(true);
        input
    })
    .at(&["order"]),
    write("Mutation.orderEdit.input.steps.add.variant", variant, |ours, id| {
        let mut input = moved(ours, &ours.order.id);
        input["steps"] = json!([{ "add": { "variant": id, "quantity": 1 } }]);
        input["dryRun"] = json!(true);
        input
    })
    .at(&["steps", "0"])
    .code("VARIANT_NOT_SOLD_HERE"),
    write("Mutation.orderEdit.input.steps.setQuantity.line", order_line, |ours, id| {
        let mut input = moved(ours, &ours.order.id);
        input["steps"] = json!([{ "setQuantity": { "line": id, "quantity": 2 } }]);
        input["dryRun"] = json!(true);
        input
    })
    .at(&["steps", "0"]),
    write("Mutation.orderEdit.input.steps.remove.line", order_line, |ours, id| {
        let mut input = moved(ours, &ours.order.id);
        let add = json!({ "add": { "variant": ours.variant, "quantity": 1 } });
        input["steps"] = json!([{ "remove": { "line": id } }, add]);
        input["dryRun"] = json!(true);
        input
    })
    .at(&["steps", "0"]),
    write("Mutation.orderShip.input.lines.line", order_line, |ours, id| {
        let mut input = moved(ours, &ours.order.id);
        input["idempotencyKey"] = json!(format!("ship {id}"));
        input["carrier"] = json!("SMSA");
        input["tracking"] = json!("290012345678");
        input["lines"] = json!([{ "line": id, "quantity": 1 }]);
        input
    })
    .at(&["lines", "0", "line"]),
    write("Mutation.orderShip.input.order", order, |ours, id| {
        let mut input = moved(ours, id);
        input["carrier"] = json!("SMSA");
        input["tracking"] = json!("290012345678");
        input
    })
    .at(&["order"]),
    write("Mutation.orderReSource.input.lines", order_line, |ours, id| {
        let mut input = moved(ours, &ours.order.id);
        input["idempotencyKey"] = json!(format!("refuse {id}"));
        input["location"] = json!("riyadh");
        input["lines"] = json!([id]);
        input
    })
    .at(&["lines", "0"]),
    write("Mutation.orderReSource.input.order", order, |ours, id| {
        let mut input = moved(ours, id);
        input["location"] = json!("riyadh");
        input
    })
    .at(&["order"]),
    write("Mutation.orderDeliver.input.order", order, moved).at(&["order"]),
    write("Mutation.orderHold.input.order", order, |ours, id| {
        let mut input = moved(ours, id);
        input["kind"] = json!("FRAUD");
        input
    })
    .at(&["order"]),
    write(
        "Mutation.shipmentDeliveryFail.input.shipment",
        shipment,
        |_, id| json!({ "shipment": id, "reason": "OTHER", "idempotencyKey": id }),
    )
    .at(&["shipment"]),
    write("Mutation.shipmentRefuse.input.shipment", shipment, |_, id| json!({ "shipment": id, "idempotencyKey": id }))
        .at(&["shipment"]),
    write(
        "Mutation.shipmentReturnReceive.input.shipment",
        shipment,
        |_, id| json!({ "shipment": id, "goods": "RESTOCK", "idempotencyKey": id }),
    )
    .at(&["shipment"]),
    write("Mutation.shipmentDeliver.input.shipment", shipment, |_, id| json!({ "shipment": id, "idempotencyKey": id }))
        .at(&["shipment"]),
    write("Mutation.orderRefund.input.order", order, moved).at(&["order"]),
    write(
        "Mutation.orderRefund.input.payment",
        |things| &things.payment,
        |ours, id| json!({ "order": ours.returned_order, "payment": id, "amount": "0.01", "idempotencyKey": id }),
    )
    .at(&["payment"]),
    write("Mutation.orderMarkAsPaid.input.order", waiting, moved).at(&["order"]),
    write("Mutation.orderPay.input.order", waiting, |_, id| {
        let card = json!({ "token": "tok_approved", "returnUrl": "https://shop.example/return" });
        json!({ "order": id, "card": card, "idempotencyKey": format!("pay {id}") })
    })
    .at(&["order"]),
    write("Mutation.orderCancel.input.order", waiting, moved).at(&["order"]),
    write("Mutation.orderImport.input.orders.customer", customer, |_, id| {
        let mut order = crate::orders::import::old("77");
        order["customer"] = json!(id);
        json!({ "orders": [order], "idempotencyKey": format!("import {id}") })
    })
    .at(&["orders", "0", "customer"]),
];

fn moved(_: &Things, order: &str) -> Value {
    json!({ "order": order, "idempotencyKey": format!("move {order}") })
}
