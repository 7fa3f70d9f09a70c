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
    /// Codes of gift cards, which many pay with.
    gift_cards: Vec<String>,
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
        let issue = "mutation { giftCardsIssue(input: { amount: \"5000.00\", currency: \"SAR\", count: 8,
            idempotencyKey: \"for the mix\" }) { giftCards { code } userErrors { code } } }";
        let issued = door.staff().ask(issue, json!({})).await?;
        let cards = issued["giftCardsIssue"]["giftCards"].as_array().into_iter().flatten();
        let gift_cards = cards.map(|card| text(&card["code"])).collect();
        Ok(Self { shopping, places, gift_cards, clock })
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

    /// The code of any gift card.
    pub(super) fn any_gift_card(&self, rng: &mut StdRng) -> &str {
        &self.gift_cards[rng.random_range(0..self.gift_cards.len())]
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
