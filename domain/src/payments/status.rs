//! What became of a payment, told from its amounts.

use serde::Serialize;

/// Where a payment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Status {
    /// Nothing happened yet.
    Pending,
    /// The payer must confirm, at their bank's page.
    RequiresAction,
    /// The gateway holds the amount for the shop.
    Authorised,
    /// The gateway refused; another attempt is possible.
    Declined,
    /// The shop has the money.
    Captured,
    /// A part of the money went back.
    PartRefunded,
    /// All of the money went back.
    Refunded,
    /// It will not be paid any more.
    Voided,
}

impl Status {
    /// Every status.
    pub const ALL: [Self; 8] = [
        Self::Pending,
        Self::RequiresAction,
        Self::Authorised,
        Self::Declined,
        Self::Captured,
        Self::PartRefunded,
        Self::Refunded,
        Self::Voided,
    ];

    /// The name on the wire and in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Pending => "PENDING",
            Self::RequiresAction => "REQUIRES_ACTION",
            Self::Authorised => "AUTHORISED",
            Self::Declined => "DECLINED",
            Self::Captured => "CAPTURED",
            Self::PartRefunded => "PART_REFUNDED",
            Self::Refunded => "REFUNDED",
            Self::Voided => "VOIDED",
        }
    }

    /// The status of this name.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.code() == code)
    }

    /// The statuses from which an authorisation may be tried.
    pub const PAYABLE: [Self; 3] = [Self::Pending, Self::RequiresAction, Self::Declined];
}

/// The status of captured money of which `refunded` went back. Minor units of one currency.
pub const fn after_refund(captured_minor: i64, refunded_minor: i64) -> Status {
    if refunded_minor == 0 {
        Status::Captured
    } else if refunded_minor < captured_minor {
        Status::PartRefunded
    } else {
        Status::Refunded
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_reads_back_what_it_wrote() {
        for status in Status::ALL {
            assert_eq!(Status::parse(status.code()), Some(status));
        }
    }

    #[test]
    fn captured_money_is_refunded_once_all_of_it_went_back() {
        assert_eq!(after_refund(1000, 0), Status::Captured);
        assert_eq!(after_refund(1000, 999), Status::PartRefunded);
        assert_eq!(after_refund(1000, 1000), Status::Refunded);
    }
}
