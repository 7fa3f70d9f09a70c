//! The numbers by which companies are registered, in the form of their country.

use crate::{identity::country::Country, invalid::Problem, text};

/// The most characters of a number whose form is not known.
const LENGTH_MAX: usize = 30;

/// Reads a number of the commercial register. That of Saudi Arabia has ten digits; of others it is letters, digits,
/// hyphens and slashes. Arabic digits will do.
pub fn commercial(text: &str, country: Country) -> Result<String, Problem> {
    let number = plain(text)?;
    let is_possible = match country {
        Country::SA => is_digits(&number, 10),
        _ => is_mixed(&number, "-/"),
    };
    if is_possible { Ok(number) } else { Err(Problem::InvalidRegistrationNumber) }
}

/// Reads a number under which value added tax is paid. That of Saudi Arabia has fifteen digits, of which the first and the
/// last are 3 (ZATCA, VAT Implementing Regulations); those of the Emirates and of Bahrain have fifteen digits, that of Oman
/// is OM and ten digits. Others are letters and digits. Spaces and hyphens between are left out.
pub fn vat(text: &str, country: Country) -> Result<String, Problem> {
    let number: String = plain(text)?.chars().filter(|c| !matches!(c, ' ' | '-' | '.')).collect();
    let number = number.to_ascii_uppercase();
    let is_possible = match country.as_str() {
        "SA" => is_digits(&number, 15) && number.starts_with('3') && number.ends_with('3'),
        "AE" | "BH" => is_digits(&number, 15),
        "OM" => number.strip_prefix("OM").is_some_and(|digits| is_digits(digits, 10)),
        _ => is_mixed(&number, ""),
    };
    if is_possible { Ok(number) } else { Err(Problem::InvalidVatNumber) }
}

fn plain(given: &str) -> Result<String, Problem> {
    text::line(&text::ascii_digits(given), LENGTH_MAX)
}

fn is_digits(number: &str, n: usize) -> bool {
    number.len() == n && number.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_mixed(number: &str, also: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphanumeric() || also.contains(c);
    2 <= number.len() && number.chars().all(fits) && number.chars().any(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(code: &str) -> Country {
        Country::parse(code).unwrap()
    }

    #[test]
    fn a_vat_number_has_the_form_of_its_country() {
        for (country, given, read) in [
            ("SA", "300999000100003", "300999000100003"),
            ("SA", " 300 9990 0010 0003 ", "300999000100003"),
            ("SA", "٣٠٠٩٩٩٠٠٠١٠٠٠٠٣", "300999000100003"),
            ("AE", "100-1234-5678-9012", "100123456789012"),
            ("BH", "200000898300002", "200000898300002"),
            ("OM", "om1100006812", "OM1100006812"),
            ("DE", "DE 136 695 976", "DE136695976"),
            ("GB", "GB999 9999 73", "GB999999973"),
            ("KW", "K-77", "K77"),
        ] {
            assert_eq!(vat(given, of(country)), Ok(read.to_owned()), "{country} {given}");
        }
        for (country, wrong) in [
            ("SA", "30099900010000"),
            ("SA", "3009990001000033"),
            ("SA", "200999000100003"),
            ("SA", "300999000100004"),
            ("SA", "30099900010000A"),
            ("AE", "10012345678901"),
            ("OM", "1100006812"),
            ("DE", "?!"),
            ("KW", "KUWAIT"),
        ] {
            assert_eq!(vat(wrong, of(country)), Err(Problem::InvalidVatNumber), "{country} {wrong}");
        }
        assert_eq!(vat(" ", of("SA")), Err(Problem::Required));
        assert_eq!(vat(&"1".repeat(31), of("DE")), Err(Problem::TooLong { max: 30 }));
    }

    #[test]
    fn a_number_of_the_register_has_the_form_of_its_country() {
        assert_eq!(commercial("١٠١٠٩٩٩٠٠١", Country::SA), Ok("1010999001".to_owned()));
        assert_eq!(commercial("HRB-1234/B", of("DE")), Ok("HRB-1234/B".to_owned()));
        for (country, wrong) in [("SA", "101099900"), ("SA", "CR10109990"), ("DE", "HRB"), ("KW", "1;2")] {
            assert_eq!(commercial(wrong, of(country)), Err(Problem::InvalidRegistrationNumber), "{country} {wrong}");
        }
    }
}
