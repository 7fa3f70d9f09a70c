//! Global trade item numbers: the barcode.

use crate::invalid::Problem;

/// A GTIN-13 (EAN-13): thirteen digits, the last of which checks the others (GS1 General
/// Specifications, 7.9.1).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Gtin(String);

impl Gtin {
    /// Reads a number, trimmed; refuses a wrong length, other characters and a wrong check digit with
    /// [`Problem::InvalidId`].
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let number = text.trim();
        if number.is_empty() {
            return Err(Problem::Required);
        }
        if number.len() == 13 && weighted_sum(number).is_some_and(|sum| sum % 10 == 0) {
            Ok(Self(number.to_owned()))
        } else {
            Err(Problem::InvalidId)
        }
    }

    /// The thirteen digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The sum of the digits, every second one three times; `None` if one is not a digit.
fn weighted_sum(number: &str) -> Option<u32> {
    number.chars().zip([1, 3].into_iter().cycle()).map(|(c, weight)| c.to_digit(10).map(|digit| digit * weight)).sum()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_gtin_has_thirteen_digits_that_check() {
        assert_eq!(Gtin::parse(" 4006381333931 ").unwrap().as_str(), "4006381333931");
        assert_eq!(Gtin::parse(""), Err(Problem::Required));
        for wrong in ["4006381333932", "400638133393", "40063813339310", "400638133393x", "٤٠٠٦٣٨١٣٣٣٩٣١"]
        {
            assert_eq!(Gtin::parse(wrong), Err(Problem::InvalidId), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn one_check_digit_fits(digits in "[0-9]{12}") {
            let fitting = (0..10).filter(|check| Gtin::parse(&format!("{digits}{check}")).is_ok()).count();
            prop_assert_eq!(fitting, 1);
        }

        #[test]
        fn one_wrong_digit_is_noticed(at in 0_usize..13, by in 1_u32..10) {
            let mut digits: Vec<char> = "4006381333931".chars().collect();
            digits[at] = char::from_digit((digits[at].to_digit(10).unwrap() + by) % 10, 10).unwrap();
            prop_assert_eq!(Gtin::parse(&digits.iter().collect::<String>()), Err(Problem::InvalidId));
        }
    }
}
