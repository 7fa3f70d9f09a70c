//! Staff take prices out of a list.

use domain::{
    id::{Id, PriceList, Variant},
    identity::permission::proof::ManagePrices,
    pricing::events::PricingEvent,
    time::Instant,
};
use entity::pricing::list_price;
use store::{Fault, Once, Tx};

use super::{PriceRefusal, PricingError, RefusedPrice, error::carry_out, list_update::lock, lowest, rows};
use crate::cx::{Cx, Permit};

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
    carry_out(cx, (is_dry_run, once), async |tx| {
        lock(tx, list, expected_version).await?;
        let mut refused = Vec::new();
        for (line, of) in lines.iter().enumerate() {
            if !remove(tx, list, *of).await? {
                refused.push(RefusedPrice { line, why: PriceRefusal::NoPrice });
            }
        }
        if !refused.is_empty() {
            return Err(PricingError::Refused(refused));
        }
        let variants: Vec<_> = lines.iter().map(|line| line.variant).collect();
        lowest::prices_changed(tx, list, &variants).await?;
        Ok(list)
    })
    .await
}

/// Says whether there was such a price.
async fn remove(tx: &Tx, list: Id<PriceList>, RemoveLine { variant, starts_at }: RemoveLine) -> Result<bool, Fault> {
    let there = rows::open_prices(tx, list, &[variant], tx.now()).await?.remove(&variant).unwrap_or_default();
    let is_it = |row: &&list_price::Model| match starts_at {
        Some(starts_at) => row.starts_at == starts_at,
        None => !row.is_temporary && row.starts_at <= tx.now(),
    };
    let Some(row) = there.iter().find(is_it) else { return Ok(false) };
    rows::end_price(tx, row, tx.now()).await?;
    // The one before it was to end when it begins.
    let before = there.iter().find(|before| !before.is_temporary && before.ends_at == Some(row.starts_at));
    if let Some(before) = before.filter(|_| !row.is_temporary && tx.now() < row.starts_at) {
        rows::prolong_price(tx, before, row.ends_at).await?;
    }
    let (starts_at, is_temporary) = (row.starts_at, row.is_temporary);
    tx.emit(&PricingEvent::PriceRemoved { price_list: list, variant, starts_at, is_temporary, at: tx.now() }).await?;
    Ok(true)
}
