//! What people read, in their language: messages from `locales/`, and amounts of money.

mod bundle;
pub mod money;
pub mod number;
mod plural;
mod source;

use std::collections::BTreeSet;

use domain::{language::Language, money::Money};
use fluent_bundle::{FluentArgs, FluentValue};

/// A value in a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arg {
    /// Text, shown as it is, whichever way it is written.
    Text(String),
    /// A number, which also chooses among plural forms. Exact up to 2⁵³.
    Number(i64),
    /// An amount of money, shown as the language writes it.
    Money(Money),
    /// A thing that is known by a code, shown by its [`label`].
    Label {
        /// What kind of thing, such as `order-state`.
        group: &'static str,
        /// Its code, such as `AWAITING_PAYMENT`.
        code: &'static str,
    },
    /// Several such things, shown one after the other.
    Labels {
        /// What kind of things.
        group: &'static str,
        /// Their codes.
        codes: Vec<&'static str>,
    },
}

/// A message of `locales/` with its variables filled in.
///
/// Variables are wrapped in U+2068 and U+2069, so that they cannot disturb the direction of the text around them.
/// A key that is not there is returned itself, and a variable in braces; both are logged as errors.
pub fn message(language: Language, key: &str, args: &[(&str, Arg)]) -> String {
    let bundle = bundle::of(language);
    let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
        tracing::error!(language = language.tag(), key, "there is no such message");
        return key.to_owned();
    };
    let mut values = FluentArgs::with_capacity(args.len());
    for (name, value) in args {
        match value {
            Arg::Text(text) => values.set(*name, FluentValue::from(text.as_str())),
            Arg::Number(number) => values.set(*name, FluentValue::from(*number)),
            Arg::Money(amount) => {
                values.set(*name, FluentValue::from(money::money(*amount, language, number::Digits::Latin)));
            }
            Arg::Labels { group, codes } => {
                let labels: Vec<_> = codes.iter().map(|code| label(language, group, code)).collect();
                let comma = match language {
                    Language::Ar => "، ",
                    Language::En => ", ",
                };
                values.set(*name, FluentValue::from(labels.join(comma)));
            }
            Arg::Label { group, code } => values.set(*name, FluentValue::from(label(language, group, code))),
        }
    }
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, Some(&values), &mut errors).into_owned();
    if !errors.is_empty() {
        tracing::error!(language = language.tag(), key, ?errors, "a message cannot be filled in");
    }
    text
}

/// The name of a thing that is known by a code: for the group `order-state` and the code `AWAITING_PAYMENT` the
/// message `order-state-awaiting-payment`.
pub fn label(language: Language, group: &str, code: &str) -> String {
    message(language, &format!("{group}-{}", code.to_lowercase().replace('_', "-")), &[])
}

/// Whether a language has a message.
pub fn has(language: Language, key: &str) -> bool {
    bundle::of(language).get_message(key).is_some_and(|message| message.value().is_some())
}

/// The keys of all messages of a language, in the order of the files.
pub fn keys(language: Language) -> Vec<String> {
    source::messages(language).map(|message| message.id.name.to_owned()).collect()
}

/// The variables that a message shows or chooses by; none if there is no such message.
pub fn variables(language: Language, key: &str) -> BTreeSet<String> {
    let named = source::messages(language).filter(|message| message.id.name == key);
    named.filter_map(|message| message.value).flat_map(|pattern| source::variables(&pattern)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Language; 2] = Language::ALL;

    fn number(n: i64) -> [(&'static str, Arg); 1] {
        [("count", Arg::Number(n))]
    }

    #[test]
    fn every_language_has_the_same_messages_with_the_same_variables() {
        let [ar, en] = ALL.map(|language| keys(language).into_iter().collect::<BTreeSet<_>>());
        assert_eq!(ar, en);
        for key in &ar {
            assert_eq!(variables(Language::Ar, key), variables(Language::En, key), "{key}");
            assert!(ALL.into_iter().all(|language| has(language, key)), "{key} has no text");
        }
    }

    #[test]
    fn every_message_can_be_filled_in() {
        for language in ALL {
            for key in keys(language) {
                let names = variables(language, &key);
                let args: Vec<_> = names.iter().map(|name| (name.as_str(), Arg::Number(5))).collect();
                let text = message(language, &key, &args);
                assert!(text.chars().count() > 2 && !text.contains(['{', '$']), "{key}: {text}");
            }
        }
    }

    #[test]
    fn a_missing_message_is_its_key() {
        assert_eq!(message(Language::Ar, "no-such-key", &[]), "no-such-key");
        assert!(!has(Language::Ar, "no-such-key"));
        assert!(variables(Language::Ar, "no-such-key").is_empty());
    }

    #[test]
    fn variables_keep_their_direction_to_themselves() {
        let args = [("was", Arg::Text("SAR 5".to_owned())), ("now", Arg::Text("SAR 6".to_owned()))];
        let text = message(Language::Ar, "warning-price-changed", &args);
        assert!(text.contains("\u{2068}SAR 5\u{2069}") && text.contains("\u{2068}SAR 6\u{2069}"), "{text:?}");
    }

    #[test]
    fn labels_and_amounts_are_in_the_language_of_the_message() {
        let state = Arg::Label { group: "order-state", code: "AWAITING_PAYMENT" };
        let args = [("state", state), ("action", Arg::Label { group: "order-action", code: "SHIP" })];
        let text = message(Language::En, "order-transition-not-allowed", &args).replace(['\u{2068}', '\u{2069}'], "");
        assert_eq!(text, "“Ship” is not possible because the order is “Awaiting payment”.");
        assert!(message(Language::Ar, "order-transition-not-allowed", &args).contains("بانتظار الدفع"));
        let max = [("max", Arg::Money(Money::new(1150, domain::money::Currency::SAR)))];
        assert!(message(Language::En, "refund-exceeds-captured", &max).contains("SAR\u{a0}11.50"));
    }

    #[test]
    fn numbers_have_latin_digits_in_groups() {
        let max = [("max", Arg::Number(1_048_576))];
        for language in ALL {
            let text = message(language, "body-too-large", &max);
            assert!(text.contains("\u{2068}1,048,576\u{2069}"), "{text:?}");
        }
    }

    #[test]
    fn arabic_counts_in_six_forms() {
        let counted = |n| message(Language::Ar, "cart-items", &number(n)).replace(['\u{2068}', '\u{2069}'], "");
        assert_eq!(counted(0), "لا توجد منتجات في السلة");
        assert_eq!(counted(1), "منتج واحد في السلة");
        assert_eq!(counted(2), "منتجان في السلة");
        assert_eq!(counted(3), "3 منتجات في السلة");
        assert_eq!(counted(11), "11 منتجًا في السلة");
        assert_eq!(counted(100), "100 منتج في السلة");
        assert_eq!(counted(103), "103 منتجات في السلة");
    }
}
