//! A card is about to be tried.

use domain::{
    id::{Id, Order, Payment, PaymentEntry},
    money::Money,
    payments::{entry::EntryKind, method::Method, status::Status, tender::Tender},
};
use serde::{Deserialize, Serialize};
use store::{Fault, Tx};

use super::{
    entries::{self, Entry},
    rows,
};

/// One try to pay by card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    /// What is paid.
    pub payment: Id<Payment>,
    /// What the payment is for.
    pub reference: Id<Order>,
    /// The try: the key that makes it happen once.
    pub entry: Id<PaymentEntry>,
    /// How much.
    pub amount: Money,
}

/// Why a card cannot be tried.
#[derive(Debug, thiserror::Error)]
pub enum AttemptError {
    /// No money is wanted by card: paid already, given up, or paid in another way.
    #[error("no money is wanted by card")]
    NotPayable,
    /// Ours to mend.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Writes down that a card is about to be tried for the first payment that wants one, which is then done outside of the
/// transaction by [`ask`](super::ask()).
pub async fn attempt(tx: &Tx, reference: Id<Order>) -> Result<Attempt, AttemptError> {
    let mut payable = None;
    for payment in rows::lock_all(tx, reference).await? {
        let is_payable = rows::tender(&payment)? == Tender::Method(Method::Card)
            && Status::PAYABLE.contains(&rows::status(&payment)?);
        payable = payable.or(is_payable.then_some(payment));
    }
    let payment = payable.ok_or(AttemptError::NotPayable)?;
    let amount = rows::money(&payment, payment.amount_minor.saturating_sub(payment.reduced_minor))?;
    let entry = Entry { payment: payment.id, kind: EntryKind::Attempt, answers: None, amount, code: None };
    let entry = entries::write(tx, entry).await?.ok_or_else(|| Fault::new("an attempt was not written"))?;
    Ok(Attempt { payment: payment.id, reference, entry, amount })
}
