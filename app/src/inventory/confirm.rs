//! An order is paid: its stock stays promised without a deadline.

use domain::id::{Id, Order};
use entity::inventory::reservation;
use sea_orm::{ColumnTrait, QueryFilter};
use store::{Fault, Tx};

/// Confirms what is held for an order.
pub async fn confirm(tx: &Tx, order: Id<Order>) -> Result<(), Fault> {
    tx.update::<reservation::Entity>()
        .by(order)
        .filter(reservation::Column::State.eq("HELD"))
        .set(reservation::Column::State, "CONFIRMED")
        .set(reservation::Column::ExpiresAt, None::<i64>)
        .run()
        .await
        .map(drop)
}
