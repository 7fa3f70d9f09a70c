//! The messages of a language, ready to be filled in.

use std::sync::OnceLock;

use domain::language::Language;
use fluent_bundle::{FluentResource, FluentValue, concurrent::FluentBundle};
use unic_langid::LanguageIdentifier;

use crate::i18n::{number, plural, source};

/// The messages of a language, read at the first call.
pub(super) fn of(language: Language) -> &'static FluentBundle<FluentResource> {
    static AR: OnceLock<FluentBundle<FluentResource>> = OnceLock::new();
    static EN: OnceLock<FluentBundle<FluentResource>> = OnceLock::new();
    match language {
        Language::Ar => &AR,
        Language::En => &EN,
    }
    .get_or_init(|| read(language, &source::texts(language)))
}

/// Reads the messages of a language. What is malformed is logged and left out; a test sees to it that nothing is.
fn read(language: Language, texts: &[&str]) -> FluentBundle<FluentResource> {
    let identifier: LanguageIdentifier = language.tag().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![identifier]);
    bundle.set_formatter(Some(|value, _| match value {
        FluentValue::Number(number) => Some(number::in_groups(&number.as_string())),
        FluentValue::String(_) | FluentValue::Custom(_) | FluentValue::None | FluentValue::Error => None,
    }));
    if let Err(error) = bundle.add_function("PLURAL", move |counted, _| plural::choose(language, counted)) {
        tracing::error!(language = language.tag(), %error, "PLURAL is there twice");
    }
    for text in texts {
        let resource = FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(resource, errors)| {
            tracing::error!(language = language.tag(), ?errors, "a file of messages is malformed");
            resource
        });
        if let Err(errors) = bundle.add_resource(resource) {
            tracing::error!(language = language.tag(), ?errors, "a message is there twice");
        }
    }
    bundle
}

#[cfg(test)]
mod tests {
    use fluent_bundle::FluentArgs;

    use super::*;
    use crate::i18n::number::tests::vectors;

    const FORMS: &str =
        "n = { PLURAL($n) ->\n [zero] zero\n [one] one\n [two] two\n [few] few\n [many] many\n *[other] other\n }";

    #[test]
    fn arabic_numbers_choose_the_plural_forms_of_the_cldr() {
        let bundle = read(Language::Ar, &[FORMS]);
        let pattern = bundle.get_message("n").unwrap().value().unwrap();
        let vectors = vectors();
        assert_eq!(vectors.plural_ar_cardinal.len(), 6);
        for (form, numbers) in vectors.plural_ar_cardinal {
            for number in numbers {
                let args: FluentArgs<'_> = [("n", number)].into_iter().collect();
                assert_eq!(bundle.format_pattern(pattern, Some(&args), &mut vec![]), form, "{number}");
            }
        }
    }
}
