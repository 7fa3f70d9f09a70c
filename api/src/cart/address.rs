//! Addresses.

use async_graphql::{InputObject, SimpleObject};
use domain::{
    identity::address::{self, Place, RawAddress},
    invalid::Invalid,
};

/// Where something is delivered to. In Saudi Arabia the form is the National Address: building number, street,
/// district, city, postal code, additional number and short address; elsewhere lines. Everywhere it may have a region.
#[derive(SimpleObject, Clone, Debug)]
pub struct Address {
    /// Who receives it.
    pub name: String,
    /// E.164, such as `+966501234567`.
    pub phone: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// City.
    pub city: String,
    /// Postal code.
    pub postal_code: Option<String>,
    /// Four digits; Saudi Arabia.
    pub building_number: Option<String>,
    /// Street; Saudi Arabia.
    pub street: Option<String>,
    /// District; Saudi Arabia.
    pub district: Option<String>,
    /// Four digits; Saudi Arabia.
    pub additional_number: Option<String>,
    /// Four letters and four digits, such as `RRRD2929`; Saudi Arabia.
    pub short_address: Option<String>,
    /// First line; elsewhere.
    pub line1: Option<String>,
    /// Second line; elsewhere.
    pub line2: Option<String>,
    /// Administrative region, emirate, governorate or state: tax may depend on it.
    pub region: Option<String>,
}

impl From<address::Address> for Address {
    fn from(address: address::Address) -> Self {
        let city = address.city().to_owned();
        let blank = Self {
            name: address.name,
            phone: address.phone.as_str().to_owned(),
            country: address.country.as_str().to_owned(),
            city,
            postal_code: None,
            building_number: None,
            street: None,
            district: None,
            additional_number: None,
            short_address: None,
            line1: None,
            line2: None,
            region: None,
        };
        match address.place {
            Place::SaudiNational {
                building_number,
                street,
                district,
                city: _,
                postal_code,
                additional_number,
                short_address,
                region,
            } => Self {
                postal_code: Some(postal_code),
                building_number: Some(building_number),
                street: Some(street),
                district: Some(district),
                additional_number,
                short_address,
                region,
                ..blank
            },
            Place::Plain { line1, line2, city: _, region, postal_code } => {
                Self { postal_code, line1: Some(line1), line2, region, ..blank }
            }
        }
    }
}

/// An address to deliver to. For `SA` give buildingNumber, street, district, city and postalCode; for
/// other countries line1 and city. What the form of the country does not ask for is ignored.
#[derive(InputObject, Clone, Debug)]
pub struct AddressInput {
    /// Who receives it.
    pub name: String,
    /// International form, such as `+966501234567`; Saudi numbers may begin with `05`.
    pub phone: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// City, in Arabic or English.
    pub city: Option<String>,
    /// Postal code: five digits in Saudi Arabia.
    pub postal_code: Option<String>,
    /// Four digits; Saudi Arabia.
    pub building_number: Option<String>,
    /// Street; Saudi Arabia.
    pub street: Option<String>,
    /// District; Saudi Arabia.
    pub district: Option<String>,
    /// Four digits; Saudi Arabia.
    pub additional_number: Option<String>,
    /// Four letters and four digits; Saudi Arabia.
    pub short_address: Option<String>,
    /// First line; elsewhere.
    pub line1: Option<String>,
    /// Second line; elsewhere.
    pub line2: Option<String>,
    /// Administrative region, emirate, governorate or state, at most 60 characters: tax may depend on it, if it is written as
    /// the rate of tax names it.
    pub region: Option<String>,
}

impl AddressInput {
    /// Checks every field.
    pub fn parse(self) -> Result<address::Address, Invalid> {
        address::Address::parse(RawAddress {
            name: self.name,
            phone: self.phone,
            country: self.country,
            building_number: self.building_number,
            street: self.street,
            district: self.district,
            city: self.city,
            postal_code: self.postal_code,
            additional_number: self.additional_number,
            short_address: self.short_address,
            line1: self.line1,
            line2: self.line2,
            region: self.region,
        })
    }
}
