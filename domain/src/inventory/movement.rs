//! Movements of stock. A level is the sum of its movements, and nothing else.
#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects))]

/// Why stock moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// Goods came in.
    Receipt,
    /// Somebody set the record straight, up or down, and said why.
    Adjustment,
    /// A count found more or fewer.
    Count,
    /// Units were promised to an order.
    Reservation,
    /// Promised units are free again.
    Release,
    /// Promised units were set aside for their parcel: they stay promised, and on the shelf.
    Allocation,
    /// Promised units left.
    Shipment,
    /// Units came back and can be sold again.
    Return,
    /// Units came back and must be looked at first.
    Quarantine,
    /// Units in quarantine can be sold again.
    Restock,
    /// Units in quarantine were given up.
    WriteOff,
    /// Units left for another place of ours.
    TransferOut,
    /// Units came from another place of ours.
    TransferIn,
}

impl Cause {
    /// Every cause.
    pub const ALL: [Self; 13] = [
        Self::Receipt,
        Self::Adjustment,
        Self::Count,
        Self::Reservation,
        Self::Release,
        Self::Allocation,
        Self::Shipment,
        Self::Return,
        Self::Quarantine,
        Self::Restock,
        Self::WriteOff,
        Self::TransferOut,
        Self::TransferIn,
    ];

    /// The cause of this name.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cause| cause.code() == code)
    }

    /// The name in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Receipt => "RECEIPT",
            Self::Adjustment => "ADJUSTMENT",
            Self::Count => "COUNT",
            Self::Reservation => "RESERVATION",
            Self::Release => "RELEASE",
            Self::Allocation => "ALLOCATION",
            Self::Shipment => "SHIPMENT",
            Self::Return => "RETURN",
            Self::Quarantine => "QUARANTINE",
            Self::Restock => "RESTOCK",
            Self::WriteOff => "WRITE_OFF",
            Self::TransferOut => "TRANSFER_OUT",
            Self::TransferIn => "TRANSFER_IN",
        }
    }

    /// What moving `quantity` units does to a level. The quantity is above zero, but for an adjustment and a
    /// count, which go either way.
    pub const fn delta(self, quantity: i64) -> Delta {
        let (more, less) = (quantity, quantity.saturating_neg());
        let (on_hand, reserved, quarantined) = match self {
            Self::Receipt | Self::Adjustment | Self::Count | Self::Return | Self::TransferIn => (more, 0, 0),
            Self::Reservation => (0, more, 0),
            Self::Release => (0, less, 0),
            Self::Allocation => (0, 0, 0),
            Self::Shipment => (less, less, 0),
            Self::Quarantine => (0, 0, more),
            Self::Restock => (more, 0, less),
            Self::WriteOff => (0, 0, less),
            Self::TransferOut => (less, 0, 0),
        };
        Delta { on_hand, reserved, quarantined }
    }
}

/// What a movement does to a level, in units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Delta {
    /// Change of the units on the shelf.
    pub on_hand: i64,
    /// Change of the units promised.
    pub reserved: i64,
    /// Change of the units in quarantine.
    pub quarantined: i64,
}

/// What one place holds of one variant, in units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Level {
    /// Units on the shelf.
    pub on_hand: i64,
    /// Units promised to orders, still on the shelf.
    pub reserved: i64,
    /// Units that are there and cannot be sold: they are not on the shelf.
    pub quarantined: i64,
}

impl Level {
    /// The level after a movement; `None` if it would promise more than there is, or fall below zero.
    pub fn after(self, delta: Delta) -> Option<Self> {
        let on_hand = self.on_hand.checked_add(delta.on_hand)?;
        let reserved = self.reserved.checked_add(delta.reserved)?;
        let quarantined = self.quarantined.checked_add(delta.quarantined)?;
        let holds = 0 <= reserved && reserved <= on_hand && 0 <= quarantined;
        holds.then_some(Self { on_hand, reserved, quarantined })
    }

    /// Units that can still be promised.
    pub const fn available(self) -> i64 {
        self.on_hand.saturating_sub(self.reserved)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What a clerk with a sheet of paper for each sort of unit would have written down.
    #[derive(Default)]
    struct Sheets {
        came: i64,
        left: i64,
        promised: i64,
        kept: i64,
        set_aside: i64,
    }

    impl Sheets {
        fn write(&mut self, cause: Cause, n: i64) {
            match cause {
                Cause::Receipt | Cause::Adjustment | Cause::Count | Cause::Return | Cause::TransferIn => self.came += n,
                Cause::Reservation => self.promised += n,
                Cause::Release => self.kept += n,
                Cause::Allocation => {}
                Cause::Shipment => {
                    self.left += n;
                    self.kept += n;
                }
                Cause::Quarantine => self.set_aside += n,
                Cause::Restock => {
                    self.set_aside -= n;
                    self.came += n;
                }
                Cause::WriteOff => self.set_aside -= n,
                Cause::TransferOut => self.left += n,
            }
        }
    }

    proptest! {
        #[test]
        fn no_sequence_of_movements_oversells(
            steps in prop::collection::vec((0..Cause::ALL.len(), 1_i64..9, any::<bool>()), 0..200),
        ) {
            let (mut level, mut sheets) = (Level::default(), Sheets::default());
            for (cause, quantity, down) in steps {
                let cause = Cause::ALL[cause];
                let goes_either_way = matches!(cause, Cause::Adjustment | Cause::Count);
                let quantity = if down && goes_either_way { -quantity } else { quantity };
                let Some(next) = level.after(cause.delta(quantity)) else { continue };
                sheets.write(cause, quantity);
                level = next;
                prop_assert!(0 <= level.reserved && level.reserved <= level.on_hand && 0 <= level.quarantined);
                prop_assert_eq!(level.on_hand, sheets.came - sheets.left);
                prop_assert_eq!(level.reserved, sheets.promised - sheets.kept);
                prop_assert_eq!(level.quarantined, sheets.set_aside);
            }
        }
    }

    #[test]
    fn every_code_names_one_cause() {
        for cause in Cause::ALL {
            assert_eq!(Cause::parse(cause.code()), Some(cause));
        }
        assert_eq!(Cause::parse("receipt"), None);
    }
}
