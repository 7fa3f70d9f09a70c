//! Countries.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use crate::invalid::Problem;

/// A country in the form of an ISO 3166-1 alpha-2 code: two upper-case ASCII letters.
///
/// Not every such pair is a country; which are delivered to is known by the zones of a shop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Country([u8; 2]);

impl Country {
    /// Saudi Arabia.
    pub const SA: Self = Self(*b"SA");
    /// Kuwait.
    pub const KW: Self = Self(*b"KW");

    /// Reads a code such as `SA` or `sa`; refuses all that is not two ASCII letters.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Problem::Required);
        }
        match *text.as_bytes() {
            [a, b] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() => {
                Ok(Self([a.to_ascii_uppercase(), b.to_ascii_uppercase()]))
            }
            _ => Err(Problem::InvalidCountry),
        }
    }

    /// The code, such as `SA`.
    pub fn as_str(&self) -> &str {
        // Two ASCII letters are always UTF-8.
        str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl Serialize for Country {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Country {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(from)?)
            .map_err(|problem| D::Error::custom(format_args!("not a country code: {problem:?}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_is_two_letters_in_upper_case() {
        assert_eq!(Country::parse(" sa "), Ok(Country::SA));
        assert_eq!(Country::parse("kW").unwrap().as_str(), "KW");
        assert_eq!(Country::parse(" "), Err(Problem::Required));
        for wrong in ["S", "SAU", "S1", "س", "سع", "S A"] {
            assert_eq!(Country::parse(wrong), Err(Problem::InvalidCountry), "{wrong}");
        }
    }

    #[test]
    fn a_country_reads_back_what_it_wrote() {
        let json = serde_json::to_string(&Country::SA).unwrap();
        assert_eq!(json, r#""SA""#);
        assert_eq!(serde_json::from_str::<Country>(&json).unwrap(), Country::SA);
        assert!(serde_json::from_str::<Country>(r#""Saudi""#).is_err());
    }
}
