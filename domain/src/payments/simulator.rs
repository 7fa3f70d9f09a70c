//! The rules of the simulated card gateway: which test card does what, and what a charge allows.
//!
//! It stands outside the shop, as a real gateway does: the shop reaches it over HTTP only, and hears
//! of its charges by webhooks that come late and twice.

use super::gateway::DeclineCode;

/// What a test card does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Behaviour {
    /// Authorises at once.
    Approve,
    /// Asks for 3-D Secure first.
    Challenge,
    /// Refuses.
    Decline(DeclineCode),
}

/// The test cards: token and behaviour.
pub const CARDS: [(&str, Behaviour); 6] = [
    ("tok_approved", Behaviour::Approve),
    ("tok_challenge", Behaviour::Challenge),
    ("tok_insufficient_funds", Behaviour::Decline(DeclineCode::InsufficientFunds)),
    ("tok_expired_card", Behaviour::Decline(DeclineCode::ExpiredCard)),
    ("tok_do_not_honour", Behaviour::Decline(DeclineCode::DoNotHonour)),
    ("tok_lost_card", Behaviour::Decline(DeclineCode::LostCard)),
];

/// What the card of this token does; `None` for an unknown token.
pub fn behaviour(token: &str) -> Option<Behaviour> {
    CARDS.iter().find(|(known, _)| *known == token).map(|(_, behaviour)| *behaviour)
}

/// Where a charge stands at the gateway.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChargeState {
    /// Waits for the shopper's 3-D Secure.
    Challenged,
    /// Holds the money.
    Authorised,
    /// Refused.
    Declined,
    /// Took the money.
    Captured,
    /// Gave the hold up.
    Voided,
}

impl ChargeState {
    const ALL: [Self; 5] = [Self::Challenged, Self::Authorised, Self::Declined, Self::Captured, Self::Voided];

    /// The name on the wire and in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Challenged => "challenged",
            Self::Authorised => "authorised",
            Self::Declined => "declined",
            Self::Captured => "captured",
            Self::Voided => "voided",
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
    fn every_test_card_has_one_behaviour() {
        for (token, does) in CARDS {
            assert_eq!(behaviour(token), Some(does));
        }
        assert_eq!(behaviour("4111111111111111"), None);
    }
}
