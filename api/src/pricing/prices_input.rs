//! The inputs of changes of the prices in a list.

use std::{collections::HashSet, hash::Hash};

use app::{
    catalog::Named,
    pricing::{PriceLine, RemoveLine, RemovePrices, SetPrices},
};
use async_graphql::{ID, InputObject};
use domain::{
    catalog::sku::Sku,
    invalid::{Check, Invalid, Problem},
    pricing::tiers::TIERS_MAX,
};

use crate::graphql::{input, scalar::DateTime};

/// The most prices of one call.
const LINES_MAX: usize = 500;

/// Prices to set in a list.
#[derive(InputObject, Clone, Debug)]
pub struct PriceListPricesSetInput {
    /// The list.
    pub price_list: ID,
    /// Which: each variant once for the same `startsAt`, 500 at most.
    pub lines: Vec<PriceListPriceInput>,
    /// The list's version that you saw last; refused if it was changed since.
    pub expected_version: Option<i64>,
    /// Whether everything is checked, and nothing changed.
    #[graphql(default)]
    pub dry_run: bool,
    /// Any text of yours: the same key with the same input sets them once.
    pub idempotency_key: Option<String>,
}

/// A price to set in a list. Amounts are decimal numbers in the list's currency, tax included.
#[derive(InputObject, Clone, Debug)]
pub struct PriceListPriceInput {
    /// Of what; exactly one of this and `sku` is given.
    pub variant: Option<ID>,
    /// The SKU of what.
    pub sku: Option<String>,
    /// The price of a piece.
    pub price: String,
    /// A former, higher price.
    pub compare_at_price: Option<String>,
    /// From how many pieces on each costs less: numbers rise, and prices fall; 20 at most.
    #[graphql(default)]
    pub tiers: Vec<PriceTierInput>,
    /// From when on, not in the past; if left out, from now on.
    pub starts_at: Option<DateTime>,
    /// Until when: then the price is temporary, and goes before the regular one. If left out, it is the regular one until
    /// another is.
    pub ends_at: Option<DateTime>,
}

/// The price of each of many pieces.
#[derive(InputObject, Clone, Debug)]
pub struct PriceTierInput {
    /// From how many pieces on it goes, two at least.
    pub from_quantity: i32,
    /// The price of a piece.
    pub price: String,
}

/// Prices to take out of a list.
#[derive(InputObject, Clone, Debug)]
pub struct PriceListPricesRemoveInput {
    /// The list.
    pub price_list: ID,
    /// Which: each once, 500 at most.
    pub lines: Vec<PriceListPriceRemoveInput>,
    /// The list's version that you saw last; refused if it was changed since.
    pub expected_version: Option<i64>,
    /// Whether everything is checked, and nothing changed.
    #[graphql(default)]
    pub dry_run: bool,
    /// Any text of yours: the same key with the same input takes them out once.
    pub idempotency_key: Option<String>,
}

/// A price to take out of a list.
#[derive(InputObject, Clone, Debug)]
pub struct PriceListPriceRemoveInput {
    /// Of what.
    pub variant: ID,
    /// That which begins then, or began; if left out, the regular price that goes now.
    pub starts_at: Option<DateTime>,
}

impl PriceListPricesSetInput {
    /// Checks every field but the amounts, which are in the list's currency.
    pub fn parse(self) -> Result<SetPrices, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "priceListPricesSet", self.idempotency_key.as_deref(), &self);
        let list = check.field("priceList", input::id(&self.price_list));
        let lines = lines(&mut check, self.lines, |check, of| {
            if TIERS_MAX < of.tiers.len() {
                check.wrong("tiers", Problem::TooLong { max: TIERS_MAX });
            }
            let tiers = tiers(check, of.tiers);
            let (field, variant) = named(check, of.variant.as_ref(), of.sku.as_deref())?;
            let (from, until) = (of.starts_at.map(|at| at.0), of.ends_at.map(|at| at.0));
            let tiers = tiers?;
            let (price, compare_at) = (of.price, of.compare_at_price);
            Some((field, (variant.clone(), from), PriceLine { variant, price, compare_at, tiers, from, until }))
        });
        let (expected_version, is_dry_run) = (self.expected_version, self.dry_run);
        check.done(list.map(|list| SetPrices { list, lines, expected_version, is_dry_run, once }))
    }
}

impl PriceListPricesRemoveInput {
    /// Checks every field.
    pub fn parse(self) -> Result<RemovePrices, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "priceListPricesRemove", self.idempotency_key.as_deref(), &self);
        let list = check.field("priceList", input::id(&self.price_list));
        let lines = lines(&mut check, self.lines, |check, of| {
            let variant = check.field("variant", input::id(&of.variant))?;
            let starts_at = of.starts_at.map(|at| at.0);
            Some(("variant", (variant, starts_at), RemoveLine { variant, starts_at }))
        });
        let (expected_version, is_dry_run) = (self.expected_version, self.dry_run);
        check.done(list.map(|list| RemovePrices { list, lines, expected_version, is_dry_run, once }))
    }
}

/// From how many pieces on each costs what; the amounts are in the list's currency.
fn tiers(check: &mut Check, given: Vec<PriceTierInput>) -> Option<Vec<(u32, String)>> {
    let mut tiers = Some(Vec::with_capacity(given.len()));
    for (index, PriceTierInput { from_quantity, price }) in given.into_iter().enumerate() {
        let from = u32::try_from(from_quantity).ok().filter(|from| 0 < *from).ok_or(Problem::QuantityNotPositive);
        let from = from.map_err(|problem| Invalid::at("fromQuantity", problem).under(&index.to_string()));
        tiers = tiers.zip(check.nested("tiers", from)).map(|(mut tiers, from)| {
            tiers.push((from, price));
            tiers
        });
    }
    tiers
}

/// How a line names its variant, and in which field.
fn named(check: &mut Check, id: Option<&ID>, sku: Option<&str>) -> Option<(&'static str, Named)> {
    match (id, sku) {
        (Some(id), None) => Some(("variant", Named::Id(check.field("variant", input::id(id))?))),
        (None, Some(sku)) => {
            let sku = check.field("sku", Sku::parse(sku))?;
            Some(("sku", Named::Sku(sku.as_str().to_owned())))
        }
        (Some(_), Some(_)) => check.field("sku", Err(Problem::NotOneOf)),
        (None, None) => check.field("variant", Err(Problem::NotOneOf)),
    }
}

/// The lines that parse, each once: what is wrong is noted by line, and what is there twice at the field that `read` gives.
fn lines<I, K: Eq + Hash, L>(
    check: &mut Check,
    lines: Vec<I>,
    read: impl Fn(&mut Check, I) -> Option<(&'static str, K, L)>,
) -> Vec<L> {
    let lines = check.field("lines", input::at_most(lines, LINES_MAX)).unwrap_or_default();
    let (mut good, mut seen) = (Vec::with_capacity(lines.len()), HashSet::new());
    for (index, line) in lines.into_iter().enumerate() {
        let mut of_line = Check::default();
        let parsed = read(&mut of_line, line).map(|(field, key, line)| {
            if !seen.insert(key) {
                of_line.wrong(field, Problem::Duplicate);
            }
            line
        });
        let parsed = of_line.done(parsed).map_err(|invalid| invalid.under(&index.to_string()));
        good.extend(check.nested("lines", parsed));
    }
    good
}
