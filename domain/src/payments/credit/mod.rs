//! Value that the shop owes somebody and takes for money: gift cards and store credit. To sell or give it is not taxed; what is
//! bought with it is, in full, as if it were paid in cash: so for vouchers that may be used for things taxed differently
//! article 30b of Directive 2006/112/EC says it, and with it tax does not depend on who pays how.

pub mod code;
pub mod events;
pub mod lots;

use serde::{Deserialize, Serialize};

/// What somebody has of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CreditKind {
    /// A card whose code is good for whoever knows it.
    GiftCard,
    /// A customer's, in one currency.
    StoreCredit,
}

impl CreditKind {
    /// Every kind.
    pub const ALL: [Self; 2] = [Self::GiftCard, Self::StoreCredit];

    /// The name in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::GiftCard => "GIFT_CARD",
            Self::StoreCredit => "STORE_CREDIT",
        }
    }

    /// The kind of this name.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// What moves the balance of a gift card or of store credit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CreditEntryKind {
    /// A gift card was issued with it.
    Issued,
    /// More was put on it.
    ToppedUp,
    /// Staff took some of it off.
    Withdrawn,
    /// An order was paid with it.
    Redeemed,
    /// What an order was paid with came back, or money came back as store credit.
    Returned,
    /// Its time is up.
    Expired,
}

impl CreditEntryKind {
    /// Every kind.
    pub const ALL: [Self; 6] =
        [Self::Issued, Self::ToppedUp, Self::Withdrawn, Self::Redeemed, Self::Returned, Self::Expired];

    /// The name on the wire and in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Issued => "ISSUED",
            Self::ToppedUp => "TOPPED_UP",
            Self::Withdrawn => "WITHDRAWN",
            Self::Redeemed => "REDEEMED",
            Self::Returned => "RETURNED",
            Self::Expired => "EXPIRED",
        }
    }

    /// The kind of this name.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_reads_back_what_it_wrote() {
        for kind in CreditEntryKind::ALL {
            assert_eq!(CreditEntryKind::parse(kind.code()), Some(kind));
        }
        for kind in CreditKind::ALL {
            assert_eq!(CreditKind::parse(kind.code()), Some(kind));
        }
    }
}
