//! More is to be paid than was.

use domain::{
    id::{Id, Order, Payment},
    money::Money,
    payments::{method::Method, status::Status},
};
use entity::payments::payment_supplement;
use sea_orm::Set;
use store::{Fault, Tx};

use super::{
    open::{self, Open},
    rows,
};

/// Whether more would be paid together with what is to be paid already, as [`raise`] does it.
pub async fn is_raised_together(tx: &Tx, reference: Id<Order>) -> Result<bool, Fault> {
    let payments = rows::lock_all(tx, reference).await?;
    let first = payments.first().ok_or_else(|| Fault::new("there is no such payment"))?;
    is_open(first)
}

/// Asks for more: of who pays in cash or by transfer and has not yet, together with the rest; of anybody else by one more
/// payment, by `method`.
pub async fn raise(tx: &Tx, reference: Id<Order>, amount: Money, method: Method) -> Result<(), Fault> {
    let payments = rows::lock_all(tx, reference).await?;
    let first = payments.first().ok_or_else(|| Fault::new("there is no such payment"))?;
    if is_open(first)? && rows::add_amount(tx, first.id, amount.minor).await? {
        return Ok(());
    }
    let payment: Id<Payment> = tx.new_id();
    // What is referred to has its first payment: this one refers to nothing else, and says beside what it pays.
    let own = Id::new(payment.uuid());
    tx.insert(open::row(tx, &Open { reference: own, method, amount }, payment)).await?;
    let pays = payment_supplement::ActiveModel {
        payment_id: Set(payment),
        reference_id: Set(reference),
        ..Default::default()
    };
    tx.insert(pays).await
}

/// Whether something is still to be paid but in cash, which the courier collects.
pub async fn is_awaited(tx: &Tx, reference: Id<Order>) -> Result<bool, Fault> {
    for payment in rows::lock_all(tx, reference).await? {
        let is_open = Status::PAYABLE.contains(&rows::status(&payment)?);
        if is_open && rows::method(&payment)? != Method::CashOnDelivery {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether a payment waits for money that no card is asked for.
fn is_open(payment: &entity::payments::payment::Model) -> Result<bool, Fault> {
    Ok(rows::status(payment)? == Status::Pending && rows::method(payment)? != Method::Card)
}
