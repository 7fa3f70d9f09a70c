//! Passwords on their way to being hashed.

use std::fmt;

use crate::invalid::Problem;

/// A password as it was typed: neither trimmed nor changed, never printed.
pub struct Password(String);

impl Password {
    /// The shortest password, in characters.
    pub const MIN: usize = 10;
    /// The longest password, in characters: hashing has a price.
    pub const MAX: usize = 200;

    /// Accepts 10 to 200 characters of any kind (NIST SP 800-63B: length, no rules of composition).
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let length = text.chars().count();
        if length < Self::MIN {
            return Err(Problem::TooShort { min: Self::MIN });
        }
        if Self::MAX < length {
            return Err(Problem::TooLong { max: Self::MAX });
        }
        Ok(Self(text.to_owned()))
    }

    /// The secret itself: for the hash function and nobody else.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

/// Never shows the secret.
impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_has_ten_to_two_hundred_characters() {
        let of = |length| Password::parse(&"ق".repeat(length));
        assert_eq!(of(9).unwrap_err(), Problem::TooShort { min: 10 });
        assert_eq!(of(10).unwrap().expose(), "قققققققققق");
        assert!(of(200).is_ok());
        assert_eq!(of(201).unwrap_err(), Problem::TooLong { max: 200 });
    }

    #[test]
    fn a_password_keeps_its_spaces_and_is_not_printed() {
        let password = Password::parse("  correct horse ").unwrap();
        assert_eq!(password.expose(), "  correct horse ");
        assert_eq!(format!("{password:?}"), "Password(…)");
    }
}
