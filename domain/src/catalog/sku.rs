//! Stock keeping units.

use crate::invalid::Problem;

/// The merchant's own code of a variant: 1 to 40 of `A-Z a-z 0-9 . _ - /`, in the case given.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Sku(String);

impl Sku {
    /// The longest code, in characters.
    pub const MAX: usize = 40;

    /// Reads a code, trimmed; refuses other characters with [`Problem::InvalidId`].
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let code = text.trim();
        if code.is_empty() {
            return Err(Problem::Required);
        }
        if !code.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-/".contains(&byte)) {
            return Err(Problem::InvalidId);
        }
        if Self::MAX < code.len() {
            return Err(Problem::TooLong { max: Self::MAX });
        }
        Ok(Self(code.to_owned()))
    }

    /// The code.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sku_has_one_to_forty_plain_characters() {
        assert_eq!(Sku::parse(" TEA-01/b_2.5 ").unwrap().as_str(), "TEA-01/b_2.5");
        assert!(Sku::parse(&"x".repeat(40)).is_ok());
        assert_eq!(Sku::parse(&"x".repeat(41)), Err(Problem::TooLong { max: 40 }));
        assert_eq!(Sku::parse(" "), Err(Problem::Required));
        for wrong in ["TEA 01", "شاي", "TEA٠١", "a\0b", "a#b"] {
            assert_eq!(Sku::parse(wrong), Err(Problem::InvalidId), "{wrong:?}");
        }
    }
}
