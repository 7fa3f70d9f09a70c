//! The courier got the cash.

use domain::{
    id::{Id, Order},
    payments::{events::Outcome, method::Method},
};
use store::{Fault, Tx};

use super::{
    entries::{self, Became},
    rows,
};

/// Notes that cash was paid on delivery: all that did not fall away. Does nothing for other methods, or a second time.
///
/// Emits `payment.captured`.
pub async fn collect(tx: &Tx, reference: Id<Order>) -> Result<(), Fault> {
    take(tx, reference, Method::CashOnDelivery).await.map(drop)
}

/// Notes that all of the money came in that was wanted by `method`. `false`: none was.
pub(super) async fn take(tx: &Tx, reference: Id<Order>, method: Method) -> Result<bool, Fault> {
    let mut is_taken = false;
    for payment in rows::lock_all(tx, reference).await? {
        if rows::set_received(tx, payment.id, method).await? {
            let amount = rows::money(&payment, payment.amount_minor.saturating_sub(payment.reduced_minor))?;
            let outcome = Outcome::Captured;
            entries::became(tx, Became { payment: payment.id, outcome, answers: None, amount, code: None }).await?;
            is_taken = true;
        }
    }
    Ok(is_taken)
}
