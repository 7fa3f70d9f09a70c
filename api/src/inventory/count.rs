//! Counts of what a place holds.

use app::inventory;
use async_graphql::{Context, ID, Object};
use entity::inventory::{stock_count, stock_count_line};

use super::{found, location::Location};
use crate::{
    catalog::variant::ProductVariant,
    graphql::{
        loader::{self, AnyVariant, CountLinesOf},
        scalar::DateTime,
    },
};

/// A count of what a place holds.
#[derive(Clone, Debug)]
pub struct StockCount(pub stock_count::Model);

/// What was found of one variant.
#[derive(Clone, Debug)]
pub struct StockCountLine(pub stock_count_line::Model);

/// A count of what a place holds.
#[Object]
impl StockCount {
    /// Its id.
    async fn id(&self) -> ID {
        ID(self.0.id.to_string())
    }

    /// Where.
    async fn location(&self, ctx: &Context<'_>) -> async_graphql::Result<Location> {
        let row = loader::one(ctx, self.0.location_id).await?;
        Ok(Location(found(ctx, row, "a count at no place")?))
    }

    /// Whether it goes on.
    async fn is_open(&self) -> bool {
        self.0.state == "OPEN"
    }

    /// What is to be counted, and what was.
    async fn lines(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<StockCountLine>> {
        let lines = loader::one(ctx, CountLinesOf(self.0.id)).await?.unwrap_or_default();
        Ok(lines.into_iter().map(StockCountLine).collect())
    }

    /// What it is for.
    async fn note(&self) -> Option<&str> {
        self.0.note.as_deref()
    }

    /// Who opened it: an account's id.
    async fn actor(&self) -> &str {
        &self.0.actor
    }

    /// Since when.
    async fn opened_at(&self) -> DateTime {
        DateTime(self.0.opened_at)
    }

    /// Until when; none while it goes on.
    async fn closed_at(&self) -> Option<DateTime> {
        self.0.closed_at.map(DateTime)
    }
}

/// What was found of one variant.
#[Object]
impl StockCountLine {
    /// Of what.
    async fn variant(&self, ctx: &Context<'_>) -> async_graphql::Result<ProductVariant> {
        let row = loader::one(ctx, AnyVariant(self.0.variant_id)).await?;
        Ok(ProductVariant(found(ctx, row, "a count of no variant")?))
    }

    /// Units found; none if nobody looked yet.
    async fn counted(&self) -> Option<i64> {
        self.0.counted
    }

    /// Units on the shelf by the record when that was written down.
    async fn expected(&self) -> Option<i64> {
        self.0.expected
    }

    /// Units found more than expected, or fewer if below zero; none if nobody looked yet.
    async fn variance(&self) -> Option<i64> {
        inventory::variance(&self.0)
    }

    /// When it was written down.
    async fn recorded_at(&self) -> Option<DateTime> {
        self.0.recorded_at.map(DateTime)
    }

    /// Who counted: an account's id.
    async fn actor(&self) -> Option<&str> {
        self.0.actor.as_deref()
    }
}
