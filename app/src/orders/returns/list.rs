//! Lists of returns.

use domain::{
    id::{Id, Order},
    identity::permission::proof::ReadOrders,
    orders::returns::State,
};
use entity::orders::{order_return, order_return_status};
use sea_orm::{ColumnTrait, QueryFilter, sea_query::Expr};
use store::{Fault, Find, Read, Slice, Sort, SortKind};

use crate::{
    cx::{Cx, Permit},
    list::Listed,
};

/// Which returns are wanted. What is not said does not restrict.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// In one of these states.
    pub states: Option<Vec<State>>,
    /// Of this order.
    pub order: Option<Id<Order>>,
}

/// What returns are sorted by: when they were asked for, the latest first.
pub const SORTED_BY: SortKind = SortKind::Integer("return");

/// Returns, the newest first.
pub async fn returns(
    cx: &Cx,
    _may: Permit<ReadOrders>,
    wanted: &Wanted,
    slice: Slice,
    with_total: bool,
) -> Result<Listed, Fault> {
    let read = cx.read();
    let total = if with_total { Some(matching(&read, wanted).count().await?) } else { None };
    let by = Expr::col((order_return::Entity, order_return::Column::At));
    let sort = Sort { by, kind: SORTED_BY, descending: true };
    Ok(Listed { page: matching(&read, wanted).page(order_return::Column::Id, sort, slice).await?, total })
}

fn matching<'r>(read: &'r Read, wanted: &Wanted) -> Find<'r, order_return::Entity> {
    let mut find = read.find::<order_return::Entity>();
    if let Some(order) = wanted.order {
        find = find.by(order);
    }
    if let Some(states) = &wanted.states {
        let standing = read.find::<order_return_status::Entity>();
        let codes = states.iter().map(|state| state.code());
        let standing = standing.filter(order_return_status::Column::State.is_in(codes));
        let ids = standing.only(order_return_status::Column::ReturnId);
        find = find.filter(order_return::Column::Id.in_subquery(ids));
    }
    find
}
