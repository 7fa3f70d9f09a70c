//! What is on a gift card, or is store credit, expires by itself: it cannot be spent from that instant on. Here it is written
//! down.

use std::sync::Arc;

use domain::{
    id::{CreditLot, Id},
    payments::credit::CreditEntryKind,
};
use store::{Fault, Scope};

use super::{
    moves::{self, Cause},
    rows,
};
use crate::cx::{App, Cx};

/// How many lots one pass of the worker looks at.
const LOTS_A_PASS: u32 = 100;

/// One pass of the worker: writes down what expired, of every tenant. How many lots it were.
///
/// A lot that fails is logged and left to the next pass; the others do not wait for it.
pub async fn expire_overdue(app: &Arc<App>) -> Result<usize, Fault> {
    let mut n_expired = 0_usize;
    for (scope, lot) in app.db.platform().expired_credit(app.clock.now(), LOTS_A_PASS).await? {
        match expire_one(app, scope, lot).await {
            Ok(is_expired) => n_expired = n_expired.saturating_add(usize::from(is_expired)),
            Err(error) => tracing::error!(%lot, %error, "credit that expired was not written down"),
        }
    }
    Ok(n_expired)
}

/// Emits `gift_card.expired` or `store_credit.expired`. Of two replicas, the second finds nothing left to expire.
async fn expire_one(app: &Arc<App>, scope: Scope, lot: Id<CreditLot>) -> Result<bool, Fault> {
    let cx = Cx::of_system(Arc::clone(app), scope, format!("expire {lot}"));
    cx.write(async |tx| {
        let Some(found) = rows::lots(tx, &[lot]).await?.pop() else { return Ok(false) };
        let held = rows::hold(tx, &[found.credit_id]).await?.pop();
        let held = held.ok_or_else(|| Fault::new("a lot of no credit"))?;
        // As it is now that nobody else can change it.
        let Some(left) = held.lots.iter().find(|one| one.id == lot).map(|one| one.left_minor) else { return Ok(false) };
        if left == 0 || !rows::expire(tx, lot, left).await? {
            return Ok(false);
        }
        let cause = Cause { kind: CreditEntryKind::Expired, payment: None, reason: None, by: tx.stamp() };
        moves::tell(tx, &held.row, &[(lot, left.saturating_neg())], None, cause).await?;
        Ok(true)
    })
    .await
}
