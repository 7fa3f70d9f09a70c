//! Text from outside: what is let in, and how two texts are compared.

use crate::invalid::Problem;

/// One line of text, trimmed: at most `max` characters, without control characters, line breaks and
/// overrides of direction. Marks of direction (U+200E, U+200F, U+061C) are allowed; text of nothing
/// else is blank.
pub fn line(text: &str, max: usize) -> Result<String, Problem> {
    checked(text, max, |c| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}'))
}

/// Text of several lines, trimmed: as [`line()`], but with line breaks and tabs.
pub fn prose(text: &str, max: usize) -> Result<String, Problem> {
    checked(text, max, |c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
}

fn checked(text: &str, max: usize, refused: impl Fn(char) -> bool) -> Result<String, Problem> {
    let text = text.trim();
    if text.chars().all(|c| c.is_whitespace() || is_direction_mark(c)) {
        return Err(Problem::Required);
    }
    if text.chars().count() > max {
        return Err(Problem::TooLong { max });
    }
    if text.chars().any(refused) {
        return Err(Problem::ControlCharacter);
    }
    if text.chars().any(is_direction_override) {
        return Err(Problem::DirectionOverride);
    }
    Ok(text.to_owned())
}

/// The form of a text in which it is compared; not for people to read.
///
/// Lower case, ASCII digits, single spaces, no marks of direction; of Arabic, without diacritics and
/// tatweel, and with the letters that are often written for one another made one (أ إ آ ٱ → ا, ى → ي,
/// ة → ه, ؤ → و, ئ → ي). Folding twice is folding once.
pub fn fold(text: &str) -> String {
    let kept = text.chars().filter(|c| !is_arabic_ornament(*c) && !is_direction_mark(*c));
    let folded: String = kept.map(|c| fold_letter(ascii_digit(c))).flat_map(char::to_lowercase).collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text with Arabic-Indic (٠ to ٩) and extended Arabic-Indic (۰ to ۹) digits as ASCII digits, and
/// everything else as it was.
pub fn ascii_digits(text: &str) -> String {
    text.chars().map(ascii_digit).collect()
}

/// Whether the character marks the direction of text without overriding it: U+200E, U+200F, U+061C.
pub(crate) fn is_direction_mark(c: char) -> bool {
    matches!(c, '\u{200E}' | '\u{200F}' | '\u{061C}')
}

/// Whether the character embeds, overrides or isolates a direction.
pub(crate) fn is_direction_override(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

fn ascii_digit(c: char) -> char {
    ['٠', '۰']
        .into_iter()
        .find_map(|zero| u32::from(c).checked_sub(u32::from(zero)).and_then(|value| char::from_digit(value, 10)))
        .unwrap_or(c)
}

/// Harakat, the small letters and signs of the Quran, and tatweel.
fn is_arabic_ornament(c: char) -> bool {
    matches!(c, '\u{0610}'..='\u{061A}' | '\u{0640}' | '\u{064B}'..='\u{065F}' | '\u{0670}'
        | '\u{06D6}'..='\u{06DC}' | '\u{06DF}'..='\u{06E4}' | '\u{06E7}' | '\u{06E8}' | '\u{06EA}'..='\u{06ED}')
}

fn fold_letter(c: char) -> char {
    match c {
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ى' | 'ئ' => 'ي',
        'ة' => 'ه',
        'ؤ' => 'و',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_line_is_trimmed_and_measured_in_characters() {
        assert_eq!(line("  قهوة \n", 4), Ok("قهوة".to_owned()));
        assert_eq!(line("قهوةٌ", 4), Err(Problem::TooLong { max: 4 }));
        for blank in ["", " \t\n", "\u{200F}", "\u{200E} \u{061C}"] {
            assert_eq!(line(blank, 4), Err(Problem::Required), "{blank:?}");
        }
    }

    #[test]
    fn a_line_has_no_control_characters_and_no_overrides() {
        for wrong in ["a\0b", "a\nb", "a\rb", "a\tb", "a\u{7F}b", "a\u{85}b", "a\u{2028}b"] {
            assert_eq!(line(wrong, 9), Err(Problem::ControlCharacter), "{wrong:?}");
        }
        for wrong in ["a\u{202A}", "a\u{202E}b", "a\u{2066}b", "a\u{2069}b"] {
            assert_eq!(line(wrong, 9), Err(Problem::DirectionOverride), "{wrong:?}");
        }
        assert_eq!(line("a\u{200F}b", 9), Ok("a\u{200F}b".to_owned()));
    }

    #[test]
    fn prose_has_lines_and_tabs_but_no_other_control_characters() {
        assert_eq!(prose(" a\r\n\tb\n", 9), Ok("a\r\n\tb".to_owned()));
        assert_eq!(prose("a\0b", 9), Err(Problem::ControlCharacter));
        assert_eq!(prose("a\u{202E}b", 9), Err(Problem::DirectionOverride));
    }

    #[test]
    fn spellings_of_one_name_fold_alike() {
        assert_eq!(fold("  مَكَّة   المُكَرَّمَة "), fold("مكه المكرمه"));
        assert_eq!(fold("الأحسـاء"), fold("الاحساء"));
        assert_eq!(fold("إٱآأ ىئيؤ"), "اااا يييو");
        assert_eq!(fold("شارع ٤٢ \u{200F}RIYADH ۴۲"), "شارع 42 riyadh 42");
        assert_ne!(fold("جدة"), fold("جده ١"));
    }

    #[test]
    fn both_kinds_of_arabic_digits_become_ascii() {
        assert_eq!(ascii_digits("٠١٢٣٤٥٦٧٨٩ ۰۱۲۳۴۵۶۷۸۹ 0a٪"), "0123456789 0123456789 0a٪");
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(text in any::<String>(), arabic in "[ \u{0600}-\u{06FF}A-Z]{0,20}") {
            for text in [text, arabic] {
                prop_assert_eq!(fold(&fold(&text)), fold(&text));
            }
        }

        #[test]
        fn an_accepted_line_is_accepted_again_unchanged(text in any::<String>()) {
            if let Ok(accepted) = line(&text, 20) {
                prop_assert_eq!(line(&accepted, 20), Ok(accepted.clone()));
                prop_assert!(accepted.chars().count() <= 20 && !accepted.contains(char::is_control));
            }
        }
    }
}
