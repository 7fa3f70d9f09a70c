//! Postal addresses.

use serde::{Deserialize, Serialize};

use super::{country::Country, phone::Phone};
use crate::{
    invalid::{Check, Invalid, Problem},
    text,
};

const NAME_MAX: usize = 100;
const LINE_MAX: usize = 100;
const CITY_MAX: usize = 60;
const FOREIGN_POSTAL_CODE_MAX: usize = 12;

/// Where a parcel goes, to whom, and whom the courier calls.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// The name of the recipient.
    pub name: String,
    /// The number that the courier calls.
    pub phone: Phone,
    /// The country.
    pub country: Country,
    /// The place in the country.
    pub place: Place,
}

/// A place, in the form of addresses of its country.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "form")]
pub enum Place {
    /// The National Address of Saudi Post (SPL); its parts are those of
    /// <https://api.address.gov.sa/addressdataapi-NationalAddressByShortAddress>.
    SaudiNational {
        /// Four digits.
        building_number: String,
        /// The street.
        street: String,
        /// The district.
        district: String,
        /// The city.
        city: String,
        /// Five digits.
        postal_code: String,
        /// Four digits, written behind the postal code.
        additional_number: Option<String>,
        /// Four upper-case letters and four digits that alone name the place, such as `RRRD2929`.
        short_address: Option<String>,
        /// The administrative region. Addresses of before it was asked for have none.
        region: Option<String>,
    },
    /// Lines, as outside Saudi Arabia.
    Plain {
        /// Street and house.
        line1: String,
        /// What does not fit there.
        line2: Option<String>,
        /// The city.
        city: String,
        /// The emirate, governorate or state.
        region: Option<String>,
        /// At most 12 letters, digits, spaces and dashes; five digits in Kuwait.
        postal_code: Option<String>,
    },
}

/// An address as it was typed. What the form of its country does not ask for is ignored.
#[derive(Clone, Debug, Default)]
pub struct RawAddress {
    /// The name of the recipient.
    pub name: String,
    /// The telephone number.
    pub phone: String,
    /// The country's code: it decides which of the rest is asked for.
    pub country: String,
    /// Saudi: the building number.
    pub building_number: Option<String>,
    /// Saudi: the street.
    pub street: Option<String>,
    /// Saudi: the district.
    pub district: Option<String>,
    /// The city.
    pub city: Option<String>,
    /// The postal code.
    pub postal_code: Option<String>,
    /// Saudi: the additional number.
    pub additional_number: Option<String>,
    /// Saudi: the short address.
    pub short_address: Option<String>,
    /// Elsewhere: street and house.
    pub line1: Option<String>,
    /// Elsewhere: what does not fit there.
    pub line2: Option<String>,
    /// The region: in Saudi Arabia the administrative one, elsewhere the emirate, governorate or state.
    pub region: Option<String>,
}

impl Address {
    /// The city.
    pub fn city(&self) -> &str {
        match &self.place {
            Place::SaudiNational { city, .. } | Place::Plain { city, .. } => city,
        }
    }

    /// The postal code, as far as it is known.
    pub fn postal_code(&self) -> Option<&str> {
        match &self.place {
            Place::SaudiNational { postal_code, .. } => Some(postal_code),
            Place::Plain { postal_code, .. } => postal_code.as_deref(),
        }
    }

    /// The administrative region, emirate, governorate or state, as far as it is known.
    pub fn region(&self) -> Option<&str> {
        match &self.place {
            Place::SaudiNational { region, .. } | Place::Plain { region, .. } => region.as_deref(),
        }
    }

    /// Reads an address in the form of its country: the National Address in Saudi Arabia, lines
    /// elsewhere. Codes may be in Arabic digits and are kept in ASCII; what is optional and blank is
    /// absent.
    ///
    /// Refuses with all wrong fields at once, by their names in the API; of a country that does not
    /// parse the form is not known, so the place is not checked.
    pub fn parse(raw: RawAddress) -> Result<Self, Invalid> {
        let mut check = Check::default();
        let address = Self::checked(raw, &mut check);
        check.done(address)
    }

    fn checked(raw: RawAddress, check: &mut Check) -> Option<Self> {
        let name = check.field("name", text::line(&raw.name, NAME_MAX));
        let phone = check.field("phone", Phone::parse(&raw.phone));
        let country = check.field("country", Country::parse(&raw.country))?;
        let place = if country == Country::SA { saudi(raw, check) } else { plain(raw, country, check) };
        Some(Self { name: name?, phone: phone?, country, place: place? })
    }
}

fn saudi(raw: RawAddress, check: &mut Check) -> Option<Place> {
    let building_number = digits::<4>(raw.building_number, Problem::InvalidBuildingNumber);
    let building_number = check.field("buildingNumber", building_number);
    let street = check.field("street", line(raw.street, LINE_MAX));
    let district = check.field("district", line(raw.district, LINE_MAX));
    let city = check.field("city", line(raw.city, CITY_MAX));
    let postal_code = check.field("postalCode", digits::<5>(raw.postal_code, Problem::InvalidPostalCode));
    let additional_number = optional(digits::<4>(raw.additional_number, Problem::InvalidAdditionalNumber));
    let additional_number = check.field("additionalNumber", additional_number);
    let short_address = check.field("shortAddress", optional(short_address(raw.short_address)));
    let region = check.field("region", optional(line(raw.region, CITY_MAX)));
    Some(Place::SaudiNational {
        building_number: building_number?,
        street: street?,
        district: district?,
        city: city?,
        postal_code: postal_code?,
        additional_number: additional_number?,
        short_address: short_address?,
        region: region?,
    })
}

fn plain(raw: RawAddress, country: Country, check: &mut Check) -> Option<Place> {
    let city = check.field("city", line(raw.city, CITY_MAX));
    let postal_code = if country == Country::KW {
        digits::<5>(raw.postal_code, Problem::InvalidPostalCode)
    } else {
        foreign_postal_code(raw.postal_code)
    };
    let postal_code = check.field("postalCode", optional(postal_code));
    let line1 = check.field("line1", line(raw.line1, LINE_MAX));
    let line2 = check.field("line2", optional(line(raw.line2, LINE_MAX)));
    let region = check.field("region", optional(line(raw.region, CITY_MAX)));
    Some(Place::Plain { line1: line1?, line2: line2?, city: city?, region: region?, postal_code: postal_code? })
}

fn line(given: Option<String>, max: usize) -> Result<String, Problem> {
    text::line(&given.unwrap_or_default(), max)
}

/// Makes a field optional: blank is absent, not wrong.
fn optional(parsed: Result<String, Problem>) -> Result<Option<String>, Problem> {
    if parsed == Err(Problem::Required) { Ok(None) } else { parsed.map(Some) }
}

/// A code, trimmed, in ASCII digits and upper case.
fn code(given: Option<String>) -> Result<String, Problem> {
    let code = text::ascii_digits(given.unwrap_or_default().trim()).to_ascii_uppercase();
    if code.is_empty() { Err(Problem::Required) } else { Ok(code) }
}

fn digits<const N: usize>(given: Option<String>, otherwise: Problem) -> Result<String, Problem> {
    let code = code(given)?;
    if code.len() == N && code.bytes().all(|byte| byte.is_ascii_digit()) { Ok(code) } else { Err(otherwise) }
}

fn short_address(given: Option<String>) -> Result<String, Problem> {
    let code = code(given)?;
    match code.as_bytes().split_first_chunk::<4>() {
        Some((letters, digits))
            if letters.iter().all(u8::is_ascii_uppercase)
                && digits.len() == 4
                && digits.iter().all(u8::is_ascii_digit) =>
        {
            Ok(code)
        }
        _ => Err(Problem::InvalidShortAddress),
    }
}

fn foreign_postal_code(given: Option<String>) -> Result<String, Problem> {
    let code = code(given)?;
    let allowed = code.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b'-'));
    if allowed && code.len() <= FOREIGN_POSTAL_CODE_MAX { Ok(code) } else { Err(Problem::InvalidPostalCode) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[expect(clippy::unnecessary_wraps, reason = "fields of a raw address are optional")]
    fn some(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    fn riyadh() -> RawAddress {
        RawAddress {
            name: " ليلى أحمد ".to_owned(),
            phone: "٠٥١٢٣٤٥٦٧٨".to_owned(),
            country: "sa".to_owned(),
            building_number: some("٢٩٢٩"),
            street: some("طريق الملك فهد"),
            district: some("العليا"),
            city: some("الرياض"),
            postal_code: some("١٢٢١٢"),
            additional_number: some("  "),
            short_address: some("rrrd٢٩٢٩"),
            ..RawAddress::default()
        }
    }

    fn kuwait() -> RawAddress {
        RawAddress {
            name: "Layla".to_owned(),
            phone: "+96551234567".to_owned(),
            country: "KW".to_owned(),
            city: some("Salmiya"),
            line1: some("Block 10, Street 3"),
            ..RawAddress::default()
        }
    }

    fn wrong(raw: RawAddress) -> Vec<(String, Problem)> {
        let invalid = Address::parse(raw).unwrap_err();
        invalid.wrong.into_iter().map(|wrong| (wrong.path.join("."), wrong.problem)).collect()
    }

    #[test]
    fn a_saudi_address_is_kept_in_ascii_digits() {
        let address = Address::parse(riyadh()).unwrap();
        assert_eq!(address.city(), "الرياض");
        assert_eq!(address.name, "ليلى أحمد");
        assert_eq!(
            address.place,
            Place::SaudiNational {
                building_number: "2929".to_owned(),
                street: "طريق الملك فهد".to_owned(),
                district: "العليا".to_owned(),
                city: "الرياض".to_owned(),
                postal_code: "12212".to_owned(),
                additional_number: None,
                short_address: some("RRRD2929"),
                region: None,
            }
        );
        let within = Address::parse(RawAddress { region: some(" منطقة الرياض "), ..riyadh() }).unwrap();
        assert_eq!((address.region(), within.region()), (None, Some("منطقة الرياض")));
    }

    #[test]
    fn a_saudi_address_of_before_its_region_was_kept_is_read() {
        let kept = r#"{"name":"Layla","phone":"+966512345678","country":"SA","place":{"form":"SaudiNational",
            "building_number":"2929","street":"King Fahd Road","district":"Al Olaya","city":"Riyadh",
            "postal_code":"12212","additional_number":null,"short_address":"RRRD2929"}}"#;
        let address = serde_json::from_str::<Address>(kept).unwrap();
        assert_eq!((address.city(), address.region()), ("Riyadh", None));
    }

    #[test]
    fn every_missing_saudi_field_is_reported_at_once() {
        let raw = RawAddress { country: "SA".to_owned(), ..RawAddress::default() };
        let fields = ["name", "phone", "buildingNumber", "street", "district", "city", "postalCode"];
        assert_eq!(wrong(raw), fields.map(|field| (field.to_owned(), Problem::Required)));
    }

    #[test]
    fn every_malformed_saudi_code_is_reported_with_its_own_problem() {
        let raw = RawAddress {
            building_number: some("123"),
            postal_code: some("1221a"),
            additional_number: some("12345"),
            short_address: some("RRR22929"),
            region: some(&"a".repeat(61)),
            ..riyadh()
        };
        assert_eq!(
            wrong(raw),
            [
                ("buildingNumber".to_owned(), Problem::InvalidBuildingNumber),
                ("postalCode".to_owned(), Problem::InvalidPostalCode),
                ("additionalNumber".to_owned(), Problem::InvalidAdditionalNumber),
                ("shortAddress".to_owned(), Problem::InvalidShortAddress),
                ("region".to_owned(), Problem::TooLong { max: CITY_MAX }),
            ]
        );
        for code in ["RRRD292", "RRRD29290", "RRRD292X", "رررد2929", "RR"] {
            let raw = RawAddress { short_address: some(code), ..riyadh() };
            assert_eq!(wrong(raw), [("shortAddress".to_owned(), Problem::InvalidShortAddress)], "{code}");
        }
    }

    #[test]
    fn an_address_elsewhere_has_lines() {
        let address =
            Address::parse(RawAddress { postal_code: some(" ٢٢٠٠١ "), line2: some(" "), ..kuwait() }).unwrap();
        assert_eq!(
            address.place,
            Place::Plain {
                line1: "Block 10, Street 3".to_owned(),
                line2: None,
                city: "Salmiya".to_owned(),
                region: None,
                postal_code: some("22001"),
            }
        );
        assert!(Address::parse(kuwait()).is_ok());
        let nowhere = RawAddress { city: None, line1: some("\n"), ..kuwait() };
        let missing = [("city".to_owned(), Problem::Required), ("line1".to_owned(), Problem::Required)];
        assert_eq!(wrong(nowhere), missing);
    }

    #[test]
    fn postal_codes_elsewhere_are_short_and_plain() {
        let of = |country: &str, code| {
            Address::parse(RawAddress { country: country.to_owned(), postal_code: some(code), ..kuwait() })
        };
        assert!(of("GB", "sw1a 1aa").is_ok());
        for (country, code) in [("KW", "2200"), ("KW", "2200A"), ("GB", "SW1A_1AA"), ("GB", "1234567890123")] {
            let invalid = Invalid::at("postalCode", Problem::InvalidPostalCode);
            assert_eq!(of(country, code), Err(invalid), "{country} {code}");
        }
    }

    #[test]
    fn without_a_country_the_place_is_not_checked() {
        let raw = RawAddress { country: "Saudi".to_owned(), name: "a\0b".to_owned(), street: None, ..riyadh() };
        let both = [("name".to_owned(), Problem::ControlCharacter), ("country".to_owned(), Problem::InvalidCountry)];
        assert_eq!(wrong(raw), both);
    }

    #[test]
    fn an_address_reads_back_what_it_wrote() {
        let within = RawAddress { region: some("Riyadh Region"), ..riyadh() };
        for raw in [riyadh(), within, kuwait()] {
            let address = Address::parse(raw).unwrap();
            let json = serde_json::to_string(&address).unwrap();
            assert!(json.contains(r#""form":"#), "{json}");
            assert_eq!(serde_json::from_str::<Address>(&json).unwrap(), address);
        }
    }
}
