//! Payments for readers, many at once. Whoever may see what is paid may see how.

use std::collections::HashMap;

use domain::id::{Id, Order, Payment};
use entity::payments::{payment, payment_entry};
use store::Fault;

use super::rows;
use crate::{
    cx::{Cx, Public},
    list::grouped,
};

/// The payments of each reference, the first of them first.
pub async fn payments(
    cx: &Cx,
    _anybody: Public,
    references: &[Id<Order>],
) -> Result<HashMap<Id<Order>, Vec<payment::Model>>, Fault> {
    Ok(grouped(rows::payments_of(&cx.read(), references).await?))
}

/// What happened to each payment, the oldest first.
pub async fn entries(
    cx: &Cx,
    _anybody: Public,
    payments: &[Id<Payment>],
) -> Result<HashMap<Id<Payment>, Vec<payment_entry::Model>>, Fault> {
    let entries = rows::entries(&cx.read(), payments).await?;
    Ok(grouped(entries.into_iter().map(|entry| (entry.payment_id, entry))))
}
