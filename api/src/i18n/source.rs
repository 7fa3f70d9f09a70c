//! The files of messages, which are part of the program, and what is in them.

use domain::language::Language;
use fluent_syntax::{
    ast::{CallArguments, Entry, Expression, InlineExpression, Message, Pattern, PatternElement},
    parser,
};

/// The files of a language.
pub(super) fn texts(language: Language) -> [&'static str; 2] {
    match language {
        Language::Ar => {
            [include_str!("../../../locales/ar/errors.ftl"), include_str!("../../../locales/ar/labels.ftl")]
        }
        Language::En => {
            [include_str!("../../../locales/en/errors.ftl"), include_str!("../../../locales/en/labels.ftl")]
        }
    }
}

/// The messages of a language, in the order of the files.
pub(super) fn messages(language: Language) -> impl Iterator<Item = Message<&'static str>> {
    let files = texts(language).into_iter().map(|text| parser::parse(text).unwrap_or_else(|(file, _)| file));
    files
        .flat_map(|file| file.body)
        .filter_map(|entry| if let Entry::Message(message) = entry { Some(message) } else { None })
}

/// The variables of a pattern, each as often as it stands there. Messages it refers to are not looked into.
pub(super) fn variables(pattern: &Pattern<&str>) -> Vec<String> {
    let mut found = Vec::new();
    in_pattern(pattern, &mut found);
    found
}

fn in_pattern(pattern: &Pattern<&str>, found: &mut Vec<String>) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            in_expression(expression, found);
        }
    }
}

fn in_expression(expression: &Expression<&str>, found: &mut Vec<String>) {
    match expression {
        Expression::Inline(inline) => in_inline(inline, found),
        Expression::Select { selector, variants } => {
            in_inline(selector, found);
            for variant in variants {
                in_pattern(&variant.value, found);
            }
        }
    }
}

fn in_inline(inline: &InlineExpression<&str>, found: &mut Vec<String>) {
    match inline {
        InlineExpression::VariableReference { id } => found.push(id.name.to_owned()),
        InlineExpression::Placeable { expression } => in_expression(expression, found),
        InlineExpression::FunctionReference { arguments, .. } => in_arguments(arguments, found),
        InlineExpression::TermReference { arguments, .. } => {
            if let Some(arguments) = arguments {
                in_arguments(arguments, found);
            }
        }
        InlineExpression::StringLiteral { .. }
        | InlineExpression::NumberLiteral { .. }
        | InlineExpression::MessageReference { .. } => {}
    }
}

fn in_arguments(arguments: &CallArguments<&str>, found: &mut Vec<String>) {
    for argument in arguments.positional.iter().chain(arguments.named.iter().map(|argument| &argument.value)) {
        in_inline(argument, found);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use fluent_syntax::ast::VariantKey;

    use super::*;

    #[test]
    fn the_files_are_well_formed_and_say_nothing_twice() {
        for language in Language::ALL {
            let mut keys = BTreeSet::new();
            for text in texts(language) {
                assert!(parser::parse(text).is_ok(), "{:?}", parser::parse(text).err().map(|(_, errors)| errors));
            }
            for message in messages(language) {
                assert!(keys.insert(message.id.name), "{} is there twice", message.id.name);
            }
        }
    }

    #[test]
    fn no_file_hides_control_characters() {
        for text in Language::ALL.iter().flat_map(|language| texts(*language)) {
            let hidden =
                |c: &char| matches!(c, '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
            assert_eq!(text.chars().find(hidden), None, "write it as an escape, such as {{ \"\\u2066\" }}");
        }
    }

    /// What each choice of a message is made by, and the plural forms it has.
    fn choices<'a>(message: &'a Message<&str>) -> impl Iterator<Item = (&'a InlineExpression<&'a str>, Vec<&'a str>)> {
        message.value.iter().flat_map(|pattern| &pattern.elements).filter_map(|element| {
            let PatternElement::Placeable { expression: Expression::Select { selector, variants } } = element else {
                return None;
            };
            let forms = variants.iter().filter_map(|variant| match variant.key {
                VariantKey::Identifier { name } => Some(name),
                VariantKey::NumberLiteral { .. } => None,
            });
            Some((selector, forms.collect()))
        })
    }

    #[test]
    fn every_choice_in_arabic_has_six_forms_and_is_made_by_our_own_rule() {
        for message in messages(Language::Ar) {
            for (selector, forms) in choices(&message) {
                assert_eq!(forms, ["zero", "one", "two", "few", "many", "other"], "{}", message.id.name);
                let InlineExpression::FunctionReference { id, .. } = selector else {
                    panic!("{}: write PLURAL($…)", message.id.name);
                };
                assert_eq!(id.name, "PLURAL");
            }
        }
    }

    #[test]
    fn every_choice_in_english_has_two_forms() {
        for message in messages(Language::En) {
            for (_, forms) in choices(&message) {
                assert_eq!(forms, ["one", "other"], "{}", message.id.name);
            }
        }
    }

    #[test]
    fn variables_are_found_wherever_they_are() {
        let text = "k = { $a } { { $b } } { NUMBER($c, x: 1) } { -t(y: 2) } { $d ->\n [one] { $e }\n *[other] x\n }\n";
        let file = parser::parse(text).unwrap();
        let Some(Entry::Message(message)) = file.body.first() else { panic!("no message") };
        assert_eq!(variables(message.value.as_ref().unwrap()), ["a", "b", "c", "d", "e"]);
    }
}
