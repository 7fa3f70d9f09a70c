//! Promotions: what they are about, when they apply, what they take off, and which of several does.
//!
//! They are looked at in the order of their [`Stage`]s, in each by priority and then by id; each takes off what those before
//! it left. Prices while browsing come first; then lines, sets of pieces, all lines together, delivery, and the fee of the
//! way to pay. The order in which lines or promotions are given makes no difference.
//!
//! - Of those of a stage that take off something of a variant while browsing, the one that takes off most does.
//! - Of those of one group, be they of one stage or of several, the one that takes off most applies: its turn is that of the
//!   first of them that takes something off.
//! - One that is exclusive applies alone, or not at all: whichever is best for whoever buys, all others together or one of
//!   the exclusive ones. Prices while browsing are no part of that.
//! - Pieces that made a set with others make no second one. Those that cost most make bundles; each bundle is worth what it
//!   adds to those before it.
//! - No promotion takes off so much of a line that its pieces cost less than the lowest that they are sold at. What is spread
//!   over several lines goes to where there is room for it if it is an amount; of a part, what is not to be had of one line
//!   falls away.
//! - A promotion takes off no more than its cap, and than what is left of its budget; all of them together, but for prices
//!   while browsing, no more of the lines than the shop allows.

pub mod check;
pub mod code;
pub mod condition;
pub mod effect;
pub mod evaluate;
pub mod events;
mod formula;
mod hours;
mod low;
pub mod never;
pub mod overlap;
pub mod selector;
mod sets;
pub mod simulate;
mod state;
pub mod terms;

use serde::{Deserialize, Serialize};

use self::{
    condition::{Condition, Unmet},
    effect::{Effect, Percent, Stage},
    selector::{Named, Selector},
    terms::Terms,
};
use super::validity::Validity;
use crate::{
    id::{self, Id},
    money::{Money, MoneyError},
};

/// A promotion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promotion {
    /// Which it is; no two of a shop have the same.
    pub id: Id<id::Promotion>,
    /// When it runs.
    pub validity: Validity,
    /// Its rule.
    pub rule: Rule,
    /// What is left of it.
    pub left: Left,
}

/// The rule of a promotion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// Of one stage, the lower is looked at first.
    pub priority: i32,
    /// Of those of one group, one applies. `None`: it adds up with others.
    pub group: Option<String>,
    /// Whether it applies with no other.
    pub is_exclusive: bool,
    /// Whether it is for those alone who have a coupon.
    pub needs_coupon: bool,
    /// When it applies.
    pub condition: Condition,
    /// What it does.
    pub effect: Effect,
    /// The most that it takes off an order, minor units; `None`: as much as there is.
    pub cap: Option<i64>,
}

/// What is left of a promotion; `None`: it has no limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Left {
    /// Orders.
    pub orders: Option<i64>,
    /// Orders of whoever buys.
    pub orders_of_customer: Option<i64>,
    /// Orders of the company that is bought for; who buys for none is not counted.
    pub orders_of_organisation: Option<i64>,
    /// What it may take off, minor units.
    pub budget: Option<i64>,
}

/// A coupon that whoever buys has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coupon {
    /// What is written on it.
    pub code: String,
    /// The promotion that it is for.
    pub promotion: Id<id::Promotion>,
}

/// What a promotion took off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Applied {
    /// The promotion.
    pub promotion: Id<id::Promotion>,
    /// Its stage.
    pub stage: Stage,
    /// The coupon by which it applies.
    pub coupon: Option<String>,
    /// What it took off, minor units; more than nothing.
    pub amount: i64,
    /// What of that is each line's, by its place from 0, minor units; none of what is off delivery or the fee.
    pub shares: Vec<(usize, i64)>,
    /// Whether it would have taken off more, had not the discounts come to all that the shop allows.
    #[serde(default)]
    pub is_capped: bool,
    /// Whether it would have taken off more, were pieces sold for less.
    #[serde(default)]
    pub is_at_floor: bool,
    /// What of its own kept it from taking off more.
    #[serde(default)]
    pub limit: Option<Limit>,
    /// What it gave, as its rule was then; `None` of what was kept before that was.
    #[serde(default)]
    pub terms: Option<Terms>,
}

/// What of a promotion's own keeps it from taking off more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Limit {
    /// The most that it takes off an order.
    Cap,
    /// What is left of its budget.
    Budget,
}

/// A promotion that was looked at and takes nothing off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// The promotion.
    pub promotion: Id<id::Promotion>,
    /// The coupon for it.
    pub coupon: Option<String>,
    /// Why.
    pub why: Why,
}

/// Why a promotion takes nothing off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum Why {
    /// It does not run yet.
    NotYet,
    /// It does not run any more.
    Over,
    /// It was used as often as it may be.
    UsedUp,
    /// Whoever buys used it as often as they may.
    UsedUpByCustomer,
    /// The company that is bought for used it as often as it may.
    UsedUpByOrganisation,
    /// It is counted for each customer, and nobody is signed in.
    SignIn,
    /// Nothing is left of its budget.
    BudgetSpent,
    /// Its condition does not hold.
    Unmet(Unmet),
    /// Nothing is bought that it is about, but for what made a set for another.
    NothingToTake,
    /// What it is about costs no more than it would by it.
    CheapAlready,
    /// What it makes free is not in the cart.
    GiftNotInCart,
    /// No way of delivery is chosen yet.
    NoDelivery,
    /// Another of its group takes off more, or as much and comes first.
    BetterInGroup {
        /// Which.
        by: Id<id::Promotion>,
        /// Whether that takes off as much.
        #[serde(default)]
        is_equal: bool,
    },
    /// Another one takes off more, or as much and comes first, and applies with no other.
    Exclusive {
        /// Which.
        by: Id<id::Promotion>,
        /// Whether that takes off as much.
        #[serde(default)]
        is_equal: bool,
    },
    /// It applies with no other, and others together take off more, or as much.
    BetterTogether {
        /// Whether they take off as much.
        #[serde(default)]
        is_equal: bool,
    },
    /// The discounts come to all that the shop allows.
    Capped,
    /// What it would take something off costs the lowest already that it is sold at.
    AtFloor,
}

impl Why {
    /// Whether it hangs on what other promotions took off before.
    pub(super) const fn is_of_others(self) -> bool {
        matches!(
            self,
            Self::BetterInGroup { .. }
                | Self::Exclusive { .. }
                | Self::BetterTogether { .. }
                | Self::NothingToTake
                | Self::CheapAlready
                | Self::Capped
                | Self::AtFloor
        )
    }

    /// The promotion that took something off in its stead.
    pub const fn winner(self) -> Option<Id<id::Promotion>> {
        match self {
            Self::BetterInGroup { by, .. } | Self::Exclusive { by, .. } => Some(by),
            Self::NotYet
            | Self::Over
            | Self::UsedUp
            | Self::UsedUpByCustomer
            | Self::UsedUpByOrganisation
            | Self::SignIn
            | Self::BudgetSpent
            | Self::Unmet(_)
            | Self::NothingToTake
            | Self::CheapAlready
            | Self::GiftNotInCart
            | Self::NoDelivery
            | Self::BetterTogether { .. }
            | Self::Capped
            | Self::AtFloor => None,
        }
    }
}

/// How much all promotions of a cart together may take off its lines, after prices while browsing: the least of what is
/// said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DiscountCap {
    /// This part of what the lines come to, rounded half up.
    pub percent: Option<Percent>,
    /// This much, minor units.
    pub amount: Option<i64>,
}

impl DiscountCap {
    /// How much may be taken off lines that come to so much, minor units; `None`: all.
    pub fn of(self, goods: Money) -> Result<Option<i64>, MoneyError> {
        let part = self.percent.map(|percent| percent.of(goods)).transpose()?.map(|part| part.minor);
        Ok([part, self.amount].into_iter().flatten().min())
    }
}

impl Rule {
    /// Whether it can never take anything off, as far as its form tells.
    pub fn is_never(&self) -> bool {
        self.condition.is_never() || self.effect.is_nothing() || self.cap.is_some_and(|cap| cap <= 0)
    }

    /// How many things it names.
    pub fn size(&self) -> usize {
        let selectors = self.effect.selectors();
        selectors.iter().map(|selector| selector.size()).fold(self.condition.size(), usize::saturating_add)
    }

    /// Everything of the catalogue that it names.
    pub fn named(&self) -> Named {
        let mut named = Named::default();
        for selector in self.effect.selectors().into_iter().chain(self.condition.selectors()) {
            selector.name(&mut named);
        }
        named
    }

    /// Whether it looks at attributes, which are not always loaded.
    pub fn asks_attributes(&self) -> bool {
        let mut selectors = self.effect.selectors().into_iter().chain(self.condition.selectors());
        selectors.any(Selector::asks_attributes)
    }

    /// Whether it looks at categories, which are not always loaded.
    pub fn asks_categories(&self) -> bool {
        let mut selectors = self.effect.selectors().into_iter().chain(self.condition.selectors());
        selectors.any(Selector::asks_categories)
    }
}

/// The most things that a rule names: a rule is read with every cart.
pub const SIZE_MAX: usize = 1_000;
