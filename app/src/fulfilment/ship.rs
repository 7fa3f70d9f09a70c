//! Goods of an order leave.

use std::collections::BTreeSet;

use domain::id::{Id, Location, Order, Shipment};
use entity::fulfilment::shipment;
use sea_orm::Set;
use store::{Fault, Tx};

/// What goes to the carrier.
#[derive(Clone, Debug)]
pub struct Parcel {
    /// Who carries it.
    pub carrier: String,
    /// The carrier's number.
    pub tracking: String,
    /// The places its goods leave from.
    pub from: BTreeSet<Id<Location>>,
}

/// Writes the shipments of an order, one a place.
pub async fn ship(tx: &Tx, order: Id<Order>, parcel: Parcel) -> Result<Vec<Id<Shipment>>, Fault> {
    let Parcel { carrier, tracking, from } = parcel;
    let shipments: Vec<(Id<Shipment>, Id<Location>)> = from.into_iter().map(|place| (tx.new_id(), place)).collect();
    let row = |(id, place): &(Id<Shipment>, Id<Location>)| shipment::ActiveModel {
        id: Set(*id),
        order_id: Set(order),
        location_id: Set(*place),
        carrier: Set(carrier.clone()),
        tracking: Set(tracking.clone()),
        shipped_at: Set(tx.now()),
        ..Default::default()
    };
    tx.insert_many(shipments.iter().map(row)).await?;
    Ok(shipments.into_iter().map(|(id, _)| id).collect())
}
