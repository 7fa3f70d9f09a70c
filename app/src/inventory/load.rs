//! Stock for readers, many variants at once.

use std::collections::HashMap;

use domain::{
    date::Date,
    id::{Channel, Id, InboundSupply, Location, Movement, Order, StockCount, StockLevel, Transfer, Variant},
    identity::permission::proof::{ManageStock, ReadStock},
    inventory::{
        available::{self, Allocation},
        selling::Policy,
    },
};
use entity::{
    channels::channel,
    inventory::{
        backorder, inbound_supply, location, movement, stock_count, stock_count_line, stock_level, transfer,
        transfer_line, variant_selling,
    },
};
use store::{Fault, Read};

use super::{
    allocations::Allocations, beyond::with_due, bulk::domain_level, count_rows, rows, selling_rows, sources,
    transfer_rows,
};
use crate::{
    channels::Source,
    cx::{Cx, Permit, Public},
    list::grouped,
};

/// What of each variant can still be promised in the request's channel.
pub async fn available(
    cx: &Cx,
    _anybody: Public,
    variants: &[Id<Variant>],
) -> Result<HashMap<Id<Variant>, Promisable>, Fault> {
    promisable(&cx.read(), cx.channel()?, variants, Date::of(cx.now())).await
}

/// What of a variant can be promised in a channel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Promisable {
    /// Units that are free at the channel's places.
    pub on_shelf: i64,
    /// Units that are due before the channel's promise date, and that nobody waits for.
    pub due: i64,
    /// Units that can be promised beyond the shelf, those that are due among them.
    pub beyond: i64,
    /// Whether units beyond the shelf come for the first time.
    pub is_preorder: bool,
    /// The day that buyers of units beyond the shelf are told.
    pub expected_on: Option<Date>,
}

/// What of each variant can still be promised in a channel on a day.
pub async fn promisable(
    read: &Read,
    channel: &channel::Model,
    variants: &[Id<Variant>],
    today: Date,
) -> Result<HashMap<Id<Variant>, Promisable>, Fault> {
    let sources = sources(read, channel.id).await?;
    let free = free_at(read, (channel.id, &sources), variants).await?;
    let mut all: HashMap<_, _> = free
        .into_iter()
        .map(|(variant, on_shelf)| (variant, Promisable { on_shelf, ..Promisable::default() }))
        .collect();
    let rows = selling_rows::selling(read, variants).await?;
    let selling = rows.iter().map(|row| Ok((row.variant_id, selling_rows::domain_selling(row)?)));
    let selling = selling.collect::<Result<_, Fault>>()?;
    for (variant, (selling, due)) in with_due(read, selling, (channel, &sources), today).await? {
        let of = all.entry(variant).or_default();
        let beyond = selling.beyond(&due);
        *of = Promisable {
            on_shelf: of.on_shelf,
            due: selling.unclaimed(&due),
            beyond,
            is_preorder: selling.policy == Policy::Preorder,
            expected_on: selling.told(&due).filter(|_| 0 < beyond),
        };
    }
    Ok(all)
}

/// Units of a level that can be promised to who buys in a channel from these places; `None` if it is at none of them.
pub(super) fn to_promise(
    level: &stock_level::Model,
    (channel, sources): (Id<Channel>, &[Source]),
    allocations: &Allocations,
) -> Option<i64> {
    let source = sources.iter().find(|source| source.location == level.location_id)?;
    let others = allocations.left_to_others(channel, (level.variant_id, level.location_id));
    Some(available::to_promise(domain_level(level), level.safety, source.buffer.saturating_add(others)))
}

/// Units of each variant that are free at these places.
async fn free_at(
    read: &Read,
    (channel, sources): (Id<Channel>, &[Source]),
    variants: &[Id<Variant>],
) -> Result<HashMap<Id<Variant>, i64>, Fault> {
    let places: Vec<_> = sources.iter().map(|source| source.location).collect();
    let levels = rows::levels(read, variants, &places).await?;
    let allocations = Allocations::load(read, variants).await?;
    let free = |level: &stock_level::Model| to_promise(level, (channel, sources), &allocations);
    let of = |level: &stock_level::Model| Some((level.variant_id, free(level)?));
    let free = grouped(levels.iter().filter_map(of));
    Ok(free.into_iter().map(|(variant, places)| (variant, available::together(places))).collect())
}

/// What of each variant is one channel's, and where.
pub async fn allocations(
    cx: &Cx,
    _may: &Permit<ReadStock>,
    variants: &[Id<Variant>],
) -> Result<HashMap<Id<Variant>, Vec<(Id<Location>, Allocation)>>, Fault> {
    Ok(grouped(Allocations::load(&cx.read(), variants).await?.all()))
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
    let rows = rows::locations(&cx.read(), ids).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// Levels by id.
pub async fn levels_by_id(
    cx: &Cx,
    _may: &Permit<ReadStock>,
    ids: &[Id<StockLevel>],
) -> Result<HashMap<Id<StockLevel>, stock_level::Model>, Fault> {
    let rows = cx.read().find::<stock_level::Entity>().by_any(ids.iter().copied()).all().await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// The levels of these variants at these places, for who changed them.
pub async fn levels_at(
    cx: &Cx,
    _may: &Permit<ManageStock>,
    variants: &[Id<Variant>],
    locations: &[Id<Location>],
) -> Result<HashMap<(Id<Variant>, Id<Location>), stock_level::Model>, Fault> {
    let rows = rows::levels(&cx.read(), variants, locations).await?;
    Ok(rows.into_iter().map(|row| ((row.variant_id, row.location_id), row)).collect())
}

/// Movements by id.
pub async fn movements(
    cx: &Cx,
    _may: &Permit<ReadStock>,
    ids: &[Id<Movement>],
) -> Result<HashMap<Id<Movement>, movement::Model>, Fault> {
    let rows = cx.read().find::<movement::Entity>().by_any(ids.iter().copied()).all().await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// Transfers by id.
pub async fn transfers(read: &Read, ids: &[Id<Transfer>]) -> Result<HashMap<Id<Transfer>, transfer::Model>, Fault> {
    let rows = read.find::<transfer::Entity>().by_any(ids.iter().copied()).all().await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// The lines of each transfer.
pub async fn transfer_lines(
    read: &Read,
    ids: &[Id<Transfer>],
) -> Result<HashMap<Id<Transfer>, Vec<transfer_line::Model>>, Fault> {
    let rows = transfer_rows::lines(read, ids).await?;
    Ok(grouped(rows.into_iter().map(|row| (row.transfer_id, row))))
}

/// Counts by id.
pub async fn counts(read: &Read, ids: &[Id<StockCount>]) -> Result<HashMap<Id<StockCount>, stock_count::Model>, Fault> {
    let rows = read.find::<stock_count::Entity>().by_any(ids.iter().copied()).all().await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// The lines of each count.
pub async fn count_lines(
    read: &Read,
    ids: &[Id<StockCount>],
) -> Result<HashMap<Id<StockCount>, Vec<stock_count_line::Model>>, Fault> {
    let rows = count_rows::lines(read, ids).await?;
    Ok(grouped(rows.into_iter().map(|row| (row.count_id, row))))
}

/// What each order waits for, or waited for.
pub async fn backorders(read: &Read, orders: &[Id<Order>]) -> Result<HashMap<Id<Order>, Vec<backorder::Model>>, Fault> {
    let rows = selling_rows::of_orders(read, orders).await?;
    Ok(grouped(rows.into_iter().map(|row| (row.order_id, row))))
}

/// How each variant is sold beyond its stock; nothing of one that is not.
pub async fn selling(
    cx: &Cx,
    _may: &Permit<ReadStock>,
    variants: &[Id<Variant>],
) -> Result<HashMap<Id<Variant>, variant_selling::Model>, Fault> {
    let rows = selling_rows::selling(&cx.read(), variants).await?;
    Ok(rows.into_iter().map(|row| (row.variant_id, row)).collect())
}

/// Supplies by id.
pub async fn supplies(
    read: &Read,
    ids: &[Id<InboundSupply>],
) -> Result<HashMap<Id<InboundSupply>, inbound_supply::Model>, Fault> {
    let rows = read.find::<inbound_supply::Entity>().by_any(ids.iter().copied()).all().await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}
