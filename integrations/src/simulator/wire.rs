//! What the simulated gateway and its merchants say to each other, in JSON.

use serde::{Deserialize, Serialize};

/// The header that makes a request happen once.
pub const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// The header that bears the signature of a notice.
pub const SIGNATURE: &str = "simulator-signature";

/// Asks for a charge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Charge {
    /// How much, in minor units.
    pub amount_minor: i64,
    /// ISO 4217.
    pub currency: String,
    /// Which test card.
    pub card_token: String,
    /// Where the payer goes after a challenge.
    pub return_url: String,
}

/// A charge as it is now: the answer to everything that is asked of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Charged {
    /// Its id.
    pub id: String,
    /// Code of its state.
    pub state: String,
    /// Code of why it was refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decline_code: Option<String>,
    /// Where the payer must confirm.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub challenge_url: Option<String>,
}

/// Asks for a capture or a refund.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amount {
    /// How much, in minor units.
    pub amount_minor: i64,
}

/// Asks for nothing more than the path says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Empty {}

/// Why something was not done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// One word for it, such as `invalid_card`.
    pub code: String,
}

/// The code of a card that the gateway does not know.
pub const INVALID_CARD: &str = "invalid_card";

/// Tells a merchant what happened to a charge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// The id of the notice, the same whenever it is sent.
    pub id: String,
    /// What happened: `authorised`, `declined`, `captured`, `voided` or `refunded`.
    pub news: String,
    /// The charge.
    pub charge: String,
    /// The key that the charge was asked for with.
    pub idempotency_key: String,
    /// Code of why it was refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decline_code: Option<String>,
}

/// The code of a piece of news.
pub mod news {
    /// The authorisation was granted.
    pub const AUTHORISED: &str = "authorised";
    /// The authorisation was refused.
    pub const DECLINED: &str = "declined";
    /// The money was taken.
    pub const CAPTURED: &str = "captured";
    /// The hold was given up.
    pub const VOIDED: &str = "voided";
    /// Money went back.
    pub const REFUNDED: &str = "refunded";
}
