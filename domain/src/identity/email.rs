//! E-mail addresses.

use email_address::{EmailAddress, Options};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use crate::{invalid::Problem, text};

/// An e-mail address (RFC 5321, RFC 6531): lower-cased, so that one mailbox has one account.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Email(String);

impl Email {
    /// The longest address, in characters: what fits into the path of RFC 5321, 4.5.3.1.3.
    pub const MAX: usize = 254;

    /// Reads an address, trimmed. Refuses a display name, an IP address for a domain, a domain
    /// without a dot, and invisible characters.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let address = text::line(&text.to_lowercase(), Self::MAX)?;
        let options = Options::default().without_display_text().without_domain_literal().with_required_tld();
        let Ok(parsed) = EmailAddress::parse_with_options(&address, options) else {
            return Err(Problem::InvalidEmail);
        };
        // The crate lets the signs of a local part into the domain.
        if parsed.domain().chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '.')) {
            Ok(Self(address))
        } else {
            Err(Problem::InvalidEmail)
        }
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Serialize for Email {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Email {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(from)?)
            .map_err(|problem| D::Error::custom(format_args!("not an e-mail address: {problem:?}")))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_address_is_trimmed_and_lower_cased() {
        assert_eq!(Email::parse(" Layla.A+tea@Example.COM\n").unwrap().as_str(), "layla.a+tea@example.com");
        assert_eq!(Email::parse("ليلى@مثال.السعودية").unwrap().as_str(), "ليلى@مثال.السعودية");
    }

    #[test]
    fn what_cannot_be_written_to_is_refused() {
        assert_eq!(Email::parse("  "), Err(Problem::Required));
        let long = format!("a@{}.com", "b.".repeat(130));
        assert_eq!(Email::parse(&long), Err(Problem::TooLong { max: 254 }));
        assert_eq!(Email::parse("a@b\r\nBcc: c@d.com"), Err(Problem::ControlCharacter));
        assert_eq!(Email::parse("a\u{202E}@b.com"), Err(Problem::DirectionOverride));
        let wrong = [
            "layla",
            "a@b",
            "a@",
            "@b.com",
            "a@b..com",
            "a@.b.com",
            "a@-b.com",
            "a b@c.com",
            "a@b!c.com",
            "a@[127.0.0.1]",
            "Layla <a@b.com>",
            "<a@b.com>",
            "a@b@c.com",
            "a,b@c.com",
            "a\u{200F}@b.com",
            "a\u{200B}@b.com",
        ];
        for wrong in wrong {
            assert_eq!(Email::parse(wrong), Err(Problem::InvalidEmail), "{wrong}");
        }
    }

    #[test]
    fn an_address_reads_back_what_it_wrote() {
        let email = Email::parse("a@b.com").unwrap();
        let json = serde_json::to_string(&email).unwrap();
        assert_eq!(json, r#""a@b.com""#);
        assert_eq!(serde_json::from_str::<Email>(&json).unwrap(), email);
        assert!(serde_json::from_str::<Email>(r#""a""#).is_err());
    }

    proptest! {
        #[test]
        fn an_accepted_address_is_accepted_again_unchanged(text in "\\PC{1,6}@\\PC{1,4}\\.[a-zA-Zİ]{2,3}") {
            if let Ok(email) = Email::parse(&text) {
                prop_assert_eq!(Email::parse(email.as_str()), Ok(email));
            }
        }
    }
}
