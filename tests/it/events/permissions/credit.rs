//! Gift cards and store credit.

use serde_json::json;
use tests::shop::Shop;

use super::{Example, mutation, query};
use crate::{identity::groups::customer, payments::credit};

pub async fn example(shop: &Shop, field: &str) -> Option<Example> {
    let example = match field {
        "Query.giftCards" => query("{ giftCards { nodes { id } } }", "/giftCards/nodes"),
        "Query.giftCard" => {
            let (card, _) = credit::ask::issue(shop, "5.00").await;
            query(&format!(r#"{{ giftCard(id: "{card}") {{ id }} }}"#), "/giftCard/id")
        }
        "Query.storeCredit" => {
            credit::ask::grant(shop, "layla", "5.00").await;
            let layla = customer(shop, "layla").await;
            query(&format!(r#"{{ storeCredit(customer: "{layla}") {{ id }} }}"#), "/storeCredit/0/id")
        }
        "Mutation.giftCardsIssue" => {
            let input = json!({ "amount": "5", "currency": "SAR", "idempotencyKey": "issued" });
            mutation("giftCardsIssue", "giftCards { code }", input, "/giftCardsIssue/giftCards/0/code")
        }
        "Mutation.giftCardTopUp" | "Mutation.giftCardWithdraw" => {
            let name = field.trim_start_matches("Mutation.");
            let (card, _) = credit::ask::issue(shop, "5.00").await;
            let input = json!({ "giftCard": card, "amount": "1", "idempotencyKey": name });
            mutation(name, "giftCard { id }", input, &*format!("/{name}/giftCard/id").leak())
        }
        "Mutation.giftCardBlock" | "Mutation.giftCardUnblock" => {
            let name = field.trim_start_matches("Mutation.");
            let (card, _) = credit::ask::issue(shop, "5.00").await;
            let input = json!({ "giftCard": card });
            mutation(name, "giftCard { id }", input, &*format!("/{name}/giftCard/id").leak())
        }
        "Mutation.storeCreditGrant" | "Mutation.storeCreditWithdraw" => {
            let name = field.trim_start_matches("Mutation.");
            credit::ask::grant(shop, "layla", "5.00").await;
            let input = json!({
                "customer": customer(shop, "layla").await, "amount": "1", "currency": "SAR", "idempotencyKey": name,
            });
            mutation(name, "storeCredit { id }", input, &*format!("/{name}/storeCredit/id").leak())
        }
        _ => return None,
    };
    Some(example)
}
