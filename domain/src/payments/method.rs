//! How a customer pays.

use serde::{Deserialize, Serialize};

/// How a customer pays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Method {
    /// Cash to the courier, for a fee.
    CashOnDelivery,
    /// A transfer to the merchant's bank account, which staff confirm.
    BankTransfer,
    /// A card, through the gateway.
    Card,
}

impl Method {
    /// Every method.
    pub const ALL: [Self; 3] = [Self::CashOnDelivery, Self::BankTransfer, Self::Card];

    /// The name on the wire and in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::CashOnDelivery => "CASH_ON_DELIVERY",
            Self::BankTransfer => "BANK_TRANSFER",
            Self::Card => "CARD",
        }
    }

    /// The method of this name.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.code() == code)
    }

    /// Whether an order waits for the money before it counts as placed.
    pub const fn is_prepaid(self) -> bool {
        match self {
            Self::CashOnDelivery => false,
            Self::BankTransfer | Self::Card => true,
        }
    }
}
