//! The time to pay is up.

use std::sync::Arc;

use domain::{
    id::{Id, Order},
    orders::state::Action,
};
use store::{Fault, Scope, Tx};

use super::{MoveError, fall, machine, rows};
use crate::{
    cx::{App, Cx, System},
    inventory, payments,
};

/// How many orders one pass of the worker looks at.
const ORDERS_A_PASS: u32 = 100;

/// Cancels an order that was not paid in time: its stock is free again and its payment is given up.
/// Emits `order.expired`. Says whether it did; an order that is paid, cancelled or in time stays as
/// it is.
pub async fn expire(cx: &Cx, _system: System, order: Id<Order>) -> Result<bool, MoveError> {
    let done = cx.write(async |tx| {
        let standing = machine::find(tx, order, None).await?;
        let step = standing.step(Action::Expire)?;
        if !standing.is_overdue(tx.now()) {
            return Ok(false);
        }
        payments::cancel(tx, order).await?;
        step.make(tx, None).await?;
        fall::cancel_rest(tx, &standing.order, None).await?;
        inventory::release(tx, order).await?;
        Ok(true)
    });
    match done.await {
        // Paid or cancelled meanwhile: what was begun here is rolled back.
        Err(MoveError::NotAllowed(_) | MoveError::Stale) => Ok(false),
        done => done,
    }
}

/// Whether an order's time to pay is up, though it may not be cancelled yet.
pub async fn is_overdue(tx: &Tx, order: Id<Order>) -> Result<bool, Fault> {
    let status = rows::status(tx, order).await?;
    Ok(status.and_then(|status| status.pay_before).is_some_and(|end| end <= tx.now()))
}

/// One pass of the worker: expires orders of every tenant whose time to pay is up. How many it were.
///
/// An order that fails is logged and left to the next pass; the others do not wait for it.
pub async fn expire_overdue(app: &Arc<App>) -> Result<usize, Fault> {
    let mut expired = 0_usize;
    for (scope, order) in app.db.platform().overdue_orders(app.clock.now(), ORDERS_A_PASS).await? {
        match expire_one(app, scope, order).await {
            Ok(true) => expired = expired.saturating_add(1),
            Ok(false) => {}
            Err(error) => tracing::error!(%order, %error, "an order did not expire"),
        }
    }
    Ok(expired)
}

async fn expire_one(app: &Arc<App>, scope: Scope, order: Id<Order>) -> Result<bool, MoveError> {
    let cx = Cx::of_system(Arc::clone(app), scope, format!("expire {order}"));
    expire(&cx, cx.as_system()?, order).await
}
