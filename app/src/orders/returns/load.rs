//! Returns for readers, many at once.
//!
//! Who may see a return was asked where its id came from: whoever may see its order, and who asked for it.

use std::collections::HashMap;

use domain::id::{Id, Order, Return};
use entity::orders::{
    order_return, order_return_line, order_return_outcome, order_return_receipt, order_return_status, order_return_step,
};
use store::{Fault, Read};

use super::rows;
use crate::{cx::Cx, list::grouped};

/// A return with all that became of it.
#[derive(Clone, Debug)]
pub struct Found {
    /// The return.
    pub row: order_return::Model,
    /// Where it stands.
    pub status: order_return_status::Model,
    /// What is to come back.
    pub lines: Vec<order_return_line::Model>,
    /// What came.
    pub receipts: Vec<order_return_receipt::Model>,
    /// What became of it.
    pub outcomes: Vec<order_return_outcome::Model>,
    /// What happened to it, in their sequence.
    pub steps: Vec<order_return_step::Model>,
}

/// Returns by id.
pub async fn returns(cx: &Cx, ids: &[Id<Return>]) -> Result<HashMap<Id<Return>, Found>, Fault> {
    let read = cx.read();
    let rows = rows::many(&read, ids).await?;
    Ok(found(&read, rows).await?.into_iter().map(|found| (found.row.id, found)).collect())
}

/// The returns of each order, the oldest first.
pub async fn of_orders(cx: &Cx, orders: &[Id<Order>]) -> Result<HashMap<Id<Order>, Vec<Found>>, Fault> {
    let read = cx.read();
    let rows = rows::of_orders(&read, orders).await?;
    Ok(grouped(found(&read, rows).await?.into_iter().map(|found| (found.row.order_id, found))))
}

/// What happened to the returns of each order, the oldest first.
pub async fn steps_of(
    cx: &Cx,
    orders: &[Id<Order>],
) -> Result<HashMap<Id<Order>, Vec<order_return_step::Model>>, Fault> {
    let rows = rows::steps_of_orders(&cx.read(), orders).await?;
    Ok(grouped(rows.into_iter().map(|row| (row.order_id, row))))
}

async fn found(read: &Read, rows: Vec<order_return::Model>) -> Result<Vec<Found>, Fault> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let statuses = rows::statuses(read, &ids).await?;
    let mut statuses: HashMap<_, _> = statuses.into_iter().map(|row| (row.return_id, row)).collect();
    let mut lines = grouped(rows::lines(read, &ids).await?.into_iter().map(|row| (row.return_id, row)));
    let mut receipts = grouped(rows::receipts(read, &ids).await?.into_iter().map(|row| (row.return_id, row)));
    let mut outcomes = grouped(rows::outcomes(read, &ids).await?.into_iter().map(|row| (row.return_id, row)));
    let mut steps = grouped(rows::steps(read, &ids).await?.into_iter().map(|row| (row.return_id, row)));
    let found = |row: order_return::Model| {
        let status = statuses.remove(&row.id).ok_or_else(|| Fault::new("a return without a status"))?;
        Ok(Found {
            status,
            lines: lines.remove(&row.id).unwrap_or_default(),
            receipts: receipts.remove(&row.id).unwrap_or_default(),
            outcomes: outcomes.remove(&row.id).unwrap_or_default(),
            steps: steps.remove(&row.id).unwrap_or_default(),
            row,
        })
    };
    rows.into_iter().map(found).collect()
}
