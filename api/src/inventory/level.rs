//! What a place holds of a variant.

use async_graphql::{Context, ID, Object};
use domain::inventory::{available, movement::Level};
use entity::inventory::stock_level;

use super::{allocation::StockAllocation, found, location::Location};
use crate::{
    catalog::variant::ProductVariant,
    graphql::{
        language,
        loader::{self, AllocationsOf, AnyVariant},
        scalar::DateTime,
    },
};

/// What a place holds of a variant.
#[derive(Clone, Debug)]
pub struct StockLevel(pub stock_level::Model);

/// What a place holds of a variant.
#[Object]
impl StockLevel {
    /// Its id: events of stock bear it.
    async fn id(&self) -> ID {
        ID(self.0.id.to_string())
    }

    /// Of what.
    async fn variant(&self, ctx: &Context<'_>) -> async_graphql::Result<ProductVariant> {
        let row = loader::one(ctx, AnyVariant(self.0.variant_id)).await?;
        Ok(ProductVariant(found(ctx, row, "a level of no variant")?))
    }

    /// Where.
    async fn place(&self, ctx: &Context<'_>) -> async_graphql::Result<Location> {
        let row = loader::one(ctx, self.0.location_id).await?;
        Ok(Location(found(ctx, row, "a level at no place")?))
    }

    /// The place's name in imports.
    async fn location(&self, ctx: &Context<'_>) -> async_graphql::Result<String> {
        let row = loader::one(ctx, self.0.location_id).await?;
        Ok(found(ctx, row, "a level at no place")?.code)
    }

    /// The place's name, in the reader's language.
    async fn location_name(&self, ctx: &Context<'_>) -> async_graphql::Result<String> {
        let row = found(ctx, loader::one(ctx, self.0.location_id).await?, "a level at no place")?;
        language::text(ctx, row.name_ar.as_deref(), row.name_en.as_deref(), None)
    }

    /// Units on the shelf.
    async fn on_hand(&self) -> i64 {
        self.0.on_hand
    }

    /// Units promised to orders.
    async fn reserved(&self) -> i64 {
        self.0.reserved
    }

    /// Units that are there and cannot be sold: they came back and were not looked at yet.
    async fn quarantined(&self) -> i64 {
        self.0.quarantined
    }

    /// Units on the shelf that no channel sells.
    async fn safety_stock(&self) -> i64 {
        self.0.safety
    }

    /// So many available units or fewer are few; none if nobody said.
    async fn low_stock_threshold(&self) -> Option<i64> {
        self.0.low_at
    }

    /// Units that are free: on the shelf, neither promised nor safety stock. A channel may leave a buffer of them.
    async fn available(&self) -> i64 {
        let Self(row) = self;
        let level = Level { on_hand: row.on_hand, reserved: row.reserved, quarantined: row.quarantined };
        available::to_promise(level, row.safety, 0)
    }

    /// Whether there is little: as much as `lowStockThreshold`, or less.
    async fn is_low(&self) -> bool {
        let Self(row) = self;
        let free = row.on_hand.saturating_sub(row.reserved).saturating_sub(row.safety);
        row.low_at.is_some_and(|low_at| free <= low_at)
    }

    /// Units of it that are one channel's, by the channel's code.
    async fn allocations(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<StockAllocation>> {
        let all = loader::one(ctx, AllocationsOf(self.0.variant_id)).await?.unwrap_or_default();
        let here: Vec<_> = all.into_iter().filter(|(location, _)| *location == self.0.location_id).collect();
        let channels = loader::many(ctx, here.iter().map(|(_, one)| one.channel).collect()).await?;
        let mut shown = Vec::with_capacity(here.len());
        for (_, one) in here {
            let channel = found(ctx, channels.get(&one.channel), "units of no channel")?.code.clone();
            shown.push(StockAllocation { channel, quantity: one.quantity, promised: one.promised });
        }
        shown.sort_by(|one, other| one.channel.cmp(&other.channel));
        Ok(shown)
    }

    /// When something of it was first there.
    async fn since(&self) -> DateTime {
        DateTime(self.0.since)
    }
}
