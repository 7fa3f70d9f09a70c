//! The inputs of changes of units of companies.

use app::organisations::units::{CreateUnit, DeleteUnit, UpdateUnit};
use async_graphql::{ID, InputObject, MaybeUndefined};
use domain::{
    catalog::slug::Slug,
    invalid::{Check, Invalid},
};

use crate::graphql::input;

/// A unit of a company to make.
#[derive(InputObject, Clone, Debug)]
pub struct OrganisationUnitCreateInput {
    /// The company.
    pub organisation: ID,
    /// The unit above it; if left out, the company itself.
    pub parent: Option<ID>,
    /// Its name in imports: a-z, 0-9 and -; no other unit of the company has it.
    pub code: String,
    /// Arabic name; one of the two names is needed.
    pub name_ar: Option<String>,
    /// English name; one of the two names is needed.
    pub name_en: Option<String>,
    /// Whether everything is checked, and nothing changed.
    #[graphql(default)]
    pub dry_run: bool,
    /// Any text of yours: the same key with the same input makes it once.
    pub idempotency_key: Option<String>,
}

/// What changes of a unit of a company. What is left out stays as it is.
#[derive(InputObject, Clone, Debug)]
pub struct OrganisationUnitUpdateInput {
    /// The unit.
    pub unit: ID,
    /// The unit above it, of the same company; null: the company itself. What is below it moves with it.
    pub parent: MaybeUndefined<ID>,
    /// Its name in imports: a-z, 0-9 and -; no other unit of the company has it.
    pub code: Option<String>,
    /// Arabic name.
    pub name_ar: Option<String>,
    /// English name.
    pub name_en: Option<String>,
    /// The unit's version that you saw last; refused if it was changed since.
    pub expected_version: Option<i64>,
    /// Whether everything is checked, and nothing changed.
    #[graphql(default)]
    pub dry_run: bool,
    /// Any text of yours: the same key with the same input changes it once.
    pub idempotency_key: Option<String>,
}

/// A unit of a company to remove.
#[derive(InputObject, Clone, Debug)]
pub struct OrganisationUnitDeleteInput {
    /// The unit, which nothing is below and nobody is in.
    pub unit: ID,
    /// The unit's version that you saw last; refused if it was changed since.
    pub expected_version: Option<i64>,
    /// Whether everything is checked, and nothing changed.
    #[graphql(default)]
    pub dry_run: bool,
    /// Any text of yours: the same key with the same input removes it once.
    pub idempotency_key: Option<String>,
}

impl OrganisationUnitCreateInput {
    /// Checks every field.
    pub fn parse(self) -> Result<CreateUnit, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "organisationUnitCreate", self.idempotency_key.as_deref(), &self);
        let organisation = check.field("organisation", input::id(&self.organisation));
        let parent = check.field("parent", self.parent.as_ref().map(input::id).transpose());
        let code = check.field("code", Slug::parse(&self.code));
        let names = input::names(&mut check, self.name_ar, self.name_en);
        let is_dry_run = self.dry_run;
        let built = organisation.zip(parent).zip(code.zip(names));
        check.done(built.map(|((organisation, parent), (code, (name_ar, name_en)))| {
            let code = code.as_str().to_owned();
            CreateUnit { organisation, parent, code, name_ar, name_en, is_dry_run, once }
        }))
    }
}

impl OrganisationUnitUpdateInput {
    /// Checks every field.
    pub fn parse(self) -> Result<UpdateUnit, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "organisationUnitUpdate", self.idempotency_key.as_deref(), &self);
        let unit = check.field("unit", input::id(&self.unit));
        let parent = match &self.parent {
            MaybeUndefined::Undefined => Some(None),
            MaybeUndefined::Null => Some(Some(None)),
            MaybeUndefined::Value(id) => check.field("parent", input::id(id)).map(|id| Some(Some(id))),
        };
        let code = check.field("code", self.code.as_deref().map(Slug::parse).transpose());
        let name_ar = check.field("nameAr", input::name(self.name_ar));
        let name_en = check.field("nameEn", input::name(self.name_en));
        let (expected_version, is_dry_run) = (self.expected_version, self.dry_run);
        let built = unit.zip(parent).zip(code.zip(name_ar.zip(name_en)));
        check.done(built.map(|((unit, parent), (code, (name_ar, name_en)))| {
            let code = code.map(|code| code.as_str().to_owned());
            UpdateUnit { unit, parent, code, name_ar, name_en, expected_version, is_dry_run, once }
        }))
    }
}

impl OrganisationUnitDeleteInput {
    /// Checks every field.
    pub fn parse(self) -> Result<DeleteUnit, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "organisationUnitDelete", self.idempotency_key.as_deref(), &self);
        let unit = check.field("unit", input::id(&self.unit));
        let (expected_version, is_dry_run) = (self.expected_version, self.dry_run);
        check.done(unit.map(|unit| DeleteUnit { unit, expected_version, is_dry_run, once }))
    }
}
