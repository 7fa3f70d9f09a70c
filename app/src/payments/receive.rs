//! A bank transfer came in.

use domain::{
    id::{Id, Order},
    payments::method::Method,
};
use store::{Fault, Tx};

use super::collect;

/// Why a transfer cannot be taken.
#[derive(Debug, thiserror::Error)]
pub enum ReceiveError {
    /// No transfer is awaited: paid already, given up, or paid in another way.
    #[error("no transfer is awaited")]
    NotPayable,
    /// Ours to mend.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Notes that all of the money came in by bank transfer.
///
/// Emits `payment.captured`.
pub async fn receive(tx: &Tx, reference: Id<Order>) -> Result<(), ReceiveError> {
    if collect::take(tx, reference, Method::BankTransfer).await? { Ok(()) } else { Err(ReceiveError::NotPayable) }
}
