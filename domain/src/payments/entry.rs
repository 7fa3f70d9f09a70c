//! What can stand in a payment's history.

use super::events::{Outcome, Request};

/// One kind of thing that happens to a payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EntryKind {
    /// The gateway is asked for an authorisation.
    Attempt,
    /// The amount is held for the shop.
    Authorised,
    /// The payer must confirm.
    Challenged,
    /// The attempt was refused.
    Declined,
    /// The gateway is asked to take the authorised amount.
    RequestedCapture,
    /// The gateway is asked to give up an authorisation.
    RequestedVoid,
    /// The gateway is asked to give money back.
    RequestedRefund,
    /// The shop has the money.
    Captured,
    /// An authorisation was given up, or never asked for.
    Voided,
    /// Money went back.
    Refunded,
}

impl EntryKind {
    /// Every kind.
    pub const ALL: [Self; 10] = [
        Self::Attempt,
        Self::Authorised,
        Self::Challenged,
        Self::Declined,
        Self::RequestedCapture,
        Self::RequestedVoid,
        Self::RequestedRefund,
        Self::Captured,
        Self::Voided,
        Self::Refunded,
    ];

    /// The name on the wire and in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Attempt => "ATTEMPT",
            Self::Authorised => "AUTHORISED",
            Self::Challenged => "CHALLENGED",
            Self::Declined => "DECLINED",
            Self::RequestedCapture => "REQUESTED_CAPTURE",
            Self::RequestedVoid => "REQUESTED_VOID",
            Self::RequestedRefund => "REQUESTED_REFUND",
            Self::Captured => "CAPTURED",
            Self::Voided => "VOIDED",
            Self::Refunded => "REFUNDED",
        }
    }

    /// The kind of this name.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// How the request stands in the history.
impl From<Request> for EntryKind {
    fn from(request: Request) -> Self {
        match request {
            Request::Capture => Self::RequestedCapture,
            Request::Void => Self::RequestedVoid,
            Request::Refund => Self::RequestedRefund,
        }
    }
}

/// How the outcome stands in the history.
impl From<Outcome> for EntryKind {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Authorised => Self::Authorised,
            Outcome::Declined => Self::Declined,
            Outcome::Captured => Self::Captured,
            Outcome::Voided => Self::Voided,
            Outcome::Refunded => Self::Refunded,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_reads_back_what_it_wrote() {
        for kind in EntryKind::ALL {
            assert_eq!(EntryKind::parse(kind.code()), Some(kind));
        }
        assert_eq!(EntryKind::parse("authorised"), None);
    }

    #[test]
    fn a_request_and_what_becomes_of_it_stand_apart() {
        for request in [Request::Capture, Request::Void, Request::Refund] {
            assert_ne!(EntryKind::from(request), EntryKind::from(request.fulfilled()));
        }
    }
}
