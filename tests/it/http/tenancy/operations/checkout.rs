//! Ids by which somebody checks out.

use serde_json::json;

use super::{
    Read, Write,
    id_of::{cart, ticket},
    null, read, write,
};

pub const READS: &[Read] =
    &[read("Query.checkoutTicket.id", ticket, "query ($id: ID!) { found: checkoutTicket(id: $id) { id } }", null)];

pub const WRITES: &[Write] = &[
    write(
        "Mutation.checkoutSubmit.input.cart",
        cart,
        |_, id| json!({ "cart": id, "idempotencyKey": format!("submit {id}") }),
    ),
    write(
        "Mutation.checkoutComplete.input.cart",
        cart,
        |_, id| json!({ "cart": id, "idempotencyKey": format!("complete {id}") }),
    ),
];
