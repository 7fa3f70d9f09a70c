//! Staff change a price list.

use domain::{
    id::{self, Id},
    identity::permission::proof::ManagePrices,
    invalid::{Invalid, Problem},
    pricing::validity::Validity,
    time::Instant,
};
use entity::pricing::price_list;
use store::{Once, Tx};

use super::{PricingError, list_create::told, lowest, rows};
use crate::cx::{Cx, Permit};

/// What changes of a list. What is not said stays as it is.
#[derive(Clone, Debug)]
pub struct UpdateList {
    /// The list.
    pub list: Id<id::PriceList>,
    /// Arabic name.
    pub name_ar: Option<String>,
    /// English name.
    pub name_en: Option<String>,
    /// From when it goes; the inner `None`: it always has.
    pub starts_at: Option<Option<Instant>>,
    /// Until when; the inner `None`: it never ends.
    pub ends_at: Option<Option<Instant>>,
    /// The version that the caller saw: if it has another one, nothing is done.
    pub expected_version: Option<i64>,
    /// Whether nothing is to be changed.
    pub is_dry_run: bool,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// Changes the names of a list, and when it goes. Emits `price_list.updated`.
pub async fn update_list(
    cx: &Cx,
    _may: Permit<ManagePrices>,
    input: UpdateList,
) -> Result<Option<Id<id::PriceList>>, PricingError> {
    cx.carry_out((input.is_dry_run, input.once.as_ref()), async |tx| {
        let was = lock(tx, input.list, input.expected_version).await?;
        let next = price_list::Model {
            name_ar: input.name_ar.or_else(|| was.name_ar.clone()),
            name_en: input.name_en.or_else(|| was.name_en.clone()),
            starts_at: input.starts_at.unwrap_or(was.starts_at),
            ends_at: input.ends_at.unwrap_or(was.ends_at),
            version: was.version.saturating_add(1),
            ..was.clone()
        };
        if !(Validity { from: next.starts_at, until: next.ends_at }).is_possible() {
            return Err(Invalid::at("endsAt", Problem::EndBeforeStart).into());
        }
        rows::replace_list(tx, &next).await?;
        lowest::list_changed(tx, next.id).await?;
        tx.emit_change(&told(&was, tx.now())?, &told(&next, tx.now())?).await?;
        Ok(next.id)
    })
    .await
}

/// Locks a list by counting a change of it. Gives it as it was before.
pub(super) async fn lock(
    tx: &Tx,
    list: Id<id::PriceList>,
    expected: Option<i64>,
) -> Result<price_list::Model, PricingError> {
    let is_there = rows::touch_list(tx, list, expected).await?;
    let now = rows::lists(tx, [list]).await?.pop().ok_or(PricingError::NoList)?;
    if !is_there {
        return Err(PricingError::Stale);
    }
    Ok(price_list::Model { version: now.version.saturating_sub(1), ..now })
}
