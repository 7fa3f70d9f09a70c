//! Why something is not taxed at a rate, as invoices say it.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Category;
use crate::{identity::country::Country, invalid::Problem};

/// The longest code.
const MAX: usize = 40;

/// The code of a reason, such as `VATEX-SA-35`: capital letters, digits and dashes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Reason(String);

/// The reasons that Saudi invoices know, by category: ZATCA, Electronic Invoice XML Implementation Standard, VAT exemption and
/// exception reason codes.
const SAUDI: [(Category, &[&str]); 3] = [
    (Category::Exempt, &["VATEX-SA-29", "VATEX-SA-29-7", "VATEX-SA-30"]),
    (
        Category::ZeroRated,
        &[
            "VATEX-SA-32",
            "VATEX-SA-33",
            "VATEX-SA-34-1",
            "VATEX-SA-34-2",
            "VATEX-SA-34-3",
            "VATEX-SA-34-4",
            "VATEX-SA-34-5",
            "VATEX-SA-35",
            "VATEX-SA-36",
            "VATEX-SA-EDU",
            "VATEX-SA-HEA",
            "VATEX-SA-MLTRY",
        ],
    ),
    (Category::OutOfScope, &["VATEX-SA-OOS"]),
];

impl Reason {
    /// Reads a code; small letters are taken for capital ones.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let code = text.trim().to_ascii_uppercase();
        let is_code = |byte: u8| byte == b'-' || byte.is_ascii_uppercase() || byte.is_ascii_digit();
        match code.len() {
            0 => Err(Problem::Required),
            1..=MAX if code.bytes().all(is_code) => Ok(Self(code)),
            1..=MAX => Err(Problem::InvalidTaxReason),
            _ => Err(Problem::TooLong { max: MAX }),
        }
    }

    /// Its code.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether invoices of this country can say it of what is of this category. Of other countries than Saudi Arabia the shop
    /// has no list.
    pub fn goes_for(&self, category: Category, country: Country) -> bool {
        country != Country::SA || SAUDI.iter().any(|(of, codes)| *of == category && codes.contains(&self.0.as_str()))
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_letters_digits_and_dashes() {
        assert_eq!(Reason::parse(" vatex-sa-35 ").unwrap().as_str(), "VATEX-SA-35");
        assert_eq!(Reason::parse(""), Err(Problem::Required));
        assert_eq!(Reason::parse("دواء"), Err(Problem::InvalidTaxReason));
        assert_eq!(Reason::parse("a b"), Err(Problem::InvalidTaxReason));
        assert_eq!(Reason::parse(&"A".repeat(MAX + 1)), Err(Problem::TooLong { max: MAX }));
    }

    #[test]
    fn saudi_invoices_know_some_reasons_each_of_one_category() {
        let goes = |code: &str, category, country: &str| {
            Reason::parse(code).unwrap().goes_for(category, Country::parse(country).unwrap())
        };
        assert!(goes("VATEX-SA-35", Category::ZeroRated, "SA"));
        assert!(!goes("VATEX-SA-35", Category::Exempt, "SA"));
        assert!(goes("VATEX-SA-30", Category::Exempt, "SA"));
        assert!(!goes("VATEX-EU-AE", Category::ReverseCharge, "SA"));
        assert!(goes("VATEX-EU-AE", Category::ReverseCharge, "AE"));
    }
}
