//! The rule of a promotion: as it is said, and as it is shown.

use async_graphql::{InputObject, SimpleObject};
use domain::{
    cart::quantity::Quantity,
    invalid::{Check, Invalid, Problem},
    money::{Currency, Money},
    pricing::promotions::{Rule, check::check, condition::Condition},
    text,
};

use super::{condition::PromotionCondition, effect::PromotionEffect};

/// The most characters of a group's name.
const GROUP_MAX: usize = 100;

/// The rule of a promotion.
#[derive(InputObject, SimpleObject, Clone, Debug)]
#[graphql(input_name = "PromotionRuleInput")]
pub struct PromotionRule {
    /// Of those that do the same kind of thing, the one with the lower number is looked at first. The kinds come in this
    /// order: prices while browsing, lines, sets of pieces, the whole order, delivery, the fee of the way to pay.
    #[graphql(default)]
    pub priority: i32,
    /// Of those of one group, whatever kind of thing they do, the one that takes off most applies: when the turn of the first
    /// of them comes that takes something off. None: it adds up. Prices while browsing have no group.
    pub group: Option<String>,
    /// Whether it applies with no other: then either it applies or the others do, whichever takes off more. Prices while
    /// browsing are no part of that.
    #[graphql(default)]
    pub is_exclusive: bool,
    /// Whether it is for those alone who have a coupon.
    #[graphql(default)]
    pub needs_coupon: bool,
    /// When it applies; none: always.
    pub condition: Option<PromotionCondition>,
    /// What it does.
    pub effect: PromotionEffect,
    /// The most that it takes off an order, a decimal number of the promotion's currency; none: as much as there is.
    pub max_discount: Option<String>,
}

/// In which currency amounts are said.
#[derive(Clone, Copy, Debug)]
pub struct Amounts(pub Option<Currency>);

impl Amounts {
    /// Minor units of an amount, which is not negative.
    pub fn parse(self, field: &str, text: &str) -> Result<i64, Invalid> {
        let Some(currency) = self.0 else { return Err(Invalid::at(field, Problem::CurrencyRequired)) };
        Money::said(text, currency).map(|money| money.minor).map_err(|problem| Invalid::at(field, problem))
    }

    /// An amount, as it is said.
    pub fn show(self, minor: i64) -> String {
        self.0.map_or_else(|| minor.to_string(), |currency| Money::new(minor, currency).decimal().to_string())
    }
}

impl PromotionRule {
    /// Checks every field.
    pub fn parse(self, amounts: Amounts) -> Result<Rule, Invalid> {
        let mut wrong = Check::default();
        let group = wrong.field("group", self.group.map(|group| text::line(&group, GROUP_MAX)).transpose());
        let condition = match self.condition {
            Some(condition) => wrong.nested("condition", condition.parse(amounts)),
            None => Some(Condition::ALWAYS),
        };
        let effect = wrong.nested("effect", self.effect.parse(amounts));
        let cap = self.max_discount.map(|text| amounts.parse("maxDiscount", &text)).transpose();
        let cap = wrong.here(cap);
        let (priority, is_exclusive, needs_coupon) = (self.priority, self.is_exclusive, self.needs_coupon);
        let built = group.zip(condition).zip(effect).zip(cap);
        let rule = wrong.done(built.map(|(((group, condition), effect), cap)| Rule {
            priority,
            group,
            is_exclusive,
            needs_coupon,
            condition,
            effect,
            cap,
        }))?;
        check(&rule).map(|()| rule)
    }

    /// As it is shown.
    pub fn of(rule: &Rule, amounts: Amounts) -> Self {
        Self {
            priority: rule.priority,
            group: rule.group.clone(),
            is_exclusive: rule.is_exclusive,
            needs_coupon: rule.needs_coupon,
            condition: (rule.condition != Condition::ALWAYS).then(|| PromotionCondition::of(&rule.condition, amounts)),
            effect: PromotionEffect::of(&rule.effect, amounts),
            max_discount: rule.cap.map(|cap| amounts.show(cap)),
        }
    }
}

/// Pieces of which there is one at least.
pub(super) fn pieces(n: i64) -> Result<u32, Problem> {
    Quantity::parse(n).map(Quantity::get)
}

/// A number that is not negative, which something is to reach.
pub(super) fn reached(field: &str, n: i64) -> Result<u32, Invalid> {
    if n < 0 {
        return Err(Invalid::at(field, Problem::QuantityNegative));
    }
    u32::try_from(n).map_err(|_| Invalid::at(field, Problem::NumberTooLarge { max: u32::MAX }))
}

/// The one thing that is said; refuses none, and several.
pub(super) fn one_of<T, const N: usize>(said: [Option<Result<T, Invalid>>; N]) -> Result<T, Invalid> {
    let mut said = said.into_iter().flatten();
    match (said.next(), said.next()) {
        (Some(only), None) => only,
        _ => Err(Invalid::here(Problem::NotOneOf)),
    }
}
