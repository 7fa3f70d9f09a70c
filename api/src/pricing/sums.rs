//! How what is paid came about, from the price of a unit or from the lines to the total, in the reader's language.

use async_graphql::{Context, Enum, SimpleObject};
use domain::{
    language::Language,
    money::{self, MoneyError},
    pricing::{
        quote::QuotedLine,
        tax::{Basis, Charged},
    },
};
use store::Fault;

use super::{failed, taxes::taxation::taxation};
use crate::{
    cart::cart::Totals,
    graphql::{language::Reading, money::Money},
    i18n::{self, Arg},
};

/// One step to what is paid.
#[derive(SimpleObject, Clone, Debug)]
pub struct SumStep {
    /// What comes to it, or goes off.
    pub kind: SumStepKind,
    /// The same, in the reader's language.
    pub message: String,
    /// How much comes to it, goes off, or is the tax.
    pub amount: Money,
    /// What it comes to after the step: that of the last is the total.
    pub total: Money,
}

/// What a step to what is paid is.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum SumStepKind {
    /// The price of a unit, times how many there are.
    Units,
    /// The lines before discounts.
    Lines,
    /// Discounts of lines go off.
    Discount,
    /// Delivery comes to it.
    Delivery,
    /// The discount of delivery goes off.
    DeliveryDiscount,
    /// The fee of the way to pay comes to it, less what promotions take off it.
    PaymentFee,
    /// The tax that is in it: nothing is added.
    TaxIncluded,
    /// The tax comes on top of it.
    TaxAdded,
}

/// What a line comes to.
#[derive(Clone, Debug)]
pub struct LineSum {
    /// The price of a unit.
    pub unit: money::Money,
    /// How many.
    pub quantity: i64,
    /// Unit times quantity.
    pub subtotal: money::Money,
    /// What is off it.
    pub discount: money::Money,
    /// What is left of it, with tax.
    pub total: money::Money,
    /// The tax that is in the total.
    pub tax: money::Money,
    /// How it is taxed.
    pub charged: Charged,
    /// Whether its price has the tax in it.
    pub basis: Basis,
}

impl From<&QuotedLine> for LineSum {
    fn from(line: &QuotedLine) -> Self {
        Self {
            unit: line.unit,
            quantity: line.quantity.get().into(),
            subtotal: line.subtotal,
            discount: line.discount,
            total: line.total,
            tax: line.tax,
            charged: line.charged.clone(),
            basis: line.basis,
        }
    }
}

/// How what a line comes to came about.
pub fn of_line(ctx: &Context<'_>, line: &LineSum) -> async_graphql::Result<Vec<SumStep>> {
    let language = ctx.cx().language();
    let steps = || {
        let mut sum = Sum { language, total: money::Money::zero(line.unit.currency), steps: Vec::new() };
        let args = [("quantity", Arg::Number(line.quantity)), ("unit", Arg::Money(line.unit))];
        sum.more(SumStepKind::Units, ("sum-units", &args), line.subtotal)?;
        sum.less(SumStepKind::Discount, "sum-discount", line.discount)?;
        let is_taxed = line.charged.treatment.rate().bps() != 0;
        let taxation = ("taxation", Arg::Text(taxation(language, &line.charged).message));
        let key = |key| if is_taxed { key } else { "sum-tax-none" };
        if line.basis.includes_tax() {
            sum.tell(SumStepKind::TaxIncluded, (key("sum-tax-in-line"), &[taxation]), line.tax);
        } else {
            sum.more(SumStepKind::TaxAdded, (key("sum-tax-on-line"), &[taxation]), line.tax)?;
        }
        Ok(sum.steps)
    };
    steps().map_err(|error: MoneyError| failed(ctx, &Fault::new(error)))
}

/// How a total came about.
pub fn of_all(ctx: &Context<'_>, of: &Totals) -> async_graphql::Result<Vec<SumStep>> {
    let steps = || {
        let zero = money::Money::zero(of.total.0.currency);
        let mut sum = Sum { language: ctx.cx().language(), total: zero, steps: Vec::new() };
        sum.more(SumStepKind::Lines, ("sum-lines", &[]), of.subtotal.0)?;
        sum.less(SumStepKind::Discount, "sum-discount", of.discount.0)?;
        if of.delivery.0 != zero {
            sum.more(SumStepKind::Delivery, ("sum-delivery", &[]), of.delivery.0)?;
        }
        sum.less(SumStepKind::DeliveryDiscount, "sum-delivery-discount", of.delivery_discount.0)?;
        if of.payment_fee.0 != zero {
            sum.more(SumStepKind::PaymentFee, ("sum-payment-fee", &[]), of.payment_fee.0)?;
        }
        let key = |key| if of.tax.0 == zero { "sum-untaxed" } else { key };
        if of.prices_include_tax {
            sum.tell(SumStepKind::TaxIncluded, (key("sum-tax-in"), &[]), of.tax.0);
        } else {
            sum.more(SumStepKind::TaxAdded, (key("sum-tax-on"), &[]), of.tax.0)?;
        }
        Ok(sum.steps)
    };
    steps().map_err(|error: MoneyError| failed(ctx, &Fault::new(error)))
}

/// What it comes to so far.
struct Sum {
    language: Language,
    total: money::Money,
    steps: Vec<SumStep>,
}

/// A message, and what it names beside the amount.
type Message<'a> = (&'static str, &'a [(&'static str, Arg)]);

impl Sum {
    fn more(&mut self, kind: SumStepKind, message: Message<'_>, amount: money::Money) -> Result<(), MoneyError> {
        self.total = self.total.plus(amount)?;
        self.tell(kind, message, amount);
        Ok(())
    }

    /// Nothing is told of nothing that goes off.
    fn less(&mut self, kind: SumStepKind, key: &'static str, amount: money::Money) -> Result<(), MoneyError> {
        self.total = self.total.minus(amount)?;
        if amount.minor != 0 {
            self.tell(kind, (key, &[]), amount);
        }
        Ok(())
    }

    fn tell(&mut self, kind: SumStepKind, (key, args): Message<'_>, amount: money::Money) {
        let args = [args, &[("amount", Arg::Money(amount))]].concat();
        let message = i18n::message(self.language, key, &args);
        self.steps.push(SumStep { kind, message, amount: Money(amount), total: Money(self.total) });
    }
}
