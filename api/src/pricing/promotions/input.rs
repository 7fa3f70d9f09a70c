//! The inputs of changes of promotions and coupons.

use app::pricing::promotions::{
    COUPONS_MAX, CreatePromotion, Issue, IssueCoupon, Limits, RevokeCoupon, UpdatePromotion,
};
use async_graphql::{ID, InputObject, MaybeUndefined, OneofObject};
use domain::{
    catalog::slug::Slug,
    invalid::{Check, Invalid, Problem},
    money::Currency,
    pricing::{
        promotions::{Rule, code::CouponCode, effect::Stage},
        validity::Validity,
    },
};

use super::rule::{Amounts, PromotionRule};
use crate::graphql::{input, scalar::DateTime};

/// The most channels of a promotion.
const CHANNELS_MAX: usize = 100;

/// A promotion to make.
#[derive(InputObject, Clone, Debug)]
pub struct PromotionCreateInput {
    /// Its name in imports: a-z, 0-9 and -; no other promotion has it.
    pub code: String,
    /// Arabic name; one of the two names is needed.
    pub name_ar: Option<String>,
    /// English name; one of the two names is needed.
    pub name_en: Option<String>,
    /// ISO 4217 code of the currency of all amounts in it; left out, if it names none: then it applies in any.
    pub currency_code: Option<String>,
    /// The codes of the channels where it applies, which sell in the currency; none: everywhere.
    #[graphql(default)]
    pub channels: Vec<String>,
    /// What it is about, when it applies and what it does.
    pub rule: PromotionRule,
    /// From when it runs; if left out, it always has.
    pub starts_at: Option<DateTime>,
    /// Until when; if left out, it never ends.
    pub ends_at: Option<DateTime>,
    /// How often it applies; if left out, as often as it can.
    pub limits: Option<PromotionLimitsInput>,
    /// Whether everything is checked, and nothing changed.
    #[graphql(default)]
    pub dry_run: bool,
    /// Any text of yours: the same key with the same input makes it once.
    pub idempotency_key: Option<String>,
}

/// How often a promotion applies. What is left out has no limit. A price that is seen while browsing has none.
#[derive(InputObject, Clone, Debug)]
pub struct PromotionLimitsInput {
    /// Orders at most; those that are cancelled do not count.
    pub orders_max: Option<i64>,
    /// Orders of one customer at most; then guests have nothing of it.
    pub orders_max_per_customer: Option<i64>,
    /// Orders of one company at most; who buys for none is not counted.
    pub orders_max_per_organisation: Option<i64>,
    /// What it may take off at most, more than nothing: a decimal number of the promotion's currency.
    pub budget: Option<String>,
}

/// What changes of a promotion. What is left out stays as it is.
#[derive(InputObject, Clone, Debug)]
pub struct PromotionUpdateInput {
    /// The promotion.
    pub promotion: ID,
    /// Arabic name.
    pub name_ar: Option<String>,
    /// English name.
    pub name_en: Option<String>,
    /// ISO 4217 code of the currency of all amounts in it; null: it names none. In another one than before, `rule` is said anew,
    /// and `limits` if it has a budget; refused once something was taken off.
    pub currency_code: MaybeUndefined<String>,
    /// The codes of the channels where it applies; an empty list: everywhere.
    pub channels: Option<Vec<String>>,
    /// Its rule.
    pub rule: Option<PromotionRule>,
    /// From when it runs; null: it always has.
    pub starts_at: MaybeUndefined<DateTime>,
    /// Until when; null: it never ends.
    pub ends_at: MaybeUndefined<DateTime>,
    /// How often it applies: all of its limits anew.
    pub limits: Option<PromotionLimitsInput>,
    /// The promotion's version that you saw last; refused if it was changed since.
    pub expected_version: Option<i64>,
    /// Whether everything is checked, and nothing changed.
    #[graphql(default)]
    pub dry_run: bool,
    /// Any text of yours: the same key with the same input changes it once.
    pub idempotency_key: Option<String>,
}

/// Coupons to issue.
#[derive(InputObject, Clone, Debug)]
pub struct CouponIssueInput {
    /// What they are for: a promotion whose rule says `needsCoupon`.
    pub promotion: ID,
    /// Which.
    pub coupon: CouponIssue,
    /// Of how many orders each may be; if left out, of any number.
    pub orders_max: Option<i64>,
    /// Whether everything is checked, and nothing changed.
    #[graphql(default)]
    pub dry_run: bool,
    /// Any text of yours: the same key with the same input issues them once.
    pub idempotency_key: Option<String>,
}

/// Which coupons are issued.
#[derive(OneofObject, Clone, Debug)]
pub enum CouponIssue {
    /// One, with this code: letters, digits and hyphens, 3 to 60.
    Code(String),
    /// Many, each with a code of its own.
    Batch(CouponBatch),
}

/// Many coupons.
#[derive(InputObject, Clone, Debug)]
pub struct CouponBatch {
    /// What their codes begin with: letters, digits and hyphens, 47 at most. A hyphen follows; those at its end fall away.
    pub prefix: String,
    /// How many: 1 to 1,000,000.
    pub count: i64,
}

/// Coupons to make worth nothing.
#[derive(InputObject, Clone, Debug)]
pub struct CouponRevokeInput {
    /// The coupon, or those that were issued together.
    pub coupon: ID,
    /// Whether everything is checked, and nothing changed.
    #[graphql(default)]
    pub dry_run: bool,
    /// Any text of yours: the same key with the same input revokes them once.
    pub idempotency_key: Option<String>,
}

impl PromotionCreateInput {
    /// Checks every field.
    pub fn parse(self) -> Result<CreatePromotion, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "promotionCreate", self.idempotency_key.as_deref(), &self);
        let code = check.field("code", Slug::parse(&self.code));
        let names = input::names(&mut check, self.name_ar, self.name_en);
        let currency = currency(&mut check, self.currency_code.as_deref());
        let amounts = Amounts(currency);
        let channels = check.field("channels", few(self.channels));
        let rule = check.nested("rule", self.rule.parse(amounts));
        let limits = limits(&mut check, self.limits, (amounts, rule.as_ref()));
        let (from, until) = (self.starts_at.map(|at| at.0), self.ends_at.map(|at| at.0));
        let validity = Validity { from, until };
        if !validity.is_possible() {
            check.wrong("endsAt", Problem::EndBeforeStart);
        }
        let is_dry_run = self.dry_run;
        let built = code.zip(names).zip(channels).zip(rule.zip(limits));
        check.done(built.map(|(((code, (name_ar, name_en)), channels), (rule, limits))| CreatePromotion {
            code: code.as_str().to_owned(),
            name_ar,
            name_en,
            currency,
            channels,
            rule,
            validity,
            limits,
            is_dry_run,
            once,
        }))
    }
}

impl PromotionUpdateInput {
    /// Checks every field of a change of a promotion in this currency, if it names one: amounts are in it, if none is said.
    pub fn parse(self, was_in: Option<Currency>) -> Result<UpdatePromotion, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "promotionUpdate", self.idempotency_key.as_deref(), &self);
        let promotion = check.field("promotion", input::id(&self.promotion));
        let name_ar = check.field("nameAr", input::name(self.name_ar));
        let name_en = check.field("nameEn", input::name(self.name_en));
        let said = self.currency_code.as_opt_ref();
        let currency = said.map(|code| currency(&mut check, code.map(String::as_str)));
        let amounts = Amounts(currency.unwrap_or(was_in));
        let channels = check.field("channels", self.channels.map(few).transpose());
        let rule = self.rule.map(|rule| check.nested("rule", rule.parse(amounts)));
        let rule = rule.map_or(Some(None), |rule| rule.map(Some));
        // Whether it may have limits is seen when it is known what else it is.
        let new = self.limits.map(|new| limits(&mut check, Some(new), (amounts, None)));
        let new = new.map_or(Some(None), |new| new.map(Some));
        let instant = |said: MaybeUndefined<DateTime>| said.map_value(|at| at.0).into();
        let (starts_at, ends_at) = (instant(self.starts_at), instant(self.ends_at));
        let (expected_version, is_dry_run) = (self.expected_version, self.dry_run);
        let built = promotion.zip(name_ar.zip(name_en)).zip(channels).zip(rule.zip(new));
        check.done(built.map(|(((promotion, (name_ar, name_en)), channels), (rule, limits))| UpdatePromotion {
            promotion,
            name_ar,
            name_en,
            channels,
            currency,
            was_in,
            rule,
            starts_at,
            ends_at,
            limits,
            expected_version,
            is_dry_run,
            once,
        }))
    }
}

impl CouponIssueInput {
    /// Checks every field.
    pub fn parse(self) -> Result<IssueCoupon, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "couponIssue", self.idempotency_key.as_deref(), &self);
        let promotion = check.field("promotion", input::id(&self.promotion));
        let issue = check.nested("coupon", self.coupon.parse());
        let orders = check.field("ordersMax", at_least_one(self.orders_max));
        let is_dry_run = self.dry_run;
        let built = promotion.zip(issue).zip(orders);
        check.done(built.map(|((promotion, issue), orders)| IssueCoupon { promotion, issue, orders, is_dry_run, once }))
    }
}

impl CouponIssue {
    fn parse(self) -> Result<Issue, Invalid> {
        match self {
            Self::Code(code) => {
                CouponCode::parse(&code).map(Issue::One).map_err(|problem| Invalid::at("code", problem))
            }
            Self::Batch(CouponBatch { prefix, count }) => {
                let mut check = Check::default();
                let code = check.field("prefix", CouponCode::parse_prefix(&prefix));
                let max = u32::try_from(COUPONS_MAX).unwrap_or(u32::MAX);
                let count = check.field(
                    "count",
                    match count {
                        ..1 => Err(Problem::QuantityNotPositive),
                        1..=COUPONS_MAX => Ok(count),
                        _ => Err(Problem::NumberTooLarge { max }),
                    },
                );
                let issue = code.zip(count).map(|(code, count)| Issue::Many(code, count));
                check.done(issue).map_err(|invalid| invalid.under("batch"))
            }
        }
    }
}

impl CouponRevokeInput {
    /// Checks every field.
    pub fn parse(self) -> Result<RevokeCoupon, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "couponRevoke", self.idempotency_key.as_deref(), &self);
        let coupon = check.field("coupon", input::id(&self.coupon));
        let is_dry_run = self.dry_run;
        check.done(coupon.map(|coupon| RevokeCoupon { coupon, is_dry_run, once }))
    }
}

/// A budget: something can be spent of it.
fn budget(amounts: Amounts, text: &str) -> Result<i64, Invalid> {
    let minor = amounts.parse("budget", text)?;
    if 0 < minor { Ok(minor) } else { Err(Invalid::at("budget", Problem::AmountNotPositive)) }
}

/// The currency of a code, if there is one.
fn currency(check: &mut Check, code: Option<&str>) -> Option<Currency> {
    let parsed = code.map(|code| Currency::parse(code).ok_or(Problem::UnsupportedCurrency)).transpose();
    check.field("currencyCode", parsed).flatten()
}

fn few(channels: Vec<String>) -> Result<Vec<String>, Problem> {
    if channels.len() <= CHANNELS_MAX { Ok(channels) } else { Err(Problem::TooLong { max: CHANNELS_MAX }) }
}

fn at_least_one(n: Option<i64>) -> Result<Option<i64>, Problem> {
    if n.is_some_and(|n| n < 1) { Err(Problem::QuantityNotPositive) } else { Ok(n) }
}

fn limits(
    check: &mut Check,
    said: Option<PromotionLimitsInput>,
    (amounts, rule): (Amounts, Option<&Rule>),
) -> Option<Limits> {
    let Some(said) = said else { return Some(Limits::default()) };
    let PromotionLimitsInput { orders_max, orders_max_per_customer, orders_max_per_organisation, budget: said_budget } =
        said;
    if rule.is_some_and(|rule| rule.effect.stage() == Stage::Catalogue) {
        check.wrong("limits", Problem::NotAllowedHere);
        return None;
    }
    let mut inside = Check::default();
    let orders = inside.field("ordersMax", at_least_one(orders_max));
    let orders_of_customer = inside.field("ordersMaxPerCustomer", at_least_one(orders_max_per_customer));
    let orders_of_organisation = inside.field("ordersMaxPerOrganisation", at_least_one(orders_max_per_organisation));
    let budget = inside.here(said_budget.map(|text| budget(amounts, &text)).transpose());
    let built = orders.zip(orders_of_customer).zip(orders_of_organisation.zip(budget));
    let limits = built.map(|((orders, orders_of_customer), (orders_of_organisation, budget))| Limits {
        orders,
        orders_of_customer,
        orders_of_organisation,
        budget,
    });
    check.nested("limits", inside.done(limits))
}
