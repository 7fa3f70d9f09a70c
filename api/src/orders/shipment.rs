//! Shipments.

use async_graphql::{Context, ID, Object, SimpleObject};
use domain::money::Currency;
use entity::{
    fulfilment::{shipment, shipment_line},
    orders::order_line,
};

use super::{found, line::OrderLine};
use crate::{
    graphql::{
        loader::{self, LinesOf, ShippedOf},
        scalar::DateTime,
    },
    inventory::location::Location,
};

/// Goods of an order that left a place together.
#[derive(Clone, Debug)]
pub struct Shipment {
    /// The facts.
    pub row: shipment::Model,
    /// The currency of its order.
    pub currency: Currency,
}

/// Units of a line of an order in a shipment.
#[derive(SimpleObject, Clone, Debug)]
pub struct ShipmentLine {
    /// The line.
    pub line: OrderLine,
    /// How many of its units.
    pub quantity: i64,
}

/// Goods of an order that left a place together.
#[Object]
impl Shipment {
    /// Its id.
    async fn id(&self) -> ID {
        ID(self.row.id.to_string())
    }

    /// Who carries it.
    async fn carrier(&self) -> &str {
        &self.row.carrier
    }

    /// The carrier's number.
    async fn tracking(&self) -> &str {
        &self.row.tracking
    }

    /// Where it left from.
    async fn location(&self, ctx: &Context<'_>) -> async_graphql::Result<Location> {
        let row = loader::one(ctx, self.row.location_id).await?;
        Ok(Location(found(ctx, row, "a shipment from no place")?))
    }

    /// What is in it.
    async fn lines(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<ShipmentLine>> {
        let rows = loader::one(ctx, LinesOf(self.row.order_id)).await?.unwrap_or_default();
        let units = loader::one(ctx, ShippedOf(self.row.order_id)).await?.unwrap_or_default();
        let here = |row: order_line::Model| {
            let of_line = |one: &&shipment_line::Model| one.shipment_id == self.row.id && one.order_line_id == row.id;
            let quantity = units.iter().find(of_line)?.quantity;
            Some(ShipmentLine { line: OrderLine { row, currency: self.currency }, quantity })
        };
        Ok(rows.into_iter().filter_map(here).collect())
    }

    /// When it left.
    async fn shipped_at(&self) -> DateTime {
        DateTime(self.row.shipped_at)
    }
}
