//! An amount is to be paid.

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

/// Opens the one payment of a reference.
pub async fn open(tx: &Tx, input: Open) -> Result<Id<Payment>, Fault> {
    let id = tx.new_id();
    tx.insert(payment::ActiveModel {
        id: Set(id),
        reference_id: Set(input.reference),
        method: Set(input.method.code().to_owned()),
        status: Set(Status::Pending.code().to_owned()),
        currency: Set(input.amount.currency.code().to_owned()),
        amount_minor: Set(input.amount.minor),
        authorised_minor: Set(0),
        captured_minor: Set(0),
        refunded_minor: Set(0),
        created_at: Set(tx.now()),
        ..Default::default()
    })
    .await?;
    Ok(id)
}
