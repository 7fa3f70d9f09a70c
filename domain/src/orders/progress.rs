//! How far an order and its money came, told from its facts.

use crate::payments::status;

/// Units of an order, or of one of its lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Units that were ordered and not cancelled.
    pub ordered: i64,
    /// Units that left for the customer.
    pub shipped: i64,
}

/// How much of an order was handed to carriers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fulfilment {
    /// Nothing.
    Unfulfilled,
    /// Some of it.
    PartiallyFulfilled,
    /// All of it.
    Fulfilled,
}

/// What became of the money of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaymentStanding {
    /// The shop has no money, nor a promise of it.
    Unpaid,
    /// Some of it is still to be paid.
    PartiallyPaid,
    /// The gateway holds it for the shop.
    Authorised,
    /// The shop has it.
    Paid,
    /// Some of it went back.
    PartiallyRefunded,
    /// All of it went back.
    Refunded,
    /// It will not be paid any more.
    Voided,
}

impl Progress {
    /// How much was handed to carriers.
    pub const fn fulfilment(self) -> Fulfilment {
        if self.shipped == 0 {
            Fulfilment::Unfulfilled
        } else if self.shipped < self.ordered {
            Fulfilment::PartiallyFulfilled
        } else {
            Fulfilment::Fulfilled
        }
    }
}

impl Fulfilment {
    /// Every standing.
    pub const ALL: [Self; 3] = [Self::Unfulfilled, Self::PartiallyFulfilled, Self::Fulfilled];

    /// The key of its label.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unfulfilled => "UNFULFILLED",
            Self::PartiallyFulfilled => "PARTIALLY_FULFILLED",
            Self::Fulfilled => "FULFILLED",
        }
    }
}

/// What the payments of an order are to it together.
pub fn payment_standing(payments: impl IntoIterator<Item = status::Status>) -> PaymentStanding {
    let all: Vec<_> = payments.into_iter().map(standing).collect();
    let is_voided = |one: &PaymentStanding| *one == PaymentStanding::Voided;
    let has = |one| all.contains(&one);
    let has_money =
        has(PaymentStanding::Authorised) || has(PaymentStanding::Paid) || has(PaymentStanding::PartiallyRefunded);
    let has_lost = has(PaymentStanding::Refunded) || has(PaymentStanding::PartiallyRefunded);
    if all.iter().all(is_voided) {
        PaymentStanding::Voided
    } else if has(PaymentStanding::Unpaid) {
        if has_money { PaymentStanding::PartiallyPaid } else { PaymentStanding::Unpaid }
    } else if has(PaymentStanding::Authorised) {
        PaymentStanding::Authorised
    } else if !has_money {
        PaymentStanding::Refunded
    } else if has_lost {
        PaymentStanding::PartiallyRefunded
    } else {
        PaymentStanding::Paid
    }
}

/// What a payment is by itself.
const fn standing(status: status::Status) -> PaymentStanding {
    match status {
        status::Status::Pending | status::Status::RequiresAction | status::Status::Declined => PaymentStanding::Unpaid,
        status::Status::Authorised => PaymentStanding::Authorised,
        status::Status::Captured => PaymentStanding::Paid,
        status::Status::PartRefunded => PaymentStanding::PartiallyRefunded,
        status::Status::Refunded => PaymentStanding::Refunded,
        status::Status::Voided => PaymentStanding::Voided,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_is_fulfilled_once_all_of_it_left() {
        let standing = |shipped| Progress { ordered: 3, shipped }.fulfilment();
        assert_eq!(standing(0), Fulfilment::Unfulfilled);
        assert_eq!((standing(1), standing(2)), (Fulfilment::PartiallyFulfilled, Fulfilment::PartiallyFulfilled));
        assert_eq!(standing(3), Fulfilment::Fulfilled);
    }

    #[test]
    fn payments_are_told_as_one() {
        use status::Status;
        let of = |all: &[Status]| payment_standing(all.iter().copied());
        for status in Status::ALL {
            assert_eq!(of(&[status]), standing(status));
            assert_eq!(of(&[status, Status::Voided]), standing(status), "what was given up is not counted");
        }
        assert_eq!(of(&[Status::Captured, Status::Pending]), PaymentStanding::PartiallyPaid);
        assert_eq!(of(&[Status::Authorised, Status::Pending]), PaymentStanding::PartiallyPaid);
        assert_eq!(of(&[Status::Captured, Status::Authorised]), PaymentStanding::Authorised);
        assert_eq!(of(&[Status::Captured, Status::Refunded]), PaymentStanding::PartiallyRefunded);
        assert_eq!(of(&[Status::Refunded, Status::Pending]), PaymentStanding::Unpaid);
    }
}
