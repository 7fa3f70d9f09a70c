//! Rates of tax.

use app::pricing::taxes::{RemoveRate, SetRate, treatment};
use async_graphql::{Context, ID, InputObject, Object};
use domain::{
    identity::country::Country,
    invalid::{Check, Invalid, Problem},
    pricing::tax::{self, TaxRate as Rate, Treatment, reason::Reason},
    text,
};
use entity::pricing::tax_rule;

use super::{
    super::failed,
    class::TaxClass,
    taxation::{TaxCategory, Taxation, treated},
};
use crate::graphql::{input, language::Reading, loader, scalar::DateTime};

/// The longest name of a region.
const REGION_MAX: usize = 60;

/// How things of a class are taxed somewhere from an instant on.
#[derive(Clone, Debug)]
pub struct TaxRate(pub tax_rule::Model);

/// How things of a class are taxed somewhere, from an instant on until something else is said of the same.
#[Object]
impl TaxRate {
    /// Its id.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_string())
    }

    /// Of which class; none: the standard one.
    async fn tax_class(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<TaxClass>> {
        let Some(class) = self.0.tax_class_id else { return Ok(None) };
        Ok(loader::one(ctx, class).await?.map(TaxClass))
    }

    /// Where: ISO 3166-1 alpha-2.
    async fn country(&self) -> &str {
        &self.0.country
    }

    /// In which region of it, as addresses name it; none: in all.
    async fn region(&self) -> Option<&str> {
        self.0.region.as_deref()
    }

    /// From when on.
    async fn starts_at(&self) -> DateTime {
        DateTime(self.0.starts_at)
    }

    /// How; none: from then on as what is less special is, so the class as the standard one, and the region as the country.
    async fn taxation(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Taxation>> {
        let Some(category) = &self.0.category else { return Ok(None) };
        let treatment = treatment(category, self.0.rate_bps, self.0.reason.as_deref());
        let treatment = treatment.map_err(|fault| failed(ctx, &fault))?;
        Ok(Some(treated(ctx.cx().language(), treatment)))
    }
}

/// How something is to be taxed.
#[derive(InputObject, Clone, Debug)]
pub struct TaxationInput {
    /// Its category.
    pub category: TaxCategory,
    /// The rate in percent, such as `15`, with two fraction digits at most: of `STANDARD`, and of no other.
    pub rate_percent: Option<String>,
    /// Why it is not taxed at a rate, as invoices say it: needed for `EXEMPT` and `ZERO_RATED`, and not for `STANDARD`. In
    /// Saudi Arabia one of the authority's codes for the category, such as `VATEX-SA-35`.
    pub reason_code: Option<String>,
}

/// How things of a class are to be taxed somewhere.
#[derive(InputObject, Clone, Debug)]
pub struct TaxRateSetInput {
    /// Of which class; if left out or null, the standard one.
    pub tax_class: Option<ID>,
    /// Where: ISO 3166-1 alpha-2.
    pub country: String,
    /// In which region of it, as addresses name it; if left out, in all.
    pub region: Option<String>,
    /// How; if left out or null, as what is less special is.
    pub taxation: Option<TaxationInput>,
    /// From when on, not in the past; if left out, from now on.
    pub starts_at: Option<DateTime>,
    /// Whether everything is checked, and nothing changed.
    #[graphql(default)]
    pub dry_run: bool,
    /// Any text of yours: the same key with the same input sets it once.
    pub idempotency_key: Option<String>,
}

/// A rate of tax to take back.
#[derive(InputObject, Clone, Debug)]
pub struct TaxRateRemoveInput {
    /// The rate, which did not begin yet.
    pub tax_rate: ID,
    /// Whether everything is checked, and nothing changed.
    #[graphql(default)]
    pub dry_run: bool,
    /// Any text of yours: the same key with the same input takes it back once.
    pub idempotency_key: Option<String>,
}

impl TaxationInput {
    /// Checks every field, for a country, if it is known.
    pub fn parse(self, country: Option<Country>) -> Result<Treatment, Invalid> {
        let mut check = Check::default();
        let category = tax::Category::from(self.category);
        let is_standard = category == tax::Category::Standard;
        let rate = match self.rate_percent.as_deref() {
            Some(text) => Rate::parse_percent(text).ok_or(Problem::InvalidRate),
            None if is_standard => Err(Problem::Required),
            None => Ok(Rate::from_bps(0)),
        };
        let rate = match rate {
            Ok(rate) if !is_standard && rate != Rate::from_bps(0) => Err(Problem::NotAllowedHere),
            other => other,
        };
        let rate = check.field("ratePercent", rate);
        let needs_reason = matches!(category, tax::Category::Exempt | tax::Category::ZeroRated);
        let reason = match self.reason_code.as_deref().map(Reason::parse).transpose() {
            Ok(Some(_)) if is_standard => Err(Problem::NotAllowedHere),
            Ok(None) if needs_reason => Err(Problem::Required),
            Ok(Some(reason)) if country.is_some_and(|country| !reason.goes_for(category, country)) => {
                Err(Problem::InvalidTaxReason)
            }
            other => other,
        };
        let reason = check.field("reasonCode", reason);
        let built = rate.zip(reason).and_then(|(rate, reason)| Treatment::new(category, rate, reason).ok());
        check.done(built)
    }
}

impl TaxRateSetInput {
    /// Checks every field.
    pub fn parse(self) -> Result<SetRate, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "taxRateSet", self.idempotency_key.as_deref(), &self);
        let class = check.field("taxClass", self.tax_class.as_ref().map(input::id).transpose());
        let country = check.field("country", Country::parse(&self.country));
        let region = check.field("region", self.region.map(|text| text::line(&text, REGION_MAX)).transpose());
        let treatment = match self.taxation {
            Some(of) => check.nested("taxation", of.parse(country)).map(Some),
            None => Some(None),
        };
        let (from, is_dry_run) = (self.starts_at.map(|at| at.0), self.dry_run);
        let built = class.zip(country).zip(region.zip(treatment));
        check.done(built.map(|((class, country), (region, treatment))| SetRate {
            class,
            country,
            region,
            treatment,
            from,
            is_dry_run,
            once,
        }))
    }
}

impl TaxRateRemoveInput {
    /// Checks every field.
    pub fn parse(self) -> Result<RemoveRate, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "taxRateRemove", self.idempotency_key.as_deref(), &self);
        let rate = check.field("taxRate", input::id(&self.tax_rate));
        let is_dry_run = self.dry_run;
        check.done(rate.map(|rate| RemoveRate { rate, is_dry_run, once }))
    }
}
