//! What a promotion takes off.

use rust_decimal::{Decimal, prelude::ToPrimitive};
use serde::{Deserialize, Serialize};

use super::selector::Selector;
use crate::money::{Money, MoneyError};

/// Part of something, in hundredths of a percent: more than nothing, and all of it at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Percent(u16);

/// How much is taken off. Amounts are minor units of the promotion's currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Off {
    /// A part, rounded half up.
    Percent(Percent),
    /// An amount: of each piece or each set, or of the whole where the whole is meant; what is there at most.
    Amount(i64),
    /// All beyond this price: of each piece or each set, or of the whole where the whole is meant.
    Price(i64),
}

/// The order in which promotions are looked at: each stage takes off what the one before left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Stage {
    /// What is seen while browsing: prices of pieces.
    Catalogue,
    /// Lines of a cart.
    Lines,
    /// Pieces of a cart that make sets together.
    Sets,
    /// All lines together.
    Order,
    /// Delivery.
    Delivery,
    /// What the way to pay costs.
    Fee,
}

/// What a promotion does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// Something off each piece, seen while browsing. Of several that take off something of a variant, the one that takes
    /// off most does.
    Catalogue {
        /// Of what.
        of: Selector,
        /// How much, of each piece.
        off: Off,
    },
    /// Something off lines.
    Lines {
        /// Of what.
        of: Selector,
        /// How much: a part of the line, or of each piece.
        off: Off,
    },
    /// Who buys so many pieces gets so many more for less.
    BuyGet {
        /// What must be bought.
        buy: Selector,
        /// How many pieces, one at least.
        buy_quantity: u32,
        /// What is got for less.
        get: Get,
        /// How many pieces, one at least.
        get_quantity: u32,
        /// How much is taken off each of them.
        off: Off,
        /// Which of those that could be got.
        pick: Pick,
        /// How often at most.
        times: Option<u32>,
    },
    /// Pieces that cost less together.
    Bundle {
        /// What makes one bundle.
        parts: Vec<Part>,
        /// How much is taken off each bundle: pieces that cost no more than a price by themselves make none.
        off: Off,
        /// How often at most.
        times: Option<u32>,
    },
    /// Pieces for nothing, the cheapest that are in the cart: as many as the rest of the cart earns, as they do not count
    /// towards the condition.
    Gift {
        /// Of what.
        of: Selector,
        /// How many at most, one at least.
        quantity: u32,
    },
    /// Something off all lines together, by what they come to: that of the highest tier that is reached.
    Order {
        /// By what they come to at least; rising.
        tiers: Vec<Spend>,
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

/// What is got for less.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Get {
    /// More pieces of the same variant.
    SameVariant,
    /// More of what must be bought.
    Same,
    /// Something else.
    Other(Selector),
}

/// Which pieces of several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Pick {
    /// Those that cost least.
    Cheapest,
    /// Those that cost most.
    MostExpensive,
}

/// Part of a bundle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// What.
    pub of: Selector,
    /// How many pieces, one at least.
    pub quantity: u32,
}

/// What is taken off from an amount on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spend {
    /// What the lines come to at least.
    pub at_least: i64,
    /// How much, of all of them together.
    pub off: Off,
}

/// The most parts of a bundle.
pub const PARTS_MAX: usize = 8;

impl Percent {
    /// All of it.
    pub const ALL: Self = Self(10_000);

    /// So many hundredths of a percent: 1 to 10,000.
    pub fn from_bps(bps: u16) -> Option<Self> {
        (1..=10_000).contains(&bps).then_some(Self(bps))
    }

    /// So many percent, such as `12.5`: more than 0, 100 at most, with two fraction digits at most.
    pub fn parse(text: &str) -> Option<Self> {
        let percent = Decimal::from_str_exact(text.trim()).ok()?.normalize();
        let bps = percent.checked_mul(Decimal::ONE_HUNDRED).filter(|_| percent.scale() <= 2)?;
        bps.to_u16().and_then(Self::from_bps)
    }

    /// Hundredths of a percent.
    pub const fn bps(self) -> u16 {
        self.0
    }

    /// Percent.
    pub fn percent(self) -> Decimal {
        Decimal::new(i64::from(self.0), 2)
    }

    /// The part of an amount, rounded half up.
    pub fn of(self, amount: Money) -> Result<Money, MoneyError> {
        amount.at_rate(Decimal::new(i64::from(self.0), 4))
    }
}

impl Off {
    /// What is taken off `pieces` pieces, or sets, that come to `amount` together; not more than that.
    pub(super) fn of(self, amount: Money, pieces: u32) -> Result<Money, MoneyError> {
        let each = |minor| Money::new(minor, amount.currency).times(pieces);
        let off = match self {
            Self::Percent(percent) => percent.of(amount)?,
            Self::Amount(minor) => each(minor)?,
            Self::Price(minor) => amount.minus(each(minor)?)?,
        };
        Ok(Money::new(off.minor.clamp(0, amount.minor.max(0)), amount.currency))
    }

    /// Whether it takes nothing off, whatever is there.
    pub const fn is_nothing(self) -> bool {
        matches!(self, Self::Amount(minor) if minor <= 0)
    }
}

impl Effect {
    /// When its turn comes.
    pub const fn stage(&self) -> Stage {
        match self {
            Self::Catalogue { .. } => Stage::Catalogue,
            Self::Lines { .. } => Stage::Lines,
            Self::BuyGet { .. } | Self::Bundle { .. } | Self::Gift { .. } => Stage::Sets,
            Self::Order { .. } => Stage::Order,
            Self::Delivery { .. } => Stage::Delivery,
            Self::Fee { .. } => Stage::Fee,
        }
    }

    /// Everything that it says of things.
    pub fn selectors(&self) -> Vec<&Selector> {
        match self {
            Self::Catalogue { of, .. } | Self::Lines { of, .. } | Self::Gift { of, .. } => vec![of],
            Self::BuyGet { buy, get: Get::Other(get), .. } => vec![buy, get],
            Self::BuyGet { buy, .. } => vec![buy],
            Self::Bundle { parts, .. } => parts.iter().map(|part| &part.of).collect(),
            Self::Order { .. } | Self::Delivery { .. } | Self::Fee { .. } => Vec::new(),
        }
    }

    /// What it takes something off; none: off all there is.
    pub(super) fn taken_off(&self) -> Vec<&Selector> {
        match self {
            Self::BuyGet { get: Get::Other(get), .. } => vec![get],
            Self::Catalogue { .. }
            | Self::Lines { .. }
            | Self::BuyGet { .. }
            | Self::Bundle { .. }
            | Self::Gift { .. }
            | Self::Order { .. }
            | Self::Delivery { .. }
            | Self::Fee { .. } => self.selectors(),
        }
    }

    /// Whether it never takes anything off, as far as its form tells.
    pub fn is_nothing(&self) -> bool {
        let is_off_nothing = match self {
            Self::Catalogue { off, .. }
            | Self::Lines { off, .. }
            | Self::BuyGet { off, .. }
            | Self::Bundle { off, .. }
            | Self::Delivery { off }
            | Self::Fee { off } => off.is_nothing(),
            Self::Gift { .. } => false,
            Self::Order { tiers } => tiers.iter().all(|tier| tier.off.is_nothing()),
        };
        is_off_nothing || self.selectors().iter().any(|selector| selector.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Currency;

    #[test]
    fn percent_are_more_than_none_and_all_at_most() {
        let parse = |text| Percent::parse(text).map(|percent| percent.0);
        assert_eq!(["12.5", "100", "0.01"].map(parse), [1_250, 10_000, 1].map(Some));
        assert_eq!(["0", "-1", "100.01", "0.005", "ten", "1e1", ""].map(parse), [None; 7]);
    }

    #[test]
    fn no_more_is_taken_off_than_there_is() {
        let sar = |minor| Money::new(minor, Currency::SAR);
        let off = |off: Off| off.of(sar(1_005), 3).unwrap().minor;
        assert_eq!(off(Off::Percent(Percent(1_000))), 101);
        assert_eq!([off(Off::Amount(100)), off(Off::Amount(400)), off(Off::Amount(-1))], [300, 1_005, 0]);
        assert_eq!([off(Off::Price(300)), off(Off::Price(335)), off(Off::Price(0))], [105, 0, 1_005]);
        assert_eq!(Off::Amount(i64::MAX).of(sar(5), 3), Err(MoneyError::Overflow));
    }
}
