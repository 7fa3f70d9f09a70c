//! A place in the queue of those who want to order.

/// Where a ticket stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TicketState {
    /// It waits for its turn.
    Waiting,
    /// Its cart became an order.
    Placed,
    /// Its cart became no order.
    Refused,
}

impl TicketState {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Waiting, Self::Placed, Self::Refused];

    /// The name on the wire and in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Waiting => "WAITING",
            Self::Placed => "PLACED",
            Self::Refused => "REFUSED",
        }
    }

    /// The state of this name.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_names_one_state() {
        for state in TicketState::ALL {
            assert_eq!(TicketState::parse(state.code()), Some(state));
        }
        assert_eq!(TicketState::parse("waiting"), None);
    }
}
