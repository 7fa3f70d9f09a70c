//! What happens to payments. The `…_requested` ones are intents, carried out after commit.

use serde::{Deserialize, Serialize};

use crate::{
    events::{Aggregate, Event},
    id::{Id, Payment, PaymentEntry},
    money::Money,
    time::Instant,
};

/// What happened to a payment.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum PaymentEvent {
    /// The shop asks the gateway for something.
    Requested {
        /// The payment.
        payment: Id<Payment>,
        /// The entry that asks: the key that makes it happen once.
        entry: Id<PaymentEntry>,
        /// What is asked.
        request: Request,
        /// The charge it is about, by the gateway's name.
        charge: String,
        /// How much.
        amount: Money,
        /// When it was asked.
        at: Instant,
    },
    /// Something became of the payment.
    Settled {
        /// The payment.
        payment: Id<Payment>,
        /// What became of it.
        outcome: Outcome,
        /// How much.
        amount: Money,
        /// Why, where it was refused.
        code: Option<String>,
        /// When.
        at: Instant,
    },
}

/// What is asked of the gateway.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Request {
    /// Take the authorised amount.
    Capture,
    /// Give up the authorisation.
    Void,
    /// Give captured money back.
    Refund,
}

impl Request {
    /// What becomes of the payment once the gateway has done it.
    pub const fn fulfilled(self) -> Outcome {
        match self {
            Self::Capture => Outcome::Captured,
            Self::Void => Outcome::Voided,
            Self::Refund => Outcome::Refunded,
        }
    }
}

/// What became of a payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Outcome {
    /// The amount is held for the shop.
    Authorised,
    /// Refused; `code` says why.
    Declined,
    /// The shop has the money.
    Captured,
    /// The hold is given up.
    Voided,
    /// Money went back.
    Refunded,
}

impl PaymentEvent {
    /// The names of all events of payments.
    pub const NAMES: [&str; 8] = [
        "payment.capture_requested",
        "payment.void_requested",
        "payment.refund_requested",
        "payment.authorised",
        "payment.declined",
        "payment.captured",
        "payment.voided",
        "payment.refunded",
    ];
}

impl Event for PaymentEvent {
    fn name(&self) -> &'static str {
        match self {
            Self::Requested { request, .. } => match request {
                Request::Capture => "payment.capture_requested",
                Request::Void => "payment.void_requested",
                Request::Refund => "payment.refund_requested",
            },
            Self::Settled { outcome, .. } => match outcome {
                Outcome::Authorised => "payment.authorised",
                Outcome::Declined => "payment.declined",
                Outcome::Captured => "payment.captured",
                Outcome::Voided => "payment.voided",
                Outcome::Refunded => "payment.refunded",
            },
        }
    }

    fn aggregate(&self) -> Aggregate {
        match self {
            Self::Requested { payment, .. } | Self::Settled { payment, .. } => (*payment).into(),
        }
    }
}
