//! Orders, and what is sent of them.

use serde_json::{Value, json};
use tests::shop::Shop;

use super::{Example, by_token, moving, query};
use crate::orders::{
    ask::{done, shipment_of, standing},
    import::old,
};

pub async fn example(shop: &Shop, field: &str) -> Option<Example> {
    let example = match field {
        "Query.orders" => query("{ orders { nodes { id } } }", "/orders/nodes"),
        "TimelineEntry.actor" => {
            by_token(shop, "whereabouts { timeline { actor } }", "/order/whereabouts/timeline/0/actor").await
        }
        "Order.tags" => by_token(shop, "tags", "/order/tags").await,
        "Order.holds" => by_token(shop, "holds { id }", "/order/holds").await,
        "OrderNote.actor" => by_token(shop, "notes { actor }", "/order/notes/0/actor").await,
        "Mutation.orderHold" => moving(shop, "orderHold", "CONFIRMED").await,
        "Mutation.orderHoldRelease" => releasing(shop).await,
        "Mutation.shipmentDeliver" => of_shipment(shop, "shipmentDeliver", json!({})).await,
        "Mutation.shipmentDeliveryFail" => {
            of_shipment(shop, "shipmentDeliveryFail", json!({ "reason": "OTHER" })).await
        }
        "Mutation.shipmentRefuse" => of_shipment(shop, "shipmentRefuse", json!({})).await,
        "Mutation.shipmentReturnReceive" => {
            of_shipment(shop, "shipmentReturnReceive", json!({ "goods": "RESTOCK" })).await
        }
        "Mutation.orderNoteAdd" => moving(shop, "orderNoteAdd", "CONFIRMED").await,
        "Mutation.orderTagsAdd" => moving(shop, "orderTagsAdd", "CONFIRMED").await,
        "Mutation.orderTagsRemove" => moving(shop, "orderTagsRemove", "CONFIRMED").await,
        "Mutation.orderReSource" => moving(shop, "orderReSource", "CONFIRMED").await,
        "Mutation.orderConfirm" => moving(shop, "orderConfirm", "PLACED").await,
        "Mutation.orderAllocate" => moving(shop, "orderAllocate", "CONFIRMED").await,
        "Mutation.orderShip" => moving(shop, "orderShip", "ALLOCATED").await,
        "Mutation.orderDeliver" => moving(shop, "orderDeliver", "SHIPPED").await,
        "Mutation.orderCancel" => moving(shop, "orderCancel", "PLACED").await,
        "Mutation.orderLinesCancel" => moving(shop, "orderLinesCancel", "PARTLY_SHIPPED").await,
        "Mutation.orderShippingAddressSet" => moving(shop, "orderShippingAddressSet", "CONFIRMED").await,
        "Order.addressChanges" => by_token(shop, "addressChanges { reason }", "/order/addressChanges").await,
        "Mutation.orderEdit" => moving(shop, "orderEdit", "CONFIRMED").await,
        "Mutation.orderImport" => {
            let input = json!({ "orders": [old("77")], "idempotencyKey": "import" });
            let query = "mutation ($input: OrderImportInput!) { orderImport(input: $input) { results { isNew }
                userErrors { code } } }";
            let shown = "/orderImport/results/0/isNew";
            Example { query: query.to_owned(), variables: json!({ "input": input }), shown, order: None }
        }
        _ => return None,
    };
    Some(example)
}

/// An operation of a shipment that is on its way, or on its way back.
async fn of_shipment(shop: &Shop, name: &str, more: Value) -> Example {
    let state = if name == "shipmentReturnReceive" { "REFUSED" } else { "SHIPPED" };
    let order = standing(shop, state).await.id;
    let kind = format!("S{}Input", &name[1..]);
    let query = format!("mutation ($input: {kind}!) {{ {name}(input: $input) {{ userErrors {{ code }} }} }}");
    let mut input = json!({ "shipment": shipment_of(shop, &order).await, "idempotencyKey": "k" });
    input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    Example { query, variables: json!({ "input": input }), shown: "", order: Some(order) }
}

/// An operation that releases a hold.
async fn releasing(shop: &Shop) -> Example {
    let order = standing(shop, "CONFIRMED").await.id;
    done(&shop.staff_all(), "orderHold", &order, json!({ "kind": "FRAUD" })).await;
    let query = "query ($id: ID!) { order(by: { id: $id }) { holds { id } } }";
    let hold = shop.staff_all().run(query, json!({ "id": order })).await["order"]["holds"][0]["id"].take();
    let query = "mutation ($input: OrderHoldReleaseInput!) { orderHoldRelease(input: $input) { userErrors { code } } }";
    let variables = json!({ "input": { "hold": hold, "idempotencyKey": "k" } });
    Example { query: query.to_owned(), variables, shown: "", order: Some(order) }
}
