//! Staff exchange goods that came back for others.

use domain::{
    id::{Id, Return},
    identity::permission::proof::ManageOrders,
    invalid::{Check, Invalid},
    orders::{
        exchange::{self, Wanted},
        reason,
    },
    payments::method::Method,
};
use store::Once;

use super::edit::{ask_taxes, carry_out};
use crate::{
    cx::{Cx, Permit},
    orders::{
        EditTerms, Edited,
        returns::{self, ExchangeError, begin_exchange},
    },
};

/// A return to exchange.
#[derive(Clone, Debug)]
pub struct Exchange {
    /// The return.
    pub id: Id<Return>,
    /// What is to leave for it.
    pub lines: Vec<Wanted>,
    /// How it is paid if more is to be paid than what came back counts.
    pub method: Option<Method>,
    /// Why, at most 500 characters.
    pub reason: Option<String>,
    /// Whether nothing is to be changed.
    pub is_dry_run: bool,
    /// Makes a second call with the same key change nothing.
    pub once: Once,
}

/// Exchanges the goods of an inspected return for others: these are reserved and set aside, and leave with the same order,
/// which is delivered no more. Of a variant that came back as many leave at what they cost; others at today's prices. What
/// is more is to be paid, what is less goes back, as of an edit.
///
/// Emits `return.exchanged`, `order.exchanged`, and what [`Editing::write`](crate::orders::Editing::write) and
/// [`reserve`](crate::inventory::reserve()) do.
pub async fn exchange(cx: &Cx, _may: Permit<ManageOrders>, input: Exchange) -> Result<Edited, ExchangeError> {
    let reason = parse(&input)?;
    if let Some(found) = returns::load::returns(cx, &[input.id]).await?.remove(&input.id) {
        ask_taxes(cx, found.row.order_id, input.lines.iter().map(|line| line.variant).collect()).await?;
    }
    cx.write_or_rehearse((input.is_dry_run, Some(&input.once)), async |tx| {
        let editing = Box::pin(begin_exchange(tx, input.id, &input.lines, reason.clone())).await?;
        Ok(Box::pin(carry_out(tx, editing, EditTerms { method: input.method, reason })).await?)
    })
    .await
}

fn parse(input: &Exchange) -> Result<Option<String>, Invalid> {
    let mut check = Check::default();
    let reason = check.field("reason", reason::parse(input.reason.as_deref()));
    check.nested("lines", exchange::check(&input.lines));
    check.done(reason)
}
