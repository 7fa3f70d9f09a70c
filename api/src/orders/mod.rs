//! What was ordered.

pub mod address;
pub mod balance;
pub mod cancellation;
pub mod delivery;
pub mod edit;
mod errors;
pub mod exchange;
pub mod export;
pub mod hold;
pub mod import;
pub mod input;
pub mod line;
pub mod mutation;
pub mod note;
pub mod order;
pub mod payment;
pub mod progress;
pub mod query;
pub mod re_source;
pub mod returns;
pub mod returns_input;
pub mod returns_mutation;
pub mod shipment;
pub mod state;
pub mod timeline;
pub mod whereabouts;

use async_graphql::Context;
use domain::money::{self, Currency};
use store::Fault;

use crate::graphql::{error, language::Reading, money::Money};

/// A rate of basis points in percent: `15` for 1500, `12.5` for 1250.
pub fn percent(bps: u32) -> String {
    let exact = format!("{}.{:02}", bps.div_euclid(100), bps.rem_euclid(100));
    exact.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The currency that a row names.
fn currency(ctx: &Context<'_>, code: &str) -> async_graphql::Result<Currency> {
    found(ctx, Currency::parse(code), "an amount without a currency")
}

/// So many minor units of the currency that a row names.
fn amount(ctx: &Context<'_>, code: &str, minor: i64) -> async_graphql::Result<Money> {
    Ok(Money(money::Money::new(minor, currency(ctx, code)?)))
}

/// What an order always has; our fault if it is not there.
fn found<T>(ctx: &Context<'_>, value: Option<T>, otherwise: &'static str) -> async_graphql::Result<T> {
    value.ok_or_else(|| failed(ctx, &Fault::new(otherwise)))
}

fn failed(ctx: &Context<'_>, fault: &Fault) -> async_graphql::Error {
    error::fault(ctx.cx().language(), ctx.cx().request_id(), fault)
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn a_rate_in_percent_has_no_idle_places() {
        let rates = [0, 5, 50, 100, 500, 1000, 1250, 1500, 10_000].map(percent);
        assert_eq!(rates, ["0", "0.05", "0.5", "1", "5", "10", "12.5", "15", "100"]);
    }
}
