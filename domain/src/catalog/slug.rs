//! The readable part of a page's URL.

use crate::invalid::Problem;

/// A name in a URL: 1 to 100 of `a-z 0-9 -`, with no dash at either end.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Slug(String);

impl Slug {
    /// The longest slug, in characters.
    pub const MAX: usize = 100;

    /// Reads a slug, trimmed; refuses other characters, upper case among them, with
    /// [`Problem::InvalidSlug`].
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let slug = text.trim();
        if slug.is_empty() {
            return Err(Problem::Required);
        }
        let plain = slug.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        if !plain || slug.starts_with('-') || slug.ends_with('-') {
            return Err(Problem::InvalidSlug);
        }
        if Self::MAX < slug.len() {
            return Err(Problem::TooLong { max: Self::MAX });
        }
        Ok(Self(slug.to_owned()))
    }

    /// The slug.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_has_one_to_a_hundred_plain_characters() {
        assert_eq!(Slug::parse(" green-tea-2 ").unwrap().as_str(), "green-tea-2");
        assert!(Slug::parse(&"x".repeat(100)).is_ok());
        assert_eq!(Slug::parse(&"x".repeat(101)), Err(Problem::TooLong { max: 100 }));
        assert_eq!(Slug::parse(""), Err(Problem::Required));
        for wrong in ["Tea", "-tea", "tea-", "-", "green tea", "شاي", "tea/2"] {
            assert_eq!(Slug::parse(wrong), Err(Problem::InvalidSlug), "{wrong}");
        }
    }
}
