//! How far an order and its money came.

use async_graphql::Enum;
use domain::orders::progress;

/// How much of an order left for the customer. Told from its shipments.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "progress::Fulfilment")]
pub enum FulfilmentStatus {
    /// Nothing.
    Unfulfilled,
    /// Some of it.
    PartiallyFulfilled,
    /// All of it.
    Fulfilled,
}

/// What became of the money of an order. Told from its payments.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "progress::PaymentStanding")]
pub enum OrderPaymentStatus {
    /// The shop has no money, nor a promise of it.
    Unpaid,
    /// Some of it is still to be paid, such as what came in later.
    PartiallyPaid,
    /// The gateway holds it for the shop.
    Authorised,
    /// The shop has it.
    Paid,
    /// Some of it went back.
    PartiallyRefunded,
    /// All of it went back.
    Refunded,
    /// It will not be paid any more.
    Voided,
}
