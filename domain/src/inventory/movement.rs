//! Movements of stock. A level is the sum of its movements, and nothing else.
#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects))]

/// Why stock moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// Goods came in.
    Receipt,
    /// Units were promised to an order.
    Reservation,
    /// Promised units are free again.
    Release,
    /// Promised units left.
    Shipment,
}

impl Cause {
    /// The name in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Receipt => "RECEIPT",
            Self::Reservation => "RESERVATION",
            Self::Release => "RELEASE",
            Self::Shipment => "SHIPMENT",
        }
    }

    /// What moving `quantity` units does to a level.
    pub const fn delta(self, quantity: i64) -> Delta {
        match self {
            Self::Receipt => Delta { on_hand: quantity, reserved: 0 },
            Self::Reservation => Delta { on_hand: 0, reserved: quantity },
            Self::Release => Delta { on_hand: 0, reserved: quantity.saturating_neg() },
            Self::Shipment => Delta { on_hand: quantity.saturating_neg(), reserved: quantity.saturating_neg() },
        }
    }
}

/// What a movement does to a level, in units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Delta {
    /// Change of the units on the shelf.
    pub on_hand: i64,
    /// Change of the units promised.
    pub reserved: i64,
}

/// What one place holds of one variant, in units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Level {
    /// Units on the shelf.
    pub on_hand: i64,
    /// Units promised to orders, still on the shelf.
    pub reserved: i64,
}

impl Level {
    /// The level after a movement; `None` if it would promise more than there is, or fall below zero.
    pub fn after(self, delta: Delta) -> Option<Self> {
        let on_hand = self.on_hand.checked_add(delta.on_hand)?;
        let reserved = self.reserved.checked_add(delta.reserved)?;
        (0 <= reserved && reserved <= on_hand).then_some(Self { on_hand, reserved })
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

    proptest! {
        #[test]
        fn no_sequence_of_movements_oversells(steps in prop::collection::vec((0_usize..4, 1_i64..9), 0..200)) {
            let causes = [Cause::Receipt, Cause::Reservation, Cause::Release, Cause::Shipment];
            let (mut level, mut shipped, mut received) = (Level::default(), 0, 0);
            for (cause, quantity) in steps {
                let cause = causes[cause];
                let Some(next) = level.after(cause.delta(quantity)) else { continue };
                if cause == Cause::Shipment { shipped += quantity; }
                if cause == Cause::Receipt { received += quantity; }
                level = next;
                prop_assert!(0 <= level.reserved && level.reserved <= level.on_hand);
                prop_assert_eq!(level.on_hand, received - shipped);
            }
        }
    }
}
