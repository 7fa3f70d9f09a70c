//! Staff and connectors say what variants are called elsewhere.

use std::collections::HashMap;

use domain::{
    catalog::events::ExternalSkuEvent,
    id::{Id, Variant},
    identity::permission::proof::ManageStock,
    invalid::Invalid,
};
use entity::catalog::external_sku;
use serde::{Deserialize, Serialize};
use store::{Fault, KeyReused, Once, Tx};

use super::{Named, Variants, external_sku_rows as rows};
use crate::{
    cx::{Cx, Permit},
    refusal::Denied,
};

/// The most names that a variant has elsewhere.
pub const NAMES_MAX: i64 = 200;

/// What variants are to be called elsewhere.
#[derive(Clone, Debug)]
pub struct SetExternalSkus {
    /// Where: the code of a marketplace, or of a channel.
    pub marketplace: String,
    /// What each SKU there is here, each once.
    pub lines: Vec<ExternalSkuLine>,
    /// Whether the good lines are done although others are bad.
    pub skips_failed: bool,
    /// Whether nothing is to be changed.
    pub is_dry_run: bool,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// What a SKU of elsewhere is to be here.
#[derive(Clone, Debug)]
pub struct ExternalSkuLine {
    /// Its place in the input.
    pub line: usize,
    /// The SKU there.
    pub sku: String,
    /// The variant here; none: the SKU is not used any more.
    pub variant: Option<Named>,
}

/// A line that was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NameSet {
    /// Its place in the input.
    pub line: usize,
    /// The SKU there.
    pub sku: String,
    /// The variant here.
    pub variant: Option<Id<Variant>>,
    /// Whether it was another before.
    pub is_changed: bool,
}

/// A line that cannot be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NameRefused {
    /// Its place in the input.
    pub line: usize,
    /// Why.
    pub why: NameRefusal,
}

/// Why a line cannot be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NameRefusal {
    /// There is no such variant.
    NoVariant,
    /// Somebody else has said at the same time what the SKU is.
    Conflict,
    /// The variant has as many names as it can have.
    TooMany,
}

/// What became of many lines, each list in the order of the input.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamesSet {
    /// What was done.
    pub done: Vec<NameSet>,
    /// What was left out.
    pub refused: Vec<NameRefused>,
}

/// Why nothing was done.
#[derive(Debug, thiserror::Error)]
pub enum ExternalSkuError {
    /// Some lines cannot be done.
    #[error("some lines cannot be done")]
    Refused(Vec<NameRefused>),
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

/// Says what SKUs of a marketplace are here. One that was another variant is this one from now on.
///
/// Emits `external_sku.set` and `external_sku.removed` for each that changes.
pub async fn set_external_skus(
    cx: &Cx,
    _may: Permit<ManageStock>,
    mut input: SetExternalSkus,
) -> Result<NamesSet, ExternalSkuError> {
    // Names are locked and written in one order, so that two who set the same do not wait for each other.
    input.lines.sort_by(|one, other| one.sku.cmp(&other.sku));
    cx.write_once(input.once.as_ref(), async |tx| {
        let mut names = Names::load(tx, &input).await?;
        let mut all = NamesSet::default();
        for line in &input.lines {
            match names.set(tx, line, input.is_dry_run).await? {
                Ok(done) => all.done.push(done),
                Err(why) => all.refused.push(NameRefused { line: line.line, why }),
            }
        }
        all.done.sort_by_key(|one| one.line);
        all.refused.sort_by_key(|one| one.line);
        if !input.skips_failed && !all.refused.is_empty() {
            return Err(ExternalSkuError::Refused(all.refused));
        }
        tx.emit_changes(names.events.iter().map(|(before, event)| (before.as_ref(), event))).await?;
        Ok(all)
    })
    .await
}

/// What was before a change, for the audit trail.
#[derive(Clone, Copy, Debug, Serialize)]
struct Before {
    variant: Id<Variant>,
}

/// Names of one marketplace, while they change.
struct Names<'i> {
    marketplace: &'i str,
    /// The variants here that lines name.
    here: Variants,
    /// What the SKUs there were before, locked.
    was: HashMap<String, external_sku::Model>,
    /// How many names the variants have.
    counts: HashMap<Id<Variant>, i64>,
    events: Vec<(Option<Before>, ExternalSkuEvent)>,
}

impl<'i> Names<'i> {
    async fn load(tx: &Tx, input: &'i SetExternalSkus) -> Result<Self, Fault> {
        let here = Variants::load(tx, input.lines.iter().filter_map(|line| line.variant.as_ref())).await?;
        let there: Vec<_> = input.lines.iter().map(|line| line.sku.as_str()).collect();
        let was = rows::lock(tx, &input.marketplace, &there).await?;
        let known: Vec<_> = here.ids().collect();
        Ok(Self {
            marketplace: &input.marketplace,
            counts: rows::n_names(tx, &known).await?,
            here,
            was: was.into_iter().map(|row| (row.sku.clone(), row)).collect(),
            events: Vec::new(),
        })
    }

    /// Has a SKU there be what a line says.
    async fn set(
        &mut self,
        tx: &Tx,
        line: &ExternalSkuLine,
        is_dry_run: bool,
    ) -> Result<Result<NameSet, NameRefusal>, Fault> {
        let next = line.variant.as_ref().and_then(|named| self.here.of(named)).map(|variant| variant.id);
        if next.is_none() && line.variant.is_some() {
            return Ok(Err(NameRefusal::NoVariant));
        }
        let was = self.was.get(&line.sku).cloned();
        let is_changed = was.as_ref().map(|row| row.variant_id) != next;
        if let Some(variant) = next.filter(|_| is_changed) {
            let n_names = self.counts.entry(variant).or_default();
            if NAMES_MAX <= *n_names {
                return Ok(Err(NameRefusal::TooMany));
            }
            *n_names = n_names.saturating_add(1);
        }
        if is_changed && !is_dry_run && !self.write(tx, &line.sku, was, next).await? {
            return Ok(Err(NameRefusal::Conflict));
        }
        Ok(Ok(NameSet { line: line.line, sku: line.sku.clone(), variant: next, is_changed }))
    }

    /// Writes what a SKU there is from now on. `false`: somebody else has just said what it is.
    async fn write(
        &mut self,
        tx: &Tx,
        sku: &str,
        was: Option<external_sku::Model>,
        next: Option<Id<Variant>>,
    ) -> Result<bool, Fault> {
        let external_sku = match (&was, next) {
            (Some(row), Some(variant)) => {
                rows::update(tx, row.id, variant).await?;
                row.id
            }
            (Some(row), None) => {
                rows::delete(tx, row.id).await?;
                row.id
            }
            (None, Some(variant)) => match rows::insert(tx, (self.marketplace, sku), variant).await? {
                Some(id) => id,
                None => return Ok(false),
            },
            (None, None) => return Ok(true),
        };
        let (marketplace, sku, at) = (self.marketplace.to_owned(), sku.to_owned(), tx.now());
        let event = match next {
            Some(variant) => ExternalSkuEvent::Set { external_sku, marketplace, sku, variant, at },
            None => ExternalSkuEvent::Removed { external_sku, marketplace, sku, at },
        };
        self.events.push((was.map(|row| Before { variant: row.variant_id }), event));
        Ok(true)
    }
}
