//! What promotions took off a cart or an order, and which took nothing off and why, in the reader's language.

use std::collections::HashMap;

use async_graphql::{Context, Enum, ID, SimpleObject};
use domain::{
    id::{self, Id},
    identity::permission::proof::ReadPromotions,
    money::{self, Currency},
    pricing::{
        named::Promotions,
        promotions::{Applied, Limit, Refused, Why, condition::Unmet},
    },
};

use super::refusal::DiscountRefusal;
use super::{super::explanation::text, terms};
use crate::{
    graphql::{
        language::{self, Reading},
        loader,
        money::Money,
    },
    i18n::{self, Arg, number::Digits},
};

/// What promotions did to a price: those that took something off, in the order in which they did, then those that took
/// nothing off.
#[derive(SimpleObject, Clone, Debug)]
pub struct DiscountExplanation {
    /// Step by step. What an order shows is as it was when it was placed. Promotions that are for other customers alone are
    /// told of to staff who see promotions, and to who has a coupon.
    pub explanation: Vec<DiscountStep>,
}

/// What one promotion did to a price.
#[derive(SimpleObject, Clone, Debug)]
pub struct DiscountStep {
    /// Whether it took something off.
    pub kind: DiscountStepKind,
    /// Why it took nothing off; none if it did.
    pub reason: Option<DiscountRefusal>,
    /// The id of the promotion that took something off in its stead, if another one did.
    pub by: Option<ID>,
    /// What it did, or why it did nothing, in the reader's language.
    pub message: String,
    /// The id of the promotion.
    pub promotion: ID,
    /// Its name, in the reader's language.
    pub name: String,
    /// The coupon for it.
    pub coupon: Option<String>,
    /// What it took off; none if nothing.
    pub amount: Option<Money>,
    /// Whether it took off less than it would have, or nothing, because discounts came to all that the channel allows:
    /// `Channel.discountCap`.
    pub is_capped: bool,
    /// Whether it took off less than it would have, or nothing, because of a price that is the lowest that the shop sells at.
    pub is_at_floor: bool,
    /// What of the promotion's own kept it from taking off more; none, if nothing did.
    pub limited_by: Option<DiscountLimit>,
    /// What of that is off which line; none of what is off delivery or the fee of the way to pay.
    pub lines: Vec<DiscountShare>,
    /// How much more must be bought for it to apply, if that is all that is missing.
    pub missing_amount: Option<Money>,
    /// How many more pieces must be bought for it to apply, if that is all that is missing.
    pub missing_quantity: Option<u32>,
}

/// What is off a line.
#[derive(SimpleObject, Clone, Debug)]
pub struct DiscountShare {
    /// The id of the line.
    pub line: ID,
    /// How much.
    pub amount: Money,
}

/// Whether a promotion took something off.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum DiscountStepKind {
    /// It did.
    Applied,
    /// It did not.
    Refused,
}

/// What of a promotion's own keeps it from taking off more.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "Limit")]
pub enum DiscountLimit {
    /// The most that it takes off an order: `PromotionRule.maxDiscount`.
    #[graphql(name = "MAX_DISCOUNT")]
    Cap,
    /// What is left of its budget: `PromotionUsage.budget`.
    Budget,
}

/// What promotions did, as they were called, or are; `lines` are the ids of the lines by their places.
pub async fn show(
    ctx: &Context<'_>,
    (applied, refused): (&[Applied], &[Refused]),
    (currency, lines): (Currency, &[ID]),
    kept: &Promotions,
) -> async_graphql::Result<DiscountExplanation> {
    let ids = applied.iter().map(|one| one.promotion).chain(refused.iter().map(|one| one.promotion));
    let names = names(ctx, ids.collect(), kept).await?;
    let sees_all = ctx.cx().permit::<ReadPromotions>().is_ok();
    let told: Vec<_> = refused.iter().filter(|one| sees_all || is_told(one)).cloned().collect();
    Ok(DiscountExplanation { explanation: steps(ctx, &names, (applied, &told), (currency, lines)) })
}

/// What promotions are called.
pub type Names = HashMap<Id<id::Promotion>, String>;

/// The names of promotions, in the reader's language: as they were called, or are.
pub async fn names(ctx: &Context<'_>, ids: Vec<Id<id::Promotion>>, kept: &Promotions) -> async_graphql::Result<Names> {
    let mut names = HashMap::with_capacity(ids.len());
    for (id, called) in kept {
        names.insert(*id, text(ctx, called)?);
    }
    let rows = loader::many(ctx, ids.into_iter().filter(|id| !names.contains_key(id)).collect()).await?;
    for (id, row) in &rows {
        names.insert(*id, language::text(ctx, row.name_ar.as_deref(), row.name_en.as_deref(), None)?);
    }
    Ok(names)
}

/// Step by step what promotions of these names did.
pub fn steps(
    ctx: &Context<'_>,
    names: &Names,
    (applied, refused): (&[Applied], &[Refused]),
    (currency, lines): (Currency, &[ID]),
) -> Vec<DiscountStep> {
    let called = |id: Id<id::Promotion>| names.get(&id).cloned().unwrap_or_default();
    let language = ctx.cx().language();
    let money = |minor| money::Money::new(minor, currency);
    let text = |minor| Arg::Text(i18n::money::money(money(minor), language, Digits::Latin));

    let mut explanation = Vec::with_capacity(applied.len().saturating_add(refused.len()));
    for one in applied {
        let what = terms::named(called(one.promotion), one.terms, currency, language);
        let args = [("what", Arg::Text(what)), ("amount", text(one.amount))];
        let share = |(line, minor): &(usize, i64)| {
            Some(DiscountShare { line: lines.get(*line)?.clone(), amount: Money(money(*minor)) })
        };
        explanation.push(DiscountStep {
            kind: DiscountStepKind::Applied,
            message: i18n::message(language, applied_key(one), &args),
            promotion: ID(one.promotion.to_string()),
            name: called(one.promotion),
            coupon: one.coupon.clone(),
            amount: Some(Money(money(one.amount))),
            is_capped: one.is_capped,
            is_at_floor: one.is_at_floor,
            limited_by: one.limit.map(DiscountLimit::from),
            lines: one.shares.iter().filter_map(share).collect(),
            missing_amount: None,
            missing_quantity: None,
            reason: None,
            by: None,
        });
    }
    for one in refused {
        let (key, missing) = because(one.why);
        let by = one.why.winner().map(called).unwrap_or_default();
        let amount = if let Unmet::Amount { missing } = missing { Some(missing) } else { None };
        let quantity = if let Unmet::Quantity { missing } = missing { Some(missing) } else { None };
        let args = [
            ("promotion", Arg::Text(called(one.promotion))),
            ("by", Arg::Text(by)),
            ("amount", text(amount.unwrap_or_default())),
            ("quantity", Arg::Number(quantity.unwrap_or_default().into())),
        ];
        explanation.push(DiscountStep {
            kind: DiscountStepKind::Refused,
            message: i18n::message(language, key, &args),
            promotion: ID(one.promotion.to_string()),
            name: called(one.promotion),
            coupon: one.coupon.clone(),
            amount: None,
            is_capped: one.why == Why::Capped,
            is_at_floor: one.why == Why::AtFloor,
            limited_by: None,
            lines: Vec::new(),
            missing_amount: amount.map(|minor| Money(money(minor))),
            missing_quantity: quantity,
            reason: Some(one.why.into()),
            by: one.why.winner().map(|by| ID(by.to_string())),
        });
    }
    explanation
}

/// The message of what took something off.
const fn applied_key(applied: &Applied) -> &'static str {
    match (applied.is_capped, applied.is_at_floor, applied.limit) {
        (true, _, _) => "discount-applied-capped",
        (false, true, _) => "discount-applied-at-floor",
        (false, false, Some(Limit::Cap)) => "discount-applied-max-discount",
        (false, false, Some(Limit::Budget)) => "discount-applied-budget",
        (false, false, None) => "discount-applied",
    }
}

/// Whether whoever buys is told of a refusal: what is for other customers alone is the shop's, unless they have a coupon for it.
fn is_told(refused: &Refused) -> bool {
    refused.coupon.is_some() || refused.why != Why::Unmet(Unmet::Customer)
}

/// The message of a reason, and what is missing.
const fn because(why: Why) -> (&'static str, Unmet) {
    let key = match why {
        Why::Unmet(unmet) => return (missing(unmet), unmet),
        Why::NotYet => "discount-not-yet",
        Why::Over => "discount-over",
        Why::UsedUp => "discount-used-up",
        Why::UsedUpByCustomer => "discount-used-up-by-customer",
        Why::UsedUpByOrganisation => "discount-used-up-by-organisation",
        Why::SignIn => "discount-sign-in",
        Why::BudgetSpent => "discount-budget-spent",
        Why::NothingToTake => "discount-nothing-to-take",
        Why::CheapAlready => "discount-cheap-already",
        Why::GiftNotInCart => "discount-gift-not-in-cart",
        Why::NoDelivery => "discount-no-delivery",
        Why::BetterInGroup { is_equal: false, .. } => "discount-better-in-group",
        Why::BetterInGroup { is_equal: true, .. } => "discount-equal-in-group",
        Why::Exclusive { is_equal: false, .. } => "discount-exclusive",
        Why::Exclusive { is_equal: true, .. } => "discount-exclusive-equal",
        Why::BetterTogether { is_equal: false } => "discount-better-together",
        Why::BetterTogether { is_equal: true } => "discount-equal-together",
        Why::Capped => "discount-capped",
        Why::AtFloor => "discount-at-floor",
    };
    (key, Unmet::Excluded)
}

const fn missing(unmet: Unmet) -> &'static str {
    match unmet {
        Unmet::Quantity { .. } => "discount-missing-quantity",
        Unmet::Amount { .. } => "discount-missing-amount",
        Unmet::Customer => "discount-other-customers",
        Unmet::SignIn => "discount-sign-in",
        Unmet::Payment => "discount-other-payment",
        Unmet::NoPayment => "discount-no-payment",
        Unmet::Country => "discount-other-country",
        Unmet::Hours => "discount-other-hours",
        Unmet::Excluded => "discount-excluded",
        Unmet::Several => "discount-missing-several",
    }
}
