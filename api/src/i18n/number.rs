//! Numbers as people write them.

/// The digits that a reader is used to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Digits {
    /// 0 to 9, with `,` between thousands and `.` before the fraction.
    Latin,
    /// ٠ to ٩, with `٬` between thousands and `٫` before the fraction.
    Arabic,
}

impl Digits {
    /// Writes an amount such as `1234.50` in these digits, in groups of three.
    pub(super) fn write(self, amount: &str) -> String {
        let latin = in_groups(amount);
        match self {
            Self::Latin => latin,
            Self::Arabic => latin.chars().map(arabic).collect(),
        }
    }
}

/// Puts a comma between the thousands of a decimal number.
pub(super) fn in_groups(amount: &str) -> String {
    let whole = amount.find('.').unwrap_or(amount.len());
    let mut grouped = String::with_capacity(amount.len() + whole.div_ceil(3));
    let mut after_digit = false;
    for (at, character) in amount.char_indices() {
        if after_digit && at < whole && (whole - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(character);
        after_digit = character.is_ascii_digit();
    }
    grouped
}

/// The Arabic sign for a Latin digit or separator.
fn arabic(latin: char) -> char {
    match latin {
        ',' => '٬',
        '.' => '٫',
        digit => digit.to_digit(10).and_then(|digit| char::from_u32(u32::from('٠') + digit)).unwrap_or(digit),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use std::collections::BTreeMap;

    use super::*;

    /// What ICU writes.
    #[derive(serde::Deserialize)]
    pub(in crate::i18n) struct Vectors {
        pub(in crate::i18n) money: Vec<MoneyVector>,
        pub(in crate::i18n) plural_ar_cardinal: BTreeMap<String, Vec<i64>>,
    }

    /// One amount in one locale.
    #[derive(serde::Deserialize)]
    pub(in crate::i18n) struct MoneyVector {
        pub(in crate::i18n) locale: String,
        pub(in crate::i18n) language: String,
        pub(in crate::i18n) digits: String,
        pub(in crate::i18n) currency: String,
        pub(in crate::i18n) minor: i64,
        pub(in crate::i18n) text: String,
    }

    pub(in crate::i18n) fn vectors() -> Vectors {
        serde_json::from_str(include_str!("vectors.json")).unwrap()
    }

    #[test]
    fn thousands_are_apart() {
        for (amount, grouped) in [
            ("0", "0"),
            ("999", "999"),
            ("1000", "1,000"),
            ("-100", "-100"),
            ("-123456", "-123,456"),
            ("1234567.8901", "1,234,567.8901"),
        ] {
            assert_eq!(in_groups(amount), grouped);
        }
    }

    #[test]
    fn arabic_digits_have_arabic_separators() {
        assert_eq!(Digits::Arabic.write("9876543210.25"), "٩٬٨٧٦٬٥٤٣٬٢١٠٫٢٥");
        assert_eq!(Digits::Latin.write("1234.5"), "1,234.5");
    }
}
