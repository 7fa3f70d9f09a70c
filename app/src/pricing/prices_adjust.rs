//! Staff raise or lower prices of a list together.

use domain::{
    id::{Id, PriceList, Variant},
    identity::permission::proof::ManagePrices,
    invalid::{Invalid, Problem},
    money::{Currency, Money},
    pricing::{
        adjust::{By, Change, ChangeError},
        derive::{Adjustment, CompareAt, Rounding, Toward},
        promotions::selector::{Named, Selector},
    },
    time::Instant,
};
use entity::{catalog::variant, pricing::list_price};
use serde::{Deserialize, Serialize};
use store::{Fault, Once, Tx};

use super::{
    PriceWarning, PricingError,
    limits::Limits,
    list_update::lock,
    lowest,
    prices_set::{json, place_all},
    rows,
};
use crate::{
    catalog,
    cx::{Cx, Permit},
};

/// The most prices that one call looks at.
pub const ADJUST_MAX: u64 = 5_000;

/// So many changes, and so many refusals, are told of.
pub const SHOWN_MAX: usize = 100;

/// Prices of which so many are in memory at once.
const AT_ONCE: u64 = 500;

/// Prices of a list to raise or to lower.
#[derive(Clone, Debug)]
pub struct AdjustPrices {
    /// The list.
    pub list: Id<PriceList>,
    /// How they change.
    pub change: NewChange,
    /// Of what.
    pub of: Selector,
    /// From when on; `None`: from now on.
    pub from: Option<Instant>,
    /// At how many prices it looks, [`ADJUST_MAX`] at most.
    pub first: u64,
    /// The variant after which it goes on; `None`: from the first.
    pub after: Option<Id<Variant>>,
    /// Whether the others are changed although some cannot be.
    pub skips_failed: bool,
    /// The version of the list that the caller saw: if it has another one, nothing is done.
    pub expected_version: Option<i64>,
    /// Whether nothing is to be changed.
    pub is_dry_run: bool,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// How prices are to change. Amounts are decimal numbers in the list's currency.
#[derive(Clone, Debug)]
pub struct NewChange {
    /// How much more or less.
    pub by: AdjustBy,
    /// To what they round: which way, from one amount to the next, and the first of them.
    pub rounding: Option<(Toward, String, String)>,
    /// What is shown as the former price.
    pub compare_at: CompareAt,
}

/// How much more or less a price is to be.
#[derive(Clone, Debug)]
pub enum AdjustBy {
    /// So many percent.
    Percent(Adjustment),
    /// This amount.
    Amount(String),
}

/// What became of prices.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Adjusted {
    /// How many changed.
    pub n_changed: u64,
    /// The first of those, by variant.
    pub changes: Vec<ChangedPrice>,
    /// How many were left out.
    pub n_refused: u64,
    /// The first of those, by variant.
    pub refused: Vec<AdjustRefused>,
    /// The variant after which to go on; `None`: there are no more.
    pub next: Option<Id<Variant>>,
    /// What should be known of the first of those that changed, by variant.
    #[serde(default)]
    pub warnings: Vec<PriceWarning>,
}

/// A price that changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangedPrice {
    /// Of what.
    pub variant: Id<Variant>,
    /// The price of a piece before.
    pub was: Money,
    /// The price of a piece now.
    pub now: Money,
    /// From when on.
    pub from: Instant,
}

/// A price that cannot change so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdjustRefused {
    /// The SKU of what.
    pub sku: String,
    /// Why.
    pub why: ChangeError,
}

/// Raises or lowers the regular prices of a list that go at an instant: what was before stays known, and what was to go
/// later does. Temporary prices stay as they are, and none becomes lower than it may be. All or, by failing, none; or all
/// that can be. Emits `price.set` for each.
pub async fn adjust_prices(cx: &Cx, _may: Permit<ManagePrices>, input: AdjustPrices) -> Result<Adjusted, PricingError> {
    cx.write_or_rehearse((input.is_dry_run, input.once.as_ref()), async |tx| {
        let from = input.from.unwrap_or(tx.now());
        if from < tx.now() {
            return Err(Invalid::at("startsAt", Problem::InThePast).into());
        }
        let currency = rows::currency(&lock(tx, input.list, input.expected_version).await?)?;
        let change = change(&input.change, currency)?;
        known(tx, &input).await?;
        let mut work = Work { input: &input, change, currency, from, done: Adjusted::default(), placed: Vec::new() };
        let (mut left, mut after) = (input.first, input.after);
        while 0 < left {
            let n = left.min(AT_ONCE);
            let prices = rows::regular_prices(tx, input.list, from, (after, n)).await?;
            let is_last = u64::try_from(prices.len()).is_ok_and(|found| found < n);
            left = if is_last { 0 } else { left.saturating_sub(n) };
            after = prices.last().map(|price| price.variant_id).filter(|_| !is_last);
            work.adjust(tx, &prices).await?;
        }
        lowest::prices_changed(tx, input.list, &work.placed).await?;
        let done = Adjusted { next: after, ..work.done };
        if !input.skips_failed && 0 < done.n_refused { Err(PricingError::NotAdjusted(done.refused)) } else { Ok(done) }
    })
    .await
    .map(|mut done: Adjusted| {
        done.warnings.retain(|warning| warning.is_for(cx));
        done
    })
}

/// How prices change, in the currency of their list.
fn change(new: &NewChange, currency: Currency) -> Result<Change, Invalid> {
    let by = match &new.by {
        AdjustBy::Percent(percent) => By::Percent(*percent),
        AdjustBy::Amount(text) => {
            let amount = match Money::parse(text, currency) {
                // Less of each is no amount that can be said.
                Some(less) if less.minor < 0 => Ok(less),
                Some(_) | None => Money::said(text, currency),
            };
            By::Amount(amount.map_err(|problem| Invalid::at("amount", problem))?)
        }
    };
    let rounding = new.rounding.as_ref().map(|(toward, step, ending)| {
        let parsed = Rounding::parse(*toward, step, ending, currency);
        parsed.ok_or_else(|| Invalid::at("rounding", Problem::InvalidRounding))
    });
    Ok(Change { by, rounding: rounding.transpose()?, compare_at: new.compare_at })
}

/// Refuses to go by what there is not.
async fn known(tx: &Tx, input: &AdjustPrices) -> Result<(), PricingError> {
    let mut named = Named::default();
    input.of.name(&mut named);
    if let Some(missing) = catalog::missing(tx, &named).await? {
        return Err(PricingError::NoSuch(missing));
    }
    match input.after {
        Some(after) if catalog::load::any_variants(tx, &[after]).await?.is_empty() => Err(PricingError::NoVariant),
        _ => Ok(()),
    }
}

/// Prices of a list, while they change.
struct Work<'i> {
    input: &'i AdjustPrices,
    change: Change,
    currency: Currency,
    from: Instant,
    done: Adjusted,
    /// The variants whose price changed.
    placed: Vec<Id<Variant>>,
}

impl Work<'_> {
    /// Changes some prices: a constant number of statements, and one for each level of the categories if these are asked.
    async fn adjust(&mut self, tx: &Tx, prices: &[list_price::Model]) -> Result<(), Fault> {
        let ids: Vec<_> = prices.iter().map(|price| price.variant_id).collect();
        let variants = catalog::chosen(tx, &self.input.of, &ids).await?;
        let limits = Limits::keep(tx, self.currency, &variants.keys().copied().collect::<Vec<_>>()).await?;
        let mut next = Vec::with_capacity(prices.len());
        for price in prices {
            if let Some(variant) = variants.get(&price.variant_id) {
                next.extend(self.one(price, variant, &limits)?);
            }
        }
        self.placed.extend(next.iter().map(|price| price.variant_id));
        if next.is_empty() { Ok(()) } else { place_all(tx, self.input.list, next).await }
    }

    /// What one price becomes, if it changes; notes why it cannot.
    fn one(
        &mut self,
        price: &list_price::Model,
        variant: &variant::Model,
        limits: &Limits,
    ) -> Result<Option<list_price::Model>, Fault> {
        let was = rows::domain_fixed(price, self.currency)?;
        let floor = limits.floor(variant.id);
        let changed = self.change.of(&was.tiers, was.compare_at).and_then(|changed| match floor {
            Some(floor) if changed.0.is_lower_somewhere(&was.tiers) && !changed.0.below(floor).is_empty() => {
                Err(ChangeError::BelowFloor { floor })
            }
            Some(_) | None => Ok(changed),
        });
        let (tiers, compare_at) = match changed {
            Ok(changed) if changed == (was.tiers.clone(), was.compare_at) => return Ok(None),
            Ok(changed) => changed,
            Err(why) => {
                self.done.n_refused = self.done.n_refused.saturating_add(1);
                if self.done.refused.len() < SHOWN_MAX {
                    self.done.refused.push(AdjustRefused { sku: variant.sku.clone(), why });
                }
                return Ok(None);
            }
        };
        self.done.n_changed = self.done.n_changed.saturating_add(1);
        if self.done.changes.len() < SHOWN_MAX {
            let (was, now) = (was.tiers.one(), tiers.one());
            self.done.changes.push(ChangedPrice { variant: variant.id, was, now, from: self.from });
        }
        if self.done.warnings.len() < SHOWN_MAX {
            self.done.warnings.extend(limits.below_cost((variant.id, &variant.sku), &tiers).map(PriceWarning::nowhere));
        }
        Ok(Some(list_price::Model {
            starts_at: self.from,
            ends_at: None,
            amount_minor: tiers.one().minor,
            was_minor: compare_at.map(|former| former.minor),
            tiers: json(&tiers),
            ..price.clone()
        }))
    }
}
