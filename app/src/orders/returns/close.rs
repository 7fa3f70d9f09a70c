//! Returns of an order of which all of the money went back.

use domain::{
    id::{Id, Order},
    orders::returns::{Action, State},
};
use store::Tx;

use super::{
    ReturnError,
    machine::{self, Said},
    rows,
};

/// Ends the inspected returns of an order of which all of the money went back: theirs did, too, and nothing more can go
/// back with them. The order's payment must be locked. Emits `return.refunded` for each, without an amount.
pub(in crate::orders) async fn close(tx: &Tx, order: Id<Order>) -> Result<(), ReturnError> {
    let ids: Vec<_> = rows::of_orders(tx, &[order]).await?.into_iter().map(|row| row.id).collect();
    let inspected = rows::statuses(tx, &ids).await?.into_iter().filter(|row| row.state == State::Inspected.code());
    for status in inspected {
        let standing = machine::find(tx, status.return_id).await?;
        let said = Said { lines: standing.came(tx).await?, ..Said::default() };
        standing.step(tx, Action::Refund, said).await?;
    }
    Ok(())
}
