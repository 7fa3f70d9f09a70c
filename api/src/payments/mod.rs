//! What is paid with: gift cards and store credit.

mod errors;
pub mod gift_card;
pub mod input;
pub mod ledger;
pub mod mutation;
pub mod query;
pub mod store_credit;

use async_graphql::Context;
use store::Fault;

use crate::graphql::{error, language::Reading};

/// A fault, as the client reads it.
fn failed(ctx: &Context<'_>, fault: &Fault) -> async_graphql::Error {
    error::fault(ctx.cx().language(), ctx.cx().request_id(), fault)
}
