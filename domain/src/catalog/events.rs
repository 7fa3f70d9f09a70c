//! What happens to the catalogue.

use serde::Serialize;

use super::measure::Measure;
use crate::{
    events::{Aggregate, Event},
    id::{ExternalSku, Id, Variant},
    time::Instant,
};

/// What happened to a name that others have for a variant.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum ExternalSkuEvent {
    /// It names a variant now.
    Set {
        /// The name.
        external_sku: Id<ExternalSku>,
        /// Where a variant is called so.
        marketplace: String,
        /// What it is called there.
        sku: String,
        /// The variant.
        variant: Id<Variant>,
        /// When.
        at: Instant,
    },
    /// It names nothing any more.
    Removed {
        /// The name.
        external_sku: Id<ExternalSku>,
        /// Where a variant was called so.
        marketplace: String,
        /// What it was called there.
        sku: String,
        /// When.
        at: Instant,
    },
}

impl Event for ExternalSkuEvent {
    fn name(&self) -> &'static str {
        match self {
            Self::Set { .. } => "external_sku.set",
            Self::Removed { .. } => "external_sku.removed",
        }
    }

    fn aggregate(&self) -> Aggregate {
        match self {
            Self::Set { external_sku, .. } | Self::Removed { external_sku, .. } => (*external_sku).into(),
        }
    }
}

/// What happened to a variant.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum VariantEvent {
    /// It was said how much is in it.
    MeasureSet {
        /// The variant.
        variant: Id<Variant>,
        /// How much, and for how much of it the price is told; none: for none.
        measure: Option<Measure>,
        /// When.
        at: Instant,
    },
}

impl Event for VariantEvent {
    fn name(&self) -> &'static str {
        match self {
            Self::MeasureSet { .. } => "variant.measure_set",
        }
    }

    fn aggregate(&self) -> Aggregate {
        match self {
            Self::MeasureSet { variant, .. } => (*variant).into(),
        }
    }
}
