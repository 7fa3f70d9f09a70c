//! The price of a cart, from the facts alone.
#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects))]

use super::{
    promotions::{
        Applied, Coupon, DiscountCap, Promotion, Refused,
        condition::Buyer,
        effect::Stage,
        evaluate::{Basket, BasketLine, evaluate},
        selector::Item,
    },
    tax::TaxRate,
};
use crate::{
    cart::quantity::Quantity,
    money::{Currency, Money, MoneyError},
    time::Instant,
};

/// What is known of a line before it is priced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineFacts {
    /// What is bought.
    pub item: Item,
    /// The price of one piece, with tax; not negative.
    pub unit: Money,
    /// How many pieces.
    pub quantity: Quantity,
    /// The rate of the tax that is in the price.
    pub tax_rate: TaxRate,
}

/// Everything that a price depends on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// The currency of every amount to be summed.
    pub currency: Currency,
    /// What is bought.
    pub lines: Vec<LineFacts>,
    /// The promotions of the shop, running or not, in any order; their amounts are of the currency.
    pub promotions: Vec<Promotion>,
    /// Who buys, and how.
    pub buyer: Buyer,
    /// The coupons that they have.
    pub coupons: Vec<Coupon>,
    /// How much of what the lines come to the promotions of a cart may take off; `None`: all.
    pub cap: Option<DiscountCap>,
    /// The price of delivery, with tax; `None` until a way of delivery is chosen. Not negative.
    pub delivery: Option<Money>,
    /// What the way of payment costs, with tax, such as cash on delivery. Not negative.
    pub fee: Option<Money>,
    /// The rate of the tax that is in the delivery and in the fee.
    pub service_tax_rate: TaxRate,
    /// When.
    pub at: Instant,
}

/// A priced line. `total = subtotal − discount`, and none of the amounts is negative.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuotedLine {
    /// The price of one piece, with tax.
    pub unit: Money,
    /// How many pieces.
    pub quantity: Quantity,
    /// Unit times quantity.
    pub subtotal: Money,
    /// What is taken off: its shares in what promotions take off lines.
    pub discount: Money,
    /// What is left to pay, with tax.
    pub total: Money,
    /// The rate of the tax that is in the total.
    pub tax_rate: TaxRate,
    /// The tax that is in the total, rounded half up.
    pub tax: Money,
}

/// What a cart costs. `total = subtotal − discount + delivery − delivery_discount + fee`; what was applied sums to both
/// discounts and to what was taken off the fee; and no amount is negative.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// The lines, in the order given.
    pub lines: Vec<QuotedLine>,
    /// The promotions that took something off, in the order in which they did.
    pub applied: Vec<Applied>,
    /// The promotions that were looked at and took nothing off.
    pub refused: Vec<Refused>,
    /// The lines before discounts.
    pub subtotal: Money,
    /// What is taken off the lines.
    pub discount: Money,
    /// Delivery before its discount.
    pub delivery: Money,
    /// What is taken off the delivery.
    pub delivery_discount: Money,
    /// What the way of payment costs, less what was taken off it.
    pub fee: Money,
    /// The tax that is in the total: of the lines, the delivery and the fee, each rounded by itself.
    pub tax: Money,
    /// What is to be paid, with tax.
    pub total: Money,
}

/// Prices a cart: what [`evaluate`] takes off it, and the tax that what is left contains.
///
/// The tax is that of the discounted amounts, of each line rounded half up to the minor unit. Refuses amounts in two
/// currencies and sums that do not fit.
pub fn quote(facts: &Facts) -> Result<Quote, MoneyError> {
    let zero = Money::zero(facts.currency);
    let delivery = zero.plus(facts.delivery.unwrap_or(zero))?;
    let fee = zero.plus(facts.fee.unwrap_or(zero))?;
    let mut lines =
        facts.lines.iter().map(|line| QuotedLine::undiscounted(line, zero)).collect::<Result<Vec<_>, _>>()?;
    let of = |line: &'_ LineFacts| (line.unit, line.quantity.get());
    let seen = facts.lines.iter().map(|line| (&line.item, of(line)));
    let outcome = evaluate(
        &facts.promotions,
        &Basket {
            currency: facts.currency,
            lines: seen.map(|(item, (unit, quantity))| BasketLine { item, unit, quantity }).collect(),
            delivery: delivery.minor,
            fee: fee.minor,
            buyer: &facts.buyer,
            coupons: &facts.coupons,
            cap: facts.cap,
            at: facts.at,
        },
    )?;
    for (line, share) in outcome.applied.iter().flat_map(|applied| &applied.shares) {
        if let Some(line) = lines.get_mut(*line) {
            line.take_off(Money::new(*share, facts.currency))?;
        }
    }
    let off = |stage| {
        let applied = outcome.applied.iter().filter(|applied| applied.stage == stage);
        Money::sum(facts.currency, applied.map(|applied| Money::new(applied.amount, facts.currency)))
    };
    let delivery_discount = off(Stage::Delivery)?;
    let fee = fee.minus(off(Stage::Fee)?)?;

    let subtotal = Money::sum(facts.currency, lines.iter().map(|line| line.subtotal))?;
    let discount = Money::sum(facts.currency, lines.iter().map(|line| line.discount))?;
    let delivered = delivery.minus(delivery_discount)?;
    let mut tax = zero;
    for line in &mut lines {
        line.tax = line.total.tax_included(line.tax_rate.fraction())?;
        tax = tax.plus(line.tax)?;
    }
    for service in [delivered, fee] {
        tax = tax.plus(service.tax_included(facts.service_tax_rate.fraction())?)?;
    }
    let total = subtotal.minus(discount)?.plus(delivered)?.plus(fee)?;
    let (applied, refused) = (outcome.applied, outcome.refused);
    Ok(Quote { lines, applied, refused, subtotal, discount, delivery, delivery_discount, fee, tax, total })
}

impl QuotedLine {
    fn undiscounted(line: &LineFacts, zero: Money) -> Result<Self, MoneyError> {
        let subtotal = zero.plus(line.unit.times(line.quantity.get())?)?;
        let LineFacts { unit, quantity, tax_rate, .. } = *line;
        Ok(Self { unit, quantity, subtotal, discount: zero, total: subtotal, tax_rate, tax: zero })
    }

    fn take_off(&mut self, amount: Money) -> Result<(), MoneyError> {
        self.discount = self.discount.plus(amount)?;
        self.total = self.total.minus(amount)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests;
