//! The statements of transfers.

use domain::{
    id::{Id, Transfer, Variant},
    inventory::transfer::{Sent, TransferState},
};
use entity::inventory::{transfer, transfer_line};
use sea_orm::{ColumnTrait, ExprTrait, QueryFilter, QueryOrder, sea_query::Expr};
use store::{Fault, Read, Tx};

/// Claims a transfer of which something is under way, until the transaction ends. `None`: there is none of this id;
/// `Some(None)`: nothing of it is under way.
pub(super) async fn hold(tx: &Tx, id: Id<Transfer>) -> Result<Option<Option<transfer::Model>>, Fault> {
    let changed = tx
        .update::<transfer::Entity>()
        .by(id)
        .filter(transfer::Column::State.eq(TransferState::InTransit.code()))
        .set(transfer::Column::Version, Expr::col(transfer::Column::Version).add(1_i64))
        .run()
        .await?;
    let row = tx.find::<transfer::Entity>().by(id).one().await?;
    Ok(row.map(|row| (changed == 1).then_some(row)))
}

/// The lines of transfers, each transfer's by variant.
pub(super) async fn lines(read: &Read, ids: &[Id<Transfer>]) -> Result<Vec<transfer_line::Model>, Fault> {
    let find = read.find::<transfer_line::Entity>().by_any(ids.iter().copied());
    find.order_by_asc(transfer_line::Column::VariantId).all().await
}

/// What a row says in the words of the domain.
pub(super) const fn sent(line: &transfer_line::Model) -> Sent {
    let transfer_line::Model { shipped, received, returned, lost, .. } = *line;
    Sent { shipped, received, returned, lost }
}

/// Writes what became of a line. The transfer must be held.
pub(super) async fn set_line(tx: &Tx, id: Id<Transfer>, variant: Id<Variant>, sent: Sent) -> Result<(), Fault> {
    let update = tx.update::<transfer_line::Entity>().by(id).by(variant);
    let update = update.set(transfer_line::Column::Received, sent.received);
    let update = update.set(transfer_line::Column::Returned, sent.returned);
    update.set(transfer_line::Column::Lost, sent.lost).run().await.map(drop)
}

/// Writes where a transfer stands. It must be held.
pub(super) async fn set_state(
    tx: &Tx,
    id: Id<Transfer>,
    state: TransferState,
    reason: Option<String>,
) -> Result<(), Fault> {
    let closed_at = (state != TransferState::InTransit).then(|| tx.now().millis());
    let update = tx.update::<transfer::Entity>().by(id);
    let update = update.set(transfer::Column::State, state.code()).set(transfer::Column::ClosedAt, closed_at);
    update.set(transfer::Column::Reason, reason).run().await.map(drop)
}
