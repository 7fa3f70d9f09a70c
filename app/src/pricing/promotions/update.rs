//! Staff change a promotion.

use domain::{
    id::{self, Id},
    identity::permission::proof::ManagePromotions,
    invalid::{Check, Invalid, Problem},
    money::Currency,
    pricing::{
        promotions::{Rule, effect::Stage},
        validity::Validity,
    },
    time::Instant,
};
use entity::pricing::promotion;
use store::{Fault, Once, Read};

use super::{
    Limits, PromotionError, Written,
    create::{here, json, known, told},
    low, rows,
};
use crate::{
    channels,
    cx::{Cx, Permit},
};

/// What changes of a promotion. What is not said stays as it is.
#[derive(Clone, Debug)]
pub struct UpdatePromotion {
    /// The promotion.
    pub promotion: Id<id::Promotion>,
    /// Arabic name.
    pub name_ar: Option<String>,
    /// English name.
    pub name_en: Option<String>,
    /// Codes of the channels where it applies; none: everywhere.
    pub channels: Option<Vec<String>>,
    /// The currency of its amounts, if it is said; the inner `None`: it names none.
    pub currency: Option<Option<Currency>>,
    /// The currency that it had when amounts were read in it, because none was said.
    pub was_in: Option<Currency>,
    /// Its rule.
    pub rule: Option<Rule>,
    /// From when it runs; the inner `None`: it always has.
    pub starts_at: Option<Option<Instant>>,
    /// Until when; the inner `None`: it never ends.
    pub ends_at: Option<Option<Instant>>,
    /// How often it applies.
    pub limits: Option<Limits>,
    /// The version that the caller saw: if it has another one, nothing is done.
    pub expected_version: Option<i64>,
    /// Whether nothing is to be changed.
    pub is_dry_run: bool,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// Changes a promotion: for carts that are there, too; orders stay as they are. What was used of it stays used. Tells what is
/// to be known of it as it is then. Emits `promotion.updated`.
pub async fn update_promotion(
    cx: &Cx,
    _may: Permit<ManagePromotions>,
    input: UpdatePromotion,
) -> Result<Written, PromotionError> {
    let once = input.once.clone();
    let written = cx.write_or_rehearse((input.is_dry_run, once.as_ref()), async |tx| {
        let was = rows::promotions(tx, vec![input.promotion]).await?.pop().ok_or(PromotionError::NoPromotion)?;
        if input.expected_version.is_some_and(|version| version != was.version) {
            return Err(PromotionError::Stale);
        }
        let mut next = promotion::Model {
            name_ar: input.name_ar.clone().or_else(|| was.name_ar.clone()),
            name_en: input.name_en.clone().or_else(|| was.name_en.clone()),
            starts_at: input.starts_at.unwrap_or(was.starts_at),
            ends_at: input.ends_at.unwrap_or(was.ends_at),
            version: was.version.saturating_add(1),
            ..was.clone()
        };
        if let Some(rule) = &input.rule {
            known(tx, rule).await?;
            next.rule = json(rule)?;
            next.needs_coupon = rule.needs_coupon;
        }
        let currency = new_currency(&was, &input)?;
        if let Some(Some(currency)) = input.currency {
            channels::sold_in::<PromotionError>(tx, currency, "currencyCode").await?;
        }
        next.currency = currency.map(|currency| currency.code().to_owned());
        if let Some(channels) = &input.channels {
            next.channels = json(&here(tx, channels, currency).await?)?;
        } else if next.currency != was.currency {
            suits_its_channels(tx, &next).await?;
        }
        if let Some(limits) = input.limits {
            next.orders_max = limits.orders;
            next.orders_max_of_customer = limits.orders_of_customer;
            next.orders_max_of_organisation = limits.orders_of_organisation;
            next.budget_minor = limits.budget;
        }
        check(&next, &input)?;
        if !rows::replace_promotion(tx, &was, &next).await? {
            return Err(PromotionError::Stale);
        }
        tx.emit_change(&told(&was, tx.now())?, &told(&next, tx.now())?).await?;
        Ok(Written::of(tx, &next, tx.now()).await?)
    });
    Ok(low::told(cx, written.await?).await?)
}

/// The currency that a promotion has then. In another one the rule is said anew, as its amounts are others; and what was taken
/// off, and a budget that stays, are in that which it has.
fn new_currency(was: &promotion::Model, input: &UpdatePromotion) -> Result<Option<Currency>, PromotionError> {
    let old = currency_of(was)?;
    let Some(new) = input.currency else {
        // Somebody gave it another currency since its amounts were read.
        return if old == input.was_in { Ok(old) } else { Err(PromotionError::Stale) };
    };
    if new == old {
        return Ok(old);
    }
    let keeps_budget = input.limits.is_none() && was.budget_minor.is_some();
    if keeps_budget || was.spent_minor != 0 {
        return Err(PromotionError::CurrencyFixed);
    }
    if input.rule.is_none() {
        return Err(Invalid::at("rule", Problem::Required).into());
    }
    Ok(new)
}

/// The currency of a promotion's amounts; `None`: it names none.
pub fn currency_of(row: &promotion::Model) -> Result<Option<Currency>, Fault> {
    let parsed = |code: &String| Currency::parse(code).ok_or_else(|| Fault::new("a promotion without a currency"));
    row.currency.as_ref().map(parsed).transpose()
}

/// Refuses a promotion that names a channel which does not sell in its currency.
async fn suits_its_channels(read: &Read, next: &promotion::Model) -> Result<(), PromotionError> {
    let (all, named) = (channels::all(read).await?, rows::channels(next)?);
    let is_other = |currency: &String| all.iter().any(|one| named.contains(&one.id) && one.currency != *currency);
    if next.currency.as_ref().is_some_and(is_other) { Err(PromotionError::Currency(None)) } else { Ok(()) }
}

/// Refuses what a promotion cannot be, whether it is said or was so before.
fn check(next: &promotion::Model, input: &UpdatePromotion) -> Result<(), PromotionError> {
    let mut check = Check::default();
    let of_orders = [next.orders_max, next.orders_max_of_customer, next.orders_max_of_organisation];
    let is_limited = next.budget_minor.is_some() || of_orders.iter().any(Option::is_some);
    if is_limited && rows::rule(next)?.effect.stage() == Stage::Catalogue {
        // What is seen while browsing is counted by nobody.
        check.wrong(if input.limits.is_some() { "limits" } else { "rule" }, Problem::NotAllowedHere);
    }
    if !(Validity { from: next.starts_at, until: next.ends_at }).is_possible() {
        check.wrong("endsAt", Problem::EndBeforeStart);
    }
    Ok(check.done(Some(()))?)
}
