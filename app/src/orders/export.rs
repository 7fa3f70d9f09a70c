//! All that matches, a page at a time: for those who take orders elsewhere.

use domain::{
    id::{Id, Order},
    identity::{address::Address, permission::proof::ReadOrders},
};
use entity::{
    orders::{order, order_line},
    payments::payment,
};
use store::{Cursor, Fault, Slice};

use super::{
    list::{List, OrderSort, Wanted, orders},
    load,
    set_address::addresses,
};
use crate::{
    cx::{Cx, Permit, Public},
    payments,
};

/// Orders of a page: few, since all their lines are held at once.
const PAGE: u64 = 50;

/// An order with what is exported of it.
#[derive(Clone, Debug)]
pub struct Exported {
    /// The order.
    pub order: order::Model,
    /// Where it goes.
    pub address: Address,
    /// Code of where it stands.
    pub state: String,
    /// What is to be paid, the first payment first.
    pub payments: Vec<payment::Model>,
    /// Its lines, in their order.
    pub lines: Vec<order_line::Model>,
    /// Words by which staff find it.
    pub tags: Vec<String>,
}

/// The next orders after a place, the oldest first, and the place up to which they go: none after the last.
pub async fn export(
    cx: &Cx,
    may: Permit<ReadOrders>,
    wanted: Wanted,
    after: Option<Cursor>,
) -> Result<(Vec<Exported>, Option<Cursor>), Fault> {
    let slice = Slice { after, limit: PAGE, ..Slice::default() };
    let list = List { wanted, sort: OrderSort::PlacedAt, descending: false, slice, with_total: false };
    let page = orders(cx, may, list).await?.page;
    let ids: Vec<Id<Order>> = page.rows.iter().map(|row| Id::new(row.id)).collect();
    let mut found = load::orders(cx, &ids).await?;
    let mut lines = load::lines(cx, &ids).await?;
    let mut statuses = load::statuses(cx, &ids).await?;
    let mut tags = load::tags(cx, &ids).await?;
    let mut addresses = addresses(&cx.read(), &found.values().collect::<Vec<_>>()).await?;
    let mut payments = payments::load::payments(cx, Public, &ids).await?;
    let whole = |id: &Id<Order>| {
        let missing = || Fault::new("an order without a status or a payment");
        Ok(Exported {
            order: found.remove(id).ok_or_else(missing)?,
            address: addresses.remove(id).ok_or_else(missing)?,
            state: statuses.remove(id).ok_or_else(missing)?.state,
            payments: payments.remove(id).ok_or_else(missing)?,
            lines: lines.remove(id).unwrap_or_default(),
            tags: tags.remove(id).unwrap_or_default(),
        })
    };
    let exported = ids.iter().map(whole).collect::<Result<_, Fault>>()?;
    Ok((exported, page.rows.last().cloned().filter(|_| page.has_next)))
}
