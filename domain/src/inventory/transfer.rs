//! Goods that go from one place to another, and what becomes of them.
#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects))]

use serde::Serialize;

/// Where a transfer stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum TransferState {
    /// Something of it is under way.
    InTransit,
    /// It came, or it is known what of it did not.
    Received,
    /// What had not come went back.
    Cancelled,
}

impl TransferState {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::InTransit, Self::Received, Self::Cancelled];

    /// The name in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::InTransit => "IN_TRANSIT",
            Self::Received => "RECEIVED",
            Self::Cancelled => "CANCELLED",
        }
    }

    /// The state of this name.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// What became of the units of one variant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sent {
    /// Units that left.
    pub shipped: i64,
    /// Units that came.
    pub received: i64,
    /// Units that went back.
    pub returned: i64,
    /// Units that never came.
    pub lost: i64,
}

impl Sent {
    /// Units that are still under way.
    pub const fn in_transit(self) -> i64 {
        self.shipped.saturating_sub(self.received).saturating_sub(self.returned).saturating_sub(self.lost)
    }

    /// After `n` units came; `None` if so many are not under way.
    pub fn receive(self, n: i64) -> Option<Self> {
        let received = self.received.checked_add(n)?;
        (0 <= n && n <= self.in_transit()).then_some(Self { received, ..self })
    }

    /// After all that is under way is known to be lost.
    #[must_use]
    pub const fn lose(self) -> Self {
        Self { lost: self.lost.saturating_add(self.in_transit()), ..self }
    }

    /// After all that is under way went back.
    #[must_use]
    pub const fn turn_back(self) -> Self {
        Self { returned: self.returned.saturating_add(self.in_transit()), ..self }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_code_names_one_state() {
        for state in TransferState::ALL {
            assert_eq!(TransferState::parse(state.code()), Some(state));
        }
        assert_eq!(TransferState::parse("LOST"), None);
    }

    proptest! {
        #[test]
        fn what_left_is_somewhere_whatever_comes(shipped in 1_i64..50, parts in prop::collection::vec(-3_i64..20, 0..9), back in any::<bool>()) {
            let mut sent = Sent { shipped, ..Sent::default() };
            for n in parts {
                let before = sent;
                match sent.receive(n) {
                    Some(after) => {
                        prop_assert_eq!(after.received, before.received + n);
                        sent = after;
                    }
                    None => prop_assert!(n < 0 || before.in_transit() < n),
                }
                prop_assert!(0 <= sent.in_transit());
            }
            let closed = if back { sent.turn_back() } else { sent.lose() };
            prop_assert_eq!(closed.in_transit(), 0);
            prop_assert_eq!(closed.received + closed.returned + closed.lost, shipped);
        }
    }
}
