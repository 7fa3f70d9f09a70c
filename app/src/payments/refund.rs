//! Money goes back.

use domain::{
    id::{Account, Id, Order, Payment},
    money::Money,
    payments::{
        events::{Outcome, Request},
        method::Method,
        status::{self, Status},
        tender::Tender,
    },
};
use entity::payments::payment;
use store::{Fault, Tx};

use super::{
    credit,
    entries::{self, Became, Wanted},
    rows,
};

/// What goes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refund {
    /// How much.
    pub amount: Money,
    /// Whether now all that was captured has gone back, and nothing is to be captured yet.
    pub is_full: bool,
}

/// Money that is to go back.
#[derive(Clone, Copy, Debug, Default)]
pub struct Back {
    /// How much, above zero; none: all that is left.
    pub amount: Option<Money>,
    /// Of which payment; none: of all of them, the first before the others.
    pub payment: Option<Id<Payment>>,
    /// Whose store credit it becomes; none: it goes back to what it was paid with.
    pub store_credit_of: Option<Id<Account>>,
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
    /// It is no payment of this.
    #[error("there is no such payment")]
    NoSuchPayment,
    /// Ours to mend.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Gives captured money back. Cash and transfers are given back by the merchant's own hand; card payments by the gateway,
/// which is asked after the transaction committed, unless they were imported; what was paid with gift cards and store credit
/// comes back to them at once.
///
/// Emits `payment.refund_requested` for cards, `payment.refunded` for the rest, and what [`credit`] does.
pub async fn refund(tx: &Tx, reference: Id<Order>, back: Back) -> Result<Refund, RefundError> {
    let mut payments = rows::lock_all(tx, reference).await?;
    let in_all = sum(&payments)?;
    let is_all_in = !payments.iter().any(is_open);
    if let Some(wanted) = back.payment {
        payments.retain(|payment| payment.id == wanted);
        if payments.is_empty() {
            return Err(RefundError::NoSuchPayment);
        }
    }
    let parts = payments.iter().map(left).collect::<Result<Vec<_>, _>>()?;
    let max = Money::sum(in_all.currency, parts.iter().copied()).map_err(Fault::new)?;
    let amount = back.amount.unwrap_or(max);
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
            part_of(tx, payment, Money::new(part, max.currency), back.store_credit_of).await?;
            rest = rest.saturating_sub(part);
        }
    }
    Ok(Refund { amount, is_full: is_all_in && amount == in_all })
}

/// Gives captured money of a locked payment back to what it was paid with.
pub(super) async fn one(tx: &Tx, before: &payment::Model, amount: Money) -> Result<(), RefundError> {
    part_of(tx, before, amount, None).await
}

async fn part_of(
    tx: &Tx,
    before: &payment::Model,
    amount: Money,
    store_credit_of: Option<Id<Account>>,
) -> Result<(), RefundError> {
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
    Ok(send_back(tx, before, amount, store_credit_of).await?)
}

/// What is left of what was captured.
fn left(payment: &payment::Model) -> Result<Money, Fault> {
    rows::money(payment, payment.captured_minor.saturating_sub(payment.refunded_minor))
}

/// Whether money of it is to come yet.
fn is_open(payment: &payment::Model) -> bool {
    let status = Status::parse(&payment.status);
    let is_open = status.is_none_or(|status| Status::PAYABLE.contains(&status) || status == Status::Authorised);
    is_open && payment.reduced_minor < payment.amount_minor
}

/// What is left of what was captured of all of these.
fn sum(payments: &[payment::Model]) -> Result<Money, Fault> {
    let parts = payments.iter().map(left).collect::<Result<Vec<_>, _>>()?;
    let currency = parts.first().map(|part| part.currency).ok_or_else(|| Fault::new("there is no such payment"))?;
    Money::sum(currency, parts).map_err(Fault::new)
}

async fn send_back(
    tx: &Tx,
    payment: &payment::Model,
    amount: Money,
    store_credit_of: Option<Id<Account>>,
) -> Result<(), Fault> {
    match (store_credit_of, rows::tender(payment)?, payment.charge.as_deref()) {
        (None, Tender::Method(Method::Card), Some(charge)) => {
            let request = Request::Refund;
            return entries::want(tx, Wanted { payment: payment.id, request, charge, stray: None, amount }).await;
        }
        (Some(customer), ..) => credit::to_store_credit(tx, customer, payment.id, amount).await?,
        (None, Tender::Credit(_), _) => credit::give_back(tx, payment, amount).await?,
        // By hand. A card without a charge of ours was charged elsewhere, before its order was imported.
        (None, Tender::Method(Method::Card), None)
        | (None, Tender::Method(Method::CashOnDelivery | Method::BankTransfer) | Tender::Nothing, _) => {}
    }
    let outcome = Outcome::Refunded;
    entries::became(tx, Became { payment: payment.id, outcome, answers: None, amount, code: None }).await.map(drop)
}
