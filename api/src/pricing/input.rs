//! The inputs of changes of price lists, and of who buys by them.

use app::pricing::{Assign, CreateList, NewRule, SetRule, Unassign, UpdateList, Whom};
use async_graphql::{ID, InputObject, MaybeUndefined};
use domain::{
    catalog::slug::Slug,
    identity::country::Country,
    invalid::{Check, Invalid, Problem},
    money::Currency,
    pricing::{derive::Adjustment, validity::Validity},
};

use super::list::{PriceListCompareAt, PriceRoundingToward};
use crate::graphql::{input, scalar::DateTime};

/// The most countries of an assignment.
const COUNTRIES_MAX: usize = 60;

/// A price list to make.
#[derive(InputObject, Clone, Debug)]
pub struct PriceListCreateInput {
    /// Its name in imports: a-z, 0-9 and -; no other list has it.
    pub code: String,
    /// Arabic name; one of the two names is needed.
    pub name_ar: Option<String>,
    /// English name; one of the two names is needed.
    pub name_en: Option<String>,
    /// ISO 4217 code of the currency of its prices.
    pub currency_code: String,
    /// From when it goes; if left out, it always has.
    pub starts_at: Option<DateTime>,
    /// Until when; if left out, it never ends.
    pub ends_at: Option<DateTime>,
    /// From which other list it takes what it does not have; if left out, from none.
    pub rule: Option<PriceListRuleInput>,
    /// Whether everything is checked, and nothing changed.
    #[graphql(default)]
    pub dry_run: bool,
    /// Any text of yours: the same key with the same input makes it once.
    pub idempotency_key: Option<String>,
}

/// From which other list a list is to take what it does not have.
#[derive(InputObject, Clone, Debug)]
pub struct PriceListRuleInput {
    /// The other list, of the same currency.
    pub parent: ID,
    /// Percent more than the parent's price, less if below zero: from `-100` to `1000`, with two fraction digits at most. What
    /// comes to more than an amount can be (`AMOUNT_TOO_HIGH`) is the most that it can be.
    #[graphql(default_with = "\"0\".to_owned()")]
    pub adjustment_percent: String,
    /// To what it rounds; if left out, half up to the minor unit.
    pub rounding: Option<PriceRoundingInput>,
    /// What becomes of the parent's former price.
    #[graphql(default)]
    pub compare_at: PriceListCompareAt,
}

/// To what a list rounds: to `ending`, `ending + step`, `ending + 2 × step` and so on.
#[derive(InputObject, Clone, Debug)]
pub struct PriceRoundingInput {
    /// Which way.
    pub toward: PriceRoundingToward,
    /// From one such price to the next, a decimal number such as `1`.
    pub step: String,
    /// The first of them, less than the step, such as `0.95`.
    pub ending: String,
}

/// What changes of a price list. What is left out stays as it is.
#[derive(InputObject, Clone, Debug)]
pub struct PriceListUpdateInput {
    /// The list.
    pub price_list: ID,
    /// Arabic name.
    pub name_ar: Option<String>,
    /// English name.
    pub name_en: Option<String>,
    /// From when it goes, not in the past; null: it always has. It stays as it is once it is past.
    pub starts_at: MaybeUndefined<DateTime>,
    /// Until when, not in the past; null: it never ends. It stays as it is once it is past.
    pub ends_at: MaybeUndefined<DateTime>,
    /// The list's version that you saw last; refused if it was changed since.
    pub expected_version: Option<i64>,
    /// Whether everything is checked, and nothing changed.
    #[graphql(default)]
    pub dry_run: bool,
    /// Any text of yours: the same key with the same input changes it once.
    pub idempotency_key: Option<String>,
}

/// From which other list a list is to take what it does not have, from when on.
#[derive(InputObject, Clone, Debug)]
pub struct PriceListRuleSetInput {
    /// The list.
    pub price_list: ID,
    /// From which; if left out or null, from none.
    pub rule: Option<PriceListRuleInput>,
    /// From when on, not in the past; if left out, from now on.
    pub starts_at: Option<DateTime>,
    /// The list's version that you saw last; refused if it was changed since.
    pub expected_version: Option<i64>,
    /// Whether everything is checked, and nothing changed.
    #[graphql(default)]
    pub dry_run: bool,
    /// Any text of yours: the same key with the same input sets it once.
    pub idempotency_key: Option<String>,
}

/// Who is to buy by a price list: a customer group, who buys for a company or for a unit of it, or everybody in a channel;
/// with a channel, the former in this channel alone.
#[derive(InputObject, Clone, Debug)]
pub struct PriceListAssignInput {
    /// The list.
    pub price_list: ID,
    /// The customers. Of this, `organisation` and `organisationUnit`, one at most; if all are left out, everybody in the
    /// channel.
    pub customer_group: Option<ID>,
    /// Who buys for this company: a contract. It goes after those of its units.
    pub organisation: Option<ID>,
    /// Who buys for this unit of a company, or for one below it: a contract. That of a nearer unit goes first.
    pub organisation_unit: Option<ID>,
    /// The channel's code; if left out, every channel of the list's currency. Needed if nobody else is said.
    pub channel: Option<String>,
    /// Of several that somebody has for the same reason, the one with the lower number is asked first.
    #[graphql(default)]
    pub priority: i32,
    /// To where it is bought, ISO 3166-1 alpha-2, each once; none: to anywhere.
    #[graphql(default)]
    pub countries: Vec<String>,
    /// From when, not in the past; if left out, from now on.
    pub starts_at: Option<DateTime>,
    /// Until when; if left out, for ever.
    pub ends_at: Option<DateTime>,
    /// Whether everything is checked, and nothing changed.
    #[graphql(default)]
    pub dry_run: bool,
    /// Any text of yours: the same key with the same input assigns once.
    pub idempotency_key: Option<String>,
}

/// Who is to buy by a price list no more.
#[derive(InputObject, Clone, Debug)]
pub struct PriceListUnassignInput {
    /// The assignment.
    pub assignment: ID,
    /// Whether everything is checked, and nothing changed.
    #[graphql(default)]
    pub dry_run: bool,
    /// Any text of yours: the same key with the same input takes it away once.
    pub idempotency_key: Option<String>,
}

impl PriceListCreateInput {
    /// Checks every field.
    pub fn parse(self) -> Result<CreateList, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "priceListCreate", self.idempotency_key.as_deref(), &self);
        let code = check.field("code", Slug::parse(&self.code));
        let names = input::names(&mut check, self.name_ar, self.name_en);
        let currency = Currency::parse(&self.currency_code).ok_or(Problem::UnsupportedCurrency);
        let currency = check.field("currencyCode", currency);
        let validity = validity(&mut check, self.starts_at, self.ends_at);
        let rule = self.rule.map(|rule| check.nested("rule", rule.parse()));
        let rule = rule.map_or(Some(None), |rule| rule.map(Some));
        let is_dry_run = self.dry_run;
        let built = code.zip(names).zip(currency.zip(rule));
        check.done(built.map(|((code, (name_ar, name_en)), (currency, rule))| CreateList {
            code: code.as_str().to_owned(),
            name_ar,
            name_en,
            currency,
            validity,
            rule,
            is_dry_run,
            once,
        }))
    }
}

impl PriceListRuleInput {
    fn parse(self) -> Result<NewRule, Invalid> {
        let mut check = Check::default();
        let parent = check.field("parent", input::id(&self.parent));
        let adjustment = Adjustment::parse_percent(&self.adjustment_percent).ok_or(Problem::InvalidRate);
        let adjustment = check.field("adjustmentPercent", adjustment);
        let rounding = self.rounding.map(|of| (of.toward.into(), of.step, of.ending));
        let compare_at = self.compare_at.into();
        let built = parent.zip(adjustment);
        check.done(built.map(|(parent, adjustment)| NewRule { parent, adjustment, rounding, compare_at }))
    }
}

impl PriceListUpdateInput {
    /// Checks every field.
    pub fn parse(self) -> Result<UpdateList, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "priceListUpdate", self.idempotency_key.as_deref(), &self);
        let list = check.field("priceList", input::id(&self.price_list));
        let name_ar = check.field("nameAr", input::name(self.name_ar));
        let name_en = check.field("nameEn", input::name(self.name_en));
        let instant = |said: MaybeUndefined<DateTime>| said.map_value(|at| at.0).into();
        let (starts_at, ends_at) = (instant(self.starts_at), instant(self.ends_at));
        let (expected_version, is_dry_run) = (self.expected_version, self.dry_run);
        let built = list.zip(name_ar.zip(name_en)).map(|(list, (name_ar, name_en))| UpdateList {
            list,
            name_ar,
            name_en,
            starts_at,
            ends_at,
            expected_version,
            is_dry_run,
            once,
        });
        check.done(built)
    }
}

impl PriceListRuleSetInput {
    /// Checks every field.
    pub fn parse(self) -> Result<SetRule, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "priceListRuleSet", self.idempotency_key.as_deref(), &self);
        let list = check.field("priceList", input::id(&self.price_list));
        let rule = self.rule.map(|rule| check.nested("rule", rule.parse()));
        let rule = rule.map_or(Some(None), |rule| rule.map(Some));
        let from = self.starts_at.map(|at| at.0);
        let (expected_version, is_dry_run) = (self.expected_version, self.dry_run);
        let built = list.zip(rule);
        check.done(built.map(|(list, rule)| SetRule { list, rule, from, expected_version, is_dry_run, once }))
    }
}

impl PriceListAssignInput {
    /// Checks every field.
    pub fn parse(self) -> Result<Assign, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "priceListAssign", self.idempotency_key.as_deref(), &self);
        let list = check.field("priceList", input::id(&self.price_list));
        let whom = self.whom(&mut check);
        if whom == Some(None) && self.channel.is_none() {
            check.wrong("channel", Problem::Required);
        }
        if COUNTRIES_MAX < self.countries.len() {
            check.wrong("countries", Problem::TooLong { max: COUNTRIES_MAX });
        }
        let mut countries = Vec::new();
        for (index, code) in self.countries.iter().enumerate().take(COUNTRIES_MAX) {
            let parsed = match Country::parse(code) {
                Ok(country) if countries.contains(&country) => Err(Problem::Duplicate),
                parsed => parsed,
            };
            let parsed = parsed.map_err(|problem| Invalid::here(problem).under(&index.to_string()));
            countries.extend(check.nested("countries", parsed));
        }
        let validity = validity(&mut check, self.starts_at, self.ends_at);
        let (channel, priority, is_dry_run) = (self.channel, self.priority, self.dry_run);
        let built = list.zip(whom).map(|(list, whom)| Assign {
            list,
            whom,
            channel,
            priority,
            countries,
            validity,
            is_dry_run,
            once,
        });
        check.done(built)
    }
}

impl PriceListAssignInput {
    /// Whom the list is for, if it is said and can be.
    #[expect(clippy::option_option, reason = "what is wrong is not what is left out")]
    fn whom(&self, check: &mut Check) -> Option<Option<Whom>> {
        let group = check.field("customerGroup", self.customer_group.as_ref().map(input::id).transpose());
        let company = check.field("organisation", self.organisation.as_ref().map(input::id).transpose());
        let unit = check.field("organisationUnit", self.organisation_unit.as_ref().map(input::id).transpose());
        let said = [group?.map(Whom::Group), company?.map(Whom::Organisation), unit?.map(Whom::Unit)];
        let mut said = said.into_iter().flatten();
        let whom = said.next();
        if said.next().is_some() {
            let field = if self.organisation_unit.is_some() { "organisationUnit" } else { "organisation" };
            check.wrong(field, Problem::NotOneOf);
            return None;
        }
        Some(whom)
    }
}

impl PriceListUnassignInput {
    /// Checks every field.
    pub fn parse(self) -> Result<Unassign, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "priceListUnassign", self.idempotency_key.as_deref(), &self);
        let assignment = check.field("assignment", input::id(&self.assignment));
        check.done(assignment.map(|assignment| Unassign { assignment, is_dry_run: self.dry_run, once }))
    }
}

/// When something goes, if it can.
fn validity(check: &mut Check, starts_at: Option<DateTime>, ends_at: Option<DateTime>) -> Validity {
    let validity = Validity { from: starts_at.map(|at| at.0), until: ends_at.map(|at| at.0) };
    if !validity.is_possible() {
        check.wrong("endsAt", Problem::EndBeforeStart);
    }
    validity
}
