//! Somebody does not want to hear of a variant any more.

use domain::{
    id::{Id, StockAlert},
    identity::permission::proof::ManageStock,
    inventory::alert_events::StockAlertEvent,
};
use entity::inventory::stock_alert;
use store::{Fault, Once, Tx};

use super::{AlertError, rows};
use crate::{
    cx::{Customer, Cx, Permit, Public},
    digest::digest,
};

/// Takes a wish back by its token. The answer is the same whether there was one. Emits `stock_alert.withdrawn`.
pub async fn withdraw(cx: &Cx, _anybody: Public, token: &str, once: Option<&Once>) -> Result<(), AlertError> {
    cx.write_once(once, async |tx| match rows::by_token(tx, &digest(token)).await? {
        Some(row) => Ok(delete(tx, row).await?),
        None => Ok(()),
    })
    .await
}

/// Takes a wish of the customer's own back. Emits `stock_alert.withdrawn`.
pub async fn remove_own(
    cx: &Cx,
    customer: Customer,
    alert: Id<StockAlert>,
    once: Option<&Once>,
) -> Result<(), AlertError> {
    cx.write_once(once, async |tx| {
        let row = rows::by_id(tx, alert).await?.filter(|row| row.account_id == Some(customer.account));
        Ok(delete(tx, row.ok_or(AlertError::NotFound)?).await?)
    })
    .await
}

/// Takes anybody's wish back, as they asked staff to. Emits `stock_alert.withdrawn`.
pub async fn remove(
    cx: &Cx,
    _may: Permit<ManageStock>,
    alert: Id<StockAlert>,
    once: Option<&Once>,
) -> Result<(), AlertError> {
    cx.write_once(once, async |tx| Ok(delete(tx, rows::by_id(tx, alert).await?.ok_or(AlertError::NotFound)?).await?))
        .await
}

/// The row goes at once, with the address in it. Of two who take it back, the second finds nothing.
async fn delete(tx: &Tx, row: stock_alert::Model) -> Result<(), Fault> {
    if !rows::delete(tx, row.id).await? {
        return Ok(());
    }
    let (alert, variant, channel) = (row.id, row.variant_id, row.channel_id);
    tx.emit(&StockAlertEvent::Withdrawn { alert, variant, channel, at: tx.now() }).await
}
