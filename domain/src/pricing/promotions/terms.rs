//! What a promotion gives, in short.

use serde::{Deserialize, Serialize};

use super::effect::{Effect, Off, Spend};

/// What a promotion gives, in short: what a reader needs to follow what it took off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "terms", rename_all = "snake_case")]
pub enum Terms {
    /// Something off each piece; of a part, of each line.
    Each {
        /// How much.
        off: Off,
    },
    /// Something off pieces that are got for others.
    BuyGet {
        /// How many pieces must be bought.
        buy: u32,
        /// How many are got.
        get: u32,
        /// How much is off each of them.
        off: Off,
    },
    /// Something off pieces together.
    Bundle {
        /// How many pieces make one.
        pieces: u32,
        /// How much is off each.
        off: Off,
    },
    /// Pieces for nothing.
    Gift,
    /// Something off all lines together.
    Order {
        /// From which amount on; nothing: from any.
        at_least: i64,
        /// How much.
        off: Off,
    },
    /// Something off delivery.
    Delivery {
        /// How much.
        off: Off,
    },
    /// Something off what the way to pay costs.
    Fee {
        /// How much.
        off: Off,
    },
}

impl Terms {
    /// Those of an effect, by the tier of what is spent that was reached. `None`: none was.
    pub(super) fn of(effect: &Effect, reached: Option<Spend>) -> Option<Self> {
        Some(match effect {
            Effect::Catalogue { off, .. } | Effect::Lines { off, .. } => Self::Each { off: *off },
            Effect::BuyGet { buy_quantity, get_quantity, off, .. } => {
                Self::BuyGet { buy: *buy_quantity, get: *get_quantity, off: *off }
            }
            Effect::Bundle { parts, off, .. } => {
                let pieces = parts.iter().fold(0_u32, |sum, part| sum.saturating_add(part.quantity));
                Self::Bundle { pieces, off: *off }
            }
            Effect::Gift { .. } => Self::Gift,
            Effect::Order { .. } => {
                let Spend { at_least, off } = reached?;
                Self::Order { at_least, off }
            }
            Effect::Delivery { off } => Self::Delivery { off: *off },
            Effect::Fee { off } => Self::Fee { off: *off },
        })
    }
}
