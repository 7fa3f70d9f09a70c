//! An order is paid: its stock stays promised without a deadline.

use domain::id::{Id, Order};
use entity::inventory::reservation;
use sea_orm::{ColumnTrait, QueryFilter};
use store::{Fault, Tx};

use super::{selling_rows, waiting};

/// Confirms what is held for an order, and what it waits for.
pub async fn confirm(tx: &Tx, order: Id<Order>) -> Result<(), Fault> {
    // What comes for it just now is held or confirmed, but not something in between.
    if !waiting::awaited(tx, order).await?.is_empty() {
        selling_rows::confirm(tx, order).await?;
    }
    tx.update::<reservation::Entity>()
        .by(order)
        .filter(reservation::Column::State.eq("HELD"))
        .set(reservation::Column::State, "CONFIRMED")
        .set(reservation::Column::ExpiresAt, None::<i64>)
        .run()
        .await
        .map(drop)
}
