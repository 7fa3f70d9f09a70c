//! Money: an integer of minor units and a currency. Never a float.
#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects))]

use std::fmt;

use iso_currency::Currency as Iso;
use rust_decimal::{Decimal, RoundingStrategy, prelude::ToPrimitive};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use crate::invalid::Problem;

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
    /// The most of one amount that can be said, such as the price of a piece: minor units, so ten thousand million riyals or
    /// a thousand million dinars. Far less than 64 bits hold: 200 lines of 999 pieces each come to less than a fortieth of
    /// that, so that no sum of a cart, nor its tax, fails.
    pub const MOST: i64 = 1_000_000_000_000;

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
        let minor = i64::try_from(minor_units(text, currency)?).ok()?;
        Some(Self { minor, currency })
    }

    /// Reads an amount that somebody says, such as a price: nothing or more, and [`Money::MOST`] at most.
    pub fn said(text: &str, currency: Currency) -> Result<Self, Problem> {
        let minor = minor_units(text, currency).filter(|minor| 0 <= *minor).ok_or(Problem::InvalidAmount)?;
        let minor = i64::try_from(minor).ok().filter(|minor| *minor <= Self::MOST);
        let max = Self::new(Self::MOST, currency);
        minor.map(|minor| Self { minor, currency }).ok_or(Problem::AmountTooHigh { max })
    }

    /// The same, but more than nothing.
    pub fn said_above_zero(text: &str, currency: Currency) -> Result<Self, Problem> {
        let amount = Self::said(text, currency)?;
        if amount.minor == 0 { Err(Problem::AmountNotPositive) } else { Ok(amount) }
    }

    fn rounded(self, exact: Decimal) -> Result<Self, MoneyError> {
        let minor = exact.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero).to_i64();
        minor.map(|minor| Self { minor, ..self }).ok_or(MoneyError::Overflow)
    }

    fn same(self, other: Self) -> Result<(), MoneyError> {
        if self.currency == other.currency { Ok(()) } else { Err(MoneyError::MixedCurrencies) }
    }
}

/// Minor units of a decimal number of major units, however many; `None` if it is not a number, or has more places than the
/// currency.
fn minor_units(text: &str, currency: Currency) -> Option<i128> {
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
    let has_room = amount.scale() == digits;
    Some(if has_room { amount.mantissa() } else { amount.mantissa().signum().saturating_mul(i128::MAX) })
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
    fn what_is_said_is_not_negative_and_not_too_much() {
        let max = Problem::AmountTooHigh { max: sar(Money::MOST) };
        let said = |text| Money::said(text, Currency::SAR).map(|money| money.minor);
        assert_eq!(["0", "11.5", "10000000000.00"].map(said), [0, 1_150, Money::MOST].map(Ok));
        for wrong in ["-0.01", "-99999999999999999999999999", "1.005", "1e3", "", "ten"] {
            assert_eq!(said(wrong), Err(Problem::InvalidAmount), "{wrong}");
        }
        for wrong in ["10000000000.01", "90000000000000000", "99999999999999999999", "9999999999999999999999999999"] {
            assert_eq!(said(wrong), Err(max.clone()), "{wrong}");
        }
        let above = |text| Money::said_above_zero(text, Currency::SAR).map(|money| money.minor);
        assert_eq!(
            [above("0.01"), above("0"), above("10000000000.01")],
            [Ok(1), Err(Problem::AmountNotPositive), Err(max)]
        );
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
