//! What there is, where.

pub mod alert;
pub mod alert_mutation;
pub mod allocation;
pub mod cart_hold_mutation;
pub mod count;
pub mod count_input;
pub mod count_mutation;
mod errors;
pub mod input;
pub mod level;
pub mod location;
pub mod location_input;
pub mod location_mutation;
pub mod movement;
pub mod mutation;
pub mod query;
pub mod supply;
pub mod supply_input;
pub mod supply_mutation;
pub mod supply_query;
pub mod transfer;
pub mod transfer_input;
pub mod transfer_mutation;
pub mod work_query;

use async_graphql::Context;
use store::Fault;

use crate::graphql::{error, language::Reading};

fn failed(ctx: &Context<'_>, fault: &Fault) -> async_graphql::Error {
    error::fault(ctx.cx().language(), ctx.cx().request_id(), fault)
}

/// What stock always has; our fault if it is not there.
fn found<T>(ctx: &Context<'_>, value: Option<T>, otherwise: &'static str) -> async_graphql::Result<T> {
    value.ok_or_else(|| failed(ctx, &Fault::new(otherwise)))
}
