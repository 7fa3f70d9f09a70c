//! Money: an integer of minor units and a currency. Never a float.
#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects))]

use std::fmt;

use iso_currency::Currency as Iso;
use rust_decimal::{Decimal, RoundingStrategy, prelude::ToPrimitive};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

/// An ISO 4217 currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Currency(Iso);

impl Currency {
    /// The Saudi riyal.
    pub const SAR: Self = Self(Iso::SAR);
    /// The Kuwaiti dinar.
    pub const KWD: Self = Self(Iso::KWD);

    /// The currency of a three-letter code, such as `SAR`.
    pub fn parse(code: &str) -> Option<Self> {
        Iso::from_code(code).map(Self)
    }

    /// The three-letter code.
    pub fn code(self) -> &'static str {
        self.0.code()
    }

    /// Decimal places of the minor unit: 2 for SAR, 3 for KWD, 0 for JPY.
    pub fn fraction_digits(self) -> u32 {
        self.0.exponent().map_or(0, u32::from)
    }
}

impl Serialize for Currency {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let code = String::deserialize(from)?;
        Self::parse(&code).ok_or_else(|| D::Error::custom("not an ISO 4217 code"))
    }
}

/// An amount in minor units of a currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    /// Minor units: halalas of SAR, fils of KWD.
    pub minor: i64,
    /// The currency.
    pub currency: Currency,
}

/// A sum does not fit into 64 bits of minor units, or its parts have two currencies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// More than 64 bits.
    #[error("an amount does not fit")]
    Overflow,
    /// Riyals and dinars do not add up.
    #[error("amounts of two currencies")]
    MixedCurrencies,
}

impl Money {
    /// So many minor units.
    pub const fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// Nothing.
    pub const fn zero(currency: Currency) -> Self {
        Self::new(0, currency)
    }

    /// The sum.
    pub fn plus(self, other: Self) -> Result<Self, MoneyError> {
        self.same(other)?;
        self.minor.checked_add(other.minor).map(|minor| Self { minor, ..self }).ok_or(MoneyError::Overflow)
    }

    /// The difference.
    pub fn minus(self, other: Self) -> Result<Self, MoneyError> {
        self.same(other)?;
        self.minor.checked_sub(other.minor).map(|minor| Self { minor, ..self }).ok_or(MoneyError::Overflow)
    }

    /// So many times the amount.
    pub fn times(self, n: u32) -> Result<Self, MoneyError> {
        self.minor.checked_mul(i64::from(n)).map(|minor| Self { minor, ..self }).ok_or(MoneyError::Overflow)
    }

    /// The sum of all, zero if there are none.
    pub fn sum(currency: Currency, parts: impl IntoIterator<Item = Self>) -> Result<Self, MoneyError> {
        parts.into_iter().try_fold(Self::zero(currency), Self::plus)
    }

    /// The amount times a rate, rounded half up (away from zero) to the minor unit.
    pub fn at_rate(self, rate: Decimal) -> Result<Self, MoneyError> {
        let exact = Decimal::from(self.minor).checked_mul(rate).ok_or(MoneyError::Overflow)?;
        self.rounded(exact)
    }

    /// The tax inside an amount that includes it: `amount × rate ÷ (1 + rate)`, rounded half up.
    ///
    /// `rate` is a fraction: 0.15 for 15 %.
    pub fn tax_included(self, rate: Decimal) -> Result<Self, MoneyError> {
        let factor = Decimal::ONE.checked_add(rate).ok_or(MoneyError::Overflow)?;
        let exact = Decimal::from(self.minor).checked_mul(rate).and_then(|tax| tax.checked_div(factor));
        self.rounded(exact.ok_or(MoneyError::Overflow)?)
    }

    /// Splits the amount by weights, to the minor unit: the parts sum to the whole.
    ///
    /// Largest remainder: each part gets the floor of its exact share, and the units left over go to
    /// the largest remainders, the first of equals first. All weights zero: all to the first part.
    pub fn allocate(self, weights: &[i64]) -> Result<Vec<Self>, MoneyError> {
        let total: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
        if total <= 0 {
            let first = std::iter::once(self);
            return Ok(first.chain(std::iter::repeat(Self::zero(self.currency))).take(weights.len()).collect());
        }
        let mut shares = Vec::with_capacity(weights.len());
        let mut given = 0_i64;
        for (index, weight) in weights.iter().enumerate() {
            let exact = i128::from(self.minor).checked_mul(i128::from(*weight)).ok_or(MoneyError::Overflow)?;
            let (floor, remainder) = (exact.checked_div_euclid(total), exact.checked_rem_euclid(total));
            let floor = floor.and_then(|floor| i64::try_from(floor).ok()).ok_or(MoneyError::Overflow)?;
            given = given.checked_add(floor).ok_or(MoneyError::Overflow)?;
            shares.push((index, floor, remainder.unwrap_or_default()));
        }
        let left = usize::try_from(self.minor.checked_sub(given).ok_or(MoneyError::Overflow)?).unwrap_or(0);
        shares.sort_by_key(|(index, _, remainder)| (std::cmp::Reverse(*remainder), *index));
        for (_, share, _) in shares.iter_mut().take(left) {
            *share = share.checked_add(1).ok_or(MoneyError::Overflow)?;
        }
        shares.sort_by_key(|(index, ..)| *index);
        Ok(shares.into_iter().map(|(_, minor, _)| Self { minor, ..self }).collect())
    }

    /// The amount as a decimal number of major units: 11.50 for 1150 halalas.
    pub fn decimal(self) -> Decimal {
        Decimal::from_i128_with_scale(i128::from(self.minor), self.currency.fraction_digits())
    }

    /// Reads a decimal string such as `11.50`. `None` if it is not a number, has more places than the
    /// currency, or does not fit.
    pub fn parse(text: &str, currency: Currency) -> Option<Self> {
        // The crate also reads exponents and digits grouped by underscores.
        if text.contains(['e', 'E', '_']) {
            return None;
        }
        let mut amount: Decimal = text.parse().ok()?;
        let digits = currency.fraction_digits();
        if amount.normalize().scale() > digits {
            return None;
        }
        amount.rescale(digits);
        i64::try_from(amount.mantissa()).ok().filter(|_| amount.scale() == digits).map(|minor| Self { minor, currency })
    }

    fn rounded(self, exact: Decimal) -> Result<Self, MoneyError> {
        let minor = exact.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero).to_i64();
        minor.map(|minor| Self { minor, ..self }).ok_or(MoneyError::Overflow)
    }

    fn same(self, other: Self) -> Result<(), MoneyError> {
        if self.currency == other.currency { Ok(()) } else { Err(MoneyError::MixedCurrencies) }
    }
}

/// The decimal amount and the code, such as `11.50 SAR`: for logs, not for people.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.decimal(), self.currency.code())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sar(minor: i64) -> Money {
        Money::new(minor, Currency::SAR)
    }

    #[test]
    fn amounts_have_the_places_of_their_currency() {
        assert_eq!(sar(1150).to_string(), "11.50 SAR");
        assert_eq!(Money::new(1150, Currency::KWD).to_string(), "1.150 KWD");
        assert_eq!(Money::parse("3.650", Currency::KWD), Some(Money::new(3650, Currency::KWD)));
        assert_eq!(Money::parse("3.6", Currency::SAR), Some(sar(360)));
        for wrong in ["1.2345", "", "x", "1e3", "99999999999999999999"] {
            assert_eq!(Money::parse(wrong, Currency::KWD), None, "{wrong}");
        }
    }

    #[test]
    fn tax_inside_an_amount_is_rounded_half_up() {
        let vat = Decimal::new(15, 2);
        assert_eq!(sar(11_500).tax_included(vat), Ok(sar(1_500)));
        assert_eq!(sar(100).tax_included(vat), Ok(sar(13)));
        assert_eq!(sar(0).tax_included(vat), Ok(sar(0)));
    }

    #[test]
    fn sums_refuse_to_wrap_or_mix() {
        assert_eq!(sar(i64::MAX).plus(sar(1)), Err(MoneyError::Overflow));
        assert_eq!(sar(1).plus(Money::new(1, Currency::KWD)), Err(MoneyError::MixedCurrencies));
        assert_eq!(sar(i64::MAX).times(2), Err(MoneyError::Overflow));
    }

    proptest! {
        #[test]
        fn parts_sum_to_the_whole(minor in 0_i64..1_000_000_000_000, weights in prop::collection::vec(0_i64..10_000_000, 1..40)) {
            let parts = sar(minor).allocate(&weights).unwrap();
            prop_assert_eq!(parts.len(), weights.len());
            prop_assert_eq!(parts.iter().map(|part| part.minor).sum::<i64>(), minor);
            prop_assert!(parts.iter().all(|part| part.minor >= 0));
        }

        #[test]
        fn a_printed_amount_reads_back(minor in any::<i64>()) {
            for currency in [Currency::SAR, Currency::KWD, Currency::parse("JPY").unwrap()] {
                let money = Money::new(minor, currency);
                prop_assert_eq!(Money::parse(&money.decimal().to_string(), currency), Some(money));
            }
        }
    }
}
