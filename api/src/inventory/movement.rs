//! Movements of stock.

use async_graphql::{Context, Enum, ID, Object};
use domain::inventory::movement::Cause;
use entity::inventory::movement;

use super::{found, location::Location};
use crate::{
    catalog::variant::ProductVariant,
    graphql::{
        language::Reading,
        loader::{self, AnyVariant},
        scalar::DateTime,
    },
    i18n,
};

/// One change of a stock level. A level is the sum of its movements, which never change.
#[derive(Clone, Debug)]
pub struct StockMovement(pub movement::Model);

/// Why stock moved.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "Cause")]
pub enum StockMovementCause {
    /// Goods came in.
    Receipt,
    /// Somebody set the record straight, up or down, and said why.
    Adjustment,
    /// A count found more or fewer.
    Count,
    /// Units were promised to an order.
    Reservation,
    /// Promised units are free again.
    Release,
    /// Promised units were set aside for their parcel.
    Allocation,
    /// Promised units left.
    Shipment,
    /// Units came back and can be sold again.
    Return,
    /// Units came back and must be looked at first.
    Quarantine,
    /// Units in quarantine can be sold again.
    Restock,
    /// Units in quarantine were given up.
    WriteOff,
    /// Units left for another place of the shop.
    TransferOut,
    /// Units came from another place of the shop.
    TransferIn,
}

/// One change of a stock level. A level is the sum of its movements, which never change.
#[Object]
impl StockMovement {
    /// Its id.
    async fn id(&self) -> ID {
        ID(self.0.id.to_string())
    }

    /// Of what.
    async fn variant(&self, ctx: &Context<'_>) -> async_graphql::Result<ProductVariant> {
        let row = loader::one(ctx, AnyVariant(self.0.variant_id)).await?;
        Ok(ProductVariant(found(ctx, row, "a movement of no variant")?))
    }

    /// Where.
    async fn location(&self, ctx: &Context<'_>) -> async_graphql::Result<Location> {
        let row = loader::one(ctx, self.0.location_id).await?;
        Ok(Location(found(ctx, row, "a movement at no place")?))
    }

    /// Why.
    async fn cause(&self, ctx: &Context<'_>) -> async_graphql::Result<StockMovementCause> {
        Ok(found(ctx, Cause::parse(&self.0.cause), "a movement without a cause")?.into())
    }

    /// What to call the cause, in the reader's language.
    async fn cause_label(&self, ctx: &Context<'_>) -> String {
        i18n::label(ctx.cx().language(), "stock-cause", &self.0.cause)
    }

    /// So many units more on the shelf; fewer if below zero.
    async fn on_hand_delta(&self) -> i64 {
        self.0.on_hand_delta
    }

    /// So many units more promised to orders; fewer if below zero.
    async fn reserved_delta(&self) -> i64 {
        self.0.reserved_delta
    }

    /// So many units more in quarantine; fewer if below zero.
    async fn quarantined_delta(&self) -> i64 {
        self.0.quarantined_delta
    }

    /// Why, in the words of who did it; of goods that came in, the supplier's paper.
    async fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }

    /// Who: an account's id, `guest` or `system`.
    async fn actor(&self) -> &str {
        &self.0.actor
    }

    /// When.
    async fn at(&self) -> DateTime {
        DateTime(self.0.at)
    }
}
