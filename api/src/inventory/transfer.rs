//! Goods that go from one place to another.

use async_graphql::{Context, Enum, ID, Object};
use domain::inventory::transfer::{Sent, TransferState};
use entity::inventory::{transfer, transfer_line};

use super::{found, location::Location};
use crate::{
    catalog::variant::ProductVariant,
    graphql::{
        language::Reading,
        loader::{self, AnyVariant, TransferLinesOf},
        scalar::DateTime,
    },
    i18n,
};

/// Goods that go from one place of the shop to another.
#[derive(Clone, Debug)]
pub struct StockTransfer(pub transfer::Model);

/// Goods of one variant in a transfer.
#[derive(Clone, Debug)]
pub struct StockTransferLine(pub transfer_line::Model);

/// Where a transfer stands.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "TransferState")]
pub enum StockTransferState {
    /// Something of it is under way.
    InTransit,
    /// It came, or it is known what of it did not.
    Received,
    /// What had not come went back.
    Cancelled,
}

/// Goods that go from one place of the shop to another.
#[Object]
impl StockTransfer {
    /// Its id.
    async fn id(&self) -> ID {
        ID(self.0.id.to_string())
    }

    /// From where.
    async fn from(&self, ctx: &Context<'_>) -> async_graphql::Result<Location> {
        let row = loader::one(ctx, self.0.from_id).await?;
        Ok(Location(found(ctx, row, "a transfer from no place")?))
    }

    /// To where.
    async fn to(&self, ctx: &Context<'_>) -> async_graphql::Result<Location> {
        let row = loader::one(ctx, self.0.to_id).await?;
        Ok(Location(found(ctx, row, "a transfer to no place")?))
    }

    /// Where it stands.
    async fn state(&self, ctx: &Context<'_>) -> async_graphql::Result<StockTransferState> {
        Ok(found(ctx, TransferState::parse(&self.0.state), "a transfer in an unknown state")?.into())
    }

    /// What to call the state, in the reader's language.
    async fn state_label(&self, ctx: &Context<'_>) -> String {
        i18n::label(ctx.cx().language(), "transfer-state", &self.0.state)
    }

    /// What it holds.
    async fn lines(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<StockTransferLine>> {
        let lines = loader::one(ctx, TransferLinesOf(self.0.id)).await?.unwrap_or_default();
        Ok(lines.into_iter().map(StockTransferLine).collect())
    }

    /// The shipper's paper.
    async fn reference(&self) -> Option<&str> {
        self.0.reference.as_deref()
    }

    /// Why less came than went, or why it was cancelled.
    async fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }

    /// Who sent it: an account's id.
    async fn actor(&self) -> &str {
        &self.0.actor
    }

    /// When it left.
    async fn shipped_at(&self) -> DateTime {
        DateTime(self.0.shipped_at)
    }

    /// When nothing of it was under way any more; none before that.
    async fn closed_at(&self) -> Option<DateTime> {
        self.0.closed_at.map(DateTime)
    }
}

/// Goods of one variant in a transfer.
#[Object]
impl StockTransferLine {
    /// Of what.
    async fn variant(&self, ctx: &Context<'_>) -> async_graphql::Result<ProductVariant> {
        let row = loader::one(ctx, AnyVariant(self.0.variant_id)).await?;
        Ok(ProductVariant(found(ctx, row, "a transfer of no variant")?))
    }

    /// Units that left.
    async fn shipped(&self) -> i64 {
        self.0.shipped
    }

    /// Units that came.
    async fn received(&self) -> i64 {
        self.0.received
    }

    /// Units that went back.
    async fn returned(&self) -> i64 {
        self.0.returned
    }

    /// Units that never came.
    async fn lost(&self) -> i64 {
        self.0.lost
    }

    /// Units that are still under way.
    async fn in_transit(&self) -> i64 {
        let transfer_line::Model { shipped, received, returned, lost, .. } = self.0;
        Sent { shipped, received, returned, lost }.in_transit()
    }
}
