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

/// Gives captured money back: `amount`, which is above zero, or all that is left. Of several payments the first gives back
/// before the others. Cash and transfers are given back by the merchant's own hand; card payments by the gateway, which
/// is asked after the transaction committed, unless they were imported.
///
/// Emits `payment.refund_requested` for cards, `payment.refunded` for the rest.
pub async fn refund(tx: &Tx, reference: Id<Order>, amount: Option<Money>) -> Result<Refund, RefundError> {
    let payments = rows::lock_all(tx, reference).await?;
    let parts = payments.iter().map(left).collect::<Result<Vec<_>, _>>()?;
    let currency = parts.first().map(|part| part.currency).ok_or_else(|| Fault::new("there is no such payment"))?;
    let max = Money::sum(currency, parts.iter().copied()).map_err(Fault::new)?;
    let amount = amount.unwrap_or(max);
    if amount.currency != max.currency {
        return Err(RefundError::WrongCurrency);
    }
    if max.minor <= 0 {
        return Err(RefundError::NothingToRefund);
    }
    if amount.minor <= 0 {
        return Err(Fault::new("a refund that is not above zero").into());
    }
    if max.minor < amount.minor {
        return Err(RefundError::Exceeds { max });
    }
    let mut rest = amount.minor;
    for (payment, left) in payments.iter().zip(parts) {
        let part = left.minor.min(rest);
        if 0 < part {
            one(tx, payment, Money::new(part, currency)).await?;
            rest = rest.saturating_sub(part);
        }
    }
    Ok(Refund { amount, is_full: amount == max })
}

/// Gives captured money of a locked payment back.
pub(super) async fn one(tx: &Tx, before: &payment::Model, amount: Money) -> Result<(), RefundError> {
    let left = left(before)?;
    if left.minor <= 0 {
        return Err(RefundError::NothingToRefund);
    }
    if !rows::add_refunded(tx, before.id, amount.minor).await? {
        return Err(RefundError::Exceeds { max: left });
    }
    let refunded_minor = before.refunded_minor.saturating_add(amount.minor);
    let after = status::after_refund(before.captured_minor, refunded_minor);
    rows::set_status(tx, before.id, rows::status(before)?, after).await?;
    Ok(send_back(tx, before, amount).await?)
}

/// What is left of what was captured.
fn left(payment: &payment::Model) -> Result<Money, Fault> {
    rows::money(payment, payment.captured_minor.saturating_sub(payment.refunded_minor))
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
