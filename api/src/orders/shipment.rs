//! Shipments.

use async_graphql::{Context, ID, Object, SimpleObject};
use entity::fulfilment::shipment;

use super::found;
use crate::graphql::{language, loader, scalar::DateTime};

/// Goods of an order that left a place together.
#[derive(Clone, Debug)]
pub struct Shipment(pub shipment::Model);

/// A place that holds stock.
#[derive(SimpleObject, Clone, Debug)]
pub struct Location {
    /// Its name in imports, such as `riyadh`.
    pub code: String,
    /// Its name, in the reader's language.
    pub name: String,
}

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
        let row = found(ctx, loader::one(ctx, self.0.location_id).await?, "a shipment from no place")?;
        let name = language::text(ctx, row.name_ar.as_deref(), row.name_en.as_deref(), None)?;
        Ok(Location { code: row.code, name })
    }

    /// When it left.
    async fn shipped_at(&self) -> DateTime {
        DateTime(self.0.shipped_at)
    }
}
