//! Shipments.

use async_graphql::{Context, ID, Object};
use entity::fulfilment::shipment;

use super::found;
use crate::{
    graphql::{loader, scalar::DateTime},
    inventory::location::Location,
};

/// Goods of an order that left a place together.
#[derive(Clone, Debug)]
pub struct Shipment(pub shipment::Model);

/// Goods of an order that left a place together.
#[Object]
impl Shipment {
    /// Its id.
    async fn id(&self) -> ID {
        ID(self.0.id.to_string())
    }

    /// Who carries it.
    async fn carrier(&self) -> &str {
        &self.0.carrier
    }

    /// The carrier's number.
    async fn tracking(&self) -> &str {
        &self.0.tracking
    }

    /// Where it left from.
    async fn location(&self, ctx: &Context<'_>) -> async_graphql::Result<Location> {
        let row = loader::one(ctx, self.0.location_id).await?;
        Ok(Location(found(ctx, row, "a shipment from no place")?))
    }

    /// When it left.
    async fn shipped_at(&self) -> DateTime {
        DateTime(self.0.shipped_at)
    }
}
