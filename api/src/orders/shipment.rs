//! Shipments.

use async_graphql::{Context, ID, Object, SimpleObject};
use domain::{
    fulfilment::shipment::{FailReason, State},
    money::Currency,
};
use entity::{
    fulfilment::{shipment, shipment_line, shipment_step},
    orders::order_line,
};

use super::{
    delivery::{DeliveryFailure, ShipmentState},
    found,
    line::OrderLine,
};
use crate::{
    graphql::{
        language::Reading,
        loader::{self, LinesOf, ShipmentStatusesOf, ShipmentStepsOf, ShippedOf},
        scalar::DateTime,
    },
    i18n,
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

    /// Where it is.
    async fn state(&self, ctx: &Context<'_>) -> async_graphql::Result<ShipmentState> {
        Ok(self.standing(ctx).await?.into())
    }

    /// Where it is, in the reader's language.
    async fn state_label(&self, ctx: &Context<'_>) -> async_graphql::Result<String> {
        let state = self.standing(ctx).await?;
        Ok(i18n::label(ctx.cx().language(), "shipment-state", state.code()))
    }

    /// The times that the carrier came in vain, the oldest first.
    async fn delivery_failures(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<DeliveryFailure>> {
        let steps = loader::one(ctx, ShipmentStepsOf(self.row.order_id)).await?.unwrap_or_default();
        let failure = |step: shipment_step::Model| {
            let reason = FailReason::parse(step.fail_reason.as_deref()?)?;
            let reason_label = i18n::label(ctx.cx().language(), "delivery-fail", reason.code());
            Some(DeliveryFailure { reason: reason.into(), reason_label, note: step.reason, at: DateTime(step.at) })
        };
        Ok(steps.into_iter().filter(|step| step.shipment_id == self.row.id).filter_map(failure).collect())
    }

    /// When it left.
    async fn shipped_at(&self) -> DateTime {
        DateTime(self.row.shipped_at)
    }
}

impl Shipment {
    async fn standing(&self, ctx: &Context<'_>) -> async_graphql::Result<State> {
        let rows = loader::one(ctx, ShipmentStatusesOf(self.row.order_id)).await?.unwrap_or_default();
        let row = rows.iter().find(|row| row.shipment_id == self.row.id);
        found(ctx, row.and_then(|row| State::parse(&row.state)), "a shipment in an unknown state")
    }
}
