//! The statements of units that are one channel's.

use domain::id::{Channel, Id, Location, Variant};
use entity::inventory::{cart_hold, reservation, stock_allocation};
use sea_orm::{
    ColumnTrait, Condition, ExprTrait, QueryFilter, QuerySelect, Set,
    sea_query::{Expr, Func},
};
use store::{Fault, Read, Tx};

use super::rows::Place;

/// What of variants is one channel's, everywhere.
pub(super) async fn allocations(read: &Read, variants: &[Id<Variant>]) -> Result<Vec<stock_allocation::Model>, Fault> {
    read.find::<stock_allocation::Entity>().by_any(variants.iter().copied()).all().await
}

/// Units of variants that are promised in channels, by level and channel: to orders that did not leave, and to carts.
pub(super) async fn promised(
    read: &Read,
    variants: &[Id<Variant>],
    channels: &[Id<Channel>],
) -> Result<Vec<(Id<Variant>, Id<Location>, Id<Channel>, i64)>, Fault> {
    let sum = |column| Expr::expr(Func::sum(Expr::col(column))).cast_as("bigint");
    let mut promised = read
        .find::<reservation::Entity>()
        .by_any(variants.iter().copied())
        .filter(reservation::Column::ChannelId.is_in(channels.iter().copied()))
        .filter(reservation::Column::State.is_in(["HELD", "CONFIRMED"]))
        .select_only()
        .columns([reservation::Column::VariantId, reservation::Column::LocationId, reservation::Column::ChannelId])
        .column_as(sum(reservation::Column::Quantity), "n")
        .group_by(reservation::Column::VariantId)
        .group_by(reservation::Column::LocationId)
        .group_by(reservation::Column::ChannelId)
        .tuples()
        .await?;
    let held = read
        .find::<cart_hold::Entity>()
        .by_any(variants.iter().copied())
        .filter(cart_hold::Column::ChannelId.is_in(channels.iter().copied()))
        .filter(cart_hold::Column::State.eq("HELD"))
        .select_only()
        .columns([cart_hold::Column::VariantId, cart_hold::Column::LocationId, cart_hold::Column::ChannelId])
        .column_as(Expr::expr(Func::sum(Expr::col(cart_hold::Column::Quantity))).cast_as("bigint"), "n")
        .group_by(cart_hold::Column::VariantId)
        .group_by(cart_hold::Column::LocationId)
        .group_by(cart_hold::Column::ChannelId)
        .tuples::<(Id<Variant>, Id<Location>, Id<Channel>, i64)>()
        .await?;
    promised.extend(held);
    Ok(promised)
}

/// How many allocations one statement names: SQLite bounds the depth of a condition.
const AT_ONCE: usize = 200;

/// Makes so many units of locked levels channels', each level and channel once; none: they are anybody's again.
pub(super) async fn set(tx: &Tx, wanted: &[((Place, Id<Channel>), i64)]) -> Result<(), Fault> {
    for some in wanted.chunks(AT_ONCE) {
        let these = some.iter().fold(Condition::any(), |these, (((variant, location), channel), _)| {
            let of = stock_allocation::Column::VariantId.eq(*variant);
            let at = stock_allocation::Column::LocationId.eq(*location);
            these.add(of.and(at).and(stock_allocation::Column::ChannelId.eq(*channel)))
        });
        tx.delete::<stock_allocation::Entity>().filter(these).run().await?;
    }
    let row =
        |(((variant, location), channel), quantity): &((Place, Id<Channel>), i64)| stock_allocation::ActiveModel {
            variant_id: Set(*variant),
            location_id: Set(*location),
            channel_id: Set(*channel),
            quantity: Set(*quantity),
            ..Default::default()
        };
    // Collected, since a future that holds closures of references cannot be sent.
    let rows: Vec<_> = wanted.iter().filter(|(_, quantity)| *quantity != 0).map(row).collect();
    tx.insert_many(rows).await
}
