//! The money of goods that came back goes back.

use domain::{
    id::{Account, Id, Order, Return},
    identity::permission::proof::ManagePayments,
    invalid::Check,
    money::Money,
    orders::{reason, returns, state::Action},
};
use entity::orders::order;
use store::{Once, Tx};

use super::{
    ReturnError,
    close::close,
    machine::{self, Said},
};
use crate::{
    cx::{Cx, Permit},
    orders::{fall, machine as order_machine, refund::to_store_credit},
    payments::{self, Back, RefundError},
};

/// A return to refund.
#[derive(Clone, Debug)]
pub struct Refund {
    /// The return.
    pub id: Id<Return>,
    /// How much, a decimal number of the order's currency; the goods' share of what was paid if nothing is said.
    pub amount: Option<String>,
    /// Whether it becomes the customer's store credit, instead of going back to what it was paid with.
    pub to_store_credit: bool,
    /// Why, at most 500 characters.
    pub reason: Option<String>,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// Gives the money of an inspected return back, by the way it came: by card through the gateway; to gift cards and
/// store credit at once; cash and transfers are written down as given back, and paid by hand. If nothing is left of
/// what was paid, the order's other inspected returns end with it. Of goods that cost nothing nothing goes back, unless
/// it is said how much.
///
/// Emits `return.refunded`, and what a refund of the order does if money goes back.
pub async fn refund(cx: &Cx, _may: Permit<ManagePayments>, input: Refund) -> Result<Id<Return>, ReturnError> {
    cx.write_once(input.once.as_ref(), async |tx| {
        let standing = machine::find(tx, input.id).await?;
        standing.after(returns::Action::Refund)?;
        let order = &standing.order;
        let (amount, reason) = parse(&input, order)?;
        let order_standing = order_machine::find_alone(tx, order.id, None).await?;
        // Somebody else may have refunded it before the money was ours alone: its goods would count twice.
        let standing = machine::find(tx, input.id).await?;
        standing.after(returns::Action::Refund)?;
        let came = standing.came(tx).await?;
        let worth = fall::value(tx, order, &came, None).await?.amount;
        let store_credit_of = to_store_credit(order, input.to_store_credit)?;
        if amount.is_none() && worth.minor == 0 {
            // No money moves, so that the order is not refunded, not even a part of it.
            let said = Said { reason, lines: came, amount: Some(worth), ..Said::default() };
            standing.step(tx, returns::Action::Refund, said).await?;
            return Ok(input.id);
        }
        order_standing.step(Action::RefundPart)?;
        let back = send_back(tx, order.id, (amount, worth), store_credit_of).await?;
        let step = order_standing.step(if back.is_full { Action::Refund } else { Action::RefundPart })?;
        step.make_refund(tx, back.amount, reason.clone()).await?;
        let said = Said { reason, lines: came, amount: Some(back.amount), ..Said::default() };
        standing.step(tx, returns::Action::Refund, said).await?;
        if back.is_full {
            Box::pin(close(tx, order.id)).await?;
        }
        Ok(input.id)
    })
    .await
}

/// Gives back what was said; else what the goods are worth, or what is left if that is less.
async fn send_back(
    tx: &Tx,
    order: Id<Order>,
    (said, worth): (Option<Money>, Money),
    store_credit_of: Option<Id<Account>>,
) -> Result<payments::Refund, ReturnError> {
    let of = |amount| Back { amount: Some(amount), payment: None, store_credit_of };
    match payments::refund(tx, order, of(said.unwrap_or(worth))).await {
        Err(RefundError::Exceeds { max }) if said.is_none() => Ok(payments::refund(tx, order, of(max)).await?),
        done => Ok(done?),
    }
}

fn parse(input: &Refund, order: &order::Model) -> Result<(Option<Money>, Option<String>), ReturnError> {
    let currency = fall::currency(order)?;
    let mut check = Check::default();
    let amount = input.amount.as_deref().map(|text| Money::said_above_zero(text, currency)).transpose();
    let amount = check.field("amount", amount);
    let reason = check.field("reason", reason::parse(input.reason.as_deref()));
    Ok(check.done(amount.zip(reason))?)
}
