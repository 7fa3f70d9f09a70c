//! What a cart or an order is taxed with, by treatment, as an invoice breaks it down.
#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects))]

use std::collections::BTreeMap;

use super::{Basis, Treatment};
use crate::money::{Money, MoneyError};

/// What is taxed in one way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taxed {
    /// In which.
    pub treatment: Treatment,
    /// What it comes to without the tax.
    pub net: Money,
    /// The tax.
    pub tax: Money,
}

impl Taxed {
    /// What is shown with its tax in it, or without.
    pub fn of(treatment: Treatment, shown: Money, tax: Money, basis: Basis) -> Result<Self, MoneyError> {
        let net = if basis.includes_tax() { shown.minus(tax)? } else { shown };
        Ok(Self { treatment, net, tax })
    }
}

/// Sums parts by how they are taxed, the most special category last: the taxes sum to the tax of all, and nets and taxes to
/// what is to be paid. What comes to nothing is left out.
pub fn summary(parts: impl IntoIterator<Item = Taxed>) -> Result<Vec<Taxed>, MoneyError> {
    let mut sums = BTreeMap::<Treatment, (Money, Money)>::new();
    for Taxed { treatment, net, tax } in parts {
        if net.minor == 0 && tax.minor == 0 {
            continue;
        }
        let zero = Money::zero(net.currency);
        let sum = sums.entry(treatment).or_insert((zero, zero));
        *sum = (sum.0.plus(net)?, sum.1.plus(tax)?);
    }
    Ok(sums.into_iter().map(|(treatment, (net, tax))| Taxed { treatment, net, tax }).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{money::Currency, pricing::tax::TaxRate};

    #[test]
    fn what_is_taxed_alike_is_summed() {
        let part = |bps, net, tax| {
            let money = |minor| Money::new(minor, Currency::SAR);
            Taxed { treatment: Treatment::at(TaxRate::from_bps(bps)), net: money(net), tax: money(tax) }
        };
        let found = summary([part(1500, 100, 15), part(500, 20, 1), part(1500, 200, 30), part(0, 0, 0)]).unwrap();
        assert_eq!(found, [part(500, 20, 1), part(1500, 300, 45)]);
        assert_eq!(summary([]), Ok(Vec::new()));
    }
}
