//! What becomes of a shipment, declared once as a table.

use serde::Serialize;

/// Where a shipment is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum State {
    /// With the carrier.
    InTransit,
    /// With the customer.
    Delivered,
    /// The customer did not take it: it is on its way back.
    Refused,
    /// It is back.
    Returned,
}

/// What happens to a shipment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Action {
    /// The customer took it.
    Deliver,
    /// The carrier came in vain, and comes again.
    Fail,
    /// The customer does not take it.
    Refuse,
    /// It came back.
    Receive,
}

/// Why the carrier came in vain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum FailReason {
    /// Nobody was there.
    NotHome,
    /// The address is wrong.
    WrongAddress,
    /// The customer could not be reached.
    Unreachable,
    /// Something else.
    Other,
}

/// Every legal move of a shipment. What is not here cannot happen.
pub const TABLE: [(State, Action, State); 4] = [
    (State::InTransit, Action::Deliver, State::Delivered),
    (State::InTransit, Action::Fail, State::InTransit),
    (State::InTransit, Action::Refuse, State::Refused),
    (State::Refused, Action::Receive, State::Returned),
];

/// The action is not legal in this state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{action:?} is not legal of a shipment that is {state:?}")]
pub struct NotAllowed {
    /// Where the shipment is.
    pub state: State,
    /// What was asked.
    pub action: Action,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 4] = [Self::InTransit, Self::Delivered, Self::Refused, Self::Returned];

    /// The name on the wire and in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::InTransit => "IN_TRANSIT",
            Self::Delivered => "DELIVERED",
            Self::Refused => "REFUSED",
            Self::Returned => "RETURNED",
        }
    }

    /// The state of this name.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// The state after `action`.
    pub fn after(self, action: Action) -> Result<Self, NotAllowed> {
        let rule = TABLE.into_iter().find(|(from, does, _)| *from == self && *does == action);
        rule.map(|(_, _, to)| to).ok_or(NotAllowed { state: self, action })
    }

    /// Whether the customer did not take it.
    pub const fn is_refused(self) -> bool {
        match self {
            Self::Refused | Self::Returned => true,
            Self::InTransit | Self::Delivered => false,
        }
    }
}

impl Action {
    /// Every action.
    pub const ALL: [Self; 4] = [Self::Deliver, Self::Fail, Self::Refuse, Self::Receive];

    /// The name on the wire and in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Deliver => "DELIVER",
            Self::Fail => "FAIL",
            Self::Refuse => "REFUSE",
            Self::Receive => "RECEIVE",
        }
    }

    /// The action of this name.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.code() == code)
    }
}

impl FailReason {
    /// Every reason.
    pub const ALL: [Self; 4] = [Self::NotHome, Self::WrongAddress, Self::Unreachable, Self::Other];

    /// The name on the wire and in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotHome => "NOT_HOME",
            Self::WrongAddress => "WRONG_ADDRESS",
            Self::Unreachable => "UNREACHABLE",
            Self::Other => "OTHER",
        }
    }

    /// The reason of this name.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }
}

/// What an order is to be, now that its shipments are in these states: none while one is on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// The customer took some of it.
    Delivered,
    /// The customer took nothing.
    Refused,
}

/// What became of all shipments together; `None` while one of them is on its way to the customer, or there is none.
pub fn arrival(states: &[State]) -> Option<Arrival> {
    if states.is_empty() || states.contains(&State::InTransit) {
        None
    } else if states.contains(&State::Delivered) {
        Some(Arrival::Delivered)
    } else {
        Some(Arrival::Refused)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_move_has_one_outcome_and_every_name_is_read_back() {
        for state in State::ALL {
            assert_eq!(State::parse(state.code()), Some(state));
            for action in Action::ALL {
                let rules = TABLE.iter().filter(|(from, does, _)| *from == state && *does == action).count();
                assert!(rules <= 1);
                assert_eq!(state.after(action).is_ok(), rules == 1);
            }
        }
        assert!(Action::ALL.into_iter().all(|action| Action::parse(action.code()) == Some(action)));
        assert!(FailReason::ALL.into_iter().all(|reason| FailReason::parse(reason.code()) == Some(reason)));
    }

    #[test]
    fn an_order_arrived_once_nothing_of_it_is_on_its_way() {
        assert_eq!(arrival(&[]), None);
        assert_eq!(arrival(&[State::Delivered, State::InTransit]), None);
        assert_eq!(arrival(&[State::Refused, State::Delivered]), Some(Arrival::Delivered));
        assert_eq!(arrival(&[State::Refused, State::Returned]), Some(Arrival::Refused));
    }
}
