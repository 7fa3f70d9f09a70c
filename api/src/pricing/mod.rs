//! What it costs: price lists, who buys by which, and how a price came about.

pub mod adjust;
pub mod assignment;
pub mod costs;
pub mod discount_cap;
mod errors;
pub mod explanation;
pub mod input;
pub mod list;
pub mod mutation;
pub mod prices_input;
pub mod promotions;
pub mod quantity_rules;
pub mod query;
pub mod sums;
pub mod taxes;
pub mod variant;
pub mod warning;

use async_graphql::Context;
use store::Fault;

use crate::graphql::{error, language::Reading};

fn failed(ctx: &Context<'_>, fault: &Fault) -> async_graphql::Error {
    error::fault(ctx.cx().language(), ctx.cx().request_id(), fault)
}
