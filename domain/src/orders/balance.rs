//! What became of an order's money, told from its facts.
#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects))]

use crate::{
    money::{Currency, Money, MoneyError},
    payments::status::Status,
};

/// The amounts of an order's payment, minor units of one currency.
#[derive(Clone, Copy, Debug)]
pub struct Paid {
    /// Where it stands.
    pub status: Status,
    /// What was to be paid.
    pub amount_minor: i64,
    /// What of it fell away before it was paid.
    pub reduced_minor: i64,
    /// What the shop got.
    pub captured_minor: i64,
    /// What went back or is on its way back.
    pub refunded_minor: i64,
}

/// What became of an order's money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Balance {
    /// What was cancelled before it left.
    pub cancelled: Money,
    /// What the customer did not take, or sent back.
    pub returned: Money,
    /// What went back.
    pub refunded: Money,
    /// What the shop got.
    pub paid: Money,
    /// What is still to be paid.
    pub due: Money,
}

/// What became of an order's money: of what was cancelled and returned, and of what became of its
/// payments.
pub fn balance(
    currency: Currency,
    cancelled: impl IntoIterator<Item = i64>,
    returned: impl IntoIterator<Item = i64>,
    payments: &[Paid],
) -> Result<Balance, MoneyError> {
    let money = |minor| Money::new(minor, currency);
    let due = payments.iter().map(|paid| due(currency, paid)).collect::<Result<Vec<_>, _>>()?;
    Ok(Balance {
        cancelled: Money::sum(currency, cancelled.into_iter().map(money))?,
        returned: Money::sum(currency, returned.into_iter().map(money))?,
        refunded: Money::sum(currency, payments.iter().map(|paid| money(paid.refunded_minor)))?,
        paid: Money::sum(currency, payments.iter().map(|paid| money(paid.captured_minor)))?,
        due: Money::sum(currency, due)?,
    })
}

/// What of a payment is still to be paid.
fn due(currency: Currency, paid: &Paid) -> Result<Money, MoneyError> {
    let money = |minor| Money::new(minor, currency);
    match paid.status {
        Status::Pending | Status::RequiresAction | Status::Declined | Status::Authorised => {
            money(paid.amount_minor).minus(money(paid.reduced_minor))?.minus(money(paid.captured_minor))
        }
        Status::Captured | Status::PartRefunded | Status::Refunded | Status::Voided => Ok(Money::zero(currency)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fell_away_is_not_due_and_what_was_given_up_neither() {
        let of = |status, reduced_minor, captured_minor| {
            let paid = Paid { status, amount_minor: 1000, reduced_minor, captured_minor, refunded_minor: 0 };
            balance(Currency::SAR, [200, 100], [50], &[paid]).unwrap()
        };
        let open = of(Status::Pending, 300, 0);
        assert_eq!((open.cancelled.minor, open.returned.minor, open.due.minor), (300, 50, 700));
        assert_eq!(of(Status::Authorised, 300, 0).due.minor, 700);
        let paid = of(Status::Captured, 300, 700);
        assert_eq!((paid.paid.minor, paid.due.minor), (700, 0));
        assert_eq!(of(Status::Voided, 0, 0).due.minor, 0);
    }

    #[test]
    fn several_payments_are_one_balance() {
        let of = |status, amount_minor, captured_minor| Paid {
            status,
            amount_minor,
            reduced_minor: 0,
            captured_minor,
            refunded_minor: 0,
        };
        let payments = [of(Status::Captured, 1000, 1000), of(Status::Pending, 300, 0), of(Status::Voided, 50, 0)];
        let all = balance(Currency::SAR, [], [], &payments).unwrap();
        assert_eq!((all.paid.minor, all.due.minor), (1000, 300));
    }
}
