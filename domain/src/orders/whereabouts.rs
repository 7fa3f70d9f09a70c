//! "Where is this order right now?"

use super::state::State;

/// Who has the order in their hands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    /// The customer: to pay it, or because it arrived.
    Customer,
    /// The shop's staff.
    Shop,
    /// The place that picks and packs it.
    Warehouse,
    /// The carrier.
    Carrier,
}

impl Holder {
    /// The key of its label.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Customer => "CUSTOMER",
            Self::Shop => "SHOP",
            Self::Warehouse => "WAREHOUSE",
            Self::Carrier => "CARRIER",
        }
    }
}

/// Who holds an order in this state. What must not go on is the shop's to look at, even in the warehouse.
pub const fn holder(state: State, is_on_hold: bool) -> Holder {
    match state {
        State::AwaitingPayment | State::Delivered => Holder::Customer,
        State::Placed | State::Cancelled | State::Refused | State::Refunded => Holder::Shop,
        State::Confirmed | State::Allocated | State::PartlyShipped if is_on_hold => Holder::Shop,
        State::Confirmed | State::Allocated | State::PartlyShipped => Holder::Warehouse,
        State::Shipped => Holder::Carrier,
    }
}

/// The state that normally comes next; `None` at the end of the way.
pub const fn next(state: State) -> Option<State> {
    match state {
        State::AwaitingPayment => Some(State::Placed),
        State::Placed => Some(State::Confirmed),
        State::Confirmed => Some(State::Allocated),
        State::Allocated | State::PartlyShipped => Some(State::Shipped),
        State::Shipped => Some(State::Delivered),
        State::Delivered | State::Refused | State::Cancelled | State::Refunded => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_next_is_a_legal_move() {
        for state in State::ALL {
            if let Some(next) = next(state) {
                assert!(state.moves().any(|rule| rule.to == next), "{state:?}");
            }
        }
    }
}
