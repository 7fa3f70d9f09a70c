//! Staff take prices out of a list.

use domain::{
    id::{Id, PriceList, Variant},
    identity::permission::proof::ManagePrices,
    pricing::events::PricingEvent,
    time::Instant,
};
use entity::pricing::list_price;
use store::Once;

use super::{PriceRefusal, PricingError, RefusedPrice, list_update::lock, lowest, prices_set::is_possible, rows};
use crate::{
    cx::{Cx, Permit},
    list::grouped,
};

/// Prices to take out of a list.
#[derive(Clone, Debug)]
pub struct RemovePrices {
    /// The list.
    pub list: Id<PriceList>,
    /// Which.
    pub lines: Vec<RemoveLine>,
    /// The version of the list that the caller saw: if it has another one, nothing is done.
    pub expected_version: Option<i64>,
    /// Whether nothing is to be changed.
    pub is_dry_run: bool,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// A price to take out.
#[derive(Clone, Copy, Debug)]
pub struct RemoveLine {
    /// Of what.
    pub variant: Id<Variant>,
    /// That which begins then, or began; `None`: the regular price that goes now.
    pub starts_at: Option<Instant>,
}

/// Takes prices out: all or, by failing, none. What goes ends now, and the list follows its parent again, if it has one;
/// what was to go does not, and the one before it goes on. Emits `price.removed` for each.
pub async fn remove_prices(
    cx: &Cx,
    _may: Permit<ManagePrices>,
    input: RemovePrices,
) -> Result<Option<Id<PriceList>>, PricingError> {
    let RemovePrices { list, lines, expected_version, is_dry_run, once } = input;
    cx.carry_out((is_dry_run, once.as_ref()), async |tx| {
        lock(tx, list, expected_version).await?;
        let variants: Vec<_> = lines.iter().map(|line| line.variant).collect();
        let there = rows::open_prices(tx, list, &variants, tx.now()).await?;
        let mut there = grouped(there.into_iter().map(|row| (row.variant_id, row)));
        let (mut told, mut refused) = (Vec::with_capacity(lines.len()), Vec::new());
        for (line, of) in lines.iter().enumerate() {
            match there.get_mut(&of.variant).and_then(|there| remove(there, *of, tx.now())) {
                Some(event) => told.push(event),
                None => refused.push(RefusedPrice { line, why: PriceRefusal::NoPrice }),
            }
        }
        if !refused.is_empty() {
            return Err(PricingError::Refused(refused));
        }
        rows::replace_open_prices(tx, list, there).await?;
        tx.emit_all(told.iter().map(|event| (tx.stamp(), event))).await?;
        lowest::prices_changed(tx, list, &variants).await?;
        Ok(list)
    })
    .await
}

/// Takes a price from among those of its variant, and says what is to be told; `None` if there is no such price.
fn remove(
    there: &mut Vec<list_price::Model>,
    RemoveLine { variant, starts_at }: RemoveLine,
    now: Instant,
) -> Option<PricingEvent> {
    let is_it = |row: &&mut list_price::Model| match starts_at {
        // One that another line took out is over.
        _ if row.ends_at.is_some_and(|ends_at| ends_at <= now) => false,
        Some(starts_at) => row.starts_at == starts_at,
        None => !row.is_temporary && row.starts_at <= now,
    };
    let row = there.iter_mut().find(is_it)?;
    let (list, starts_at, is_temporary) = (row.price_list_id, row.starts_at, row.is_temporary);
    let until = row.ends_at.replace(now);
    // The one before it was to end when it begins.
    let is_before = |before: &&mut list_price::Model| !before.is_temporary && before.ends_at == Some(starts_at);
    if !is_temporary
        && now < starts_at
        && let Some(before) = there.iter_mut().find(is_before)
    {
        before.ends_at = until;
    }
    there.retain(is_possible);
    Some(PricingEvent::PriceRemoved { price_list: list, variant, starts_at, is_temporary, at: now })
}
