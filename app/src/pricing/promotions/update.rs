//! Staff change a promotion.

use domain::{
    id::{self, Id},
    identity::permission::proof::ManagePromotions,
    invalid::{Invalid, Problem},
    money::Currency,
    pricing::{promotions::Rule, validity::Validity},
    time::Instant,
};
use entity::pricing::promotion;
use store::{Fault, Once};

use super::{
    Limits, PromotionError, Written,
    create::{here, json, known, told},
    rows,
    warn::warnings,
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
    /// Its rule, and the currency of the amounts in it.
    pub rule: Option<(Rule, Option<Currency>)>,
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
    cx.write_or_rehearse((input.is_dry_run, once.as_ref()), async |tx| {
        let was = rows::promotions(tx, vec![input.promotion]).await?.pop().ok_or(PromotionError::NoPromotion)?;
        if input.expected_version.is_some_and(|version| version != was.version) {
            return Err(PromotionError::Stale);
        }
        let mut next = promotion::Model {
            name_ar: input.name_ar.or_else(|| was.name_ar.clone()),
            name_en: input.name_en.or_else(|| was.name_en.clone()),
            starts_at: input.starts_at.unwrap_or(was.starts_at),
            ends_at: input.ends_at.unwrap_or(was.ends_at),
            version: was.version.saturating_add(1),
            ..was.clone()
        };
        if let Some((rule, currency)) = &input.rule {
            known(tx, rule).await?;
            if let Some(currency) = currency {
                channels::sold_in::<PromotionError>(tx, *currency, "currencyCode").await?;
            }
            next.rule = json(rule)?;
            next.needs_coupon = rule.needs_coupon;
            next.currency = currency.map(|currency| currency.code().to_owned());
        }
        if let Some(channels) = &input.channels {
            let currency = next.currency.as_deref().map(Currency::parse);
            let currency = currency.map(|parsed| parsed.ok_or_else(|| Fault::new("a promotion without a currency")));
            next.channels = json(&here(tx, channels, currency.transpose()?).await?)?;
        }
        if let Some(limits) = input.limits {
            next.orders_max = limits.orders;
            next.orders_max_of_customer = limits.orders_of_customer;
            next.orders_max_of_organisation = limits.orders_of_organisation;
            next.budget_minor = limits.budget;
        }
        if !(Validity { from: next.starts_at, until: next.ends_at }).is_possible() {
            return Err(Invalid::at("endsAt", Problem::EndBeforeStart).into());
        }
        if !rows::replace_promotion(tx, was.version, &next).await? {
            return Err(PromotionError::Stale);
        }
        tx.emit_change(&told(&was, tx.now())?, &told(&next, tx.now())?).await?;
        Ok(Written { promotion: next.id, warnings: warnings(tx, &next, tx.now()).await? })
    })
    .await
}
