//! Staff say how much is in variants.

use std::collections::{HashMap, HashSet};

use domain::{
    catalog::{events::VariantEvent, measure::Measure},
    id::{Id, Variant},
    identity::permission::proof::ManagePrices,
    invalid::Invalid,
};
use serde::Serialize;
use store::{Fault, KeyReused, Once};

use super::{Named, Variants, rows};
use crate::{
    cx::{Cx, Permit},
    refusal::Denied,
};

/// How much is in variants.
#[derive(Clone, Debug)]
pub struct SetMeasures {
    /// In which, and how much; `None`: it is not told.
    pub lines: Vec<(Named, Option<Measure>)>,
    /// Whether nothing is to be changed.
    pub is_dry_run: bool,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// Why it cannot be said how much is in variants.
#[derive(Debug, thiserror::Error)]
pub enum MeasureError {
    /// Some lines cannot be done: each with its place in the input.
    #[error("some lines cannot be done")]
    Refused(Vec<(usize, MeasureRefusal)>),
    /// The input does not parse.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// The idempotency key was used with another input.
    #[error(transparent)]
    KeyReused(#[from] KeyReused),
    /// The caller may not do it.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Ours to mend.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Why a line cannot be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MeasureRefusal {
    /// There is no such variant.
    NoVariant,
    /// Another line names the variant, too.
    Twice,
}

/// What was said before.
#[derive(Serialize)]
struct Before {
    measure: Option<Measure>,
}

/// Says how much is in variants: of all or, by failing, of none. Gives the variants in the order of the input. Orders keep
/// what was said when they were placed. Emits `variant.measure_set` for each.
pub async fn set_measures(
    cx: &Cx,
    _may: Permit<ManagePrices>,
    input: SetMeasures,
) -> Result<Option<Vec<Id<Variant>>>, MeasureError> {
    let SetMeasures { lines, is_dry_run, once } = input;
    cx.carry_out((is_dry_run, once.as_ref()), async |tx| {
        let named = Variants::load(tx, lines.iter().map(|(named, _)| named)).await?;
        let (mut ids, mut seen, mut refused) = (Vec::with_capacity(lines.len()), HashSet::new(), Vec::new());
        let mut next = Vec::with_capacity(lines.len());
        for (line, (name, measure)) in lines.iter().enumerate() {
            match named.of(name).map(|row| row.id) {
                None => refused.push((line, MeasureRefusal::NoVariant)),
                Some(variant) if !seen.insert(variant) => refused.push((line, MeasureRefusal::Twice)),
                Some(variant) => {
                    ids.push(variant);
                    next.push((variant, *measure));
                }
            }
        }
        if !refused.is_empty() {
            return Err(MeasureError::Refused(refused));
        }
        next.sort_unstable_by_key(|(variant, _)| *variant);
        // What was said before is read while nobody else says anything.
        let was: HashMap<_, _> = rows::lock_variants(tx, &ids).await?.into_iter().map(|row| (row.id, row)).collect();
        rows::set_measures(tx, &next).await?;
        let mut told = Vec::with_capacity(next.len());
        for (variant, measure) in next {
            let was = was.get(&variant).map(measure_of).transpose()?.flatten();
            told.push((Before { measure: was }, VariantEvent::MeasureSet { variant, measure, at: tx.now() }));
        }
        tx.emit_changes(told.iter().map(|(was, event)| (Some(was), event))).await?;
        Ok(ids)
    })
    .await
}

/// How much is in a variant.
pub fn measure_of(row: &entity::catalog::variant::Model) -> Result<Option<Measure>, Fault> {
    row.measure.as_deref().map(serde_json::from_str).transpose().map_err(Fault::new)
}
