//! Money of a delivered order goes back.

use domain::{
    id::{Account, Id, Order, Payment},
    identity::permission::proof::ManagePayments,
    invalid::{Check, Invalid},
    money::{Currency, Money},
    orders::{
        reason,
        state::{Action, NotAllowed},
    },
};
use entity::orders::order;
use store::{Fault, KeyReused, Once};

use super::{
    MoveError, machine,
    returns::{self, ReturnError},
};
use crate::{
    cx::{Cx, Permit},
    payments::{self, Back},
    refusal::Denied,
};

/// A refund to make.
#[derive(Clone, Debug)]
pub struct Refund {
    /// The order.
    pub order: Id<Order>,
    /// How much, a decimal number of the order's currency; all that is left if nothing is said.
    pub amount: Option<String>,
    /// Of which of its payments; none: of all, the first before the others.
    pub payment: Option<Id<Payment>>,
    /// Whether it becomes the customer's store credit, instead of going back to what it was paid with.
    pub to_store_credit: bool,
    /// Why, at most 500 characters.
    pub reason: Option<String>,
    /// The version of its status that the caller saw: if it has another one, nothing is done.
    pub expected_version: Option<i64>,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// The order of a guest, or of a company, has nobody whose store credit its money could become.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a guest and a company have no store credit")]
pub struct NoCustomer;

/// Why no money goes back.
#[derive(Debug, thiserror::Error)]
pub enum RefundError {
    /// There is no such order.
    #[error("there is no such order")]
    NotFound,
    /// The order is not as the caller saw it, or another move came first.
    #[error("the order has changed")]
    Stale,
    /// The order is not delivered.
    #[error(transparent)]
    NotAllowed(#[from] NotAllowed),
    /// More than there is to give back.
    #[error("no more than {max} can be refunded")]
    Exceeds {
        /// What can be given back.
        max: Money,
    },
    /// The shop has no money of this order.
    #[error("there is nothing to refund")]
    NothingToRefund,
    /// It is no payment of the order.
    #[error("the order has no such payment")]
    NoSuchPayment,
    /// It cannot become store credit.
    #[error(transparent)]
    NoCustomer(#[from] NoCustomer),
    /// The input does not parse.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// The idempotency key was used with another input.
    #[error(transparent)]
    KeyReused(#[from] KeyReused),
    /// The caller may not do it.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Ours to mend.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Gives money of a delivered order back, all of what is left or a part. Emits `order.refunded` once
/// all went back, with `return.refunded` for each inspected return of it, `order.refunded_in_part` before.
pub async fn refund(cx: &Cx, _may: Permit<ManagePayments>, input: Refund) -> Result<Id<Order>, RefundError> {
    cx.write_once(input.once.as_ref(), async |tx| {
        let standing = machine::find(tx, input.order, input.expected_version).await?;
        let (amount, reason) = parse(&input, &standing.order.currency)?;
        // A refusal names what was asked for.
        let is_part = amount.is_some() || input.payment.is_some();
        standing.step(if is_part { Action::RefundPart } else { Action::Refund })?;
        let store_credit_of = to_store_credit(&standing.order, input.to_store_credit)?;
        let back = Back { amount, payment: input.payment, store_credit_of };
        let back = payments::refund(tx, input.order, back).await?;
        let step = standing.step(if back.is_full { Action::Refund } else { Action::RefundPart })?;
        step.make_refund(tx, back.amount, reason).await?;
        if back.is_full {
            Box::pin(returns::close(tx, input.order)).await?;
        }
        Ok(input.order)
    })
    .await
}

/// Whose store credit money of an order becomes, if it is to.
pub(super) fn to_store_credit(order: &order::Model, is_wanted: bool) -> Result<Option<Id<Account>>, NoCustomer> {
    if !is_wanted {
        return Ok(None);
    }
    // What a company paid is not its buyer's.
    order.customer_id.filter(|_| order.organisation_id.is_none()).map(Some).ok_or(NoCustomer)
}

fn parse(input: &Refund, currency: &str) -> Result<(Option<Money>, Option<String>), RefundError> {
    let currency = Currency::parse(currency).ok_or_else(|| Fault::new("an order without a currency"))?;
    let mut check = Check::default();
    let amount = input.amount.as_deref().map(|text| Money::said_above_zero(text, currency)).transpose();
    let amount = check.field("amount", amount);
    let reason = check.field("reason", reason::parse(input.reason.as_deref()));
    Ok(check.done(amount.zip(reason))?)
}

impl From<MoveError> for RefundError {
    fn from(error: MoveError) -> Self {
        match error {
            MoveError::NotFound => Self::NotFound,
            MoveError::Stale => Self::Stale,
            MoveError::NotAllowed(refused) => Self::NotAllowed(refused),
            MoveError::Invalid(invalid) => Self::Invalid(invalid),
            MoveError::KeyReused(reused) => Self::KeyReused(reused),
            MoveError::Denied(denied) => Self::Denied(denied),
            MoveError::Fault(fault) => Self::Fault(fault),
            held @ MoveError::OnHold(_) => Self::Fault(Fault::new(held)),
        }
    }
}

impl From<ReturnError> for RefundError {
    fn from(error: ReturnError) -> Self {
        match error {
            ReturnError::Stale => Self::Stale,
            ReturnError::Fault(fault) => Self::Fault(fault),
            other @ (ReturnError::NotFound
            | ReturnError::NoSuchOrder
            | ReturnError::NotAllowed(_)
            | ReturnError::NotDelivered { .. }
            | ReturnError::TooLate { .. }
            | ReturnError::NoSuchLine { .. }
            | ReturnError::TooMany { .. }
            | ReturnError::Undecided { .. }
            | ReturnError::TooFewInQuarantine { .. }
            | ReturnError::NoSuchLocation
            | ReturnError::Order(_)
            | ReturnError::Exceeds { .. }
            | ReturnError::NothingToRefund
            | ReturnError::NoCustomer(_)
            | ReturnError::Invalid(_)
            | ReturnError::KeyReused(_)
            | ReturnError::Denied(_)) => Self::Fault(Fault::new(other)),
        }
    }
}

impl From<payments::RefundError> for RefundError {
    fn from(error: payments::RefundError) -> Self {
        match error {
            payments::RefundError::Exceeds { max } => Self::Exceeds { max },
            payments::RefundError::NothingToRefund => Self::NothingToRefund,
            payments::RefundError::NoSuchPayment => Self::NoSuchPayment,
            payments::RefundError::WrongCurrency => {
                Self::Fault(Fault::new("an order and its payment have two currencies"))
            }
            payments::RefundError::Fault(fault) => Self::Fault(fault),
        }
    }
}
