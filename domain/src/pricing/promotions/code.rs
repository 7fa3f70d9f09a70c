//! What is written on coupons.

use crate::{invalid::Problem, text::ascii_digits};

/// The fewest and the most characters of a code.
pub const LENGTH: (usize, usize) = (3, 60);

/// The most characters of what the codes of a batch begin with.
pub const PREFIX_MAX: usize = LENGTH.1 - "-000000000000".len();

/// What is written on a coupon: letters, digits and hyphens. Small letters are as good as capital ones, and the digits of
/// Arabic as those of Latin script.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CouponCode(String);

impl CouponCode {
    /// Reads a code as somebody typed it.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let code = ascii_digits(text.trim()).to_uppercase();
        let (min, max) = LENGTH;
        match code.chars().count() {
            0 => Err(Problem::Required),
            n if n < min => Err(Problem::TooShort { min }),
            n if max < n => Err(Problem::TooLong { max }),
            _ if code.chars().all(|one| one.is_alphanumeric() || one == '-') => Ok(Self(code)),
            _ => Err(Problem::InvalidCode),
        }
    }

    /// What the codes of a batch begin with: so short that they can be read, each with its hyphen and twelve digits.
    pub fn parse_prefix(text: &str) -> Result<Self, Problem> {
        // A hyphen follows anyway.
        match Self::parse(text.trim().trim_end_matches('-')) {
            Ok(prefix) if prefix.0.chars().count() <= PREFIX_MAX => Ok(prefix),
            Ok(_) | Err(Problem::TooLong { .. }) => Err(Problem::TooLong { max: PREFIX_MAX }),
            Err(other) => Err(other),
        }
    }

    /// The code, in capital letters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_it_is_typed() {
        let code = |text| CouponCode::parse(text).map(|code| code.0);
        assert_eq!(code(" eid-٢٠٢٦ "), Ok("EID-2026".to_owned()));
        assert_eq!(code("عيد٥"), Ok("عيد5".to_owned()));
        assert_eq!(code("  "), Err(Problem::Required));
        assert_eq!(code("ab"), Err(Problem::TooShort { min: 3 }));
        assert_eq!(code("a b c"), Err(Problem::InvalidCode));
        assert_eq!(code(&"x".repeat(61)), Err(Problem::TooLong { max: 60 }));
        let prefix = |n| CouponCode::parse_prefix(&format!("{}-", "x".repeat(n))).map(|code| code.0.len());
        let long = || Err(Problem::TooLong { max: 47 });
        assert_eq!([prefix(47), prefix(48), prefix(61)], [Ok(47), long(), long()]);
    }
}
