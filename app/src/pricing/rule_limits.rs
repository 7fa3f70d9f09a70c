//! Which prices that follow from a rule are below what things cost the shop, or below the lowest that they are sold at.
//!
//! That is looked up when the change is made, or was tried: it takes long where very many variants have costs, and nobody is
//! to wait for that with a change of their own.

use std::{collections::HashSet, sync::Arc};

use domain::{
    id::{Id, PriceList, Variant},
    identity::country::Country,
    money::Money,
    pricing::{
        list::{self, Ask, Assigned, Because, Book, Known, Step},
        validity::Validity,
    },
    time::Instant,
};
use entity::pricing::variant_cost;
use serde::{Deserialize, Serialize};
use store::{Fault, Read};

use super::{ListChanged, PriceWarning, Span, book::with_ancestors, cost_rows, rows};
use crate::cx::Cx;

/// Variants of which so many are in memory at once.
const AT_ONCE: u64 = 500;

/// A list that follows others from an instant on, whether that is written or was only tried.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Ruled {
    /// The list.
    pub(super) list: Id<PriceList>,
    /// What it is.
    pub(super) is: list::PriceList,
    /// From when on.
    pub(super) from: Instant,
}

/// The list, with what should be known of the prices that it takes from others, as they are at that instant: of each variant of
/// which something is said, that of the most pieces, the lowest. A constant number of statements for hundreds of these.
pub(super) async fn changed(cx: &Cx, ruled: Ruled) -> Result<ListChanged, Fault> {
    let list = ruled.list;
    Ok(ListChanged { list, warnings: warnings(&cx.read(), ruled, cx.now()).await? }.told_to(cx))
}

async fn warnings(read: &Read, Ruled { list, is, from }: Ruled, now: Instant) -> Result<Vec<PriceWarning>, Fault> {
    let above: HashSet<_> = is.parents().collect();
    // What is fixed in it was looked at when it was.
    if above.is_empty() {
        return Ok(Vec::new());
    }
    // A list that does not go yet has no price before it does.
    let (currency, begins) = (is.currency, is.validity.from);
    let at = [Some(from), Some(now), begins].into_iter().flatten().max().unwrap_or(from);
    let mut lists = with_ancestors(read, above).await?;
    lists.insert(list, is);
    let currencies: Vec<_> = lists.iter().map(|(id, list)| (*id, list.currency)).collect();
    let (mut below_floor, mut below_cost, mut after) = (0_u64, 0_u64, None);
    loop {
        let some = cost_rows::some_costs(read, currency, (after, AT_ONCE)).await?;
        let Some(furthest) = some.last() else { break };
        after = Some(furthest.variant_id);
        let ids: Vec<_> = some.iter().map(|row| row.variant_id).collect();
        let fixed = rows::fixed(read, &currencies, &ids, Span::At(at)).await?;
        let known = Arc::new(Known { lists: lists.clone(), fixed, ..Known::default() });
        let (because, validity) = (Because::Base, Validity::default());
        let assigned = vec![Assigned { list, because, validity, countries: Vec::new() }];
        let book = Book { currency, assigned, known };
        for row in &some {
            let variant_cost::Model { variant_id, cost_minor, floor_minor, .. } = row;
            let Some(price) = derived(&book, (list, *variant_id), at)? else { continue };
            let count = |limit: Option<i64>| u64::from(limit.is_some_and(|limit| price.minor < limit));
            below_floor = below_floor.saturating_add(count(*floor_minor));
            below_cost = below_cost.saturating_add(count(*cost_minor));
        }
    }
    let told = [PriceWarning::RuleBelowFloor { count: below_floor }, PriceWarning::RuleBelowCost { count: below_cost }];
    Ok(told.into_iter().zip([below_floor, below_cost]).filter(|(_, n)| 0 < *n).map(|(warning, _)| warning).collect())
}

/// What a piece of very many costs by a list, if it takes that from another.
fn derived(book: &Book, (list, variant): (Id<PriceList>, Id<Variant>), at: Instant) -> Result<Option<Money>, Fault> {
    let found = book.price(Ask { variant, quantity: u32::MAX, country: Country::SA, at }).map_err(Fault::new)?;
    let is_derived = |step: &Step| matches!(step, Step::Derived { list: of, .. } if *of == list);
    Ok(found.filter(|found| found.steps.last().is_some_and(is_derived)).map(|found| found.amount))
}
