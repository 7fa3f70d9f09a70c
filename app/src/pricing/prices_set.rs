//! Staff set prices in a list.

use std::collections::HashSet;

use domain::{
    id::{Id, PriceList, Variant},
    identity::permission::proof::ManagePrices,
    invalid::{Check, Invalid, Problem},
    money::{Currency, Money},
    pricing::{events::PricingEvent, tiers::Tiers},
    time::Instant,
};
use entity::pricing::list_price;
use serde::Serialize;
use store::{Fault, Once, Tx};

use super::{ListChanged, PricingError, limits::Limits, list_update::lock, lowest, rows};
use crate::{
    catalog::{Named, Variants},
    cx::{Cx, Permit},
    list::grouped,
};

/// Prices to set in a list.
#[derive(Clone, Debug)]
pub struct SetPrices {
    /// The list.
    pub list: Id<PriceList>,
    /// Which.
    pub lines: Vec<PriceLine>,
    /// The version of the list that the caller saw: if it has another one, nothing is done.
    pub expected_version: Option<i64>,
    /// Whether nothing is to be changed.
    pub is_dry_run: bool,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// A price to set. Amounts are decimal numbers in the list's currency.
#[derive(Clone, Debug)]
pub struct PriceLine {
    /// Of what.
    pub variant: Named,
    /// The price of a piece.
    pub price: String,
    /// A former, higher price.
    pub compare_at: Option<String>,
    /// From how many pieces on each costs less.
    pub tiers: Vec<(u32, String)>,
    /// From when on; `None`: from now on.
    pub from: Option<Instant>,
    /// Until when: then it is temporary, and goes before the regular price. `None`: until another does.
    pub until: Option<Instant>,
}

/// A price that cannot be set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusedPrice {
    /// Its place in the input.
    pub line: usize,
    /// Why.
    pub why: PriceRefusal,
}

/// Why a price cannot be set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PriceRefusal {
    /// There is no such variant, or nothing is said of it that could be taken back.
    NoVariant,
    /// No variant has the SKU.
    NoSku,
    /// The variant has no such price in the list.
    NoPrice,
    /// Its fields are wrong.
    Wrong(Invalid),
}

/// Sets prices: all or, by failing, none. None that is lower than its variant's may be. A regular price follows the one
/// before it, and ends when the next begins; a temporary one takes the place of one that begins at the same instant. What
/// was before stays known. Emits `price.set` for each.
pub async fn set_prices(cx: &Cx, _may: Permit<ManagePrices>, input: SetPrices) -> Result<ListChanged, PricingError> {
    let SetPrices { list, lines, expected_version, is_dry_run, once } = input;
    cx.write_or_rehearse((is_dry_run, once.as_ref()), async |tx| {
        let currency = rows::currency(&lock(tx, list, expected_version).await?)?;
        let named = Variants::load(tx, lines.iter().map(|line| &line.variant)).await?;
        let limits = Limits::keep(tx, currency, &named.ids().collect::<Vec<_>>()).await?;
        let (mut prices, mut refused, mut warnings) = (Vec::with_capacity(lines.len()), Vec::new(), Vec::new());
        let mut seen = HashSet::with_capacity(lines.len());
        for (line, of) in lines.iter().enumerate() {
            let (field, missing) = match of.variant {
                Named::Id(_) => ("variant", PriceRefusal::NoVariant),
                Named::Sku(_) => ("sku", PriceRefusal::NoSku),
            };
            let Some(variant) = named.of(&of.variant) else {
                refused.push(RefusedPrice { line, why: missing });
                continue;
            };
            // Of one variant by its id and by its SKU.
            if !seen.insert((variant.id, of.from)) {
                let twice = Invalid::at(field, Problem::Duplicate);
                refused.push(RefusedPrice { line, why: PriceRefusal::Wrong(twice) });
                continue;
            }
            match row(tx, (list, variant.id), (of, currency), &limits) {
                Err(invalid) => refused.push(RefusedPrice { line, why: PriceRefusal::Wrong(invalid) }),
                Ok((row, tiers)) => {
                    let below_cost = limits.below_cost((variant.id, &variant.sku), &tiers);
                    warnings.extend(below_cost.map(|warning| warning.of_line(line)));
                    prices.push(row);
                }
            }
        }
        if !refused.is_empty() {
            return Err(PricingError::Refused(refused));
        }
        let variants: Vec<_> = prices.iter().map(|price| price.variant_id).collect();
        place_all(tx, list, prices).await?;
        lowest::prices_changed(tx, list, &variants).await?;
        Ok(ListChanged { list, warnings })
    })
    .await
    .map(|done| done.told_to(cx))
}

/// Puts prices among those of their variants in a list that is locked, and tells of them: a constant number of statements
/// for hundreds. Lowest prices are the caller's, once all are put: they are locked after all variants.
pub(super) async fn place_all(tx: &Tx, list: Id<PriceList>, prices: Vec<list_price::Model>) -> Result<(), Fault> {
    let mut variants: Vec<_> = prices.iter().map(|price| price.variant_id).collect();
    variants.sort_unstable();
    variants.dedup();
    let there = rows::open_prices(tx, list, &variants, tx.now()).await?;
    let mut there = grouped(there.into_iter().map(|row| (row.variant_id, row)));
    let mut told = Vec::with_capacity(prices.len());
    for price in prices {
        told.push(place(there.entry(price.variant_id).or_default(), price, tx.now())?);
    }
    rows::replace_open_prices(tx, list, there).await?;
    tx.emit_changes(told.iter().map(|(was, event)| (Some(was), event))).await
}

fn row(
    tx: &Tx,
    (list, variant): (Id<PriceList>, Id<Variant>),
    (of, currency): (&PriceLine, Currency),
    limits: &Limits,
) -> Result<(list_price::Model, Tiers), Invalid> {
    let mut check = Check::default();
    let amount = |text: &str| Money::said(text, currency);
    let one = check.field("price", amount(&of.price));
    let was = check.field("compareAtPrice", of.compare_at.as_deref().map(amount).transpose());
    if let (Some(one), Some(Some(was))) = (one, was)
        && was.minor <= one.minor
    {
        check.wrong("compareAtPrice", Problem::CompareAtNotHigher);
    }
    let mut more = Some(Vec::with_capacity(of.tiers.len()));
    for (index, (from, text)) in of.tiers.iter().enumerate() {
        let parsed = amount(text).map_err(|problem| Invalid::at("price", problem).under(&index.to_string()));
        let parsed = check.nested("tiers", parsed);
        more = more.zip(parsed).map(|(mut more, amount)| {
            more.push((*from, amount));
            more
        });
    }
    let tiers = one.zip(more).and_then(|(one, more)| check.nested("tiers", Tiers::new(one, more)));
    check.here(tiers.as_ref().map_or(Ok(()), |tiers| limits.refuse(variant, tiers)));
    let from = of.from.unwrap_or(tx.now());
    if from < tx.now() {
        check.wrong("startsAt", Problem::InThePast);
    }
    if of.until.is_some_and(|until| until <= from) {
        check.wrong("endsAt", Problem::EndBeforeStart);
    }
    let built = tiers.zip(was).map(|(tiers, was)| {
        let row = list_price::Model {
            tenant_id: tx.scope().tenant(),
            price_list_id: list,
            variant_id: variant,
            starts_at: from,
            is_temporary: of.until.is_some(),
            ends_at: of.until,
            amount_minor: tiers.one().minor,
            was_minor: was.map(|was| was.minor),
            tiers: json(&tiers),
        };
        (row, tiers)
    });
    check.done(built)
}

/// Tiers as a row keeps them.
pub(super) fn json(tiers: &Tiers) -> String {
    let more: Vec<_> = tiers.more().iter().map(|(from, amount)| (*from, amount.minor)).collect();
    serde_json::json!(more).to_string()
}

/// Puts a price among those of its variant, and says what was to go instead, and what is to be told.
fn place(
    there: &mut Vec<list_price::Model>,
    mut price: list_price::Model,
    at: Instant,
) -> Result<(Before, PricingEvent), Fault> {
    if !price.is_temporary {
        let regular = there.iter().filter(|row| !row.is_temporary).map(|row| row.starts_at);
        price.ends_at = regular.filter(|next| price.starts_at < *next).min();
    }
    let gives_way = |row: &&mut list_price::Model| {
        let goes = row.starts_at <= price.starts_at && row.ends_at.is_none_or(|ends_at| price.starts_at < ends_at);
        row.is_temporary == price.is_temporary
            && if price.is_temporary { row.starts_at == price.starts_at } else { goes }
    };
    let was = there.iter_mut().find(gives_way).map(|row| {
        row.ends_at = Some(price.starts_at);
        row.amount_minor
    });
    there.retain(is_possible);
    let event = PricingEvent::PriceSet {
        price_list: price.price_list_id,
        variant: price.variant_id,
        amount_minor: price.amount_minor,
        compare_at_minor: price.was_minor,
        tiers: serde_json::from_str(&price.tiers).map_err(Fault::new)?,
        starts_at: price.starts_at,
        ends_at: price.ends_at.filter(|_| price.is_temporary),
        at,
    };
    there.push(price);
    Ok((Before { amount_minor: was }, event))
}

/// Whether a price begins before it ends: one that does not is taken away.
pub(super) fn is_possible(row: &list_price::Model) -> bool {
    row.ends_at.is_none_or(|ends_at| row.starts_at < ends_at)
}

/// What was to go instead of a price.
#[derive(Serialize)]
struct Before {
    amount_minor: Option<i64>,
}
