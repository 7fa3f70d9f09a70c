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
    tax::{
        Basis, Charged, Source,
        summary::{Taxed, summary},
    },
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
    /// The price of one piece in the shop; not negative.
    pub unit: Money,
    /// The lowest price of one piece in the shop, in the terms of its price; `None`: nothing. Promotions do not bring it
    /// below.
    pub floor: Option<Money>,
    /// How many pieces.
    pub quantity: Quantity,
    /// How it is taxed.
    pub tax: Charged,
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
    /// The price of delivery; `None` until a way of delivery is chosen. Not negative.
    pub delivery: Option<Money>,
    /// What the way of payment costs, such as cash on delivery. Not negative.
    pub fee: Option<Money>,
    /// How the delivery and the fee are taxed.
    pub service_tax: Charged,
    /// Whether all these prices have the tax in them.
    pub basis: Basis,
    /// When.
    pub at: Instant,
}

/// A priced line. `total = subtotal − discount`, and the tax on top of it if prices do not include it. None of the amounts is
/// negative.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuotedLine {
    /// The price of one piece, without the tax that the buyer is relieved of.
    pub unit: Money,
    /// How many pieces.
    pub quantity: Quantity,
    /// Unit times quantity.
    pub subtotal: Money,
    /// What is taken off: its shares in what promotions take off lines.
    pub discount: Money,
    /// What is left to pay, with tax.
    pub total: Money,
    /// How it is taxed.
    pub charged: Charged,
    /// The tax that is in the total, rounded half up.
    pub tax: Money,
    /// Whether unit, subtotal and discount have the tax in them.
    pub basis: Basis,
}

/// What a cart costs. `total = subtotal − discount + delivery − delivery_discount + fee`, and the tax on top of it if prices do
/// not include it; what was applied sums to both discounts and to what was taken off the fee; and no amount is negative.
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
    /// How the delivery and the fee are taxed.
    pub service_charged: Charged,
    /// The tax of the delivery.
    pub delivery_tax: Money,
    /// The tax of the fee.
    pub fee_tax: Money,
    /// The tax that is in the total: of the lines, the delivery and the fee, each rounded by itself.
    pub tax: Money,
    /// What is to be paid, with tax.
    pub total: Money,
    /// Whether the amounts but the total have the tax in them.
    pub basis: Basis,
}

/// Prices a cart: what [`evaluate`] takes off it, and the tax of what is left.
///
/// Prices that include tax, and the lowest of them, are asked without that of which the buyer is relieved. The tax is that of
/// the discounted amounts: of each line, of the delivery and of the fee, each rounded half up to the minor unit
/// ([`Rounding::LineHalfUp`]). Refuses amounts in two currencies and sums that do not fit.
///
/// [`Rounding::LineHalfUp`]: super::tax::Rounding::LineHalfUp
pub fn quote(facts: &Facts) -> Result<Quote, MoneyError> {
    let (zero, basis) = (Money::zero(facts.currency), facts.basis);
    let service = |price: Option<Money>| facts.service_tax.asked(zero.plus(price.unwrap_or(zero))?, basis);
    let (delivery, fee) = (service(facts.delivery)?, service(facts.fee)?);
    let undiscounted = facts.lines.iter().map(|line| QuotedLine::undiscounted(line, zero, basis));
    let mut lines = undiscounted.collect::<Result<Vec<_>, _>>()?;
    let asked = |line: &LineFacts| line.floor.map(|floor| line.tax.asked(zero.plus(floor)?, basis)).transpose();
    let floors = facts.lines.iter().map(asked).collect::<Result<Vec<_>, MoneyError>>()?;
    let items = facts.lines.iter().map(|line| &line.item).zip(&lines).zip(floors);
    let outcome = evaluate(
        &facts.promotions,
        &Basket {
            currency: facts.currency,
            lines: items
                .map(|((item, line), floor)| BasketLine { item, unit: line.unit, floor, quantity: line.quantity.get() })
                .collect(),
            delivery: facts.delivery.map(|_| delivery.minor),
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

    for line in &mut lines {
        line.tax()?;
    }
    let subtotal = Money::sum(facts.currency, lines.iter().map(|line| line.subtotal))?;
    let discount = Money::sum(facts.currency, lines.iter().map(|line| line.discount))?;
    let delivered = delivery.minus(delivery_discount)?;
    let delivery_tax = facts.service_tax.tax(delivered, basis)?;
    let fee_tax = facts.service_tax.tax(fee, basis)?;
    let taxes = lines.iter().map(|line| line.tax).chain([delivery_tax, fee_tax]);
    let tax = Money::sum(facts.currency, taxes)?;
    let shown = subtotal.minus(discount)?.plus(delivered)?.plus(fee)?;
    let total = if basis.includes_tax() { shown } else { shown.plus(tax)? };
    let (applied, refused) = (outcome.applied, outcome.refused);
    Ok(Quote {
        lines,
        applied,
        refused,
        subtotal,
        discount,
        delivery,
        delivery_discount,
        fee,
        service_charged: facts.service_tax.clone(),
        delivery_tax,
        fee_tax,
        tax,
        total,
        basis,
    })
}

impl Quote {
    /// Whether how some of it is taxed is not known for sure.
    pub fn is_estimate(&self) -> bool {
        let has_services = self.delivery != self.delivery_discount || self.fee.minor != 0;
        let services = Some(&self.service_charged).filter(|_| has_services);
        let lines = self.lines.iter().map(|line| &line.charged);
        lines.chain(services).any(|charged| charged.source == Source::Estimate)
    }

    /// What is taxed how: of each treatment what is taxed by it, and the tax.
    pub fn taxes(&self) -> Result<Vec<Taxed>, MoneyError> {
        // The total of a line has its tax in it.
        let line =
            |line: &QuotedLine| Taxed::of(line.charged.treatment.clone(), line.total, line.tax, Basis::Inclusive);
        let service = |shown, tax| Taxed::of(self.service_charged.treatment.clone(), shown, tax, self.basis);
        let delivery = self.delivery.minus(self.delivery_discount).and_then(|left| service(left, self.delivery_tax));
        let fee = service(self.fee, self.fee_tax);
        let lines = self.lines.iter().map(line);
        summary(lines.chain([delivery, fee]).collect::<Result<Vec<_>, MoneyError>>()?)
    }
}

impl QuotedLine {
    fn undiscounted(line: &LineFacts, zero: Money, basis: Basis) -> Result<Self, MoneyError> {
        let unit = line.tax.asked(line.unit, basis)?;
        let subtotal = zero.plus(unit.times(line.quantity.get())?)?;
        let (quantity, charged) = (line.quantity, line.tax.clone());
        Ok(Self { unit, quantity, subtotal, discount: zero, total: subtotal, charged, tax: zero, basis })
    }

    fn take_off(&mut self, amount: Money) -> Result<(), MoneyError> {
        self.discount = self.discount.plus(amount)?;
        self.total = self.total.minus(amount)?;
        Ok(())
    }

    /// Taxes what is left: once, when all is taken off.
    fn tax(&mut self) -> Result<(), MoneyError> {
        self.tax = self.charged.tax(self.total, self.basis)?;
        if !self.basis.includes_tax() {
            self.total = self.total.plus(self.tax)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
