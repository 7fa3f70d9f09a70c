//! Carts that staff make for customers.

/// Where a draft stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DraftState {
    /// It can be changed.
    Open,
    /// It became an order.
    Completed,
    /// It was given up.
    Deleted,
}

impl DraftState {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Open, Self::Completed, Self::Deleted];

    /// What its cart is then, in the database.
    pub const fn of_cart(self) -> &'static str {
        match self {
            Self::Open => "DRAFT",
            Self::Completed => "COMPLETED",
            Self::Deleted => "DISCARDED",
        }
    }

    /// Where the draft of a cart stands.
    pub fn parse(of_cart: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.of_cart() == of_cart)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drafts_cart_tells_where_it_stands() {
        for state in DraftState::ALL {
            assert_eq!(DraftState::parse(state.of_cart()), Some(state));
        }
        assert_eq!(DraftState::parse("OPEN"), None, "a shopper's own");
    }
}
