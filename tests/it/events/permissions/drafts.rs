//! Drafts of orders.

use serde_json::{Value, json};
use tests::shop::Shop;

use super::{Example, query};
use crate::cart::draft::ready;

pub async fn example(shop: &Shop, field: &str) -> Option<Example> {
    let example = match field {
        "Query.draftOrders" => query("{ draftOrders { nodes { id } } }", "/draftOrders/nodes"),
        "Query.draftOrder" => {
            let draft = ready(shop, &[("TEA", 1)], "BANK_TRANSFER").await;
            let query = "query ($id: ID!) { draftOrder(id: $id) { id } }".to_owned();
            Example { query, variables: json!({ "id": draft["id"] }), shown: "/draftOrder/id", order: None }
        }
        "Mutation.draftOrderCreate" => {
            let shown = "/draftOrderCreate/draft/id";
            of_draft("draftOrderCreate", "draft { id }", json!({ "email": "a@b.example" }), shown)
        }
        "Mutation.draftOrderUpdate" => {
            let input = json!({ "draft": ready(shop, &[("TEA", 1)], "CARD").await["id"], "note": "x" });
            of_draft("draftOrderUpdate", "draft { id }", input, "/draftOrderUpdate/draft/id")
        }
        "Mutation.draftOrderLinePriceSet" => {
            let draft = ready(shop, &[("TEA", 1)], "CARD").await;
            let line = &draft["cart"]["lines"][0]["id"];
            let input = json!({ "draft": draft["id"], "line": line, "price": "1.00", "reason": "x" });
            of_draft("draftOrderLinePriceSet", "draft { id }", input, "/draftOrderLinePriceSet/draft/id")
        }
        "Mutation.draftOrderDelete" => {
            let input = json!({ "draft": ready(shop, &[("TEA", 1)], "CARD").await["id"] });
            of_draft("draftOrderDelete", "draft { id }", input, "/draftOrderDelete/draft/id")
        }
        "Mutation.draftOrderSend" => {
            let input = json!({ "draft": ready(shop, &[("TEA", 1)], "CARD").await["id"] });
            of_draft("draftOrderSend", "token", input, "/draftOrderSend/token")
        }
        "Mutation.draftOrderComplete" => {
            let input = json!({ "draft": ready(shop, &[("TEA", 1)], "BANK_TRANSFER").await["id"] });
            of_draft("draftOrderComplete", "order { id }", input, "/draftOrderComplete/order/id")
        }
        _ => return None,
    };
    Some(example)
}

/// A mutation of drafts.
fn of_draft(name: &str, select: &str, mut input: Value, shown: &'static str) -> Example {
    input["idempotencyKey"] = json!(format!("{name} {input}").chars().take(90).collect::<String>());
    let kind = format!("D{}Input", &name[1..]);
    let query = format!("mutation ($input: {kind}!) {{ {name}(input: $input) {{ {select} userErrors {{ code }} }} }}");
    Example { query, variables: json!({ "input": input }), shown, order: None }
}
