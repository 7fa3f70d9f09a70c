//! How something is taxed.
#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects))]

use serde::{Deserialize, Serialize};

use super::{Basis, TaxRate, reason::Reason, summary::Taxed};
use crate::money::{Money, MoneyError};

/// A category of tax, by the codes of UNCL 5305 that EN 16931 and ZATCA's invoices use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Category {
    /// S: taxed at a rate.
    Standard,
    /// Z: taxed at zero.
    ZeroRated,
    /// E: exempt from tax.
    Exempt,
    /// O: not within the scope of the tax.
    OutOfScope,
    /// AE: the buyer owes the tax.
    ReverseCharge,
}

impl Category {
    /// Every category.
    pub const ALL: [Self; 5] = [Self::Standard, Self::ZeroRated, Self::Exempt, Self::OutOfScope, Self::ReverseCharge];

    /// Its name in the database and in the API.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Standard => "STANDARD",
            Self::ZeroRated => "ZERO_RATED",
            Self::Exempt => "EXEMPT",
            Self::OutOfScope => "OUT_OF_SCOPE",
            Self::ReverseCharge => "REVERSE_CHARGE",
        }
    }

    /// The category of a name.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|category| category.code() == code)
    }

    /// Its code on invoices, of UNCL 5305.
    pub const fn invoice_code(self) -> &'static str {
        match self {
            Self::Standard => "S",
            Self::ZeroRated => "Z",
            Self::Exempt => "E",
            Self::OutOfScope => "O",
            Self::ReverseCharge => "AE",
        }
    }
}

/// How something is taxed: at a rate, or not at all for a reason.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Treatment {
    category: Category,
    rate: TaxRate,
    reason: Option<Reason>,
}

/// Something is not taxed at a rate, and it is not said why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Untaxed {
    /// A rate above zero of what is not taxed at a rate.
    #[error("what is not taxed has a rate")]
    Rate,
    /// What is taxed at a rate has a reason why it is not.
    #[error("what is taxed has a reason why it is not")]
    Taxed,
    /// No reason, where one is due on the invoice.
    #[error("what is not taxed has no reason")]
    NoReason,
}

impl Treatment {
    /// Taxed at a rate.
    pub const fn at(rate: TaxRate) -> Self {
        Self { category: Category::Standard, rate, reason: None }
    }

    /// Not within the scope of any tax that the shop knows.
    pub const fn unknown() -> Self {
        Self { category: Category::OutOfScope, rate: TaxRate::from_bps(0), reason: None }
    }

    /// A treatment of this category. Refuses a rate of what is not taxed, and no reason where an invoice asks for one: of what
    /// is exempt (EN 16931, BR-E-10), and in Saudi Arabia of what is taxed at zero, too (ZATCA's Electronic Invoice XML
    /// Implementation Standard, BT-121).
    pub fn new(category: Category, rate: TaxRate, reason: Option<Reason>) -> Result<Self, Untaxed> {
        match category {
            Category::Standard if reason.is_some() => Err(Untaxed::Taxed),
            Category::Standard => Ok(Self::at(rate)),
            Category::ZeroRated | Category::Exempt | Category::OutOfScope | Category::ReverseCharge
                if rate.bps() != 0 =>
            {
                Err(Untaxed::Rate)
            }
            Category::ZeroRated | Category::Exempt if reason.is_none() => Err(Untaxed::NoReason),
            Category::ZeroRated | Category::Exempt | Category::OutOfScope | Category::ReverseCharge => {
                Ok(Self { category, rate, reason })
            }
        }
    }

    /// Its category.
    pub const fn category(&self) -> Category {
        self.category
    }

    /// Its rate; zero of what is not taxed at a rate.
    pub const fn rate(&self) -> TaxRate {
        self.rate
    }

    /// Why it is not taxed at a rate.
    pub const fn reason(&self) -> Option<&Reason> {
        self.reason.as_ref()
    }
}

/// How a line is taxed, or the delivery, for somebody who buys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Charged {
    /// How it is taxed.
    pub treatment: Treatment,
    /// The rate of which somebody is relieved: prices that include tax have it in them, and it is taken out.
    pub relieved: Option<TaxRate>,
    /// Who says so.
    pub source: Source,
}

/// Who says how something is taxed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Source {
    /// The shop's own rules.
    #[default]
    Rules,
    /// The channel's tax engine.
    Engine,
    /// The shop's own rules, as the channel's tax engine did not say: until it does, it is an estimate.
    Estimate,
}

impl Source {
    /// Every source.
    pub const ALL: [Self; 3] = [Self::Rules, Self::Engine, Self::Estimate];

    /// Its name in the database and in the API.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Rules => "RULES",
            Self::Engine => "ENGINE",
            Self::Estimate => "ESTIMATE",
        }
    }

    /// The source of a name.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|source| source.code() == code)
    }
}

impl From<Treatment> for Charged {
    fn from(treatment: Treatment) -> Self {
        Self { treatment, relieved: None, source: Source::Rules }
    }
}

impl Charged {
    /// What is asked for something that has this price in the shop: the tax that the buyer is relieved of is taken out of a
    /// price that includes it, rounded half up.
    pub fn asked(&self, price: Money, basis: Basis) -> Result<Money, MoneyError> {
        match (self.relieved, basis) {
            (Some(rate), Basis::Inclusive) => price.minus(price.tax_included(rate.fraction())?),
            _ => Ok(price),
        }
    }

    /// What a price of the shop comes to without tax, and the tax of it.
    pub fn split(&self, price: Money, basis: Basis) -> Result<Taxed, MoneyError> {
        let asked = self.asked(price, basis)?;
        Taxed::of(self.treatment.clone(), asked, self.tax(asked, basis)?, basis)
    }

    /// The tax on an amount: in it, or on top of it, rounded half up.
    pub fn tax(&self, amount: Money, basis: Basis) -> Result<Money, MoneyError> {
        let rate = self.treatment.rate.fraction();
        match basis {
            Basis::Inclusive => amount.tax_included(rate),
            Basis::Exclusive => amount.at_rate(rate),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Currency;

    const VAT: TaxRate = TaxRate::from_bps(1500);

    fn reason() -> Option<Reason> {
        Reason::parse("VATEX-SA-35").ok()
    }

    #[test]
    fn what_is_not_taxed_says_why_and_has_no_rate() {
        let none = TaxRate::from_bps(0);
        assert_eq!(Treatment::new(Category::Standard, VAT, None), Ok(Treatment::at(VAT)));
        assert_eq!(Treatment::new(Category::Standard, VAT, reason()), Err(Untaxed::Taxed));
        assert_eq!(Treatment::new(Category::ZeroRated, VAT, reason()), Err(Untaxed::Rate));
        assert_eq!(Treatment::new(Category::ZeroRated, none, None), Err(Untaxed::NoReason));
        assert_eq!(Treatment::new(Category::Exempt, none, None), Err(Untaxed::NoReason));
        let medicine = Treatment::new(Category::ZeroRated, none, reason()).unwrap();
        assert_eq!(
            (medicine.category(), medicine.rate(), medicine.reason()),
            (Category::ZeroRated, none, reason().as_ref())
        );
        assert_eq!(Treatment::new(Category::OutOfScope, none, None), Ok(Treatment::unknown()));
    }

    #[test]
    fn who_is_relieved_does_not_pay_the_tax_that_is_in_a_price() {
        let sar = |minor| Money::new(minor, Currency::SAR);
        let relieved = Charged { relieved: Some(VAT), ..Treatment::unknown().into() };
        assert_eq!(relieved.asked(sar(11_500), Basis::Inclusive), Ok(sar(10_000)));
        assert_eq!(relieved.asked(sar(10_000), Basis::Exclusive), Ok(sar(10_000)));
        assert_eq!(relieved.tax(sar(10_000), Basis::Inclusive), Ok(sar(0)));
        let taxed = Charged::from(Treatment::at(VAT));
        assert_eq!(taxed.asked(sar(11_500), Basis::Inclusive), Ok(sar(11_500)));
        assert_eq!(taxed.tax(sar(11_500), Basis::Inclusive), Ok(sar(1_500)));
        assert_eq!(taxed.tax(sar(10_000), Basis::Exclusive), Ok(sar(1_500)));
        // 0.10 × 15 % is 0.015, and halves go up.
        assert_eq!(taxed.tax(sar(10), Basis::Exclusive), Ok(sar(2)));
    }

    #[test]
    fn sources_are_named_once() {
        for source in Source::ALL {
            assert_eq!(Source::parse(source.code()), Some(source));
        }
        assert_eq!(Source::parse("rules"), None);
    }

    #[test]
    fn categories_are_named_once() {
        for category in Category::ALL {
            assert_eq!(Category::parse(category.code()), Some(category));
        }
        assert_eq!(Category::parse("S"), None);
        assert_eq!(Category::ALL.map(Category::invoice_code), ["S", "Z", "E", "O", "AE"]);
    }
}
