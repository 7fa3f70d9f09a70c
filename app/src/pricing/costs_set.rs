//! Staff say what variants cost the shop, and how low their prices may be.

use std::collections::HashSet;

use domain::{
    id::{Id, Variant},
    identity::permission::proof::ManageCosts,
    invalid::{Invalid, Problem},
    money::{Currency, Money},
    pricing::{events::PricingEvent, floor::Floors},
};
use entity::pricing::variant_cost;
use serde::{Deserialize, Serialize};
use store::{Fault, Once, Tx};

use super::{PriceRefusal, PriceWarning, PricingError, RefusedPrice, cost_rows, lowest};
use crate::{
    catalog::{self, Named, Variants},
    channels,
    cx::{Cx, Permit},
};

/// What variants are to cost the shop, and how low their prices may be.
#[derive(Clone, Debug)]
pub struct SetCosts {
    /// In which currency.
    pub currency: Currency,
    /// Of which variants.
    pub lines: Vec<CostLine>,
    /// Whether nothing is to be changed.
    pub is_dry_run: bool,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// What a variant is to cost the shop, and how low its price may be. What is not said stays as it is. Amounts are not
/// negative.
#[derive(Clone, Debug)]
pub struct CostLine {
    /// Of what.
    pub variant: Named,
    /// What a piece costs the shop, without tax; the inner `None`: it is not said any more.
    pub cost: Option<Option<Money>>,
    /// The lowest price of a piece, in the terms of price lists; the inner `None`: any.
    pub floor: Option<Option<Money>>,
}

/// What became of variants.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CostsSet {
    /// The variants, in the order of the input.
    pub variants: Vec<Id<Variant>>,
    /// What should be known of them.
    pub warnings: Vec<PriceWarning>,
}

/// What was said before.
#[derive(Serialize)]
struct Before {
    cost_minor: Option<i64>,
    floor_minor: Option<i64>,
}

/// Says what variants cost the shop, and how low their prices may be: of all or, by failing, of none. Prices that are lower
/// already stand in their lists, and are raised when they are read, if they are below the lowest; it is told how many they are.
/// Emits `variant.cost_set` for each.
pub async fn set_costs(cx: &Cx, _may: Permit<ManageCosts>, input: SetCosts) -> Result<CostsSet, PricingError> {
    let SetCosts { currency, lines, is_dry_run, once } = input;
    cx.write_or_rehearse((is_dry_run, once.as_ref()), async |tx| {
        channels::sold_in::<PricingError>(tx, currency, "currencyCode").await?;
        let variants = known(tx, &lines).await?;
        // Who sets prices keeps the variants meanwhile, and reads how low they may be after that.
        catalog::lock(tx, &variants).await?;
        let was = cost_rows::costs(tx, currency, &variants).await?;
        let (mut next, mut told) = (Vec::with_capacity(lines.len()), Vec::with_capacity(lines.len()));
        for (line, variant) in lines.iter().zip(&variants) {
            let was = was.get(variant);
            let row = changed(tx, (*variant, currency), was, line)?;
            let (cost_minor, floor_minor) = (row.cost_minor, row.floor_minor);
            let before = was.map(|was| Before { cost_minor: was.cost_minor, floor_minor: was.floor_minor });
            let code = currency.code().to_owned();
            let event =
                PricingEvent::CostSet { variant: *variant, currency: code, cost_minor, floor_minor, at: tx.now() };
            told.push((before, event));
            next.push(row);
        }
        let warnings = warnings(tx, currency, &lines, &next).await?;
        let floored = lines.iter().zip(&variants).filter(|(line, _)| line.floor.is_some());
        let floored: Vec<_> = floored.map(|(_, variant)| *variant).collect();
        cost_rows::replace_costs(tx, currency, next).await?;
        lowest::floors_changed(tx, currency, &floored).await?;
        tx.emit_changes(told.iter().map(|(was, event)| (was.as_ref(), event))).await?;
        Ok(CostsSet { variants, warnings })
    })
    .await
}

/// How many prices that are fixed in lists are below what is said now.
async fn warnings(
    tx: &Tx,
    currency: Currency,
    lines: &[CostLine],
    next: &[variant_cost::Model],
) -> Result<Vec<PriceWarning>, Fault> {
    let rows = || lines.iter().zip(next);
    let floors: Vec<_> =
        rows().filter_map(|(line, row)| Some((row.variant_id, line.floor?.and(row.floor_minor)?))).collect();
    let costs: Vec<_> =
        rows().filter_map(|(line, row)| Some((row.variant_id, line.cost?.and(row.cost_minor)?))).collect();
    let below_floor = cost_rows::n_below(tx, currency, &floors).await?;
    let below_cost = cost_rows::n_below(tx, currency, &costs).await?;
    let raised = (0 < below_floor).then_some(PriceWarning::Raised { count: below_floor });
    let cheap = (0 < below_cost).then_some(PriceWarning::FixedBelowCost { count: below_cost });
    Ok(raised.into_iter().chain(cheap).collect())
}

/// The variants of the lines, each once.
async fn known(tx: &Tx, lines: &[CostLine]) -> Result<Vec<Id<Variant>>, PricingError> {
    let named = Variants::load(tx, lines.iter().map(|line| &line.variant)).await?;
    let (mut variants, mut seen, mut refused) = (Vec::with_capacity(lines.len()), HashSet::new(), Vec::new());
    for (line, of) in lines.iter().enumerate() {
        let Some(variant) = named.of(&of.variant).map(|row| row.id) else {
            refused.push(RefusedPrice { line, why: PriceRefusal::NoVariant });
            continue;
        };
        if !seen.insert(variant) {
            let twice = Invalid::at("variant", Problem::Duplicate);
            refused.push(RefusedPrice { line, why: PriceRefusal::Wrong(twice) });
        }
        variants.push(variant);
    }
    if refused.is_empty() { Ok(variants) } else { Err(PricingError::Refused(refused)) }
}

/// What is said of a variant after a line.
fn changed(
    tx: &Tx,
    (variant, currency): (Id<Variant>, Currency),
    was: Option<&variant_cost::Model>,
    line: &CostLine,
) -> Result<variant_cost::Model, Fault> {
    let cost_minor = line.cost.map_or(was.and_then(|was| was.cost_minor), |said| said.map(|cost| cost.minor));
    let floor_minor = line.floor.map_or(was.and_then(|was| was.floor_minor), |said| said.map(|floor| floor.minor));
    let floors = was.map(cost_rows::floors_of).transpose()?.unwrap_or_default();
    let floors: Floors = if line.floor.is_some() { floors.since(tx.now(), floor_minor) } else { floors };
    Ok(variant_cost::Model {
        tenant_id: tx.scope().tenant(),
        variant_id: variant,
        currency: currency.code().to_owned(),
        cost_minor,
        floor_minor,
        floors: serde_json::to_string(&floors).map_err(Fault::new)?,
    })
}
