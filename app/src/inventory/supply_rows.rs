//! The statements of supplies.

use domain::{
    id::{Id, InboundSupply},
    inventory::supply::SupplyState,
};
use entity::inventory::inbound_supply;
use sea_orm::{ColumnTrait, ExprTrait, QueryFilter, sea_query::Expr};
use store::{Fault, Tx};

/// Claims a supply of which more is to come, until the transaction ends. `None`: there is none of this id;
/// `Some(None)`: nothing more of it is to come.
pub(super) async fn hold(tx: &Tx, id: Id<InboundSupply>) -> Result<Option<Option<inbound_supply::Model>>, Fault> {
    let changed = tx
        .update::<inbound_supply::Entity>()
        .by(id)
        .filter(inbound_supply::Column::State.eq(SupplyState::Expected.code()))
        .set(inbound_supply::Column::Version, Expr::col(inbound_supply::Column::Version).add(1_i64))
        .run()
        .await?;
    let row = tx.find::<inbound_supply::Entity>().by(id).one().await?;
    Ok(row.map(|row| (changed == 1).then_some(row)))
}

/// Writes what became of a supply. It must be held.
pub(super) async fn set(tx: &Tx, row: &inbound_supply::Model) -> Result<(), Fault> {
    let update = tx.update::<inbound_supply::Entity>().by(row.id);
    let update = update.set(inbound_supply::Column::Quantity, row.quantity);
    let update = update.set(inbound_supply::Column::Received, row.received);
    let update = update.set(inbound_supply::Column::ExpectedOn, row.expected_on);
    let update = update.set(inbound_supply::Column::State, row.state.clone());
    let closed_at = (row.state != SupplyState::Expected.code()).then(|| tx.now().millis());
    update.set(inbound_supply::Column::ClosedAt, closed_at).run().await.map(drop)
}
