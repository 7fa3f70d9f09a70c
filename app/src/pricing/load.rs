//! Price lists and prices for readers, many at once.

use std::{
    collections::{BTreeMap, HashMap},
    slice::from_ref,
};

use domain::{
    id::{Id, PriceList, Promotion, Variant},
    identity::permission::proof::{ReadCosts, ReadPrices},
    money::Money,
    pricing::{
        list::{Ask, Resolved},
        promotions::evaluate::Outcome,
        quantity_rule::QuantityRule,
    },
};
use entity::pricing::{list_price, price_list, price_list_assignment, variant_cost};
use store::{Fault, Slice, SortKind};

use super::{Books, Span, cost_rows, promotions::Sales, rows};
use crate::{
    channels,
    cx::{Cx, Permit, Public},
    list::{Listed, grouped},
    organisations::{self, Party},
};

/// What a variant costs whoever asks, tax included.
#[derive(Clone, Debug)]
pub struct Price {
    /// The price of a piece, and how it came about.
    pub resolved: Resolved,
    /// What promotions do to a piece while browsing: one of them takes something off it at most.
    pub sales: Outcome,
    /// The price of a piece by the number from which on it goes, beginning with one.
    pub tiers: Vec<(u32, Money)>,
}

impl Price {
    /// What is taken off a piece while browsing, and by which promotion.
    pub fn discount(&self) -> Option<(Id<Promotion>, Money)> {
        let applied = self.sales.applied.first()?;
        Some((applied.promotion, Money::new(applied.amount, self.resolved.amount.currency)))
    }
}

/// What each variant costs the caller in the request's channel, of so many pieces.
pub async fn prices(
    cx: &Cx,
    _anybody: Public,
    wanted: &[(Id<Variant>, u32)],
) -> Result<HashMap<(Id<Variant>, u32), Price>, Fault> {
    let channel = cx.channel()?;
    let variants: Vec<_> = wanted.iter().map(|(variant, _)| *variant).collect();
    let party = party(cx).await?;
    let books = Books::load(&cx.read(), channel, from_ref(&party), (&variants, Span::At(cx.now()))).await?;
    let (book, country) = (books.of(&party), channels::country(channel)?);
    let sales = Sales::load(&cx.read(), channel, (&books, &party, country), (&variants, cx.now())).await?;
    let mut prices = HashMap::with_capacity(wanted.len());
    for (variant, quantity) in wanted {
        // It is not known yet where they go.
        let ask = Ask { variant: *variant, quantity: *quantity, country, at: cx.now() };
        let Some(resolved) = book.price(ask).map_err(Fault::new)? else { continue };
        let tiers = book.prices(ask).map_err(Fault::new)?;
        let sales = sales.of(*variant, (resolved.amount, resolved.floor))?;
        prices.insert((*variant, *quantity), Price { resolved, sales, tiers });
    }
    Ok(prices)
}

/// The lowest price of each variant in the thirty days before the price that the caller has now began.
pub async fn lowest_before(
    cx: &Cx,
    _anybody: Public,
    variants: &[Id<Variant>],
) -> Result<HashMap<Id<Variant>, Money>, Fault> {
    let channel = cx.channel()?;
    let party = party(cx).await?;
    let books = Books::load(&cx.read(), channel, from_ref(&party), (variants, Span::Ever)).await?;
    let book = books.of(&party);
    let (country, at) = (channels::country(channel)?, cx.now());
    let ask = |variant| Ask { variant, quantity: 1, country, at };
    let mut lowest = HashMap::new();
    for variant in variants {
        let found = book.lowest_before(ask(*variant)).map_err(Fault::new)?;
        lowest.extend(found.map(|amount| (*variant, amount)));
    }
    Ok(lowest)
}

/// Who asks, and for which unit of which company.
pub(super) async fn party(cx: &Cx) -> Result<Party, Fault> {
    let shopper = cx.shopper();
    organisations::party(&cx.read(), organisations::Wish::own(shopper.customer, shopper.buys_for)).await
}

/// Price lists by id: of whoever has a price, the list may be named.
pub async fn lists(
    cx: &Cx,
    _anybody: Public,
    ids: &[Id<PriceList>],
) -> Result<HashMap<Id<PriceList>, price_list::Model>, Fault> {
    let rows = rows::lists(&cx.read(), ids.iter().copied()).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// The price list of a code.
pub async fn list_by_code(cx: &Cx, _may: &Permit<ReadPrices>, code: &str) -> Result<Option<price_list::Model>, Fault> {
    rows::list_by_code(&cx.read(), code).await
}

/// What price lists are sorted by: their code.
pub const LISTS_SORTED_BY: SortKind = SortKind::Text("price_list.code");

/// Price lists, by code.
pub async fn page_of_lists(
    cx: &Cx,
    _may: &Permit<ReadPrices>,
    slice: Slice,
    with_total: bool,
) -> Result<Listed, Fault> {
    rows::page_of_lists(&cx.read(), slice, with_total).await
}

/// Who buys by each list, or will, in the order in which their lists are asked.
pub async fn assignments(
    cx: &Cx,
    _may: &Permit<ReadPrices>,
    lists: &[Id<PriceList>],
) -> Result<HashMap<Id<PriceList>, Vec<price_list_assignment::Model>>, Fault> {
    let rows = rows::assignments(&cx.read(), lists, cx.now()).await?;
    Ok(grouped(rows.into_iter().map(|row| (row.price_list_id, row))))
}

/// What variants cost the shop, and how low their prices may be, by the code of the currency.
pub async fn costs(
    cx: &Cx,
    _may: &Permit<ReadCosts>,
    variants: &[Id<Variant>],
) -> Result<HashMap<Id<Variant>, Vec<variant_cost::Model>>, Fault> {
    let rows = cost_rows::all_costs(&cx.read(), variants).await?;
    // What was said once is known still.
    let said = rows.into_iter().filter(|row| row.cost_minor.is_some() || row.floor_minor.is_some());
    Ok(grouped(said.map(|row| (row.variant_id, row))))
}

/// What the variants of a list are sorted by: their SKU.
pub const LIST_VARIANTS_SORTED_BY: SortKind = SortKind::Text("price_list.variant");

/// The variants of which a list says something itself, now or from later on, by SKU.
pub async fn page_of_variants(
    cx: &Cx,
    _may: &Permit<ReadPrices>,
    list: Id<PriceList>,
    slice: Slice,
    with_total: bool,
) -> Result<Listed, Fault> {
    rows::page_of_variants(&cx.read(), (list, cx.now()), slice, with_total).await
}

/// How many pieces of variants are bought together, where a list says so itself; by variant.
pub async fn quantity_rules(
    cx: &Cx,
    _may: &Permit<ReadPrices>,
    list: Id<PriceList>,
    variants: &[Id<Variant>],
) -> Result<BTreeMap<Id<Variant>, QuantityRule>, Fault> {
    let rules = rows::quantity_rules(&cx.read(), &[list], variants).await?;
    Ok(rules.into_iter().map(|((_, variant), rule)| (variant, rule)).collect())
}

/// The most prices of a list that are shown at once.
pub const PRICES_MAX: usize = 500;

/// The prices of variants that are fixed in a list and go now or will, by when they begin.
pub async fn fixed(
    cx: &Cx,
    _may: &Permit<ReadPrices>,
    list: Id<PriceList>,
    variants: &[Id<Variant>],
) -> Result<Vec<list_price::Model>, Fault> {
    rows::open_prices(&cx.read(), list, variants, cx.now()).await
}
