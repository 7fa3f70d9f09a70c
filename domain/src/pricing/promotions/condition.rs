//! When a promotion applies.

use serde::{Deserialize, Serialize};

use super::{
    formula::{Form, Formula, contradict},
    overlap::conditions,
    selector::{Item, Selector},
};
use crate::{
    date::Clock,
    id::{Account, CustomerGroup, Id, Organisation},
    identity::country::Country,
    payments::method::Method,
    time::Instant,
};

/// Who buys, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Buyer {
    /// Who; none for a guest.
    pub customer: Option<Id<Account>>,
    /// The groups they are in.
    pub groups: Vec<Id<CustomerGroup>>,
    /// The company they buy for.
    pub organisation: Option<Id<Organisation>>,
    /// What they ordered before, as far as it was not cancelled; nothing is known of guests.
    pub history: History,
    /// To where it goes, as far as is known.
    pub country: Country,
    /// How it is paid; `None` until that is chosen.
    pub payment: Option<Method>,
}

/// What a customer ordered before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct History {
    /// Orders that were not cancelled.
    pub orders: u32,
    /// What these came to, minor units of the currency that is sold in.
    pub spent: i64,
}

/// When a promotion applies. Amounts are minor units of its currency, of what things come to when its turn comes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// Each of these holds; always, if there are none.
    All(Vec<Self>),
    /// One of these holds.
    Any(Vec<Self>),
    /// This does not hold.
    Not(Box<Self>),
    /// At least so many pieces are bought; what is given with others is not.
    Quantity {
        /// Of what.
        of: Selector,
        /// How many.
        at_least: u32,
    },
    /// It comes to at least so much.
    Amount {
        /// What does.
        of: Selector,
        /// How much.
        at_least: i64,
    },
    /// Whoever buys is in one of these groups.
    Groups(Vec<Id<CustomerGroup>>),
    /// It is bought for one of these companies.
    Organisations(Vec<Id<Organisation>>),
    /// Whoever buys is signed in.
    SignedIn,
    /// Whoever buys is signed in and never ordered, but for what was cancelled.
    FirstOrder,
    /// Whoever buys ordered at least so often.
    Orders {
        /// How often.
        at_least: u32,
    },
    /// Whoever buys ordered for at least so much.
    Spent {
        /// How much.
        at_least: i64,
    },
    /// It is paid in one of these ways.
    Payment(Vec<Method>),
    /// It goes to one of these countries.
    Countries(Vec<Country>),
    /// It is one of these days of the week and this time of day, in Riyadh.
    Hours(Hours),
}

/// Hours of days of the week in Riyadh.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hours {
    /// Days of the week, 0 for Sunday to 6 for Saturday; none: every day.
    pub days: Vec<u8>,
    /// From which minute of the day on.
    pub from: u16,
    /// Until which minute of the day, exclusive. If it is not later than `from`, it is of the next day, and the days are
    /// those on which it begins.
    pub until: u16,
}

/// What is missing of a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "unmet", rename_all = "snake_case")]
pub enum Unmet {
    /// So many pieces more.
    Quantity {
        /// How many.
        missing: u32,
    },
    /// So much more, minor units.
    Amount {
        /// How much.
        missing: i64,
    },
    /// Being a customer of a kind: of a group, of a company, or one with a history.
    Customer,
    /// Being signed in.
    SignIn,
    /// Another way to pay.
    Payment,
    /// A way to pay: none is chosen yet.
    NoPayment,
    /// Another country.
    Country,
    /// Another time.
    Hours,
    /// It is excluded by what holds.
    Excluded,
    /// More of several things, each of which must be bought.
    Several,
}

/// What a condition looks at.
pub(super) struct Sight<'a> {
    /// Who buys.
    pub(super) buyer: &'a Buyer,
    /// When.
    pub(super) at: Instant,
    /// What is bought: pieces, and what they come to.
    pub(super) lines: Vec<(&'a Item, u32, i64)>,
}

impl Condition {
    /// Always.
    pub const ALWAYS: Self = Self::All(Vec::new());

    /// Whether it holds, or what is missing.
    pub(super) fn holds(&self, sight: &Sight<'_>) -> Result<(), Unmet> {
        let buyer = sight.buyer;
        let or = |holds: bool, unmet| if holds { Ok(()) } else { Err(unmet) };
        match self {
            Self::All(all) => {
                let mut missing = None;
                for one in all {
                    let is_hard = missing.is_some_and(|unmet: Unmet| 0 < unmet.hardness());
                    // What can be put into the cart makes no difference then.
                    if is_hard && matches!(one, Self::Quantity { .. } | Self::Amount { .. }) {
                        continue;
                    }
                    if let Err(unmet) = one.holds(sight) {
                        missing = Some(missing.map_or(unmet, |other| other.and(unmet)));
                    }
                    if missing == Some(Unmet::Customer) {
                        break;
                    }
                }
                missing.map_or(Ok(()), Err)
            }
            Self::Any(any) => {
                let mut missing = None;
                for one in any {
                    match one.holds(sight) {
                        Ok(()) => return Ok(()),
                        Err(unmet) => missing = Some(missing.map_or(unmet, |other: Unmet| other.or(unmet))),
                    }
                }
                Err(missing.unwrap_or(Unmet::Excluded))
            }
            Self::Not(not) => or(not.holds(sight).is_err(), Unmet::Excluded),
            Self::Quantity { of, at_least } => {
                let there = sight.of(of).fold(0_u32, |sum, (pieces, _)| sum.saturating_add(pieces));
                or(*at_least <= there, Unmet::Quantity { missing: at_least.saturating_sub(there) })
            }
            Self::Amount { of, at_least } => {
                let there = sight.of(of).fold(0_i64, |sum, (_, minor)| sum.saturating_add(minor));
                or(*at_least <= there, Unmet::Amount { missing: at_least.saturating_sub(there) })
            }
            Self::Groups(groups) => or(buyer.groups.iter().any(|group| groups.contains(group)), Unmet::Customer),
            Self::Organisations(some) => {
                or(buyer.organisation.is_some_and(|organisation| some.contains(&organisation)), Unmet::Customer)
            }
            Self::SignedIn => or(buyer.customer.is_some(), Unmet::SignIn),
            Self::FirstOrder if buyer.customer.is_none() => Err(Unmet::SignIn),
            Self::FirstOrder => or(buyer.history.orders == 0, Unmet::Customer),
            Self::Orders { at_least } => or(*at_least <= buyer.history.orders, Unmet::Customer),
            Self::Spent { at_least } => or(*at_least <= buyer.history.spent, Unmet::Customer),
            Self::Payment(methods) => {
                let method = buyer.payment.ok_or(Unmet::NoPayment)?;
                or(methods.contains(&method), Unmet::Payment)
            }
            Self::Countries(countries) => or(countries.contains(&buyer.country), Unmet::Country),
            Self::Hours(hours) => or(hours.hold(sight.at), Unmet::Hours),
        }
    }

    /// Whether it can never hold, as far as its form tells.
    pub fn is_never(&self) -> bool {
        match self {
            Self::All(all) => {
                let is_denied = |one: &Self| all.iter().any(|other| matches!(other, Self::Not(not) if **not == *one));
                all.iter().any(|one| one.is_never() || is_denied(one)) || contradict(all, conditions::exclude)
            }
            Self::Any(any) => any.iter().all(Self::is_never),
            Self::Not(not) => not.is_always(),
            Self::Quantity { of, at_least } => 0 < *at_least && of.is_empty(),
            Self::Amount { of, at_least } => 0 < *at_least && of.is_empty(),
            Self::Groups(groups) => groups.is_empty(),
            Self::Organisations(some) => some.is_empty(),
            Self::Payment(methods) => methods.is_empty(),
            Self::Countries(countries) => countries.is_empty(),
            Self::SignedIn | Self::FirstOrder | Self::Orders { .. } | Self::Spent { .. } | Self::Hours(_) => false,
        }
    }

    /// Whether it always holds, as far as its form tells.
    pub(super) fn is_always(&self) -> bool {
        match self {
            Self::All(all) => all.iter().all(Self::is_always),
            Self::Any(any) => any.iter().any(Self::is_always),
            Self::Not(not) => not.is_never(),
            Self::Quantity { at_least, .. } | Self::Orders { at_least } => *at_least == 0,
            Self::Amount { at_least, .. } | Self::Spent { at_least } => *at_least <= 0,
            Self::Groups(_)
            | Self::Organisations(_)
            | Self::SignedIn
            | Self::FirstOrder
            | Self::Payment(_)
            | Self::Countries(_)
            | Self::Hours(_) => false,
        }
    }

    /// Whether it looks at what else is bought, or at how it is paid: then nobody can say while browsing whether it holds.
    pub fn is_of_cart(&self) -> bool {
        let is_of_cart = |one: &Self| matches!(one, Self::Quantity { .. } | Self::Amount { .. } | Self::Payment(_));
        self.plain().into_iter().any(is_of_cart)
    }

    /// Whether it looks at what a customer ordered before.
    pub fn asks_history(&self) -> bool {
        let asks = |one: &Self| matches!(one, Self::FirstOrder | Self::Orders { .. } | Self::Spent { .. });
        self.plain().into_iter().any(asks)
    }

    /// The groups that it names.
    pub fn groups(&self) -> Vec<Id<CustomerGroup>> {
        let mut groups = Vec::new();
        for plain in self.plain() {
            if let Self::Groups(some) = plain {
                groups.extend(some);
            }
        }
        groups
    }

    /// The companies that it names.
    pub fn organisations(&self) -> Vec<Id<Organisation>> {
        let mut companies = Vec::new();
        for plain in self.plain() {
            if let Self::Organisations(some) = plain {
                companies.extend(some);
            }
        }
        companies
    }

    /// Everything that it says of things.
    pub fn selectors(&self) -> Vec<&Selector> {
        let mut selectors = Vec::new();
        for plain in self.plain() {
            if let Self::Quantity { of, .. } | Self::Amount { of, .. } = plain {
                selectors.push(of);
            }
        }
        selectors
    }

    /// Changes each part that is not put together itself.
    pub(super) fn change_plain(&mut self, change: &impl Fn(&mut Self)) {
        match self {
            Self::All(some) | Self::Any(some) => some.iter_mut().for_each(|one| one.change_plain(change)),
            Self::Not(not) => not.change_plain(change),
            Self::Quantity { .. }
            | Self::Amount { .. }
            | Self::Groups(_)
            | Self::Organisations(_)
            | Self::SignedIn
            | Self::FirstOrder
            | Self::Orders { .. }
            | Self::Spent { .. }
            | Self::Payment(_)
            | Self::Countries(_)
            | Self::Hours(_) => change(self),
        }
    }

    /// How many things it names, each condition counted as one of them.
    pub fn size(&self) -> usize {
        let inside = match self {
            Self::All(some) | Self::Any(some) => some.iter().map(Self::size).fold(0, usize::saturating_add),
            Self::Not(not) => not.size(),
            Self::Quantity { of, .. } | Self::Amount { of, .. } => of.size(),
            Self::Groups(groups) => groups.len(),
            Self::Organisations(some) => some.len(),
            Self::Countries(countries) => countries.len(),
            Self::SignedIn
            | Self::FirstOrder
            | Self::Orders { .. }
            | Self::Spent { .. }
            | Self::Payment(_)
            | Self::Hours(_) => 0,
        };
        inside.saturating_add(1)
    }
}

impl Formula for Condition {
    fn form(&self) -> Form<'_, Self> {
        match self {
            Self::All(all) => Form::All(all),
            Self::Any(some) => Form::Any(some),
            Self::Not(not) => Form::Not(not),
            Self::Quantity { .. }
            | Self::Amount { .. }
            | Self::Groups(_)
            | Self::Organisations(_)
            | Self::SignedIn
            | Self::FirstOrder
            | Self::Orders { .. }
            | Self::Spent { .. }
            | Self::Payment(_)
            | Self::Countries(_)
            | Self::Hours(_) => Form::Plain,
        }
    }
}

impl Unmet {
    /// What is missing where both are: what is hardest to come by, for without it the other is of no use.
    fn and(self, other: Self) -> Self {
        if self.hardness() == 0 && other.hardness() == 0 {
            return Self::Several;
        }
        if self.hardness() < other.hardness() { other } else { self }
    }

    /// What is missing where either will do: what is easiest to come by, and less rather than more of the same; the first of
    /// those that cannot be compared.
    fn or(self, other: Self) -> Self {
        let is_less = match (self, other) {
            (Self::Quantity { missing }, Self::Quantity { missing: less }) => less < missing,
            (Self::Amount { missing }, Self::Amount { missing: less }) => less < missing,
            (Self::Several, Self::Quantity { .. } | Self::Amount { .. }) => true,
            _ => other.hardness() < self.hardness(),
        };
        if is_less { other } else { self }
    }

    /// How hard it is to come by, from what can be put into the cart to what whoever buys has no say in.
    const fn hardness(self) -> u8 {
        match self {
            Self::Quantity { .. } | Self::Amount { .. } | Self::Several => 0,
            Self::Payment | Self::NoPayment => 1,
            Self::SignIn => 2,
            Self::Country => 3,
            Self::Hours => 4,
            Self::Excluded => 5,
            Self::Customer => 6,
        }
    }
}

impl Sight<'_> {
    /// Pieces that a selector takes, and what they come to.
    fn of(&self, selector: &Selector) -> impl Iterator<Item = (u32, i64)> {
        self.lines.iter().filter(|(item, ..)| selector.takes(item)).map(|(_, pieces, minor)| (*pieces, *minor))
    }
}

impl Hours {
    /// Whether an instant is in them.
    pub fn hold(&self, at: Instant) -> bool {
        let Clock { weekday, minute } = Clock::of(at);
        let begins = |weekday: u8| self.days.is_empty() || self.days.contains(&weekday);
        if self.from < self.until {
            return begins(weekday) && (self.from..self.until).contains(&minute);
        }
        let yesterday = if weekday == 0 { 6 } else { weekday.saturating_sub(1) };
        (self.from <= minute && begins(weekday)) || (minute < self.until && begins(yesterday))
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn buyer() -> Buyer {
        Buyer {
            customer: None,
            groups: Vec::new(),
            organisation: None,
            history: History::default(),
            country: Country::parse("SA").unwrap(),
            payment: Some(Method::Card),
        }
    }

    fn holds(condition: &Condition, buyer: &Buyer) -> Result<(), Unmet> {
        let item = Item {
            variant: Id::new(Uuid::from_u128(1)),
            product: Id::new(Uuid::from_u128(2)),
            categories: Vec::new(),
            collections: Vec::new(),
            attributes: Vec::new(),
        };
        let at = Instant::parse("2026-11-20T22:30:00+03:00").unwrap();
        condition.holds(&Sight { buyer, at, lines: vec![(&item, 2, 500), (&item, 1, 250)] })
    }

    #[test]
    fn what_is_missing_is_told() {
        let of = || Selector::Everything;
        let pieces = |at_least| Condition::Quantity { of: of(), at_least };
        let amount = |at_least| Condition::Amount { of: of(), at_least };
        let (any, all) =
            (|some: &[Condition]| Condition::Any(some.to_vec()), |all: &[Condition]| Condition::All(all.to_vec()));
        let cases = [
            (Condition::ALWAYS, Ok(())),
            (Condition::Any(vec![]), Err(Unmet::Excluded)),
            (Condition::Amount { of: of(), at_least: 750 }, Ok(())),
            (Condition::Amount { of: of(), at_least: 1_000 }, Err(Unmet::Amount { missing: 250 })),
            (Condition::Quantity { of: of(), at_least: 3 }, Ok(())),
            (Condition::Quantity { of: of(), at_least: 5 }, Err(Unmet::Quantity { missing: 2 })),
            (Condition::SignedIn, Err(Unmet::SignIn)),
            (Condition::FirstOrder, Err(Unmet::SignIn)),
            (Condition::Payment(vec![Method::CashOnDelivery]), Err(Unmet::Payment)),
            (Condition::Countries(vec![Country::parse("KW").unwrap()]), Err(Unmet::Country)),
            (Condition::Not(Box::new(Condition::Payment(vec![Method::Card]))), Err(Unmet::Excluded)),
            (any(&[Condition::SignedIn, pieces(9)]), Err(Unmet::Quantity { missing: 6 })),
            (any(&[pieces(9), amount(900), pieces(5)]), Err(Unmet::Quantity { missing: 2 })),
            (any(&[amount(900), amount(1_000)]), Err(Unmet::Amount { missing: 150 })),
            (any(&[all(&[amount(800), pieces(4)]), pieces(9)]), Err(Unmet::Quantity { missing: 6 })),
            (any(&[Condition::Groups(vec![]), Condition::Payment(vec![])]), Err(Unmet::Payment)),
            (any(&[Condition::Groups(vec![])]), Err(Unmet::Customer)),
            (all(&[amount(900), Condition::SignedIn]), Err(Unmet::SignIn)),
            (all(&[amount(900), pieces(2)]), Err(Unmet::Amount { missing: 150 })),
            (all(&[amount(900), pieces(4)]), Err(Unmet::Several)),
            (all(&[amount(900), Condition::Groups(vec![]), Condition::Any(vec![])]), Err(Unmet::Customer)),
        ];
        for (condition, expected) in cases {
            assert_eq!(holds(&condition, &buyer()), expected, "{condition:?}");
        }
    }

    #[test]
    fn a_first_order_is_that_of_somebody_who_is_known() {
        let known = |orders| Buyer {
            customer: Some(Id::new(Uuid::from_u128(9))),
            history: History { orders, spent: 100 },
            ..buyer()
        };
        assert_eq!(holds(&Condition::FirstOrder, &known(0)), Ok(()));
        assert_eq!(holds(&Condition::FirstOrder, &known(1)), Err(Unmet::Customer));
        assert_eq!(holds(&Condition::Orders { at_least: 2 }, &known(2)), Ok(()));
        assert_eq!(holds(&Condition::Spent { at_least: 101 }, &known(2)), Err(Unmet::Customer));
    }

    #[test]
    fn a_company_is_the_one_that_it_is_bought_for() {
        let (one, other) = (Id::new(Uuid::from_u128(7)), Id::new(Uuid::from_u128(8)));
        let condition = Condition::Organisations(vec![one]);
        let of = |organisation| holds(&condition, &Buyer { organisation, ..buyer() });
        assert_eq!([of(Some(one)), of(Some(other)), of(None)], [Ok(()), Err(Unmet::Customer), Err(Unmet::Customer)]);
        assert_eq!((condition.organisations(), condition.size()), (vec![one], 2));
        assert!(Condition::Organisations(vec![]).is_never() && !condition.is_never() && !condition.is_of_cart());
    }

    #[test]
    fn hours_go_past_midnight_with_the_day_on_which_they_begin() {
        // The twentieth of November 2026 is a Friday.
        let at = |text| Instant::parse(text).unwrap();
        let evening = Hours { days: vec![5], from: 22 * 60, until: 2 * 60 };
        assert!(evening.hold(at("2026-11-20T22:00:00+03:00")) && evening.hold(at("2026-11-21T01:59:59+03:00")));
        assert!(!evening.hold(at("2026-11-20T21:59:00+03:00")) && !evening.hold(at("2026-11-21T02:00:00+03:00")));
        assert!(!evening.hold(at("2026-11-20T01:00:00+03:00")), "Thursday's evening");
        let noon = Hours { days: vec![], from: 12 * 60, until: 13 * 60 };
        assert!(noon.hold(at("2026-11-22T09:30:00Z")) && !noon.hold(at("2026-11-22T10:00:00Z")));
    }

    #[test]
    fn what_never_holds_is_known_by_its_form() {
        let not = |condition| Condition::Not(Box::new(condition));
        let countries =
            |all: &[&str]| Condition::Countries(all.iter().filter_map(|code| Country::parse(code).ok()).collect());
        let hours = |days: &[u8], from, until| Condition::Hours(Hours { days: days.to_vec(), from, until });
        let nothing = Condition::Quantity { of: Selector::Any(vec![]), at_least: 1 };
        for never in [
            not(Condition::ALWAYS),
            Condition::Any(vec![]),
            nothing,
            Condition::All(vec![Condition::SignedIn, not(Condition::SignedIn)]),
            Condition::All(vec![countries(&["SA"]), countries(&["KW", "AE"])]),
            Condition::All(vec![
                Condition::Payment(vec![Method::Card]),
                Condition::Payment(vec![Method::CashOnDelivery]),
            ]),
            Condition::All(vec![Condition::FirstOrder, Condition::Orders { at_least: 1 }]),
            Condition::All(vec![not(Condition::SignedIn), Condition::Spent { at_least: 0 }, Condition::FirstOrder]),
            Condition::All(vec![hours(&[1], 0, 600), hours(&[1, 2], 600, 660)]),
            Condition::Any(vec![Condition::All(vec![Condition::FirstOrder, Condition::Orders { at_least: 1 }])]),
        ] {
            assert!(never.is_never() && holds(&never, &buyer()).is_err(), "{never:?}");
        }
        assert!(!Condition::ALWAYS.is_never() && !not(Condition::SignedIn).is_never());
        for some in [
            vec![countries(&["SA", "KW"]), countries(&["KW", "AE"])],
            vec![Condition::FirstOrder, Condition::Orders { at_least: 0 }],
            vec![hours(&[1], 0, 600), hours(&[1, 2], 599, 660)],
            vec![countries(&["SA"]), Condition::Any(vec![countries(&["KW"]), Condition::SignedIn])],
        ] {
            assert!(!Condition::All(some.clone()).is_never(), "{some:?}");
        }
    }
}
