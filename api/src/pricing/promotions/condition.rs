//! When a promotion applies: as it is said, and as it is shown.

use async_graphql::{Enum, ID, InputObject, SimpleObject};
use domain::{
    identity::country::Country,
    invalid::{Check, Invalid, Problem},
    pricing::promotions::condition::{Condition, Hours},
};

use super::{
    rule::{Amounts, one_of, reached},
    selector::{PromotionSelector, each, ids, shown},
};
use crate::cart::cart::PaymentMethod;

/// When a promotion applies. Exactly one field is given. Amounts are decimal numbers of the promotion's currency, of what
/// things come to when its turn comes: what promotions before it took off is taken off.
#[derive(InputObject, SimpleObject, Clone, Debug, Default)]
#[graphql(input_name = "PromotionConditionInput")]
pub struct PromotionCondition {
    /// Each of these holds.
    pub all: Option<Vec<PromotionCondition>>,
    /// One of these holds.
    pub any: Option<Vec<PromotionCondition>>,
    /// This does not hold.
    pub not: Option<Box<PromotionCondition>>,
    /// So many pieces are bought; those that promotions before it gave are not.
    pub quantity: Option<PromotionQuantity>,
    /// Things come to so much.
    pub amount: Option<PromotionAmount>,
    /// Whoever buys is in one of these groups.
    pub customer_groups: Option<Vec<ID>>,
    /// It is bought for one of these companies.
    pub organisations: Option<Vec<ID>>,
    /// Whoever buys is signed in, or is not.
    pub signed_in: Option<bool>,
    /// Whoever buys is signed in and never ordered, in whatever currency, but for what was cancelled; or is not, or did.
    pub first_order: Option<bool>,
    /// Whoever buys ordered at least so often before, but for what was cancelled.
    pub orders_at_least: Option<i64>,
    /// Whoever buys ordered for at least so much before in the currency of the cart, but for what was cancelled.
    pub spent_at_least: Option<String>,
    /// It is paid in one of these ways.
    pub payment_methods: Option<Vec<PaymentMethod>>,
    /// It goes to one of these countries, ISO 3166-1 alpha-2.
    pub countries: Option<Vec<String>>,
    /// It is a time of the week, in Riyadh.
    pub hours: Option<PromotionHours>,
}

/// So many pieces.
#[derive(InputObject, SimpleObject, Clone, Debug, Default)]
#[graphql(input_name = "PromotionQuantityInput")]
pub struct PromotionQuantity {
    /// Of what.
    #[graphql(default)]
    pub of: PromotionSelector,
    /// How many.
    pub at_least: i64,
}

/// So much.
#[derive(InputObject, SimpleObject, Clone, Debug, Default)]
#[graphql(input_name = "PromotionAmountInput")]
pub struct PromotionAmount {
    /// Of what.
    #[graphql(default)]
    pub of: PromotionSelector,
    /// How much, a decimal number of the promotion's currency.
    pub at_least: String,
}

/// Hours of days of the week, in Riyadh.
#[derive(InputObject, SimpleObject, Clone, Debug, Default)]
#[graphql(input_name = "PromotionHoursInput")]
pub struct PromotionHours {
    /// The days on which they begin; none: every day.
    #[graphql(default)]
    pub days: Vec<Weekday>,
    /// From when, such as `22:00`.
    pub from: String,
    /// Until when, exclusive; if it is not later than `from`, that of the next day.
    pub until: String,
}

/// A day of the week.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weekday {
    /// The first day of the week.
    Sunday,
    /// The second.
    Monday,
    /// The third.
    Tuesday,
    /// The fourth.
    Wednesday,
    /// The fifth.
    Thursday,
    /// The first of the weekend.
    Friday,
    /// The second of the weekend.
    Saturday,
}

/// In the order of their numbers.
const WEEK: [Weekday; 7] = [
    Weekday::Sunday,
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
    Weekday::Saturday,
];

impl PromotionCondition {
    /// Checks every field.
    pub fn parse(self, amounts: Amounts) -> Result<Condition, Invalid> {
        let at = |field: &'static str| move |invalid: Invalid| invalid.under(field);
        let either = |said: bool, condition| if said { condition } else { Condition::Not(Box::new(condition)) };
        one_of([
            self.all.map(|some| each("all", some, |one| one.parse(amounts)).map(Condition::All)),
            self.any.map(|some| each("any", some, |one| one.parse(amounts)).map(Condition::Any)),
            self.not.map(|not| not.parse(amounts).map(|not| Condition::Not(Box::new(not))).map_err(at("not"))),
            self.quantity.map(|PromotionQuantity { of, at_least }| {
                let mut inside = Check::default();
                let of = inside.nested("of", of.parse());
                let at_least = inside.here(reached("atLeast", at_least));
                let built = of.zip(at_least).map(|(of, at_least)| Condition::Quantity { of, at_least });
                inside.done(built).map_err(at("quantity"))
            }),
            self.amount.map(|PromotionAmount { of, at_least }| {
                let of = of.parse().map_err(at("of")).map_err(at("amount"))?;
                let at_least = amounts.parse("atLeast", &at_least).map_err(at("amount"))?;
                Ok(Condition::Amount { of, at_least })
            }),
            self.customer_groups.map(|given| ids("customerGroups", given).map(Condition::Groups)),
            self.organisations.map(|given| ids("organisations", given).map(Condition::Organisations)),
            self.signed_in.map(|said| Ok(either(said, Condition::SignedIn))),
            self.first_order.map(|said| Ok(either(said, Condition::FirstOrder))),
            self.orders_at_least.map(|n| reached("ordersAtLeast", n).map(|at_least| Condition::Orders { at_least })),
            self.spent_at_least
                .map(|text| amounts.parse("spentAtLeast", &text).map(|at_least| Condition::Spent { at_least })),
            self.payment_methods.map(|methods| Ok(Condition::Payment(methods.into_iter().map(Into::into).collect()))),
            self.countries.map(|codes| {
                let country = |code: String| Country::parse(&code).map_err(Invalid::here);
                each("countries", codes, country).map(Condition::Countries)
            }),
            self.hours.map(|hours| hours.parse().map(Condition::Hours).map_err(at("hours"))),
        ])
    }

    /// As it is shown.
    pub fn of(condition: &Condition, amounts: Amounts) -> Self {
        let some = |all: &[Condition]| Some(all.iter().map(|one| Self::of(one, amounts)).collect());
        let blank = Self::default();
        match condition {
            Condition::All(all) => Self { all: some(all), ..blank },
            Condition::Any(any) => Self { any: some(any), ..blank },
            Condition::Not(not) if **not == Condition::SignedIn => Self { signed_in: Some(false), ..blank },
            Condition::Not(not) if **not == Condition::FirstOrder => Self { first_order: Some(false), ..blank },
            Condition::Not(not) => Self { not: Some(Box::new(Self::of(not, amounts))), ..blank },
            Condition::Quantity { of, at_least } => {
                Self { quantity: Some(PromotionQuantity { of: of.into(), at_least: (*at_least).into() }), ..blank }
            }
            Condition::Amount { of, at_least } => {
                Self { amount: Some(PromotionAmount { of: of.into(), at_least: amounts.show(*at_least) }), ..blank }
            }
            Condition::Groups(groups) => Self { customer_groups: shown(groups), ..blank },
            Condition::Organisations(some) => Self { organisations: shown(some), ..blank },
            Condition::SignedIn => Self { signed_in: Some(true), ..blank },
            Condition::FirstOrder => Self { first_order: Some(true), ..blank },
            Condition::Orders { at_least } => Self { orders_at_least: Some((*at_least).into()), ..blank },
            Condition::Spent { at_least } => Self { spent_at_least: Some(amounts.show(*at_least)), ..blank },
            Condition::Payment(methods) => {
                Self { payment_methods: Some(methods.iter().copied().map(Into::into).collect()), ..blank }
            }
            Condition::Countries(countries) => {
                Self { countries: Some(countries.iter().map(|country| country.as_str().to_owned()).collect()), ..blank }
            }
            Condition::Hours(hours) => Self { hours: Some(PromotionHours::of(hours)), ..blank },
        }
    }
}

impl PromotionHours {
    fn parse(self) -> Result<Hours, Invalid> {
        let day = |of: Weekday| WEEK.iter().zip(0..).find(|(day, _)| **day == of).map_or(0, |(_, number)| number);
        let from = minute(&self.from).ok_or_else(|| Invalid::at("from", Problem::InvalidTime))?;
        let until = minute(&self.until).ok_or_else(|| Invalid::at("until", Problem::InvalidTime))?;
        Ok(Hours { days: self.days.into_iter().map(day).collect(), from, until })
    }

    fn of(hours: &Hours) -> Self {
        let time = |minute: u16| format!("{:02}:{:02}", minute.div_euclid(60), minute.rem_euclid(60));
        let days = hours.days.iter().filter_map(|day| WEEK.get(usize::from(*day)).copied()).collect();
        Self { days, from: time(hours.from), until: time(hours.until) }
    }
}

/// The minute of the day of such as `22:00`.
fn minute(text: &str) -> Option<u16> {
    let (hour, minute) = text.split_once(':').filter(|_| text.len() == 5)?;
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    (hour < 24 && minute < 60).then(|| hour.saturating_mul(60).saturating_add(minute))
}
