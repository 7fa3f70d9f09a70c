//! Why an order must not go on for now.

use serde::Serialize;

use super::state::{Action, State};

/// Why an order must not go on. An order can be held for several reasons at once, once for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum HoldKind {
    /// Somebody may be cheating.
    Fraud,
    /// The buyer's credit must be looked at.
    Credit,
    /// The goods must be looked for.
    Stock,
    /// The address may be wrong.
    Address,
    /// What came in later is still to be paid.
    Payment,
}

impl HoldKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::Fraud, Self::Credit, Self::Stock, Self::Address, Self::Payment];

    /// The name on the wire and in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Fraud => "FRAUD",
            Self::Credit => "CREDIT",
            Self::Stock => "STOCK",
            Self::Address => "ADDRESS",
            Self::Payment => "PAYMENT",
        }
    }

    /// The kind of this name.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// Whether a hold stops an action: what brings the goods nearer to the customer. The money, and the end of
/// an order, do not wait.
pub const fn stops(action: Action) -> bool {
    match action {
        Action::Confirm | Action::Allocate | Action::Ship | Action::ShipPart => true,
        Action::Pay
        | Action::Deliver
        | Action::Refuse
        | Action::Cancel
        | Action::CancelPart
        | Action::CancelRest
        | Action::Edit
        | Action::Exchange
        | Action::Expire
        | Action::Refund
        | Action::RefundPart => false,
    }
}

/// Whether an order in this state can be held: while there is something that a hold would stop.
pub fn is_holdable(state: State) -> bool {
    state == State::AwaitingPayment || state.moves().any(|rule| stops(rule.action))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_its_name() {
        for kind in HoldKind::ALL {
            assert_eq!(HoldKind::parse(kind.code()), Some(kind));
        }
        assert_eq!(HoldKind::parse("fraud"), None);
    }

    #[test]
    fn what_has_left_or_ended_is_held_no_more() {
        let held = State::ALL.into_iter().filter(|state| is_holdable(*state));
        let expected =
            [State::AwaitingPayment, State::Placed, State::Confirmed, State::Allocated, State::PartlyShipped];
        assert_eq!(held.collect::<Vec<_>>(), expected);
    }
}
