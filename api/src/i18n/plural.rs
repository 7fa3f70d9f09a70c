//! The plural forms of numbers: what `PLURAL($n)` chooses by in a message.
//!
//! Fluent's own rule for Arabic (`intl_pluralrules` 7.0.2) forgets to count modulo 100: 103 and 111 are `other` to it
//! where they are `few` and `many`. Arabic messages therefore choose by `PLURAL`, and a test holds them to it.

use domain::language::Language;
use fluent_bundle::FluentValue;

/// The form of what is counted, `other` for what is no whole number.
pub(super) fn choose(language: Language, counted: &[FluentValue<'_>]) -> FluentValue<'static> {
    let Some(FluentValue::Number(number)) = counted.first() else { return FluentValue::from("other") };
    FluentValue::from(number.as_string().parse().map_or("other", |number| form(language, number)))
}

/// The form of a whole number, a cardinal of the CLDR.
fn form(language: Language, number: i64) -> &'static str {
    let n = number.unsigned_abs();
    match (language, n, n % 100) {
        (Language::Ar, 0, _) => "zero",
        (Language::Ar | Language::En, 1, _) => "one",
        (Language::Ar, 2, _) => "two",
        (Language::Ar, _, 3..=10) => "few",
        (Language::Ar, _, 11..=99) => "many",
        (Language::Ar | Language::En, ..) => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_numbers_are_counted() {
        let chosen = |value| choose(Language::Ar, &[value]);
        assert_eq!(chosen(FluentValue::from(-3)), FluentValue::from("few"));
        assert_eq!(chosen(FluentValue::from(3.5)), FluentValue::from("other"));
        assert_eq!(chosen(FluentValue::from("3")), FluentValue::from("other"));
        assert_eq!(choose(Language::Ar, &[]), FluentValue::from("other"));
    }

    #[test]
    fn english_has_two_forms() {
        assert_eq!([0, 1, 2, 101].map(|number| form(Language::En, number)), ["other", "one", "other", "other"]);
    }
}
