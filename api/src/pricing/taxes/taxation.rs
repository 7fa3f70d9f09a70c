//! How something is taxed, as readers see it.

use async_graphql::{Context, Enum, SimpleObject};
use domain::{
    language::Language,
    pricing::tax::{self, Charged, TaxRate, Treatment, summary::Taxed},
};
use store::Fault;

use super::super::failed;
use crate::{
    graphql::{language::Reading, money::Money},
    i18n::{self, Arg},
    orders::percent,
};

/// A category of tax, by the codes of UNCL 5305.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "tax::Category")]
pub enum TaxCategory {
    /// S: taxed at a rate.
    Standard,
    /// Z: taxed at zero.
    ZeroRated,
    /// E: exempt from tax.
    Exempt,
    /// O: not within the scope of the tax.
    OutOfScope,
    /// AE: the buyer owes the tax.
    ReverseCharge,
}

/// Who says how something is taxed.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "tax::Source")]
pub enum TaxSource {
    /// The shop's own rules.
    Rules,
    /// The channel's tax engine.
    Engine,
    /// The shop's own rules, as the channel's tax engine was not asked yet, or did not say.
    Estimate,
}

/// How the tax of an order was rounded.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "tax::Rounding")]
pub enum TaxRounding {
    /// That of each line, of the delivery and of the fee by itself, half up to the minor unit; sums are sums of what was
    /// rounded.
    LineHalfUp,
}

/// How something is taxed.
#[derive(SimpleObject, Clone, Debug)]
pub struct Taxation {
    /// Its category.
    pub category: TaxCategory,
    /// The category's code on invoices, such as `S`.
    pub invoice_code: String,
    /// The rate in percent, such as `15`; `0` of what is not taxed at a rate.
    pub rate_percent: String,
    /// Why it is not taxed at a rate, as invoices say it, such as `VATEX-SA-35`.
    pub reason_code: Option<String>,
    /// The rate in percent that the buyer is relieved of; none if they are of none.
    pub relieved_rate_percent: Option<String>,
    /// Who says so; none where it is said of several things at once.
    pub source: Option<TaxSource>,
    /// The same in words, in the reader's language.
    pub message: String,
}

/// What is taxed in one way.
#[derive(SimpleObject, Clone, Debug)]
pub struct TaxTotal {
    /// In which.
    pub taxation: Taxation,
    /// What it comes to without the tax.
    pub net: Money,
    /// The tax.
    pub tax: Money,
}

/// How something is taxed, in the reader's language.
pub fn taxation(language: Language, charged: &Charged) -> Taxation {
    let treatment = &charged.treatment;
    let rate = |rate: TaxRate| percent(rate.bps());
    let args = [
        ("percent", Arg::Text(rate(treatment.rate()))),
        ("reason", Arg::Text(treatment.reason().map(ToString::to_string).unwrap_or_default())),
    ];
    Taxation {
        category: treatment.category().into(),
        invoice_code: treatment.category().invoice_code().to_owned(),
        rate_percent: rate(treatment.rate()),
        reason_code: treatment.reason().map(ToString::to_string),
        relieved_rate_percent: charged.relieved.map(rate),
        source: Some(charged.source.into()),
        message: i18n::message(language, key(charged), &args),
    }
}

/// How something is treated, whoever says so.
pub fn treated(language: Language, treatment: Treatment) -> Taxation {
    Taxation { source: None, ..taxation(language, &treatment.into()) }
}

const fn key(charged: &Charged) -> &'static str {
    let is_explained = charged.treatment.reason().is_some();
    match (charged.treatment.category(), is_explained) {
        (tax::Category::Standard, _) => "tax-standard",
        (tax::Category::ZeroRated, _) => "tax-zero-rated",
        (tax::Category::Exempt, _) => "tax-exempt",
        (tax::Category::OutOfScope, true) => "tax-out-of-scope",
        (tax::Category::OutOfScope, false) => "tax-none",
        (tax::Category::ReverseCharge, _) => "tax-reverse-charge",
    }
}

/// What is taxed how, in the reader's language.
pub fn totals(ctx: &Context<'_>, sums: Result<Vec<Taxed>, Fault>) -> async_graphql::Result<Vec<TaxTotal>> {
    let sums = sums.map_err(|fault| failed(ctx, &fault))?;
    let total = |of: Taxed| TaxTotal {
        taxation: treated(ctx.cx().language(), of.treatment),
        net: Money(of.net),
        tax: Money(of.tax),
    };
    Ok(sums.into_iter().map(total).collect())
}
