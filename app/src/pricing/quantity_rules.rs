//! Staff say how many pieces of variants are bought together by a list.

use std::collections::{HashMap, HashSet};

use domain::{
    id::{Id, PriceList, Variant},
    identity::permission::proof::ManagePrices,
    invalid::{Invalid, Problem},
    pricing::{events::PricingEvent, quantity_rule::QuantityRule},
};
use serde::Serialize;
use store::{Once, Tx};

use super::{PriceRefusal, PricingError, RefusedPrice, list_update::lock, rows};
use crate::{
    catalog::{Named, Variants},
    cx::{Cx, Permit},
};

/// How many pieces of variants are to be bought together by a list.
#[derive(Clone, Debug)]
pub struct SetQuantityRules {
    /// The list.
    pub list: Id<PriceList>,
    /// Of which variants, and how many; `None`: as its parent says, or else any number.
    pub lines: Vec<(Named, Option<QuantityRule>)>,
    /// The version of the list that the caller saw: if it has another one, nothing is done.
    pub expected_version: Option<i64>,
    /// Whether nothing is to be changed.
    pub is_dry_run: bool,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// What a list said before.
#[derive(Serialize)]
struct Before {
    rule: Option<QuantityRule>,
}

/// Says how many pieces of variants are bought together, or no more: all or, by failing, none. Carts are not changed: they
/// warn, and are refused at checkout. Emits `quantity_rule.set` or `quantity_rule.removed` for each.
pub async fn set_quantity_rules(
    cx: &Cx,
    _may: Permit<ManagePrices>,
    input: SetQuantityRules,
) -> Result<Option<Id<PriceList>>, PricingError> {
    let SetQuantityRules { list, lines, expected_version, is_dry_run, once } = input;
    cx.carry_out((is_dry_run, once.as_ref()), async |tx| {
        lock(tx, list, expected_version).await?;
        let named = Variants::load(tx, lines.iter().map(|(named, _)| named)).await?;
        let ids: Vec<_> = named.ids().collect();
        let there = rows::quantity_rules(tx, &[list], &ids).await?;
        let (mut next, mut refused, mut seen) = (HashMap::new(), Vec::new(), HashSet::new());
        let mut told = Vec::with_capacity(lines.len());
        for (line, (name, rule)) in lines.iter().enumerate() {
            let variant = named.of(name).map(|row| row.id);
            let was = variant.and_then(|variant| there.get(&(list, variant))).copied();
            let Some(variant) = variant.filter(|_| rule.is_some() || was.is_some()) else {
                refused.push(RefusedPrice { line, why: PriceRefusal::NoVariant });
                continue;
            };
            if !seen.insert(variant) {
                let twice = Invalid::at("variant", Problem::Duplicate);
                refused.push(RefusedPrice { line, why: PriceRefusal::Wrong(twice) });
                continue;
            }
            next.insert(variant, *rule);
            told.push((Before { rule: was }, event(tx, (list, variant), *rule)));
        }
        if !refused.is_empty() {
            return Err(PricingError::Refused(refused));
        }
        rows::replace_quantity_rules(tx, list, next).await?;
        tx.emit_changes(told.iter().map(|(was, event)| (Some(was), event))).await?;
        Ok(list)
    })
    .await
}

fn event(tx: &Tx, (list, variant): (Id<PriceList>, Id<Variant>), rule: Option<QuantityRule>) -> PricingEvent {
    PricingEvent::QuantityRule { price_list: list, variant, rule, at: tx.now() }
}
