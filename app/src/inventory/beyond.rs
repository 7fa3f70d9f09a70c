//! Promising units beyond the shelf to orders.

use std::collections::{BTreeMap, HashMap};

use domain::{
    date::Date,
    id::{Channel, Id, Order, Variant},
    inventory::selling::{Due, Policy, Selling},
    time::Instant,
};
use entity::{channels::channel, inventory::backorder};
use sea_orm::Set;
use store::{Fault, Read, Tx};

use super::{Reserve, ReserveLine, selling_rows};
use crate::{channels::Source, list::grouped};

/// Units of a line that are not there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Waits {
    pub(super) line: ReserveLine,
    pub(super) quantity: i64,
}

/// What can be promised of variants beyond their shelves, and what of it was.
pub(super) struct Beyond {
    channel: Id<Channel>,
    variants: BTreeMap<Id<Variant>, (Selling, Vec<Due>)>,
    /// What was promised, with how many units wait then and how many may.
    promised: Vec<Promised>,
}

struct Promised {
    order: Id<Order>,
    hold_until: Option<Instant>,
    waits: Waits,
    selling: Selling,
    told: Option<Date>,
    bound: i64,
}

impl Beyond {
    /// Holds what is promised of variants until the transaction ends. Call it before levels are locked.
    pub(super) async fn hold(
        tx: &Tx,
        variants: &[Id<Variant>],
        from: (&channel::Model, &[Source]),
    ) -> Result<Self, Fault> {
        let rows = selling_rows::lock(tx, variants).await?;
        let selling = rows.iter().map(|row| Ok((row.variant_id, selling_rows::domain_selling(row)?)));
        let selling = selling.collect::<Result<_, Fault>>()?;
        let variants = with_due(tx, selling, from, Date::of(tx.now())).await?;
        Ok(Self { channel: from.0.id, variants, promised: Vec::new() })
    }

    /// Units of a variant that can still be promised to an order that is about to be promised `waits` already.
    pub(super) fn left(&self, variant: Id<Variant>, waits: &[Waits]) -> i64 {
        let mine = waits.iter().filter(|one| one.line.variant == variant).map(|one| one.quantity);
        let mine = mine.fold(0, i64::saturating_add);
        let beyond = self.variants.get(&variant).map_or(0, |(selling, due)| selling.beyond(due));
        beyond.saturating_sub(mine).max(0)
    }

    /// Promises an order what it waits for.
    pub(super) fn promise(&mut self, order: &Reserve, waits: Vec<Waits>) {
        for waits in waits {
            let Some((selling, due)) = self.variants.get_mut(&waits.line.variant) else { continue };
            let (told, bound) = (selling.told(due), selling.bound(due));
            selling.promised = selling.promised.saturating_add(waits.quantity);
            let (order, hold_until, selling) = (order.order, order.hold_until, *selling);
            self.promised.push(Promised { order, hold_until, waits, selling, told, bound });
        }
    }

    /// Writes what was promised: one conditional statement a variant.
    pub(super) async fn write(self, tx: &Tx) -> Result<(), Fault> {
        let mut units: BTreeMap<_, (i64, i64)> = BTreeMap::new();
        for one in &self.promised {
            let (sum, bound) = units.entry(one.waits.line.variant).or_insert((0, one.bound));
            *sum = sum.saturating_add(one.waits.quantity);
            *bound = one.bound;
        }
        for (variant, (n, bound)) in units {
            if !selling_rows::promise(tx, variant, n, bound).await? {
                return Err(Fault::new("a held variant has less to promise than it had"));
            }
        }
        let channel = self.channel;
        let rows: Vec<_> = self.promised.iter().map(|one| row(tx, channel, one)).collect();
        tx.insert_many(rows).await
    }
}

fn row(tx: &Tx, channel: Id<Channel>, one: &Promised) -> backorder::ActiveModel {
    let kind = if one.selling.policy == Policy::Preorder { Policy::Preorder } else { Policy::Backorder };
    backorder::ActiveModel {
        id: Set(tx.new_id()),
        order_id: Set(one.order),
        order_line_id: Set(one.waits.line.line),
        variant_id: Set(one.waits.line.variant),
        channel_id: Set(channel),
        quantity: Set(one.waits.quantity),
        served: Set(0),
        state: Set("OPEN".to_owned()),
        kind: Set(kind.code().to_owned()),
        expected_on: Set(one.told.map(Date::days)),
        placed_at: Set(tx.now()),
        expires_at: Set(one.hold_until),
        n_promised: Set(one.selling.promised),
        bound: Set(one.bound),
        ..Default::default()
    }
}

/// Adds what a channel counts of what suppliers are to deliver: what is to come to its places on its promise date or
/// before. A channel that promises no day ahead counts none.
pub(super) async fn with_due(
    read: &Read,
    selling: Vec<(Id<Variant>, Selling)>,
    (channel, places): (&channel::Model, &[Source]),
    today: Date,
) -> Result<BTreeMap<Id<Variant>, (Selling, Vec<Due>)>, Fault> {
    let mut due = if channel.promise_days == 0 || selling.is_empty() {
        HashMap::default()
    } else {
        let variants: Vec<_> = selling.iter().map(|(variant, _)| *variant).collect();
        let places: Vec<_> = places.iter().map(|source| source.location).collect();
        grouped(selling_rows::due(read, &variants, &places, today.plus_days(channel.promise_days)).await?)
    };
    let of = |(variant, selling)| (variant, (selling, due.remove(&variant).unwrap_or_default()));
    Ok(selling.into_iter().map(of).collect())
}
