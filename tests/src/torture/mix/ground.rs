//! What everybody knows of the shop.

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use rand::{RngExt, rngs::StdRng};
use serde_json::json;

use crate::torture::{
    caller::Unanswered,
    door::Door,
    goods::Goods,
    shopping::{Shopping, text},
};

/// The ids of what can be bought and of where it is, and the clock if it is ours to move.
#[derive(Debug)]
pub(in crate::torture) struct Ground {
    pub(super) shopping: Shopping,
    /// Ids of places by code.
    places: BTreeMap<String, String>,
    clock: Option<Arc<AtomicI64>>,
}

impl Ground {
    /// Looks around in a shop that has these goods.
    pub(in crate::torture) async fn look_around(
        door: &Door<'_>,
        goods: &[Goods],
        clock: Option<Arc<AtomicI64>>,
    ) -> Result<Self, Unanswered> {
        let shopping = Shopping::look_around(&door.guest(), goods).await?;
        let found = door.staff().ask("{ locations { nodes { id code } } }", json!({})).await?;
        let places = found["locations"]["nodes"].as_array().into_iter().flatten();
        let places = places.map(|place| (text(&place["code"]), text(&place["id"]))).collect();
        Ok(Self { shopping, places, clock })
    }

    /// Whether the clock is ours.
    pub(super) const fn has_time(&self) -> bool {
        self.clock.is_some()
    }

    /// If the clock is ours, up to two seconds go by.
    pub(super) fn wait_a_little(&self, rng: &mut StdRng) {
        let millis = rng.random_range(0..2000);
        if let Some(clock) = &self.clock {
            clock.fetch_add(millis, Ordering::SeqCst);
        }
    }

    /// Any SKU, and the id of its variant.
    pub(super) fn any_variant(&self, rng: &mut StdRng) -> (&str, &str) {
        let skus = self.shopping.skus();
        let sku = skus[rng.random_range(0..skus.len())];
        (sku, self.shopping.variant(sku))
    }

    /// The id of a place.
    pub(super) fn place(&self, code: &str) -> &str {
        &self.places[code]
    }

    /// Any place: its code and its id.
    pub(super) fn any_place(&self, rng: &mut StdRng) -> (&str, &str) {
        let places: Vec<_> = self.places.iter().collect();
        let (code, id) = places[rng.random_range(0..places.len())];
        (code, id)
    }
}
