//! The port to card gateways, without I/O: an adapter builds a request and reads a response; the one
//! executor in `app` carries it over the wire.

use crate::{
    id::{Id, Payment, PaymentEntry},
    money::Money,
    outside::{HttpRequest, HttpResponse},
};

/// An authorisation to ask for.
#[derive(Clone, Debug)]
pub struct Authorise {
    /// What is paid.
    pub payment: Id<Payment>,
    /// This attempt: the key that makes it happen once, and what notices of the charge name.
    pub attempt: Id<PaymentEntry>,
    /// How much.
    pub amount: Money,
    /// The card, as the gateway's own form gave it to the shopper's device. Never a card number.
    pub card_token: String,
    /// Where the shopper goes back to after a challenge.
    pub return_url: String,
}

/// What the gateway says to an authorisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Authorisation {
    /// Granted.
    Granted {
        /// The gateway's name of the charge.
        charge: String,
    },
    /// The shopper must first confirm (3-D Secure).
    Challenge {
        /// The gateway's name of the charge.
        charge: String,
        /// Where the shopper confirms.
        url: String,
    },
    /// Refused.
    Refused {
        /// The gateway's name of the charge, if it got so far.
        charge: Option<String>,
        /// Why.
        code: DeclineCode,
    },
}

/// Why a card was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeclineCode {
    /// Not enough money.
    InsufficientFunds,
    /// The card has expired.
    ExpiredCard,
    /// The bank does not say why.
    DoNotHonour,
    /// The card was reported lost.
    LostCard,
    /// The shopper failed or left the 3-D Secure challenge.
    AuthenticationFailed,
    /// The gateway did not answer, or not sensibly.
    GatewayUnavailable,
}

impl DeclineCode {
    /// Every code.
    pub const ALL: [Self; 6] = [
        Self::InsufficientFunds,
        Self::ExpiredCard,
        Self::DoNotHonour,
        Self::LostCard,
        Self::AuthenticationFailed,
        Self::GatewayUnavailable,
    ];

    /// The name on the wire and in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::InsufficientFunds => "insufficient-funds",
            Self::ExpiredCard => "expired-card",
            Self::DoNotHonour => "do-not-honour",
            Self::LostCard => "lost-card",
            Self::AuthenticationFailed => "authentication-failed",
            Self::GatewayUnavailable => "gateway-unavailable",
        }
    }

    /// The code of this name.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|decline| decline.code() == code)
    }
}

/// A message of a gateway, whose signature was checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The gateway's id of the message, to recognise a second delivery.
    pub id: String,
    /// The charge it is about.
    pub charge: String,
    /// The attempt that the charge was made for, so that news of it is understood even if the answer
    /// to the attempt was lost.
    pub attempt: Id<PaymentEntry>,
    /// What happened to the charge.
    pub news: News,
}

/// What a notice tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// The authorisation was granted.
    Authorised,
    /// The authorisation was refused.
    Declined(DeclineCode),
    /// The money was taken.
    Captured,
    /// The hold was given up.
    Voided,
    /// Money went back.
    Refunded,
}

/// A gateway said no, or nothing sensible; the effect did not take place or is unknown.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the gateway answered {status}")]
pub struct NotDone {
    /// The status code; 0 if there was no answer.
    pub status: u16,
}

/// A notice whose signature or form is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a genuine notice")]
pub struct NotGenuine;

/// A gateway for cards.
///
/// The `done` of capture, void and refund is one reader, because gateways answer them alike; each
/// request bears its entry's id as idempotency key, so that sending it twice has one effect.
pub trait CardGateway: Send + Sync {
    /// Asks for an authorisation.
    fn authorise(&self, ask: &Authorise) -> HttpRequest;
    /// Reads the answer to it.
    fn authorised(&self, answer: &HttpResponse) -> Result<Authorisation, NotDone>;
    /// Takes the authorised money.
    fn capture(&self, charge: &str, amount: Money, key: Id<PaymentEntry>) -> HttpRequest;
    /// Gives up the authorisation.
    fn void(&self, charge: &str, key: Id<PaymentEntry>) -> HttpRequest;
    /// Gives captured money back.
    fn refund(&self, charge: &str, amount: Money, key: Id<PaymentEntry>) -> HttpRequest;
    /// Reads the answer to a capture, a void or a refund.
    fn done(&self, answer: &HttpResponse) -> Result<(), NotDone>;
    /// Reads a message from the gateway, if its signature is right.
    fn notice(&self, signature: &str, body: &str) -> Result<Notice, NotGenuine>;
}
