//! Money goes back.

use domain::{
    id::{Id, Order},
    money::Money,
    payments::{
        events::{Outcome, Request},
        method::Method,
        status,
    },
};
use entity::payments::payment;
use store::{Fault, Tx};

use super::{
    entries::{self, Became, Wanted},
    rows,
};

/// What goes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refund {
    /// How much.
    pub amount: Money,
    /// Whether now all that was captured has gone back.
    pub is_full: bool,
}

/// Why nothing goes back.
#[derive(Debug, thiserror::Error)]
pub enum RefundError {
    /// More than is left.
    #[error("more than the {max} that are left")]
    Exceeds {
        /// What is left.
        max: Money,
    },
    /// Nothing was captured, or nothing is left of it.
    #[error("nothing is left to refund")]
    NothingToRefund,
    /// The payment is in another currency.
    #[error("the payment is in another currency")]
    WrongCurrency,
    /// Ours to mend.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Gives captured money back: `amount`, which is above zero, or all that is left. Cash and transfers are given back by the
/// merchant's own hand; card payments by the gateway, which is asked after the transaction committed, unless
/// they were imported.
///
/// Emits `payment.refund_requested` for cards, `payment.refunded` for the rest.
pub async fn refund(tx: &Tx, reference: Id<Order>, amount: Option<Money>) -> Result<Refund, RefundError> {
    let before = rows::lock(tx, reference).await?;
    let left = rows::money(&before, before.captured_minor.saturating_sub(before.refunded_minor))?;
    let amount = amount.unwrap_or(left);
    if amount.currency != left.currency {
        return Err(RefundError::WrongCurrency);
    }
    if left.minor <= 0 {
        return Err(RefundError::NothingToRefund);
    }
    if amount.minor <= 0 {
        return Err(Fault::new("a refund that is not above zero").into());
    }
    if !rows::add_refunded(tx, before.id, amount.minor).await? {
        return Err(RefundError::Exceeds { max: left });
    }
    let is_full = amount == left;
    let refunded_minor = before.refunded_minor.saturating_add(amount.minor);
    let after = status::after_refund(before.captured_minor, refunded_minor);
    rows::set_status(tx, before.id, rows::status(&before)?, after).await?;
    send_back(tx, &before, amount).await?;
    Ok(Refund { amount, is_full })
}

async fn send_back(tx: &Tx, payment: &payment::Model, amount: Money) -> Result<(), Fault> {
    match (rows::method(payment)?, payment.charge.as_deref()) {
        (Method::Card, Some(charge)) => {
            let request = Request::Refund;
            entries::want(tx, Wanted { payment: payment.id, request, charge, stray: None, amount }).await
        }
        // A card without a charge of ours was charged elsewhere, before its order was imported.
        (Method::Card, None) | (Method::CashOnDelivery | Method::BankTransfer, _) => {
            let outcome = Outcome::Refunded;
            let became = Became { payment: payment.id, outcome, answers: None, amount, code: None };
            entries::became(tx, became).await.map(drop)
        }
    }
}
