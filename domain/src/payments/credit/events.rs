//! What happens to gift cards and to store credit. No event has the code of a card.

use serde::Serialize;
use uuid::Uuid;

use super::{CreditEntryKind, CreditKind};
use crate::{
    events::{Aggregate, Event},
    id::{Account, Credit, GiftCard, Id, Payment, StoreCredit},
    money::Money,
    time::Instant,
};

/// What happened to a gift card or to store credit.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum CreditEvent {
    /// The balance changed.
    Moved {
        /// Whose balance.
        #[serde(flatten)]
        of: Of,
        /// What moved it.
        #[serde(skip)]
        kind: CreditEntryKind,
        /// Of whom it is; of a card for whom it is, if that was said.
        customer: Option<Id<Account>>,
        /// By how much; above zero.
        amount: Money,
        /// What can be spent now.
        balance: Money,
        /// From when on what came is worth nothing; none: never, or nothing came.
        expires_at: Option<Instant>,
        /// What was paid with it, or came back.
        payment: Option<Id<Payment>>,
        /// Why, in the words of staff.
        reason: Option<String>,
        /// When.
        at: Instant,
    },
    /// A gift card is good for nothing until further notice, or is good again.
    Blocked {
        /// The gift card.
        gift_card: Id<GiftCard>,
        /// Whether it is blocked.
        is_blocked: bool,
        /// Why, in the words of staff.
        reason: Option<String>,
        /// Counts its changes.
        version: i64,
        /// When.
        at: Instant,
    },
}

/// A gift card, or store credit.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(untagged)]
pub enum Of {
    /// A gift card.
    GiftCard {
        /// The gift card.
        gift_card: Id<GiftCard>,
    },
    /// Store credit.
    StoreCredit {
        /// The store credit.
        store_credit: Id<StoreCredit>,
    },
}

impl Of {
    /// The one of an id and a kind.
    pub fn new(credit: Id<Credit>, kind: CreditKind) -> Self {
        let uuid: Uuid = credit.uuid();
        match kind {
            CreditKind::GiftCard => Self::GiftCard { gift_card: Id::new(uuid) },
            CreditKind::StoreCredit => Self::StoreCredit { store_credit: Id::new(uuid) },
        }
    }
}

impl Event for CreditEvent {
    fn name(&self) -> &'static str {
        let (of, kind) = match self {
            Self::Blocked { is_blocked: true, .. } => return "gift_card.blocked",
            Self::Blocked { .. } => return "gift_card.unblocked",
            Self::Moved { of, kind, .. } => (of, kind),
        };
        match (of, kind) {
            (Of::GiftCard { .. }, CreditEntryKind::Issued) => "gift_card.issued",
            (Of::GiftCard { .. }, CreditEntryKind::ToppedUp) => "gift_card.topped_up",
            (Of::GiftCard { .. }, CreditEntryKind::Withdrawn) => "gift_card.withdrawn",
            (Of::GiftCard { .. }, CreditEntryKind::Redeemed) => "gift_card.redeemed",
            (Of::GiftCard { .. }, CreditEntryKind::Returned) => "gift_card.returned",
            (Of::GiftCard { .. }, CreditEntryKind::Expired) => "gift_card.expired",
            (Of::StoreCredit { .. }, CreditEntryKind::Issued | CreditEntryKind::ToppedUp) => "store_credit.granted",
            (Of::StoreCredit { .. }, CreditEntryKind::Withdrawn) => "store_credit.withdrawn",
            (Of::StoreCredit { .. }, CreditEntryKind::Redeemed) => "store_credit.redeemed",
            (Of::StoreCredit { .. }, CreditEntryKind::Returned) => "store_credit.returned",
            (Of::StoreCredit { .. }, CreditEntryKind::Expired) => "store_credit.expired",
        }
    }

    fn aggregate(&self) -> Aggregate {
        match self {
            Self::Blocked { gift_card, .. } | Self::Moved { of: Of::GiftCard { gift_card }, .. } => (*gift_card).into(),
            Self::Moved { of: Of::StoreCredit { store_credit }, .. } => (*store_credit).into(),
        }
    }
}
