//! The statements of counts.

use domain::id::{Id, StockCount, Variant};
use entity::inventory::{stock_count, stock_count_line};
use sea_orm::{ColumnTrait, ExprTrait, QueryFilter, QueryOrder, sea_query::Expr};
use store::{Fault, Read, Tx};

use super::CountError;

/// A count that somebody wants to go on with.
pub(super) struct Held {
    row: Option<stock_count::Model>,
    is_open: bool,
}

impl Held {
    /// The count, if it is there and open.
    pub(super) fn open(self) -> Result<stock_count::Model, CountError> {
        let row = self.row.ok_or(CountError::NotFound)?;
        if self.is_open { Ok(row) } else { Err(CountError::Closed) }
    }
}

/// Claims an open count until the transaction ends.
pub(super) async fn hold(tx: &Tx, id: Id<StockCount>) -> Result<Held, Fault> {
    let changed = tx
        .update::<stock_count::Entity>()
        .by(id)
        .filter(stock_count::Column::State.eq("OPEN"))
        .set(stock_count::Column::Version, Expr::col(stock_count::Column::Version).add(1_i64))
        .run()
        .await?;
    Ok(Held { row: tx.find::<stock_count::Entity>().by(id).one().await?, is_open: changed == 1 })
}

/// Writes down what was found. The count must be held.
pub(super) async fn record(
    tx: &Tx,
    (count, variant): (Id<StockCount>, Id<Variant>),
    counted: i64,
    expected: i64,
) -> Result<(), Fault> {
    let update = tx.update::<stock_count_line::Entity>().by(count).by(variant);
    let update = update.set(stock_count_line::Column::Counted, counted);
    let update = update.set(stock_count_line::Column::Expected, expected);
    let update = update.set(stock_count_line::Column::RecordedAt, tx.now().millis());
    update.set(stock_count_line::Column::Actor, tx.stamp().actor.to_string()).run().await.map(drop)
}

/// The lines of counts, each count's by variant.
pub(super) async fn lines(read: &Read, ids: &[Id<StockCount>]) -> Result<Vec<stock_count_line::Model>, Fault> {
    let find = read.find::<stock_count_line::Entity>().by_any(ids.iter().copied());
    find.order_by_asc(stock_count_line::Column::VariantId).all().await
}

/// Ends a count. It must be held.
pub(super) async fn close(tx: &Tx, id: Id<StockCount>) -> Result<(), Fault> {
    let update = tx.update::<stock_count::Entity>().by(id).set(stock_count::Column::State, "CLOSED");
    update.set(stock_count::Column::ClosedAt, tx.now().millis()).run().await.map(drop)
}
