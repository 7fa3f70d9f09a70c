//! Ids of gift cards and of whose credit it is.

use serde_json::{Value, json};

use super::{
    NODE, Read, Write,
    id_of::{customer, gift_card, store_credit},
    none, null, read, write,
};

pub const READS: &[Read] = &[
    read("Query.node.id", gift_card, NODE, null),
    read("Query.node.id", store_credit, NODE, null),
    read(
        "Query.storeCredit.customer",
        customer,
        "query ($id: ID!) { found: storeCredit(customer: $id) { id } }",
        || json!({ "found": [] }),
    ),
    read("Query.giftCard.id", gift_card, "query ($id: ID!) { found: giftCard(id: $id) { id } }", null),
    read(
        "Query.giftCards.filter.customer",
        customer,
        "query ($id: ID!) { found: giftCards(filter: { customer: $id }) { totalCount nodes { id } } }",
        none,
    ),
];

pub const WRITES: &[Write] = &[
    write(
        "Mutation.giftCardsIssue.input.customer",
        customer,
        |_, id| json!({ "amount": "1", "currency": "SAR", "customer": id, "idempotencyKey": id }),
    )
    .at(&["customer"]),
    write("Mutation.giftCardTopUp.input.giftCard", gift_card, |_, id| balance(&json!({ "giftCard": id })))
        .at(&["giftCard"]),
    write("Mutation.giftCardWithdraw.input.giftCard", gift_card, |_, id| balance(&json!({ "giftCard": id })))
        .at(&["giftCard"]),
    write("Mutation.giftCardBlock.input.giftCard", gift_card, |_, id| json!({ "giftCard": id })).at(&["giftCard"]),
    write("Mutation.giftCardUnblock.input.giftCard", gift_card, |_, id| json!({ "giftCard": id })).at(&["giftCard"]),
    write("Mutation.storeCreditGrant.input.customer", customer, |_, id| {
        balance(&json!({ "customer": id, "currency": "SAR" }))
    })
    .at(&["customer"]),
    write("Mutation.storeCreditWithdraw.input.customer", customer, |_, id| {
        balance(&json!({ "customer": id, "currency": "SAR" }))
    })
    .at(&["customer"]),
];

/// A riyal more or less of a balance.
fn balance(of: &Value) -> Value {
    let mut input = of.clone();
    input["amount"] = json!("1");
    input["idempotencyKey"] = json!("a riyal");
    input
}
