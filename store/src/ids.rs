//! Fresh ids, which sort in the order in which they were made.

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

use domain::time::Instant;
use rand::Rng as _;
use uuid::Uuid;

/// How many ids a count tells apart: the 18 bits of a UUID of version 7 that stand right behind its instant.
const COUNTS: u32 = 1 << 18;

/// Counts the ids of all transactions of a database in this process, so that what happens in one millisecond has an
/// order too.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ids(Arc<AtomicU32>);

impl Ids {
    /// The ids of a transaction that begins.
    pub(crate) fn begin(&self) -> Sequence {
        // Nobody makes half of them in one transaction, so none starts over in the middle.
        if COUNTS >> 1 <= self.0.load(Ordering::Relaxed) {
            self.0.store(0, Ordering::Relaxed);
        }
        Sequence { next: AtomicU32::new(self.0.load(Ordering::Relaxed)), all: self.clone() }
    }
}

/// Makes the ids of one transaction.
#[derive(Debug)]
pub(crate) struct Sequence {
    next: AtomicU32,
    all: Ids,
}

impl Sequence {
    /// A UUID of version 7 of this instant, behind those that were made before. Its last 56 bits are random.
    pub(crate) fn fresh(&self, at: Instant) -> Uuid {
        let count = self.next.fetch_add(1, Ordering::Relaxed).min(COUNTS - 1);
        self.all.0.fetch_max(count + 1, Ordering::Relaxed);
        // Four bits, eight and six, with the UUID's version and variant before the first and the last.
        let [_, first, second, third] = (count << 2).to_be_bytes();
        let mut bytes = [0_u8; 10];
        rand::rng().fill_bytes(&mut bytes);
        bytes.iter_mut().zip([first, second, third >> 2]).for_each(|(byte, counted)| *byte = counted);
        let millis = u64::try_from(at.millis()).unwrap_or_default();
        uuid::Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_one_instant_sort_as_they_were_made_across_transactions() {
        let (ids, at) = (Ids::default(), Instant::from_millis(1_772_355_600_000));
        let mut made = Vec::new();
        for _ in 0..3 {
            let transaction = ids.begin();
            made.extend((0..1000).map(|_| transaction.fresh(at)));
        }
        assert!(made.is_sorted_by(|one, next| one < next));
        assert!(made.iter().all(|id| id.get_version_num() == 7 && id.get_variant() == uuid::Variant::RFC4122));
        assert!(made.iter().all(|id| id.to_string().starts_with("019ca8a0-3e80-7")), "{}", made[0]);
    }

    #[test]
    fn a_later_instant_sorts_behind_whatever_the_count() {
        let ids = Ids::default();
        let transaction = ids.begin();
        let early: Vec<_> = (0..100).map(|_| transaction.fresh(Instant::from_millis(1))).collect();
        let late = Ids::default().begin().fresh(Instant::from_millis(2));
        assert!(early.iter().all(|id| *id < late));
    }

    #[test]
    fn counting_starts_over_between_transactions_only() {
        let ids = Ids::default();
        ids.0.store((COUNTS >> 1) - 1, Ordering::Relaxed);
        let at = Instant::from_millis(0);
        let transaction = ids.begin();
        let made: Vec<_> = (0..10).map(|_| transaction.fresh(at)).collect();
        assert!(made.is_sorted_by(|one, next| one < next));
        assert!(ids.begin().fresh(at) < made[0]);
        let full = Sequence { next: AtomicU32::new(COUNTS - 1), all: ids };
        assert_ne!(full.fresh(at), full.fresh(at), "what is beyond is still another id");
    }
}
