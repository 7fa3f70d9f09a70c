//! Who is relieved of tax.

use app::pricing::taxes::{EndExemption, GrantExemption, Who, treatment};
use async_graphql::{Context, ID, InputObject, Object, OneofObject};
use domain::{
    identity::{country::Country, permission::proof::ReadCustomers},
    invalid::{Check, Invalid, Problem},
    pricing::validity::Validity,
    text,
};
use entity::pricing::tax_exemption;

use super::{
    super::failed,
    rate::TaxationInput,
    taxation::{TaxCategory, Taxation, treated},
};
use crate::{
    graphql::{input, language::Reading, loader, scalar::DateTime},
    identity::{customer::Customer, group::CustomerGroup},
    organisations::{organisation::Organisation, unit::OrganisationUnit},
};

/// The longest name of what proves an exemption.
const CERTIFICATE_MAX: usize = 100;

/// That somebody is relieved of tax.
#[derive(Clone, Debug)]
pub struct TaxExemption(pub tax_exemption::Model);

/// That a customer, everybody in a customer group, or who buys for a company, is relieved of tax. What is bought for a company is
/// taxed by the exemptions of the company alone: the nearest unit's first, then those of the units above it, then the
/// company's own.
#[Object]
impl TaxExemption {
    /// Its id.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_string())
    }

    /// Which customer; none if it is somebody else, or if you may not see customers.
    async fn customer(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Customer>> {
        let Some(customer) = self.0.account_id.filter(|_| reads_customers(ctx)) else { return Ok(None) };
        Ok(loader::one(ctx, customer).await?.map(Customer))
    }

    /// Which customer group; none if it is somebody else, or if you may not see customers.
    async fn customer_group(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<CustomerGroup>> {
        let Some(group) = self.0.group_id.filter(|_| reads_customers(ctx)) else { return Ok(None) };
        Ok(loader::one(ctx, group).await?.map(CustomerGroup))
    }

    /// Who buys for which company; none if it is no company's, or if you may not see customers.
    async fn organisation(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Organisation>> {
        let Some(company) = self.0.organisation_id.filter(|_| reads_customers(ctx)) else { return Ok(None) };
        Ok(loader::one(ctx, company).await?.map(Organisation))
    }

    /// In which unit of the company or below; none: in any, or if you may not see customers. A unit that is no more relieves
    /// nobody.
    async fn organisation_unit(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<OrganisationUnit>> {
        let Some(unit) = self.0.organisation_unit_id.filter(|_| reads_customers(ctx)) else { return Ok(None) };
        Ok(loader::one(ctx, unit).await?.map(OrganisationUnit))
    }

    /// How what they buy is taxed instead.
    async fn taxation(&self, ctx: &Context<'_>) -> async_graphql::Result<Taxation> {
        let treatment = treatment(&self.0.category, None, self.0.reason.as_deref());
        let treatment = treatment.map_err(|fault| failed(ctx, &fault))?;
        Ok(treated(ctx.cx().language(), treatment))
    }

    /// Where: ISO 3166-1 alpha-2; none: everywhere.
    async fn country(&self) -> Option<&str> {
        self.0.country.as_deref()
    }

    /// What proves it, such as the number of a certificate.
    async fn certificate(&self) -> Option<&str> {
        self.0.certificate.as_deref()
    }

    /// From when on.
    async fn starts_at(&self) -> DateTime {
        DateTime(self.0.starts_at)
    }

    /// Until when; none: for ever.
    async fn ends_at(&self) -> Option<DateTime> {
        self.0.ends_at.map(DateTime)
    }
}

fn reads_customers(ctx: &Context<'_>) -> bool {
    ctx.cx().permit::<ReadCustomers>().is_ok()
}

/// Who is to be relieved of tax.
#[derive(OneofObject, Clone, Debug)]
pub enum TaxExemptWho {
    /// A customer.
    Customer(ID),
    /// Everybody in a customer group.
    CustomerGroup(ID),
    /// Who buys for a company.
    Organisation(ID),
    /// Who buys for a unit of a company, or for one below it.
    OrganisationUnit(ID),
}

/// Somebody to relieve of tax.
#[derive(InputObject, Clone, Debug)]
pub struct TaxExemptionGrantInput {
    /// Who.
    pub who: TaxExemptWho,
    /// How what they buy is taxed instead: not `STANDARD`.
    pub taxation: TaxationInput,
    /// Where: ISO 3166-1 alpha-2; if left out, everywhere.
    pub country: Option<String>,
    /// What proves it, such as the number of a certificate.
    pub certificate: Option<String>,
    /// From when on, not in the past; if left out, from now on.
    pub starts_at: Option<DateTime>,
    /// Until when; if left out, for ever.
    pub ends_at: Option<DateTime>,
    /// Whether everything is checked, and nothing changed.
    #[graphql(default)]
    pub dry_run: bool,
    /// Any text of yours: the same key with the same input grants once.
    pub idempotency_key: Option<String>,
}

/// Somebody to relieve of tax no more.
#[derive(InputObject, Clone, Debug)]
pub struct TaxExemptionEndInput {
    /// The exemption.
    pub tax_exemption: ID,
    /// Whether everything is checked, and nothing changed.
    #[graphql(default)]
    pub dry_run: bool,
    /// Any text of yours: the same key with the same input ends it once.
    pub idempotency_key: Option<String>,
}

impl TaxExemptionGrantInput {
    /// Checks every field.
    pub fn parse(self) -> Result<GrantExemption, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "taxExemptionGrant", self.idempotency_key.as_deref(), &self);
        let mut who = Check::default();
        let named = match &self.who {
            TaxExemptWho::Customer(id) => who.field("customer", input::id(id)).map(Who::Customer),
            TaxExemptWho::CustomerGroup(id) => who.field("customerGroup", input::id(id)).map(Who::Group),
            TaxExemptWho::Organisation(id) => who.field("organisation", input::id(id)).map(Who::Organisation),
            TaxExemptWho::OrganisationUnit(id) => who.field("organisationUnit", input::id(id)).map(Who::Unit),
        };
        let who = check.nested("who", who.done(named));
        let country = check.field("country", self.country.as_deref().map(Country::parse).transpose());
        let treatment = if self.taxation.category == TaxCategory::Standard {
            check.nested("taxation", Err(Invalid::at("category", Problem::NotAllowedHere)))
        } else {
            check.nested("taxation", self.taxation.parse(country.flatten()))
        };
        let certificate = self.certificate.map(|text| text::line(&text, CERTIFICATE_MAX)).transpose();
        let certificate = check.field("certificate", certificate);
        let validity = Validity { from: self.starts_at.map(|at| at.0), until: self.ends_at.map(|at| at.0) };
        let is_dry_run = self.dry_run;
        let built = who.zip(treatment).zip(country.zip(certificate));
        check.done(built.map(|((who, treatment), (country, certificate))| GrantExemption {
            who,
            treatment,
            country,
            certificate,
            validity,
            is_dry_run,
            once,
        }))
    }
}

impl TaxExemptionEndInput {
    /// Checks every field.
    pub fn parse(self) -> Result<EndExemption, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "taxExemptionEnd", self.idempotency_key.as_deref(), &self);
        let exemption = check.field("taxExemption", input::id(&self.tax_exemption));
        let is_dry_run = self.dry_run;
        check.done(exemption.map(|exemption| EndExemption { exemption, is_dry_run, once }))
    }
}
