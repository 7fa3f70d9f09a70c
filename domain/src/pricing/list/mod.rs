//! Price lists: what they have, how one follows from another, and which of several goes.
//!
//! Who buys is given lists in an order: the contracts of the unit of the company that they buy for, of the units above it,
//! the nearest first, and of the company; those of their customer groups; those of the channel; and last the channel's base
//! list. Of one kind, and of one unit, by priority, then by id. The first that has a price for the variant goes. A list has a price if one
//! is fixed in it, or else if its parent has one, from which its own follows. What is lower than the lowest price of the variant
//! is raised to that, whichever list goes.
#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects))]

pub mod lineage;

use std::{
    cmp::Reverse,
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use serde::{Deserialize, Serialize};

use super::{
    derive::{Adjustment, Derivation, Rounding},
    floor::Floors,
    quantity_rule::QuantityRule,
    tax::{Basis, Charged, TaxRate},
    tiers::Tiers,
    validity::Validity,
};
use crate::{
    id::{self, CustomerGroup, Id, Organisation, OrganisationUnit, Variant},
    identity::country::Country,
    money::{Currency, Money, MoneyError},
    time::Instant,
};

/// The longest line of ancestors that a list has.
pub const ANCESTORS_MAX: usize = 7;

/// The days before a price went down whose lowest price is told beside it, as article 6a of Directive 98/6/EC asks.
pub const LOWEST_DAYS: u32 = 30;

/// A list of prices in one currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriceList {
    /// The currency of its prices.
    pub currency: Currency,
    /// When it goes.
    pub validity: Validity,
    /// From which others it takes what it does not have, each from its instant on; none: from none.
    pub rules: Vec<Rule>,
}

/// From which other list a list takes what it does not have, from an instant on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// The first instant at which it goes, until another does.
    pub from: Instant,
    /// From which; `None`: from none any more.
    pub derivation: Option<Derivation>,
}

impl PriceList {
    /// From which other list it takes what it does not have.
    fn derivation(&self, at: Instant) -> Option<Derivation> {
        let begun = self.rules.iter().filter(|rule| rule.from <= at);
        begun.max_by_key(|rule| rule.from).and_then(|rule| rule.derivation)
    }

    /// The lists that it takes prices from at any time.
    pub fn parents(&self) -> impl Iterator<Item = Id<id::PriceList>> {
        self.rules.iter().filter_map(|rule| rule.derivation).map(|derivation| derivation.parent)
    }
}

/// A price that is fixed in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fixed {
    /// The price of a piece, and of one of many.
    pub tiers: Tiers,
    /// A former, higher price.
    pub compare_at: Option<Money>,
    /// When it goes. Of several that go at once, that which began last does, and of those that which ends first.
    pub validity: Validity,
    /// Whether it goes before those that are not: a price for some days does, whatever becomes of the regular one.
    pub is_temporary: bool,
}

impl Fixed {
    /// Higher than that of those before which it goes.
    fn rank(&self) -> impl Ord {
        let until = self.validity.until.map_or(i64::MAX, Instant::millis);
        (self.is_temporary, self.validity.from, Reverse(until), Reverse(self.tiers.one().minor))
    }
}

/// A list that is given to a buyer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assigned {
    /// The list.
    pub list: Id<id::PriceList>,
    /// Why they have it.
    pub because: Because,
    /// When.
    pub validity: Validity,
    /// To where it is bought; none: to anywhere.
    pub countries: Vec<Country>,
}

/// Why a buyer has a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Because {
    /// It was agreed on with the company that they buy for.
    Contract {
        /// Which.
        organisation: Id<Organisation>,
        /// With which of its units, theirs or one above it; none: with the company itself.
        unit: Option<Id<OrganisationUnit>>,
    },
    /// It is that of a customer group they are in.
    Group {
        /// Which.
        group: Id<CustomerGroup>,
    },
    /// It is one of the channel's.
    Channel,
    /// It is the channel's base list.
    Base,
}

/// What prices are asked for.
#[derive(Clone, Copy, Debug)]
pub struct Ask {
    /// Of what.
    pub variant: Id<Variant>,
    /// Pieces that are bought together.
    pub quantity: u32,
    /// To where, as far as is known.
    pub country: Country,
    /// When.
    pub at: Instant,
}

/// Lists, with what is fixed in them: of one buyer, or of many.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// The lists that somebody is given, and their ancestors.
    pub lists: HashMap<Id<id::PriceList>, PriceList>,
    /// What is fixed, in any order.
    pub fixed: HashMap<(Id<id::PriceList>, Id<Variant>), Vec<Fixed>>,
    /// How many pieces are bought together, where a list says so.
    pub quantity_rules: HashMap<(Id<id::PriceList>, Id<Variant>), QuantityRule>,
    /// The lowest prices of a piece, where there are some, minor units of the currency that is sold in.
    pub floors: HashMap<Id<Variant>, Floors>,
}

/// What things cost a buyer.
#[derive(Clone, Debug)]
pub struct Book {
    /// The currency that is sold in: a list of another has no price.
    pub currency: Currency,
    /// The lists they are given, in the order in which they are asked.
    pub assigned: Vec<Assigned>,
    /// What is known of lists: of theirs at least.
    pub known: Arc<Known>,
}

/// A price, and how it came about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolved {
    /// The price of a piece; not negative.
    pub amount: Money,
    /// A former, higher price.
    pub compare_at: Option<Money>,
    /// The lowest price of a piece: nothing that is taken off may bring it below.
    pub floor: Option<Money>,
    /// The list that goes.
    pub list: Id<id::PriceList>,
    /// How many pieces are bought together by that list.
    pub quantity_rule: QuantityRule,
    /// How it came about: the lists that were passed over, the one that goes, the price that is fixed, and what became of
    /// it in each list that follows. [`replay`] gives the price again.
    pub steps: Vec<Step>,
}

/// One step to a price.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum Step {
    /// A list was asked and has no price.
    Passed {
        /// The list.
        list: Id<id::PriceList>,
        /// Why it was asked.
        because: Because,
        /// Why it has none.
        why: Why,
    },
    /// A list goes.
    Chosen {
        /// The list.
        list: Id<id::PriceList>,
        /// Why it was asked.
        because: Because,
    },
    /// A price is fixed in a list.
    Fixed {
        /// The list.
        list: Id<id::PriceList>,
        /// From how many pieces on it goes; one: for any number.
        from_quantity: u32,
        /// The price.
        amount: Money,
    },
    /// The price of a list follows from its parent's.
    Derived {
        /// The list.
        list: Id<id::PriceList>,
        /// How much more or less.
        adjustment: Adjustment,
        /// To what it was rounded; `None`: half up to the minor unit.
        rounding: Option<Rounding>,
        /// The parent's price.
        from: Money,
        /// This list's price.
        to: Money,
    },
    /// The price was below the lowest that a piece is sold at.
    Raised {
        /// The price of the list.
        from: Money,
        /// The lowest.
        to: Money,
    },
    /// Staff agreed on another price than that of the lists.
    Agreed {
        /// The price.
        amount: Money,
    },
    /// The buyer is relieved of the tax that is in the price.
    Untaxed {
        /// Its rate.
        rate: TaxRate,
        /// The price with it.
        from: Money,
        /// The price without it, rounded half up.
        to: Money,
    },
}

impl Step {
    /// The list that it is about.
    pub const fn list(&self) -> Option<Id<id::PriceList>> {
        match self {
            Self::Passed { list, .. }
            | Self::Chosen { list, .. }
            | Self::Fixed { list, .. }
            | Self::Derived { list, .. } => Some(*list),
            Self::Raised { .. } | Self::Agreed { .. } | Self::Untaxed { .. } => None,
        }
    }

    /// The company that a list was agreed on with, and the unit of it, if it was with one: of the list that goes.
    pub const fn contract(&self) -> Option<(Id<Organisation>, Option<Id<OrganisationUnit>>)> {
        if let Self::Chosen { because: Because::Contract { organisation, unit }, .. } = self {
            Some((*organisation, *unit))
        } else {
            None
        }
    }

    /// What becomes of a price that somebody is asked for, as it is charged; `None`: nothing.
    pub fn untaxed(from: Money, charged: &Charged, basis: Basis) -> Result<Option<Self>, MoneyError> {
        let to = charged.asked(from, basis)?;
        Ok(charged.relieved.filter(|_| from != to).map(|rate| Self::Untaxed { rate, from, to }))
    }
}

/// Why a list has no price.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Why {
    /// It does not go yet.
    NotYet,
    /// It does not go any more.
    Over,
    /// It goes for other countries.
    Country,
    /// It is of another currency.
    Currency,
    /// Neither it nor an ancestor has a price for the variant.
    NoPrice,
}

impl Book {
    /// The price of a variant; `None` if no list has one. Refuses what does not fit.
    pub fn price(&self, ask: Ask) -> Result<Option<Resolved>, MoneyError> {
        let mut steps = Vec::new();
        for Assigned { list, because, validity, countries } in &self.assigned {
            let (list, because) = (*list, *because);
            let found = match self.closed(list, (*validity, countries), ask) {
                Some(why) => Err(why),
                None => self.price_in(list, ask, 0)?.ok_or(Why::NoPrice),
            };
            match found {
                Err(why) => steps.push(Step::Passed { list, because, why }),
                Ok(found) => {
                    steps.push(Step::Chosen { list, because });
                    steps.extend(found.steps.iter().copied());
                    let Found { mut amount, mut compare_at, .. } = found;
                    let floor = self.floor(ask);
                    if let Some(floor) = floor.filter(|floor| amount.minor < floor.minor) {
                        steps.push(Step::Raised { from: amount, to: floor });
                        (amount, compare_at) = (floor, compare_at.filter(|former| floor.minor < former.minor));
                    }
                    let quantity_rule = self.quantity_rule(list, ask);
                    return Ok(Some(Resolved { amount, compare_at, floor, list, quantity_rule, steps }));
                }
            }
        }
        Ok(None)
    }

    /// The prices of a variant by the number of pieces from which on they go, beginning with one; none if no list has one.
    pub fn prices(&self, ask: Ask) -> Result<Vec<(u32, Money)>, MoneyError> {
        let mut from: BTreeSet<u32> = self.of(ask.variant).flat_map(|fixed| fixed.tiers.begin()).collect();
        from.insert(1);
        let mut prices: Vec<(u32, Money)> = Vec::new();
        for quantity in from {
            let found = self.price(Ask { quantity, ..ask })?.map(|found| found.amount);
            if let Some(amount) = found.filter(|amount| prices.last().is_none_or(|(_, last)| last != amount)) {
                prices.push((quantity, amount));
            }
        }
        Ok(prices)
    }

    /// The lowest price in the [`LOWEST_DAYS`] days before the present price began, at which the variant was sold; `None`
    /// if it was not. Lists and prices that do not go any more must be in the book.
    pub fn lowest_before(&self, ask: Ask) -> Result<Option<Money>, MoneyError> {
        let amount_at = |at| Ok::<_, MoneyError>(self.price(Ask { at, ..ask })?.map(|found| found.amount));
        let now = amount_at(ask.at)?;
        let turns: BTreeSet<_> = self.turns(ask.variant).filter(|turn| *turn <= ask.at).collect();
        let mut began = None;
        for turn in turns.iter().rev() {
            if amount_at(*turn)? != now {
                break;
            }
            began = Some(*turn);
        }
        // What never was otherwise began nowhere.
        let Some(began) = began else { return Ok(None) };
        if amount_at(began.just_before())? == now {
            return Ok(None);
        }
        let first = began.minus_days(LOWEST_DAYS);
        let mut lowest: Option<Money> = None;
        for at in turns.iter().copied().filter(|turn| first < *turn && *turn < began).chain([first]) {
            let amount = amount_at(at)?;
            if amount.is_some_and(|amount| lowest.is_none_or(|lowest| amount.minor < lowest.minor)) {
                lowest = amount;
            }
        }
        Ok(lowest)
    }

    /// Why a list is not asked for a price.
    fn closed(&self, list: Id<id::PriceList>, (validity, countries): (Validity, &[Country]), ask: Ask) -> Option<Why> {
        let of_list = self.known.lists.get(&list)?;
        let windows = [validity, of_list.validity];
        if windows.iter().any(|window| !window.has_begun(ask.at)) {
            return Some(Why::NotYet);
        }
        if windows.iter().any(|window| !window.holds_at(ask.at)) {
            return Some(Why::Over);
        }
        if of_list.currency != self.currency {
            return Some(Why::Currency);
        }
        (!countries.is_empty() && !countries.contains(&ask.country)).then_some(Why::Country)
    }

    /// What a list has, or what follows from its parent.
    fn price_in(&self, list: Id<id::PriceList>, ask: Ask, depth: usize) -> Result<Option<Found>, MoneyError> {
        let known = self.known.lists.get(&list).filter(|known| known.currency == self.currency);
        let Some(known) = known.filter(|known| known.validity.holds_at(ask.at)) else { return Ok(None) };
        let fixed = self.known.fixed.get(&(list, ask.variant)).into_iter().flatten();
        let goes = fixed.filter(|fixed| fixed.validity.holds_at(ask.at)).max_by_key(|fixed| fixed.rank());
        if let Some(Fixed { tiers, compare_at, .. }) = goes {
            let (from_quantity, amount) = tiers.of(ask.quantity);
            let compare_at = compare_at.filter(|former| amount.minor < former.minor);
            return Ok(Some(Found { amount, compare_at, steps: vec![Step::Fixed { list, from_quantity, amount }] }));
        }
        let Some(derivation) = known.derivation(ask.at).filter(|_| depth < ANCESTORS_MAX) else { return Ok(None) };
        let Some(mut found) = self.price_in(derivation.parent, ask, depth.saturating_add(1))? else { return Ok(None) };
        let (from, to) = (found.amount, derivation.of(found.amount)?);
        let Derivation { adjustment, rounding, .. } = derivation;
        found.compare_at = derivation.compare_at(from, found.compare_at)?;
        found.amount = to;
        found.steps.push(Step::Derived { list, adjustment, rounding, from, to });
        Ok(Some(found))
    }

    /// The lowest price of a piece.
    fn floor(&self, ask: Ask) -> Option<Money> {
        let minor = self.known.floors.get(&ask.variant)?.at(ask.at)?;
        Some(Money::new(minor, self.currency))
    }

    /// How many pieces are bought together by a list: as it says itself, or else as its parent does.
    fn quantity_rule(&self, list: Id<id::PriceList>, ask: Ask) -> QuantityRule {
        let parent = |list: &Id<id::PriceList>| {
            let known = self.known.lists.get(list)?;
            known.derivation(ask.at).map(|derivation| derivation.parent)
        };
        let mut lists = std::iter::successors(Some(list), parent).take(ANCESTORS_MAX.saturating_add(1));
        let said = lists.find_map(|list| self.known.quantity_rules.get(&(list, ask.variant)).copied());
        said.unwrap_or(QuantityRule::ANY)
    }

    /// What is fixed for a variant, in whatever list.
    fn of(&self, variant: Id<Variant>) -> impl Iterator<Item = &Fixed> {
        self.known.lists.keys().filter_map(move |list| self.known.fixed.get(&(*list, variant))).flatten()
    }

    /// The instants at which the price of a variant may change.
    fn turns(&self, variant: Id<Variant>) -> impl Iterator<Item = Instant> {
        let lists = self.known.lists.values();
        let rules = lists.clone().flat_map(|list| list.rules.iter().map(|rule| rule.from));
        let lists = lists.map(|list| list.validity);
        let assigned = self.assigned.iter().map(|assigned| assigned.validity);
        let fixed = self.of(variant).map(|fixed| fixed.validity);
        let floors = self.known.floors.get(&variant).into_iter().flat_map(Floors::turns);
        lists.chain(assigned).chain(fixed).flat_map(Validity::turns).chain(rules).chain(floors)
    }
}

/// A price in a list, with the steps to it.
struct Found {
    amount: Money,
    compare_at: Option<Money>,
    steps: Vec<Step>,
}

/// The price that steps lead to; `None` if they are none that lead to a price.
pub fn replay(steps: &[Step]) -> Result<Option<Money>, MoneyError> {
    let mut price = None;
    for step in steps {
        price = match *step {
            Step::Passed { .. } | Step::Chosen { .. } => price,
            Step::Fixed { amount, .. } | Step::Agreed { amount } => Some(amount),
            Step::Raised { to, .. } => match price {
                Some(price) if price.minor < to.minor => Some(to),
                Some(price) => Some(price),
                None => return Ok(None),
            },
            Step::Untaxed { rate, .. } => match price {
                Some(price) => Some(price.minus(price.tax_included(rate.fraction())?)?),
                None => return Ok(None),
            },
            Step::Derived { adjustment, rounding, .. } => match price {
                Some(price) => Some(super::derive::derived(price, adjustment, rounding)?),
                None => return Ok(None),
            },
        };
    }
    Ok(price)
}

#[cfg(test)]
mod tests;
