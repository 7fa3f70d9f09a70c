//! Orders that were placed elsewhere: whether their amounts agree.
#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects))]

use super::state::State;
use crate::{
    invalid::{Check, Invalid, Problem},
    money::{Currency, Money},
    payments::status::Status,
};

/// The most units of a line.
pub const QUANTITY_MAX: u32 = 1_000_000;

/// The end that an order came to elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// It arrived, and was paid.
    Delivered,
    /// It was cancelled, and nothing of it was paid.
    Cancelled,
    /// The customer did not take it, and nothing of it was paid.
    Refused,
    /// It arrived, was paid, and all of the money went back.
    Refunded,
}

impl End {
    /// What it is as the state of an order.
    pub const fn state(self) -> State {
        match self {
            Self::Delivered => State::Delivered,
            Self::Cancelled => State::Cancelled,
            Self::Refused => State::Refused,
            Self::Refunded => State::Refunded,
        }
    }

    /// What became of its payment.
    pub const fn payment(self) -> Status {
        match self {
            Self::Delivered => Status::Captured,
            Self::Cancelled | Self::Refused => Status::Voided,
            Self::Refunded => Status::Refunded,
        }
    }
}

/// The amounts of a line, in minor units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineAmounts {
    /// Units: 1 to [`QUANTITY_MAX`].
    pub quantity: u32,
    /// The price of a unit.
    pub unit: i64,
    /// What was taken off.
    pub discount: i64,
    /// What was left.
    pub total: i64,
    /// Tax included in it.
    pub tax: i64,
}

/// The amounts of an order, in minor units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amounts {
    /// Of its lines.
    pub lines: Vec<LineAmounts>,
    /// Delivery before its discount.
    pub delivery: i64,
    /// What was taken off delivery.
    pub delivery_discount: i64,
    /// Fee of the way to pay.
    pub fee: i64,
    /// Tax included in the total.
    pub tax: i64,
    /// What was to be paid.
    pub total: i64,
}

/// What lines add up to, in minor units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sums {
    /// Before discounts.
    pub subtotal: i64,
    /// Their discounts.
    pub discount: i64,
}

/// Adds an order up. Refuses what does not agree to the minor unit, and tells what it would have to be: the total of a
/// line is unit price times quantity less its discount, and that of the order the totals of the lines with delivery and
/// fee. The tax of the order is that of its lines and that of delivery and fee, which is no more than they are.
pub fn add_up(amounts: &Amounts, currency: Currency) -> Result<Sums, Invalid> {
    let mut check = Check::default();
    let sums = lines(&mut check, amounts, currency);
    let charges = amounts.delivery.checked_sub(amounts.delivery_discount);
    let charges = charges.filter(|left| 0 <= *left).and_then(|left| left.checked_add(amounts.fee));
    let Some(charges) = charges else {
        check.wrong("deliveryDiscount", Problem::InvalidAmount);
        return check.done(None);
    };
    let Some((sums, goods, tax_of_lines)) = sums else { return check.done(None) };
    match goods.checked_add(charges) {
        Some(total) if total == amounts.total => {}
        total => check.wrong("total", not_the_sum(total, currency)),
    }
    let of_charges = amounts.tax.checked_sub(tax_of_lines);
    if of_charges.is_none_or(|tax| tax < 0 || charges < tax) {
        check.wrong("tax", not_the_sum(Some(tax_of_lines), currency));
    }
    check.done(Some(sums))
}

/// What the lines add up to, with their total and their tax.
fn lines(check: &mut Check, amounts: &Amounts, currency: Currency) -> Option<(Sums, i64, i64)> {
    let (mut subtotal, mut discount, mut goods, mut tax) = (Some(0_i64), Some(0_i64), Some(0_i64), Some(0_i64));
    for (index, line) in amounts.lines.iter().enumerate() {
        let before = line.unit.checked_mul(i64::from(line.quantity));
        let left = before.and_then(|before| before.checked_sub(line.discount)).filter(|left| 0 <= *left);
        if left != Some(line.total) {
            let problem = Invalid::at("total", not_the_sum(left, currency)).under(&index.to_string());
            check.nested::<()>("lines", Err(problem));
        }
        if line.total < line.tax {
            let problem = Invalid::at("tax", Problem::InvalidAmount).under(&index.to_string());
            check.nested::<()>("lines", Err(problem));
        }
        let add = |sum: Option<i64>, n: Option<i64>| sum.zip(n).and_then(|(sum, n)| sum.checked_add(n));
        subtotal = add(subtotal, before);
        discount = add(discount, Some(line.discount));
        goods = add(goods, Some(line.total));
        tax = add(tax, Some(line.tax));
    }
    let sums = subtotal.zip(discount).map(|(subtotal, discount)| Sums { subtotal, discount });
    let sums = sums.zip(goods).zip(tax).map(|((sums, goods), tax)| (sums, goods, tax));
    if sums.is_none() {
        check.wrong("total", Problem::InvalidAmount);
    }
    sums
}

/// What an amount would have to be; no amount at all if it does not fit.
fn not_the_sum(sum: Option<i64>, currency: Currency) -> Problem {
    sum.map_or(Problem::InvalidAmount, |minor| Problem::NotTheSum { sum: Money::new(minor, currency) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order() -> Amounts {
        let tea = LineAmounts { quantity: 2, unit: 1150, discount: 230, total: 2070, tax: 270 };
        let cup = LineAmounts { quantity: 1, unit: 4600, discount: 0, total: 4600, tax: 600 };
        Amounts { lines: vec![tea, cup], delivery: 2500, delivery_discount: 700, fee: 1500, tax: 1300, total: 9970 }
    }

    fn wrong(amounts: &Amounts) -> Vec<(String, Problem)> {
        let wrong = add_up(amounts, Currency::SAR).unwrap_err().wrong;
        wrong.into_iter().map(|one| (one.path.join("."), one.problem)).collect()
    }

    fn sum(minor: i64) -> Problem {
        Problem::NotTheSum { sum: Money::new(minor, Currency::SAR) }
    }

    #[test]
    fn what_agrees_is_added_up() {
        assert_eq!(add_up(&order(), Currency::SAR), Ok(Sums { subtotal: 6900, discount: 230 }));
    }

    #[test]
    fn one_minor_unit_is_too_much() {
        let mut amounts = order();
        amounts.lines[1].total = 4601;
        amounts.total = 9971;
        assert_eq!(wrong(&amounts), [("lines.1.total".to_owned(), sum(4600))]);
        let amounts = Amounts { total: 9971, ..order() };
        assert_eq!(wrong(&amounts), [("total".to_owned(), sum(9970))]);
        for tax in [869, 870 + 3301] {
            assert_eq!(wrong(&Amounts { tax, ..order() }), [("tax".to_owned(), sum(870))]);
        }
        assert!(add_up(&Amounts { tax: 870, ..order() }, Currency::SAR).is_ok(), "delivery may be free of tax");
    }

    #[test]
    fn what_is_no_amount_is_refused_and_nothing_overflows() {
        let amounts = Amounts { delivery_discount: 2501, ..order() };
        assert_eq!(wrong(&amounts), [("deliveryDiscount".to_owned(), Problem::InvalidAmount)]);
        let mut amounts = order();
        amounts.lines[0].discount = 2301;
        assert_eq!(wrong(&amounts)[0], ("lines.0.total".to_owned(), Problem::InvalidAmount));
        let mut amounts = order();
        amounts.lines[0].unit = i64::MAX;
        assert_eq!(wrong(&amounts)[0], ("lines.0.total".to_owned(), Problem::InvalidAmount));
    }

    #[test]
    fn an_end_is_the_end_of_its_payment_too() {
        assert_eq!((End::Delivered.state(), End::Delivered.payment()), (State::Delivered, Status::Captured));
        assert_eq!((End::Refused.state(), End::Refused.payment()), (State::Refused, Status::Voided));
    }
}
