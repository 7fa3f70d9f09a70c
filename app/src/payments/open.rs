//! Amounts are to be paid.

use domain::{
    id::{Id, Order, Payment},
    money::Money,
    payments::{method::Method, status::Status},
};
use entity::payments::payment;
use sea_orm::Set;
use store::{Fault, Tx};

/// What is to be paid.
#[derive(Clone, Copy, Debug)]
pub struct Open {
    /// For what.
    pub reference: Id<Order>,
    /// How.
    pub method: Method,
    /// How much.
    pub amount: Money,
}

/// Opens the first payment of each reference.
pub async fn open(tx: &Tx, payments: &[Open]) -> Result<(), Fault> {
    tx.insert_many(payments.iter().map(|open| row(tx, open, tx.new_id())).collect::<Vec<_>>()).await
}

/// A payment of which nothing was paid yet.
pub(super) fn row(tx: &Tx, open: &Open, id: Id<Payment>) -> payment::ActiveModel {
    payment::ActiveModel {
        id: Set(id),
        reference_id: Set(open.reference),
        method: Set(open.method.code().to_owned()),
        status: Set(Status::Pending.code().to_owned()),
        currency: Set(open.amount.currency.code().to_owned()),
        amount_minor: Set(open.amount.minor),
        reduced_minor: Set(0),
        authorised_minor: Set(0),
        captured_minor: Set(0),
        refunded_minor: Set(0),
        created_at: Set(tx.now()),
        ..Default::default()
    }
}
