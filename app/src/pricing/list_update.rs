//! Staff change a price list.

use domain::{
    id::{self, Id},
    identity::permission::proof::ManagePrices,
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

/// Changes the names of a list, and when it goes: when it went stays as it was. Emits `price_list.updated`.
pub async fn update_list(
    cx: &Cx,
    _may: Permit<ManagePrices>,
    input: UpdateList,
) -> Result<Option<Id<id::PriceList>>, PricingError> {
    cx.carry_out((input.is_dry_run, input.once.as_ref()), async |tx| {
        let was = lock(tx, input.list, input.expected_version).await?;
        let validity = Validity { from: was.starts_at, until: was.ends_at };
        let (from, until) = (input.starts_at.unwrap_or(was.starts_at), input.ends_at.unwrap_or(was.ends_at));
        let validity = validity.changed(Validity { from, until }, tx.now())?;
        let next = price_list::Model {
            name_ar: input.name_ar.or_else(|| was.name_ar.clone()),
            name_en: input.name_en.or_else(|| was.name_en.clone()),
            starts_at: validity.from,
            ends_at: validity.until,
            version: was.version.saturating_add(1),
            ..was.clone()
        };
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
