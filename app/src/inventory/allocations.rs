//! What of levels is one channel's: others leave it as long as it is not promised.

use std::collections::HashMap;

use domain::{
    id::{Channel, Id, Location, Variant},
    inventory::available::{Allocation, left_to_others},
};
use store::{Fault, Read};

use super::{allocation_rows, rows::Place};

/// What of levels is one channel's, and what of it is promised.
#[derive(Debug, Default)]
pub(super) struct Allocations(HashMap<Place, Vec<Allocation>>);

impl Allocations {
    /// What of variants is one channel's now. Who promises something by it locks the levels before.
    pub(super) async fn load(read: &Read, variants: &[Id<Variant>]) -> Result<Self, Fault> {
        let rows = allocation_rows::allocations(read, variants).await?;
        if rows.is_empty() {
            return Ok(Self::default());
        }
        let mut channels: Vec<_> = rows.iter().map(|row| row.channel_id).collect();
        channels.sort_unstable();
        channels.dedup();
        let mut promised: HashMap<(Place, Id<Channel>), i64> = HashMap::new();
        for (variant, location, channel, n) in allocation_rows::promised(read, variants, &channels).await? {
            let sum = promised.entry(((variant, location), channel)).or_default();
            *sum = sum.saturating_add(n);
        }
        let mut of_level: HashMap<Place, Vec<Allocation>> = HashMap::new();
        for row in rows {
            let place = (row.variant_id, row.location_id);
            let promised = promised.get(&(place, row.channel_id)).copied().unwrap_or_default();
            let one = Allocation { channel: row.channel_id, quantity: row.quantity, promised };
            of_level.entry(place).or_default().push(one);
        }
        Ok(Self(of_level))
    }

    /// What of a level is one channel's.
    pub(super) fn of(&self, place: Place) -> &[Allocation] {
        self.0.get(&place).map(Vec::as_slice).unwrap_or_default()
    }

    /// All of it, each with its variant and its place.
    pub(super) fn all(&self) -> impl Iterator<Item = (Id<Variant>, (Id<Location>, Allocation))> {
        self.0.iter().flat_map(|((variant, location), all)| all.iter().map(|one| (*variant, (*location, *one))))
    }

    /// Units of a level that who sells in a channel leaves for others.
    pub(super) fn left_to_others(&self, channel: Id<Channel>, place: Place) -> i64 {
        left_to_others(channel, self.of(place))
    }

    /// Notes that units of a level were promised in a channel.
    pub(super) fn promise(&mut self, channel: Id<Channel>, place: Place, n: i64) {
        let mine = self.0.get_mut(&place).into_iter().flatten().find(|one| one.channel == channel);
        if let Some(mine) = mine {
            mine.promised = mine.promised.saturating_add(n);
        }
    }
}
