//! What was decided: from where each line ships, and why. Facts.

use std::collections::HashMap;

use domain::{
    fulfilment::reason::{Considered, Reason},
    id::{Id, Location, Order, OrderLine},
};
use entity::fulfilment::sourcing_decision;
use sea_orm::Set;
use store::{Actor, Fault, Read, Tx};

use super::rows;
use crate::list::grouped;

/// That a line ships from a place.
#[derive(Clone, Debug)]
pub struct Decision {
    /// The order.
    pub order: Id<Order>,
    /// The line.
    pub line: Id<OrderLine>,
    /// From where.
    pub location: Id<Location>,
    /// Units.
    pub quantity: i64,
    /// Why.
    pub reason: Reason,
    /// The place that was to give them before, and why it does not.
    pub instead_of: Option<(Id<Location>, Option<String>)>,
    /// For whom it was decided.
    pub actor: Actor,
}

/// Writes down what was decided. The orders must be there.
pub async fn decided(tx: &Tx, decisions: Vec<Decision>) -> Result<(), Fault> {
    let row = |of: Decision| {
        let (refused_by, refusal) = of.instead_of.map_or((None, None), |(place, why)| (Some(place), why));
        Ok(sourcing_decision::ActiveModel {
            id: Set(tx.new_id()),
            order_id: Set(of.order),
            order_line_id: Set(of.line),
            location_id: Set(of.location),
            quantity: Set(of.quantity),
            because: Set(of.reason.because.code().to_owned()),
            considered: Set(serde_json::to_string(&of.reason.considered).map_err(Fault::new)?),
            refused_by: Set(refused_by),
            refusal: Set(refusal),
            actor: Set(of.actor.to_string()),
            at: Set(tx.now()),
            ..Default::default()
        })
    };
    let rows = decisions.into_iter().map(row).collect::<Result<Vec<_>, Fault>>()?;
    tx.insert_many(rows).await
}

/// What was decided of each order, the oldest first. Who may see an order was asked where its id came from.
pub async fn decisions_of(
    read: &Read,
    orders: &[Id<Order>],
) -> Result<HashMap<Id<Order>, Vec<sourcing_decision::Model>>, Fault> {
    let rows = rows::decisions(read, orders).await?;
    Ok(grouped(rows.into_iter().map(|row| (row.order_id, row))))
}

/// The places that were looked at for a decision.
pub fn considered(decision: &sourcing_decision::Model) -> Result<Vec<Considered>, Fault> {
    serde_json::from_str(&decision.considered).map_err(Fault::new)
}
