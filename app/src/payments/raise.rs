//! More is to be paid than was.

use domain::{
    id::{Id, Order, Payment},
    money::Money,
    payments::{method::Method, status::Status, tender::Tender},
};
use entity::payments::payment;
use store::{Fault, Tx};

use super::{open, rows};

/// Asks for more: of who pays in cash or by transfer and has not yet, together with the rest; of anybody else by one more
/// payment, by `method`. `false`: that would be needed, and is not said.
pub async fn raise(tx: &Tx, reference: Id<Order>, amount: Money, method: Option<Method>) -> Result<bool, Fault> {
    let payments = rows::lock_all(tx, reference).await?;
    let first = payments.first().ok_or_else(|| Fault::new("there is no such payment"))?;
    if is_open(first)? && rows::add_amount(tx, first.id, amount.minor).await? {
        return Ok(true);
    }
    let Some(method) = method else { return Ok(false) };
    let payment: Id<Payment> = tx.new_id();
    tx.insert(open::row(tx, (payment, open::own(payment)), Tender::Method(method), amount)).await?;
    tx.insert(open::supplement(payment, reference)).await?;
    Ok(true)
}

/// What the shop has of a reference's money, or is still to get.
pub async fn kept(tx: &Tx, reference: Id<Order>) -> Result<Money, Fault> {
    let payments = rows::lock_all(tx, reference).await?;
    let of = |payment: &payment::Model| {
        let minor = match rows::status(payment)? {
            Status::Pending | Status::RequiresAction | Status::Declined | Status::Authorised => {
                payment.amount_minor.saturating_sub(payment.reduced_minor)
            }
            Status::Captured | Status::PartRefunded => payment.captured_minor.saturating_sub(payment.refunded_minor),
            Status::Refunded | Status::Voided => 0,
        };
        rows::money(payment, minor)
    };
    let parts = payments.iter().map(of).collect::<Result<Vec<_>, Fault>>()?;
    let currency = parts.first().map(|part| part.currency).ok_or_else(|| Fault::new("there is no such payment"))?;
    Money::sum(currency, parts).map_err(Fault::new)
}

/// Whether something is still to be paid but in cash, which the courier collects.
pub async fn is_awaited(tx: &Tx, reference: Id<Order>) -> Result<bool, Fault> {
    for payment in rows::lock_all(tx, reference).await? {
        let is_open = Status::PAYABLE.contains(&rows::status(&payment)?);
        if is_open && rows::tender(&payment)? != Tender::Method(Method::CashOnDelivery) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether a payment waits for money that no card is asked for.
fn is_open(payment: &payment::Model) -> Result<bool, Fault> {
    Ok(rows::status(payment)? == Status::Pending && rows::tender(payment)? != Tender::Method(Method::Card))
}
