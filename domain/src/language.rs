//! Languages of the shop's content and of its messages.

use serde::{Deserialize, Serialize};

/// A language that Qafila speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Arabic.
    Ar,
    /// English.
    En,
}

/// Which way a language is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Left to right.
    Ltr,
    /// Right to left.
    Rtl,
}

impl Language {
    /// Every language, in the order in which content falls back.
    pub const ALL: [Self; 2] = [Self::Ar, Self::En];

    /// The BCP 47 tag.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Ar => "ar",
            Self::En => "en",
        }
    }

    /// Which way it is written.
    pub const fn direction(self) -> Direction {
        match self {
            Self::Ar => Direction::Rtl,
            Self::En => Direction::Ltr,
        }
    }

    /// The language of a BCP 47 tag such as `ar`, `ar-SA` or `en_GB`; `None` if it is not spoken.
    pub fn parse(tag: &str) -> Option<Self> {
        let primary = tag.trim().split(['-', '_']).next()?;
        Self::ALL.into_iter().find(|language| primary.eq_ignore_ascii_case(language.tag()))
    }

    /// The best of `offered` for an `Accept-Language` header (RFC 9110, 12.5.4): the highest weight
    /// wins, and of equal weights the first. `None` if none is acceptable.
    pub fn negotiate(header: &str, offered: &[Self]) -> Option<Self> {
        let mut best: Option<(u16, Self)> = None;
        for range in header.split(',').take(20) {
            let mut parts = range.split(';');
            let tag = parts.next().unwrap_or_default().trim();
            let weight = parts.find_map(|part| part.trim().strip_prefix("q=")).map_or(1000, thousandths);
            let language = if tag == "*" { offered.first().copied() } else { Self::parse(tag) };
            let Some(language) = language.filter(|language| offered.contains(language)) else { continue };
            if weight > 0 && best.is_none_or(|(most, _)| weight > most) {
                best = Some((weight, language));
            }
        }
        best.map(|(_, language)| language)
    }
}

/// A weight such as `0.8` in thousandths; 0 if it is malformed.
fn thousandths(weight: &str) -> u16 {
    let (whole, fraction) = weight.trim().split_once('.').unwrap_or((weight.trim(), ""));
    let fraction: String = fraction.chars().chain("000".chars()).take(3).collect();
    match (whole, fraction.parse::<u16>()) {
        ("1", Ok(0)) => 1000,
        ("0", Ok(fraction)) => fraction,
        _ => 0,
    }
}

/// Text in the shop's languages. At least one is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Localised {
    /// Arabic.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ar: Option<String>,
    /// English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub en: Option<String>,
}

impl Localised {
    /// The text in one language.
    pub fn exactly(&self, language: Language) -> Option<&str> {
        match language {
            Language::Ar => self.ar.as_deref(),
            Language::En => self.en.as_deref(),
        }
    }

    /// The text in the wanted language, else in the next of [`Language::ALL`], and which it is.
    pub fn best(&self, wanted: Language) -> Option<(Language, &str)> {
        [wanted]
            .into_iter()
            .chain(Language::ALL)
            .find_map(|language| self.exactly(language).map(|text| (language, text)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_wanted_offered_language_wins() {
        let both = &Language::ALL;
        assert_eq!(Language::negotiate("fr, en;q=0.5, ar-SA;q=0.8", both), Some(Language::Ar));
        assert_eq!(Language::negotiate("en-GB", both), Some(Language::En));
        assert_eq!(Language::negotiate("fr", both), None);
        assert_eq!(Language::negotiate("ar;q=0", both), None);
        assert_eq!(Language::negotiate("*", both), Some(Language::Ar));
        assert_eq!(Language::negotiate("ar, en", &[Language::En]), Some(Language::En));
        assert_eq!(Language::negotiate("en;q=oops, ar;q=0.1", both), Some(Language::Ar));
    }

    #[test]
    fn text_falls_back_to_another_language_and_says_so() {
        let text = Localised { ar: Some("قهوة".into()), en: None };
        assert_eq!(text.best(Language::En), Some((Language::Ar, "قهوة")));
    }
}
