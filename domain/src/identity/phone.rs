//! Telephone numbers.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use crate::{
    invalid::Problem,
    text::{ascii_digits, is_direction_mark, is_direction_override},
};

/// A telephone number in the form of ITU-T E.164: `+`, the country code and the national number, in
/// ASCII digits, such as `+966512345678`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Phone(String);

/// The country codes of the GCC and how many digits a national number has there.
const NATIONAL_DIGITS: [(&str, usize, usize); 6] =
    [("966", 9, 9), ("971", 8, 9), ("965", 8, 8), ("973", 8, 8), ("974", 8, 8), ("968", 8, 8)];

impl Phone {
    /// Reads a number as people write it: with spaces, dashes, parentheses and Arabic digits, with
    /// `00` for `+`, or a Saudi mobile number in its national form `05XXXXXXXX`.
    ///
    /// Refuses numbers of a wrong length: known for the GCC, 7 to 15 digits elsewhere.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let compact = ascii_digits(text).replace(is_ornament, "");
        if compact.is_empty() {
            return Err(Problem::Required);
        }
        let international = compact.strip_prefix('+').or_else(|| compact.strip_prefix("00")).map(str::to_owned);
        let saudi = || compact.strip_prefix('0').filter(|national| national.starts_with('5'));
        let digits = international.or_else(|| saudi().map(|national| format!("966{national}")));
        match digits {
            Some(digits) if is_plausible(&digits) => Ok(Self(format!("+{digits}"))),
            _ => Err(Problem::InvalidPhone),
        }
    }

    /// The number, such as `+966512345678`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What people and address books put between the digits. Numbers copied from a telephone often are
/// wrapped in characters of direction.
fn is_ornament(c: char) -> bool {
    c.is_whitespace()
        || is_direction_mark(c)
        || is_direction_override(c)
        || matches!(c, '-' | '\u{2010}'..='\u{2013}' | '(' | ')')
}

fn is_plausible(digits: &str) -> bool {
    if digits.starts_with('0') || !digits.chars().all(|c| c.is_ascii_digit()) {
        return false;
    }
    let gcc = NATIONAL_DIGITS
        .iter()
        .find_map(|(code, least, most)| digits.strip_prefix(code).map(|national| (national, *least..=*most)));
    match gcc {
        // A leading zero is the trunk prefix, which is not dialled from abroad.
        Some((national, lengths)) => lengths.contains(&national.len()) && !national.starts_with('0'),
        None => (7..=15).contains(&digits.len()),
    }
}

impl Serialize for Phone {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Phone {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(from)?)
            .map_err(|problem| D::Error::custom(format_args!("not a telephone number: {problem:?}")))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_number_has_one_form() {
        for text in [
            "+966512345678",
            "00966 51 234 5678",
            "0512345678",
            " (+966) 51-234-5678 ",
            "٠٥١٢٣٤٥٦٧٨",
            "+۹۶۶۵۱۲۳۴۵۶۷۸",
            "\u{202A}+966 51 234 5678\u{202C}",
            "05\u{00A0}1234\u{2011}5678",
        ] {
            assert_eq!(Phone::parse(text).unwrap().as_str(), "+966512345678", "{text:?}");
        }
    }

    #[test]
    fn numbers_of_the_gcc_have_the_length_of_their_country() {
        for right in ["+971501234567", "+97141234567", "+96551234567", "+97336123456", "+97433123456", "+96892123456"] {
            assert_eq!(Phone::parse(right).unwrap().as_str(), right);
        }
        for wrong in [
            "+96651234567",
            "+9665123456789",
            "+966 (0)512345678",
            "+971041234567",
            "+9655123456",
            "+965512345678",
            "05123456789",
        ] {
            assert_eq!(Phone::parse(wrong), Err(Problem::InvalidPhone), "{wrong}");
        }
    }

    #[test]
    fn what_cannot_be_dialled_is_refused() {
        assert_eq!(Phone::parse(" - "), Err(Problem::Required));
        for wrong in [
            "512345678",
            "966512345678",
            "+",
            "+12345x78",
            "+123456",
            "+1234567890123456",
            "+00966512345678",
            "++4930123456",
            "0612345678",
        ] {
            assert_eq!(Phone::parse(wrong), Err(Problem::InvalidPhone), "{wrong}");
        }
    }

    #[test]
    fn a_number_reads_back_what_it_wrote() {
        let phone = Phone::parse("0512345678").unwrap();
        let json = serde_json::to_string(&phone).unwrap();
        assert_eq!(json, r#""+966512345678""#);
        assert_eq!(serde_json::from_str::<Phone>(&json).unwrap(), phone);
        assert!(serde_json::from_str::<Phone>(r#""5""#).is_err());
    }

    proptest! {
        #[test]
        fn an_accepted_number_is_accepted_again_unchanged(text in "[+0-9 ٠-٩()-]{0,18}", any in any::<String>()) {
            for text in [text, any] {
                if let Ok(phone) = Phone::parse(&text) {
                    prop_assert!(phone.as_str().len() <= 16);
                    prop_assert_eq!(Phone::parse(phone.as_str()), Ok(phone));
                }
            }
        }
    }
}
