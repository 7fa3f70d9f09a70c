//! Ids that ascend in the order in which they are made.

use domain::{id::Id, time::Instant};
use rand::Rng as _;
use sea_orm::prelude::Uuid;

/// Makes UUIDs of version 7 of one instant: with a counter, so that what stands first in a file has
/// the lower id (RFC 9562, 6.2, method 1), and 32 random bits.
#[derive(Debug)]
pub(super) struct Ids {
    millis: u64,
    made: u64,
}

/// A UUID of version 7, of the variant of RFC 9562, and nothing else.
const FRAME: u128 = (7 << 76) | (2 << 62);

impl Ids {
    pub(super) fn of(at: Instant) -> Self {
        Self { millis: u64::try_from(at.millis()).unwrap_or_default(), made: 0 }
    }

    pub(super) fn next<K>(&mut self) -> Id<K> {
        let count = self.made;
        self.made = count.saturating_add(1);
        let (high, low) = (count >> 30 & 0xfff, count & 0x3fff_ffff);
        let fields = u128::from(self.millis) << 80 | u128::from(high) << 64 | u128::from(low) << 32;
        Id::new(Uuid::from_u128(FRAME | fields | u128::from(rand::rng().next_u32())))
    }
}

#[cfg(test)]
mod tests {
    use domain::id::Product;

    use super::*;

    #[test]
    fn ids_ascend_and_are_of_version_7() {
        let mut ids = Ids { millis: 1_795_000_000_123, made: (1 << 30) - 2 };
        let made: Vec<Id<Product>> = (0..4).map(|_| ids.next()).collect();
        assert!(made.is_sorted_by(|one, next| one < next), "{made:?}");
        for id in made {
            assert_eq!(id.uuid().get_version_num(), 7);
            assert!(id.uuid().to_string().starts_with("01a1ee56-5e7b-7"), "{id:?}");
        }
    }
}
