//! Amounts of money as people write them.

use domain::{
    language::Language,
    money::{Currency, Money},
};

use crate::i18n::number::Digits;

/// An amount as people write it, such as `SAR 1,234.50` or `١٬٢٣٤٫٥٠ ر.س.`, after CLDR 48.
///
/// In Arabic it holds marks (U+200F, U+200E, U+061C) that keep sign, digits and symbol in order.
pub fn money(money: Money, language: Language, digits: Digits) -> String {
    let exact = money.decimal().to_string();
    let negative = exact.starts_with('-');
    let amount = digits.write(exact.trim_start_matches('-'));
    match (language, digits) {
        (Language::Ar, Digits::Arabic) => {
            format!("{}\u{200f}{amount}\u{a0}{}", sign(negative, "\u{61c}-"), arabic_symbol(money.currency))
        }
        (Language::Ar, Digits::Latin) => {
            format!("\u{200f}{}{amount}\u{a0}{}", sign(negative, "\u{200e}-"), arabic_symbol(money.currency))
        }
        (Language::En, Digits::Latin | Digits::Arabic) => {
            format!("{}{}\u{a0}{amount}", sign(negative, "-"), money.currency.code())
        }
    }
}

/// The sign of a negative amount; nothing for another.
fn sign(negative: bool, minus: &str) -> &str {
    if negative { minus } else { "" }
}

/// The Arabic symbol of a currency of the Gulf, else the code.
fn arabic_symbol(currency: Currency) -> &'static str {
    match currency.code() {
        "SAR" => "ر.س.\u{200f}",
        "AED" => "د.إ.\u{200f}",
        "KWD" => "د.ك.\u{200f}",
        "BHD" => "د.ب.\u{200f}",
        "OMR" => "ر.ع.\u{200f}",
        "QAR" => "ر.ق.\u{200f}",
        code => code,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::number::tests::vectors;

    fn written(minor: i64, currency: &str, language: Language, digits: Digits) -> String {
        money(Money::new(minor, Currency::parse(currency).unwrap()), language, digits)
    }

    #[test]
    fn amounts_are_written_as_the_cldr_writes_them() {
        let vectors = vectors().money;
        assert_eq!(vectors.len(), 40);
        for vector in vectors {
            let language = Language::parse(&vector.language).unwrap();
            let digits = if vector.digits == "arabic" { Digits::Arabic } else { Digits::Latin };
            let text = written(vector.minor, &vector.currency, language, digits);
            assert_eq!(text, vector.text, "{} {}", vector.locale, vector.minor);
        }
    }

    #[test]
    fn other_currencies_have_their_code_and_their_places() {
        assert_eq!(written(-1235, "JPY", Language::En, Digits::Latin), "-JPY\u{a0}1,235");
        assert_eq!(written(-1235, "JPY", Language::Ar, Digits::Arabic), "\u{61c}-\u{200f}١٬٢٣٥\u{a0}JPY");
        assert_eq!(written(-123_450, "CHF", Language::Ar, Digits::Latin), "\u{200f}\u{200e}-1,234.50\u{a0}CHF");
    }

    #[test]
    fn the_largest_and_the_smallest_amount_are_exact() {
        assert_eq!(written(i64::MAX, "SAR", Language::En, Digits::Latin), "SAR\u{a0}92,233,720,368,547,758.07");
        assert_eq!(written(i64::MIN, "SAR", Language::En, Digits::Latin), "-SAR\u{a0}92,233,720,368,547,758.08");
    }
}
