//! What is written on gift cards.

use crate::{invalid::Problem, text::ascii_digits};

/// The fewest and the most characters of a code, without spaces and hyphens: but for the last four, which are shown, eight
/// are left to be guessed.
pub const LENGTH: (usize, usize) = (12, 32);

/// How much of a code is shown to whoever does not know it.
const SHOWN: usize = 4;

/// The digits of base 32 by Crockford: no I, L, O and U, which are taken for others.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Digits of a code that is made here: eighty bits.
const MADE: usize = 16;

/// What is written on a gift card: letters of Latin script and digits. Small letters are as good as capital ones, the digits
/// of Arabic as those of Latin script, and spaces and hyphens do not count.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct GiftCardCode(String);

/// Shows the end alone: who knows the code has the money.
impl std::fmt::Debug for GiftCardCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("GiftCardCode").field(&self.end()).finish()
    }
}

impl GiftCardCode {
    /// Reads a code as somebody typed it.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let mut code = ascii_digits(text).to_ascii_uppercase();
        code.retain(|one| !one.is_whitespace() && one != '-');
        let (min, max) = LENGTH;
        match code.chars().count() {
            0 => Err(Problem::Required),
            n if n < min => Err(Problem::TooShort { min }),
            n if max < n => Err(Problem::TooLong { max }),
            _ if code.chars().all(|one| one.is_ascii_alphanumeric()) => Ok(Self(code)),
            _ => Err(Problem::InvalidCode),
        }
    }

    /// A code made of random bytes, of which it needs ten.
    pub fn of_bytes(bytes: &[u8]) -> Self {
        let bit = |n: usize| bytes.get(n >> 3).is_some_and(|byte| byte >> (7 - (n & 7)) & 1 == 1);
        let digit = |place: usize| {
            let value =
                (0..5).fold(0, |value, n| (value << 1) | usize::from(bit(place.saturating_mul(5).saturating_add(n))));
            DIGITS.get(value).copied().map_or('0', char::from)
        };
        Self((0..MADE).map(digit).collect())
    }

    /// The code in capital letters, without spaces and hyphens.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its last characters, by which a person tells it from their others.
    pub fn end(&self) -> &str {
        self.0.get(self.0.len().saturating_sub(SHOWN)..).unwrap_or_default()
    }

    /// The code as it is printed: in groups of four.
    pub fn printed(&self) -> String {
        let characters: Vec<_> = self.0.chars().collect();
        let groups: Vec<String> = characters.chunks(SHOWN).map(|group| group.iter().collect()).collect();
        groups.join("-")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_it_is_typed() {
        let code = |text: &str| GiftCardCode::parse(text).map(|code| code.0);
        assert_eq!(code(" abcd-efgh ٢٠٢٦ "), Ok("ABCDEFGH2026".to_owned()));
        assert_eq!(code(" - "), Err(Problem::Required));
        assert_eq!(code("abcd-efgh-123"), Err(Problem::TooShort { min: 12 }));
        assert_eq!(code(&"x".repeat(33)), Err(Problem::TooLong { max: 32 }));
        assert_eq!(code("ABCDEFGH123_"), Err(Problem::InvalidCode));
        assert_eq!(code("هدية-٢٠٢٦-للعيد"), Err(Problem::InvalidCode));
    }

    #[test]
    fn a_made_code_is_one_that_can_be_typed() {
        assert_eq!(GiftCardCode::of_bytes(&[0; 10]).as_str(), "0".repeat(16));
        assert_eq!(GiftCardCode::of_bytes(&[255; 10]).as_str(), "Z".repeat(16));
        let code = GiftCardCode::of_bytes(&[0x08, 0x42, 0x10, 0x84, 0x21, 0x08, 0x42, 0x10, 0x84, 0x22]);
        assert_eq!((code.as_str(), code.end()), ("1111111111111112", "1112"));
        assert_eq!(code.printed(), "1111-1111-1111-1112");
        assert_eq!(GiftCardCode::parse(&code.printed()), Ok(code.clone()));
        assert_eq!(format!("{code:?}"), "GiftCardCode(\"1112\")");
    }
}
