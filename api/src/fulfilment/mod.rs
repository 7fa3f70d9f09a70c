//! Where orders ship from: zones, the rules of channels, and what was decided.

mod errors;
pub mod input;
pub mod mutation;
pub mod query;
pub mod source;
pub mod zone;

use async_graphql::Context;
use store::Fault;

use crate::graphql::{error, language::Reading};

fn failed(ctx: &Context<'_>, fault: &Fault) -> async_graphql::Error {
    error::fault(ctx.cx().language(), ctx.cx().request_id(), fault)
}
