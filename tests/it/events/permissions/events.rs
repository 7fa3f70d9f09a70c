//! Events, the audit trail and webhooks.

use serde_json::{Value, json};
use tests::shop::Shop;

use super::{Example, query};
use crate::events::receiver::quiet;

pub async fn example(shop: &Shop, field: &str) -> Option<Example> {
    let example = match field {
        "Query.auditEntries" => query("{ auditEntries { nodes { id } } }", "/auditEntries/nodes/0/id"),
        "Query.events" => query("{ events { endCursor } }", "/events/endCursor"),
        "Query.webhooks" => query("{ webhooks { pageInfo { hasNextPage } } }", "/webhooks/pageInfo/hasNextPage"),
        "Query.webhookDeliveries" => {
            let deliveries = "{ webhookDeliveries { pageInfo { hasNextPage } } }";
            query(deliveries, "/webhookDeliveries/pageInfo/hasNextPage")
        }
        "Query.webhook" => {
            let (webhook, _) = quiet(shop).await;
            let query = "query ($id: ID!) { webhook(id: $id) { id } }".to_owned();
            Example { query, variables: json!({ "id": webhook }), shown: "/webhook/id", order: None }
        }
        "Mutation.webhookCreate" => {
            let input = json!({ "name": "ERP", "url": "https://erp.example/hook", "isEnabled": false });
            of_webhook("webhookCreate", "webhook { id }", &input, "/webhookCreate/webhook/id")
        }
        "Mutation.webhookUpdate" => {
            let input = json!({ "webhook": quiet(shop).await.0, "name": "WMS" });
            of_webhook("webhookUpdate", "webhook { id }", &input, "/webhookUpdate/webhook/id")
        }
        "Mutation.webhookDelete" => {
            let input = json!({ "webhook": quiet(shop).await.0 });
            of_webhook("webhookDelete", "deletedWebhook", &input, "/webhookDelete/deletedWebhook")
        }
        "Mutation.webhookSecretRotate" => {
            let input = json!({ "webhook": quiet(shop).await.0 });
            of_webhook("webhookSecretRotate", "secret", &input, "/webhookSecretRotate/secret")
        }
        "Mutation.webhookTest" => {
            let input = json!({ "webhook": quiet(shop).await.0 });
            of_webhook("webhookTest", "delivery { id }", &input, "/webhookTest/delivery/id")
        }
        "Mutation.webhookDeliveryReplay" => {
            let input = json!({ "delivery": dead(shop).await });
            of_webhook("webhookDeliveryReplay", "delivery { id }", &input, "/webhookDeliveryReplay/delivery/id")
        }
        _ => return None,
    };
    Some(example)
}

/// A mutation of webhooks.
fn of_webhook(name: &str, select: &str, input: &Value, shown: &'static str) -> Example {
    let kind = format!("W{}Input", &name[1..]);
    let query = format!("mutation ($input: {kind}!) {{ {name}(input: $input) {{ {select} userErrors {{ code }} }} }}");
    Example { query, variables: json!({ "input": input }), shown, order: None }
}

/// A delivery that was given up.
async fn dead(shop: &Shop) -> String {
    let (_, delivery) = quiet(shop).await;
    shop.later(std::time::Duration::from_hours(25));
    shop.work().await;
    delivery
}
