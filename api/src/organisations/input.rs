//! The inputs of changes of companies, and of who buys for them.

use app::organisations::{
    CreateOrganisation, UpdateOrganisation,
    members::{AddMembers, RemoveMembers, Who},
};
use async_graphql::{ID, InputObject, MaybeUndefined, OneofObject};
use domain::{
    catalog::slug::Slug,
    identity::{country::Country, email::Email},
    invalid::{Check, Invalid, Problem},
    organisations::registration,
    text,
};

use crate::graphql::input;

/// The most customers of one call.
const CUSTOMERS_MAX: usize = 500;

/// The most characters of a city's name.
const CITY_MAX: usize = 60;

/// A company to note.
#[derive(InputObject, Clone, Debug)]
pub struct OrganisationCreateInput {
    /// Its name in imports: a-z, 0-9 and -; no other company has it.
    pub code: String,
    /// Arabic name; one of the two names is needed.
    pub name_ar: Option<String>,
    /// English name; one of the two names is needed.
    pub name_en: Option<String>,
    /// The country of its seat, ISO 3166-1 alpha-2.
    #[graphql(default = "SA")]
    pub country: String,
    /// The city of its seat.
    pub city: String,
    /// Number of its commercial registration; of Saudi Arabia ten digits.
    pub registration_number: String,
    /// Number of its registration for value added tax, if it has one, in the form of its country; of Saudi Arabia fifteen
    /// digits that begin and end with 3.
    pub vat_number: Option<String>,
    /// Whether everything is checked, and nothing changed.
    #[graphql(default)]
    pub dry_run: bool,
    /// Any text of yours: the same key with the same input makes it once.
    pub idempotency_key: Option<String>,
}

/// What changes of a company. What is left out stays as it is.
#[derive(InputObject, Clone, Debug)]
pub struct OrganisationUpdateInput {
    /// The company.
    pub organisation: ID,
    /// Its name in imports: a-z, 0-9 and -; no other company has it.
    pub code: Option<String>,
    /// Arabic name.
    pub name_ar: Option<String>,
    /// English name.
    pub name_en: Option<String>,
    /// The country of its seat, ISO 3166-1 alpha-2; its numbers must have the form of that country then.
    pub country: Option<String>,
    /// The city of its seat.
    pub city: Option<String>,
    /// Number of its commercial registration.
    pub registration_number: Option<String>,
    /// Number of its registration for value added tax; null: it has none.
    pub vat_number: MaybeUndefined<String>,
    /// Whether it is suspended: then nobody can buy for it.
    pub is_suspended: Option<bool>,
    /// The company's version that you saw last; refused if it was changed since.
    pub expected_version: Option<i64>,
    /// Whether everything is checked, and nothing changed.
    #[graphql(default)]
    pub dry_run: bool,
    /// Any text of yours: the same key with the same input changes it once.
    pub idempotency_key: Option<String>,
}

/// How a customer is named.
#[derive(OneofObject, Clone, Debug)]
pub enum CustomerBy {
    /// By the id of their account.
    Id(ID),
    /// By their e-mail address, in upper or lower case.
    Email(String),
}

/// Who shall buy for a company.
#[derive(InputObject, Clone, Debug)]
pub struct OrganisationMembersAddInput {
    /// The company.
    pub organisation: ID,
    /// The unit that they shall be in; if left out, the company itself.
    pub unit: Option<ID>,
    /// The customers, 500 at most.
    pub customers: Vec<CustomerBy>,
    /// Whether everything is checked, and nothing changed.
    #[graphql(default)]
    pub dry_run: bool,
    /// Any text of yours: the same key with the same input adds them once.
    pub idempotency_key: Option<String>,
}

/// Who shall not buy for a company any more.
#[derive(InputObject, Clone, Debug)]
pub struct OrganisationMembersRemoveInput {
    /// The company.
    pub organisation: ID,
    /// The customers, 500 at most.
    pub customers: Vec<CustomerBy>,
    /// Whether everything is checked, and nothing changed.
    #[graphql(default)]
    pub dry_run: bool,
    /// Any text of yours: the same key with the same input removes them once.
    pub idempotency_key: Option<String>,
}

impl OrganisationCreateInput {
    /// Checks every field.
    pub fn parse(self) -> Result<CreateOrganisation, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "organisationCreate", self.idempotency_key.as_deref(), &self);
        let code = check.field("code", Slug::parse(&self.code));
        let names = input::names(&mut check, self.name_ar, self.name_en);
        let country = check.field("country", Country::parse(&self.country));
        let city = check.field("city", text::line(&self.city, CITY_MAX));
        // Without a country nobody knows their form.
        let number = |number: &str| country.map_or(Ok(String::new()), |at| registration::commercial(number, at));
        let registered = check.field("registrationNumber", number(&self.registration_number));
        let number = |number: String| country.map_or(Ok(String::new()), |at| registration::vat(&number, at));
        let vat_number = check.field("vatNumber", self.vat_number.map(number).transpose());
        let is_dry_run = self.dry_run;
        let built = code.zip(names).zip(country.zip(city)).zip(registered.zip(vat_number));
        check.done(built.map(|(((code, (name_ar, name_en)), (country, city)), (registration_number, vat_number))| {
            let code = code.as_str().to_owned();
            CreateOrganisation {
                code,
                name_ar,
                name_en,
                registration_number,
                vat_number,
                country,
                city,
                is_dry_run,
                once,
            }
        }))
    }
}

impl OrganisationUpdateInput {
    /// Checks every field; the form of numbers is known with the company.
    pub fn parse(self) -> Result<UpdateOrganisation, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "organisationUpdate", self.idempotency_key.as_deref(), &self);
        let organisation = check.field("organisation", input::id(&self.organisation));
        let code = check.field("code", self.code.as_deref().map(Slug::parse).transpose());
        let name_ar = check.field("nameAr", input::name(self.name_ar));
        let name_en = check.field("nameEn", input::name(self.name_en));
        let country = check.field("country", self.country.as_deref().map(Country::parse).transpose());
        let city = check.field("city", self.city.map(|city| text::line(&city, CITY_MAX)).transpose());
        let (registration_number, vat_number) = (self.registration_number, self.vat_number.into());
        let (is_suspended, expected_version, is_dry_run) = (self.is_suspended, self.expected_version, self.dry_run);
        let built = organisation.zip(code).zip(name_ar.zip(name_en)).zip(country.zip(city));
        check.done(built.map(|(((organisation, code), (name_ar, name_en)), (country, city))| UpdateOrganisation {
            organisation,
            code: code.map(|code| code.as_str().to_owned()),
            name_ar,
            name_en,
            registration_number,
            vat_number,
            country,
            city,
            is_suspended,
            expected_version,
            is_dry_run,
            once,
        }))
    }
}

impl OrganisationMembersAddInput {
    /// Checks every field.
    pub fn parse(self) -> Result<AddMembers, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "organisationMembersAdd", self.idempotency_key.as_deref(), &self);
        let organisation = check.field("organisation", input::id(&self.organisation));
        let unit = check.field("unit", self.unit.as_ref().map(input::id).transpose());
        let customers = customers(&mut check, self.customers);
        let is_dry_run = self.dry_run;
        let built = organisation.zip(unit);
        check.done(built.map(|(organisation, unit)| AddMembers { organisation, unit, customers, is_dry_run, once }))
    }
}

impl OrganisationMembersRemoveInput {
    /// Checks every field.
    pub fn parse(self) -> Result<RemoveMembers, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "organisationMembersRemove", self.idempotency_key.as_deref(), &self);
        let organisation = check.field("organisation", input::id(&self.organisation));
        let customers = customers(&mut check, self.customers);
        let is_dry_run = self.dry_run;
        check.done(organisation.map(|organisation| RemoveMembers { organisation, customers, is_dry_run, once }))
    }
}

/// The customers, as they are named.
fn customers(check: &mut Check, given: Vec<CustomerBy>) -> Vec<Who> {
    let given = check.field("customers", input::at_most(given, CUSTOMERS_MAX)).unwrap_or_default();
    let mut customers = Vec::with_capacity(given.len());
    for (index, customer) in given.iter().enumerate() {
        let parsed = match customer {
            CustomerBy::Id(id) => input::id(id).map(Who::Id),
            CustomerBy::Email(email) => Email::parse(email).map(Who::Email),
        };
        let parsed = parsed.and_then(|who| if customers.contains(&who) { Err(Problem::Duplicate) } else { Ok(who) });
        let parsed = parsed.map_err(|problem| Invalid::here(problem).under(&index.to_string()));
        customers.extend(check.nested("customers", parsed));
    }
    customers
}
