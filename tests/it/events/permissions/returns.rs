//! What comes back.

use serde_json::json;
use tests::shop::Shop;

use super::{Example, mutation, query};
use crate::orders::returns::returning;

pub async fn example(shop: &Shop, field: &str) -> Option<Example> {
    let example = match field {
        "Mutation.channelReturnDaysSet" => {
            let input = json!({ "channel": "web-kw", "returnDays": 1 });
            mutation("channelReturnDaysSet", "returnDays", input, "/channelReturnDaysSet/returnDays")
        }
        "Query.returns" => {
            returning(shop, "REQUESTED", 1).await;
            query("{ returns { nodes { id } } }", "/returns/nodes/0/id")
        }
        "Mutation.returnApprove" => of_return(shop, "returnApprove", "REQUESTED").await,
        "Mutation.returnReject" => of_return(shop, "returnReject", "APPROVED").await,
        "Mutation.returnReceive" => of_return(shop, "returnReceive", "APPROVED").await,
        "Mutation.returnInspect" => of_return(shop, "returnInspect", "RECEIVED").await,
        "Mutation.returnExchange" => of_return(shop, "returnExchange", "INSPECTED").await,
        "Mutation.returnRefund" => of_return(shop, "returnRefund", "INSPECTED").await,
        _ => return None,
    };
    Some(example)
}

/// An operation of a return.
async fn of_return(shop: &Shop, name: &str, state: &str) -> Example {
    let (id, order, line) = returning(shop, state, 1).await;
    let kind = format!("R{}Input", &name[1..]);
    let query = format!("mutation ($input: {kind}!) {{ {name}(input: $input) {{ userErrors {{ code }} }} }}");
    let mut input = json!({ "orderReturn": id, "idempotencyKey": "k" });
    if name == "returnReceive" {
        input["location"] = json!("riyadh");
    }
    if name == "returnExchange" {
        input["lines"] = json!([{ "variant": shop.variant("TEA").await, "quantity": 1 }]);
        input["paymentMethod"] = json!("CASH_ON_DELIVERY");
    }
    if name == "returnInspect" {
        input["lines"] = json!([{ "line": line, "outcome": "RESTOCK", "quantity": 1 }]);
    }
    Example { query, variables: json!({ "input": input }), shown: "", order: Some(order.id) }
}
