//! What is wrong with an input: every wrong field at once, by path.

use crate::money::Money;

/// One thing wrong with one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// Nothing was given.
    Required,
    /// Nested in more than `max` levels.
    TooDeep {
        /// The most.
        max: usize,
    },
    /// Longer than `max` characters, or more than `max` items.
    TooLong {
        /// The most.
        max: usize,
    },
    /// Shorter than `min` characters.
    TooShort {
        /// The fewest.
        min: usize,
    },
    /// A null byte or another control character.
    ControlCharacter,
    /// A character that overrides the direction of text (U+202A to U+202E, U+2066 to U+2069).
    DirectionOverride,
    /// Not the id of such a record.
    InvalidId,
    /// Not what things are called in imports and addresses: small Latin letters, digits and hyphens.
    InvalidSlug,
    /// Not an e-mail address.
    InvalidEmail,
    /// Not a telephone number in international form.
    InvalidPhone,
    /// Not a postal code of the country.
    InvalidPostalCode,
    /// Not a number of the commercial register of the country.
    InvalidRegistrationNumber,
    /// Not a number of the country under which value added tax is paid.
    InvalidVatNumber,
    /// Not the four digits of a Saudi building number.
    InvalidBuildingNumber,
    /// Not the four digits of a Saudi additional number.
    InvalidAdditionalNumber,
    /// Not the four letters and four digits of a Saudi short address.
    InvalidShortAddress,
    /// Not an ISO 3166-1 alpha-2 country code.
    InvalidCountry,
    /// A country that is not delivered to.
    UnsupportedCountry,
    /// A language that is not offered.
    UnsupportedLanguage,
    /// A currency that is not sold in.
    UnsupportedCurrency,
    /// A quantity below one.
    QuantityNotPositive,
    /// A quantity below zero.
    QuantityNegative,
    /// A quantity above `max`.
    QuantityTooLarge {
        /// The most.
        max: u32,
    },
    /// A number above `max`, of what nobody buys.
    NumberTooLarge {
        /// The most.
        max: u32,
    },
    /// A quantity below `min`, the fewest that are bought together.
    QuantityBelowMinimum {
        /// The fewest.
        min: u32,
    },
    /// A quantity above `max`, the most that are bought together.
    QuantityAboveMaximum {
        /// The most.
        max: u32,
    },
    /// A quantity that is no multiple of what is bought together.
    QuantityNotAMultiple {
        /// Of this.
        increment: u32,
    },
    /// Not an amount of the currency.
    InvalidAmount,
    /// An amount of nothing, where that is no use.
    AmountNotPositive,
    /// An amount above `max`.
    AmountTooHigh {
        /// The most.
        max: Money,
    },
    /// Not what the other amounts come to.
    NotTheSum {
        /// What they come to.
        sum: Money,
    },
    /// Not an amount of something: not a number above zero, too many, or too exact.
    InvalidMeasure,
    /// It measures something else: a volume where a mass is meant.
    OtherDimension,
    /// So much more than what is in something that its price says nothing.
    ReferenceTooLarge,
    /// Not a rate in percent.
    InvalidRate,
    /// Not the code of a reason why something is not taxed, or not one of the country's for it.
    InvalidTaxReason,
    /// Not a way to round prices: what they are to end in is not less than the step from one to the next.
    InvalidRounding,
    /// Not what can be written on a coupon.
    InvalidCode,
    /// A part that is not more than nothing and all of it at most.
    InvalidPercent,
    /// Not a time of the day, such as `22:00`.
    InvalidTime,
    /// An amount where no currency is said.
    CurrencyRequired,
    /// Neither the one thing nor the other, or both.
    NotOneOf,
    /// It can never be.
    Never,
    /// Not allowed with what else is said.
    NotAllowedHere,
    /// A number of pieces that does not come after that of the tier before.
    TiersOverlap,
    /// A price of a tier that is not lower than that of the tier before.
    TierNotLower,
    /// A tier that takes off less than the tier before.
    TierTakesLess,
    /// A price below the lowest that a piece is sold at.
    BelowFloor {
        /// The lowest.
        floor: Money,
    },
    /// A former price that is not higher than the price.
    CompareAtNotHigher,
    /// An end that is not after its beginning.
    EndBeforeStart,
    /// An instant that is past.
    InThePast,
    /// An instant that is still to come.
    InTheFuture,
    /// Not the code of a channel.
    InvalidChannel,
    /// Not a URL that can be returned to.
    InvalidUrl,
    /// Not a card number of the gateway.
    InvalidCard,
    /// The same thing twice.
    Duplicate,
    /// Not the name of an event or of a group of them.
    InvalidEventType,
    /// Not a web address that something can be sent to.
    InvalidEndpoint,
    /// A network address that the server sends nothing to.
    AddressRefused,
    /// Not a query that can shape what is sent.
    InvalidPayloadQuery {
        /// What is wrong with it, in English.
        detail: String,
    },
}

/// A wrong field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// The path in the input, such as `["lines", "0", "quantity"]`.
    pub path: Vec<String>,
    /// What is wrong.
    pub problem: Problem,
}

/// An input that does not parse: at least one wrong field.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("invalid input")]
pub struct Invalid {
    /// What is wrong, in the order of the fields.
    pub wrong: Vec<Wrong>,
}

impl Invalid {
    /// One wrong field.
    pub fn at(field: &str, problem: Problem) -> Self {
        Self { wrong: vec![Wrong { path: vec![field.to_owned()], problem }] }
    }

    /// One problem of the whole; it gets its path by [`Self::under`].
    pub fn here(problem: Problem) -> Self {
        Self { wrong: vec![Wrong { path: Vec::new(), problem }] }
    }

    /// The same, found inside the field `field`.
    #[must_use]
    pub fn under(mut self, field: &str) -> Self {
        for wrong in &mut self.wrong {
            wrong.path.insert(0, field.to_owned());
        }
        self
    }
}

/// Collects what is wrong while an input is parsed, so that all of it is reported at once.
#[derive(Debug, Default)]
pub struct Check {
    wrong: Vec<Wrong>,
}

impl Check {
    /// Keeps what parsed; notes what did not, at `field`.
    pub fn field<T>(&mut self, field: &str, parsed: Result<T, Problem>) -> Option<T> {
        parsed.map_err(|problem| self.wrong(field, problem)).ok()
    }

    /// Keeps what parsed; notes what is wrong inside it, beneath `field`.
    pub fn nested<T>(&mut self, field: &str, parsed: Result<T, Invalid>) -> Option<T> {
        parsed.map_err(|invalid| self.wrong.extend(invalid.under(field).wrong)).ok()
    }

    /// Keeps what parsed; notes what is wrong inside it, where it stands.
    pub fn here<T>(&mut self, parsed: Result<T, Invalid>) -> Option<T> {
        parsed.map_err(|invalid| self.wrong.extend(invalid.wrong)).ok()
    }

    /// Notes that `field` is wrong.
    pub fn wrong(&mut self, field: &str, problem: Problem) {
        self.wrong.push(Wrong { path: vec![field.to_owned()], problem });
    }

    /// What was built, unless anything was wrong or missing.
    pub fn done<T>(self, built: Option<T>) -> Result<T, Invalid> {
        match built {
            Some(built) if self.wrong.is_empty() => Ok(built),
            _ => Err(Invalid { wrong: self.wrong }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_wrong_field_is_reported_with_its_path() {
        let mut check = Check::default();
        check.field::<()>("email", Err(Problem::InvalidEmail));
        check.nested::<()>("address", Err(Invalid::at("city", Problem::Required)));
        let invalid = check.done(Some(())).unwrap_err();
        let paths: Vec<_> = invalid.wrong.iter().map(|wrong| wrong.path.join(".")).collect();
        assert_eq!(paths, ["email", "address.city"]);
    }
}
