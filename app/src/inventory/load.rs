//! Stock for readers, many variants at once.

use std::collections::HashMap;

use domain::{
    id::{Channel, Id, Location, Variant},
    identity::permission::proof::ReadStock,
};
use entity::inventory::{location, stock_level};
use store::{Fault, Read};

use super::rows;
use crate::{
    channels,
    cx::{Cx, Permit, Public},
    list::grouped,
};

/// Units of each variant that can still be promised in the request's channel.
pub async fn available(
    cx: &Cx,
    _anybody: Public,
    variants: &[Id<Variant>],
) -> Result<HashMap<Id<Variant>, i64>, Fault> {
    free(&cx.read(), cx.channel()?.id, variants).await
}

/// Units of each variant that can still be promised in a channel.
pub async fn free(
    read: &Read,
    channel: Id<Channel>,
    variants: &[Id<Variant>],
) -> Result<HashMap<Id<Variant>, i64>, Fault> {
    let places = channels::locations(read, channel).await?;
    let mut free = HashMap::new();
    for level in rows::levels(read, variants, &places).await? {
        let sum: &mut i64 = free.entry(level.variant_id).or_default();
        *sum = sum.saturating_add(level.on_hand.saturating_sub(level.reserved));
    }
    Ok(free)
}

/// The levels of each variant, everywhere.
pub async fn levels(
    cx: &Cx,
    _may: &Permit<ReadStock>,
    variants: &[Id<Variant>],
) -> Result<HashMap<Id<Variant>, Vec<stock_level::Model>>, Fault> {
    let read = cx.read();
    let levels = read.find::<stock_level::Entity>().by_any(variants.iter().copied()).all().await?;
    Ok(grouped(levels.into_iter().map(|level| (level.variant_id, level))))
}

/// Places by id.
pub async fn locations(
    cx: &Cx,
    _anybody: Public,
    ids: &[Id<Location>],
) -> Result<HashMap<Id<Location>, location::Model>, Fault> {
    let rows = cx.read().find::<location::Entity>().by_any(ids.iter().copied()).all().await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}
