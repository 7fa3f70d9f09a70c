//! How a price came about, in the reader's language.

use std::{
    cmp::Ordering,
    collections::{BTreeSet, HashMap},
};

use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use domain::{
    catalog::measure::Measure,
    id::{Id, Organisation, OrganisationUnit, PriceList},
    identity::permission::proof::ReadPrices,
    language::Language,
    money,
    pricing::{
        derive::derived,
        list::{Because, Step, Why},
        named::{self, Called},
    },
};
use entity::pricing::price_list;

use super::sums::{self, LineSum, SumStep};
use crate::{
    catalog::measure::{UnitPrice, unit_price},
    graphql::{
        language::{self, Reading},
        loader,
        money::Money,
    },
    i18n::{self, Arg, number::Digits},
    orders,
};

/// How the price of a line came about.
#[derive(Clone, Debug)]
pub struct LinePricing {
    /// The steps to the price of a unit.
    pub steps: Vec<Step>,
    /// What these name, as it was called then; what is not in it is called as it is now.
    pub names: named::Names,
    /// What it comes to, if that is known.
    pub sum: Option<LineSum>,
    /// How much is in a unit, if that is said.
    pub measure: Option<Measure>,
}

/// How the price of a line came about.
#[Object]
impl LinePricing {
    /// Step by step: which price lists were passed over and why, which one goes, which price is fixed, and what became of it.
    /// Of an order it is as it was then.
    async fn explanation(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<PricingStep>> {
        show(ctx, &self.steps, &self.names).await
    }

    /// How what is paid for the line came about: the price of a unit times how many there are, what is taken off, and the tax
    /// with how it is rounded. Empty while the line has no price.
    async fn total_explanation(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<SumStep>> {
        self.sum.as_ref().map_or_else(|| Ok(Vec::new()), |sum| sums::of_line(ctx, sum))
    }

    /// What a kilogram, a litre or as much as is said costs at the price of a unit; none if it is not said how much is in it.
    /// Of an order it is as it was then.
    async fn unit_price(&self) -> Option<UnitPrice> {
        unit_price(self.measure, self.sum.as_ref()?.unit)
    }
}

/// One step to a price.
#[derive(SimpleObject, Clone, Debug)]
pub struct PricingStep {
    /// What was done.
    pub kind: PricingStepKind,
    /// What was done, in the reader's language.
    pub message: String,
    /// The id of the price list that it is about; none if it is about none.
    pub price_list: Option<ID>,
    /// The price after the step; none if there is none yet.
    pub amount: Option<Money>,
}

/// What a step to a price is.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum PricingStepKind {
    /// A price list was asked and has no price.
    ListPassed,
    /// A price list goes.
    ListChosen,
    /// The price is fixed in a list.
    PriceFixed,
    /// The price of a list follows from that of another.
    PriceDerived,
    /// The price was raised to the lowest that a piece is sold at.
    PriceRaised,
    /// Staff agreed on another price.
    PriceAgreed,
    /// The tax that the buyer is relieved of was taken out.
    TaxTakenOut,
}

/// Steps as the reader sees them, with what they name as it was called, or is. Lists that do not go yet, or any more, are told
/// of to staff who see price lists alone.
pub async fn show(ctx: &Context<'_>, steps: &[Step], kept: &named::Names) -> async_graphql::Result<Vec<PricingStep>> {
    let names = Names { lists: lists(ctx, steps, kept).await?, partners: partners(ctx, steps, kept).await? };
    let (cx, language) = (ctx.cx(), ctx.cx().language());
    let sees_all = cx.permit::<ReadPrices>().is_ok();
    Ok(steps.iter().filter(|step| sees_all || is_told(step)).map(|step| one(language, step, &names)).collect())
}

/// What is named in steps, in the reader's language.
struct Names {
    lists: HashMap<Id<PriceList>, String>,
    /// The companies that a price was agreed on with, and the units of them that are there still.
    partners: HashMap<Contract, Partner>,
}

/// A company, and the unit of it that something was agreed on with, if it was with one.
type Contract = (Id<Organisation>, Option<Id<OrganisationUnit>>);

/// Whom a price was agreed on with.
struct Partner {
    company: String,
    unit: Option<String>,
}

async fn lists(
    ctx: &Context<'_>,
    steps: &[Step],
    kept: &named::Names,
) -> async_graphql::Result<HashMap<Id<PriceList>, String>> {
    let ids: BTreeSet<_> = steps.iter().filter_map(Step::list).collect();
    let mut names = HashMap::with_capacity(ids.len());
    for (id, called) in &kept.lists {
        names.insert(*id, text(ctx, called)?);
    }
    let rows = loader::many(ctx, ids.into_iter().filter(|id| !names.contains_key(id)).collect()).await?;
    for (id, row) in &rows {
        names.insert(*id, name(ctx, row)?);
    }
    Ok(names)
}

async fn partners(
    ctx: &Context<'_>,
    steps: &[Step],
    kept: &named::Names,
) -> async_graphql::Result<HashMap<Contract, Partner>> {
    let contracts: Vec<_> = steps.iter().filter_map(Step::contract).collect();
    let (mut companies, mut units) = (kept.companies.clone(), kept.units.clone());
    let ids = contracts.iter().map(|(company, _)| *company).filter(|id| !companies.contains_key(id));
    for (id, row) in loader::many::<Id<Organisation>>(ctx, ids.collect()).await? {
        companies.insert(id, Called { ar: row.name_ar, en: row.name_en });
    }
    let ids = contracts.iter().filter_map(|(_, unit)| *unit).filter(|id| !units.contains_key(id));
    for (id, row) in loader::many::<Id<OrganisationUnit>>(ctx, ids.collect()).await? {
        units.insert(id, Called { ar: row.name_ar, en: row.name_en });
    }
    let mut partners = HashMap::new();
    for (company, unit) in contracts {
        let name = companies.get(&company).map(|called| text(ctx, called)).transpose()?.unwrap_or_default();
        let of_unit = unit.and_then(|unit| units.get(&unit)).map(|called| text(ctx, called)).transpose()?;
        partners.insert((company, unit), Partner { company: name, unit: of_unit });
    }
    Ok(partners)
}

/// What something is called in the reader's language.
pub(super) fn text(ctx: &Context<'_>, called: &Called) -> async_graphql::Result<String> {
    language::text(ctx, called.ar.as_deref(), called.en.as_deref(), None)
}

/// The name of a list in the reader's language; its code if it has none.
pub(super) fn name(ctx: &Context<'_>, row: &price_list::Model) -> async_graphql::Result<String> {
    let name = language::text(ctx, row.name_ar.as_deref(), row.name_en.as_deref(), None)?;
    Ok(if name.is_empty() { row.code.clone() } else { name })
}

/// Whether whoever buys is told of a step: what is planned, and what was, is the shop's.
const fn is_told(step: &Step) -> bool {
    !matches!(step, Step::Passed { why: Why::NotYet | Why::Over, .. })
}

fn one(language: Language, step: &Step, names: &Names) -> PricingStep {
    let title = step.list().and_then(|list| names.lists.get(&list)).cloned().unwrap_or_default();
    let name = || ("list", Arg::Text(title.clone()));
    let amount = |amount: money::Money| Arg::Text(i18n::money::money(amount, language, Digits::Latin));
    let (kind, key, args, after) = match *step {
        Step::Passed { why, .. } => (PricingStepKind::ListPassed, passed(why), vec![name()], None),
        Step::Chosen { because, .. } => {
            let (key, mut args) = chosen(because, names);
            args.push(name());
            (PricingStepKind::ListChosen, key, args, None)
        }
        Step::Fixed { from_quantity: 1, amount: price, .. } => {
            (PricingStepKind::PriceFixed, "pricing-fixed", vec![name(), ("amount", amount(price))], Some(price))
        }
        Step::Fixed { from_quantity, amount: price, .. } => {
            let args = vec![name(), ("amount", amount(price)), ("quantity", Arg::Number(from_quantity.into()))];
            (PricingStepKind::PriceFixed, "pricing-fixed-tier", args, Some(price))
        }
        Step::Derived { adjustment, from, to, .. } => {
            let percent = Arg::Text(adjustment.percent().normalize().to_string());
            let exact = derived(from, adjustment, None).unwrap_or(to);
            let args = vec![
                name(),
                ("percent", percent),
                ("from", amount(from)),
                ("exact", amount(exact)),
                ("to", amount(to)),
            ];
            // What is below the first goal is rounded up to it, whichever way the others are.
            let key = match exact.minor.cmp(&to.minor) {
                Ordering::Less => "pricing-derived-rounded-up",
                Ordering::Greater => "pricing-derived-rounded-down",
                Ordering::Equal => "pricing-derived",
            };
            (PricingStepKind::PriceDerived, key, args, Some(to))
        }
        Step::Raised { from, to } => {
            let args = vec![("from", amount(from)), ("to", amount(to))];
            (PricingStepKind::PriceRaised, "pricing-raised", args, Some(to))
        }
        Step::Agreed { amount: price } => {
            (PricingStepKind::PriceAgreed, "pricing-agreed", vec![("amount", amount(price))], Some(price))
        }
        Step::Untaxed { rate, from, to } => {
            let percent = Arg::Text(orders::percent(rate.bps()));
            let args = vec![("percent", percent), ("from", amount(from)), ("to", amount(to))];
            (PricingStepKind::TaxTakenOut, "pricing-untaxed", args, Some(to))
        }
    };
    let price_list = step.list().map(|list| ID(list.to_string()));
    PricingStep { kind, message: i18n::message(language, key, &args), price_list, amount: after.map(Money) }
}

/// Why a list was asked: the message, and what it names beside the list.
fn chosen(because: Because, names: &Names) -> (&'static str, Vec<(&'static str, Arg)>) {
    match because {
        Because::Contract { organisation, unit } => {
            let partner = names.partners.get(&(organisation, unit));
            let company = partner.map(|partner| partner.company.clone()).unwrap_or_default();
            let mut args = vec![("organisation", Arg::Text(company))];
            let Some(unit) = partner.and_then(|partner| partner.unit.clone()) else {
                return ("pricing-chosen-contract", args);
            };
            args.push(("unit", Arg::Text(unit)));
            ("pricing-chosen-contract-unit", args)
        }
        Because::Group { .. } => ("pricing-chosen-group", Vec::new()),
        Because::Channel => ("pricing-chosen-channel", Vec::new()),
        Because::Base => ("pricing-chosen-base", Vec::new()),
    }
}

const fn passed(why: Why) -> &'static str {
    match why {
        Why::NotYet => "pricing-passed-not-yet",
        Why::Over => "pricing-passed-over",
        Why::Country => "pricing-passed-country",
        Why::Currency => "pricing-passed-currency",
        Why::NoPrice => "pricing-passed-no-price",
    }
}
