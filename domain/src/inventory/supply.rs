//! Goods that a supplier is to deliver.

/// Where a supply stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SupplyState {
    /// More of it is to come.
    Expected,
    /// It came, or nothing more will come.
    Received,
    /// It will not come.
    Cancelled,
}

impl SupplyState {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Expected, Self::Received, Self::Cancelled];

    /// The name in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Expected => "EXPECTED",
            Self::Received => "RECEIVED",
            Self::Cancelled => "CANCELLED",
        }
    }

    /// The state of this name.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// The most days ahead that a channel may promise.
pub const PROMISE_DAYS_MAX: i64 = 365;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_names_one_state() {
        for state in SupplyState::ALL {
            assert_eq!(SupplyState::parse(state.code()), Some(state));
        }
        assert_eq!(SupplyState::parse("OPEN"), None);
    }
}
