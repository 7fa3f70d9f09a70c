//! Goods of an order leave.

use std::collections::BTreeMap;

use domain::{
    fulfilment::shipment::State,
    id::{Id, Location, Order, OrderLine, Shipment},
    orders::ship::Units,
};
use entity::fulfilment::{shipment, shipment_line, shipment_status};
use sea_orm::Set;
use store::{Fault, Tx};

/// What goes to the carrier.
#[derive(Clone, Debug)]
pub struct Parcel {
    /// Who carries it.
    pub carrier: String,
    /// The carrier's number.
    pub tracking: String,
    /// What leaves each place: units of the order's lines.
    pub goods: BTreeMap<Id<Location>, BTreeMap<Id<OrderLine>, i64>>,
}

/// What left a place.
#[derive(Clone, Debug)]
pub struct Left {
    /// The shipment.
    pub shipment: Id<Shipment>,
    /// What is in it.
    pub lines: Vec<Units>,
}

/// Writes the shipments of goods of an order, one a place.
pub async fn ship(tx: &Tx, order: Id<Order>, parcel: Parcel) -> Result<Vec<Left>, Fault> {
    let mut left = Vec::with_capacity(parcel.goods.len());
    for (place, goods) in parcel.goods {
        let shipment = tx.new_id();
        tx.insert(shipment::ActiveModel {
            id: Set(shipment),
            order_id: Set(order),
            location_id: Set(place),
            carrier: Set(parcel.carrier.clone()),
            tracking: Set(parcel.tracking.clone()),
            shipped_at: Set(tx.now()),
            ..Default::default()
        })
        .await?;
        tx.insert(shipment_status::ActiveModel {
            shipment_id: Set(shipment),
            order_id: Set(order),
            state: Set(State::InTransit.code().to_owned()),
            version: Set(0),
            ..Default::default()
        })
        .await?;
        let lines: Vec<_> = goods.into_iter().map(|(line, quantity)| Units { line, quantity }).collect();
        let row = |units: &Units| shipment_line::ActiveModel {
            shipment_id: Set(shipment),
            order_line_id: Set(units.line),
            order_id: Set(order),
            quantity: Set(units.quantity),
            ..Default::default()
        };
        tx.insert_many(lines.iter().map(row)).await?;
        left.push(Left { shipment, lines });
    }
    Ok(left)
}
