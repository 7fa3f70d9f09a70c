//! Those who want to hear, for themselves and for staff.

use std::collections::HashMap;

use domain::{
    id::{Id, StockAlert, Variant},
    identity::permission::proof::{ReadCustomers, ReadStock},
};
use entity::inventory::stock_alert;
use sea_orm::{
    ColumnTrait, Order, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, SimpleExpr},
};
use store::{Fault, Read, Slice, Sort, SortKind};

use super::rows;
use crate::{
    cx::{Customer, Cx, Permit},
    list::Listed,
};

/// The most of a customer's own that are shown.
const OWN_MAX: u64 = 100;

/// Which wishes staff want to see. What is not said does not restrict.
#[derive(Clone, Debug, Default)]
pub struct AlertsWanted {
    /// For one of these variants.
    pub variants: Option<Vec<Id<Variant>>>,
    /// Of exactly this address.
    pub email: Option<String>,
    /// Whether they were told.
    pub is_told: Option<bool>,
}

/// What wishes are sorted by: when they were made, the latest first.
pub const ALERTS_SORTED_BY: SortKind = SortKind::Integer("stockalert");

/// Who wants to hear of what, the latest first.
pub async fn alerts(
    cx: &Cx,
    _may: &Permit<ReadCustomers>,
    wanted: &AlertsWanted,
    slice: Slice,
    with_total: bool,
) -> Result<Listed, Fault> {
    let read = cx.read();
    let find = || {
        let mut find = read.find::<stock_alert::Entity>();
        if let Some(variants) = &wanted.variants {
            find = find.by_any(variants.iter().copied());
        }
        if let Some(email) = &wanted.email {
            find = find.filter(stock_alert::Column::Email.eq(email.trim().to_lowercase()));
        }
        match wanted.is_told {
            Some(true) => find.filter(stock_alert::Column::ToldAt.is_not_null()),
            Some(false) => find.filter(stock_alert::Column::ToldAt.is_null()),
            None => find,
        }
    };
    let total = if with_total { Some(find().count().await?) } else { None };
    let by = Expr::col((stock_alert::Entity, stock_alert::Column::CreatedAt));
    let sort = Sort { by, kind: ALERTS_SORTED_BY, descending: true };
    Ok(Listed { page: find().page(stock_alert::Column::Id, sort, slice).await?, total })
}

/// Wishes by id.
pub async fn alerts_by_id(
    cx: &Cx,
    _may: &Permit<ReadCustomers>,
    ids: &[Id<StockAlert>],
) -> Result<HashMap<Id<StockAlert>, stock_alert::Model>, Fault> {
    let rows = cx.read().find::<stock_alert::Entity>().by_any(ids.iter().copied()).all().await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// What a customer waits for, the latest first.
pub async fn own(cx: &Cx, customer: &Customer) -> Result<Vec<stock_alert::Model>, Fault> {
    let read = cx.read();
    let find = rows::waiting(&read).by(customer.account).order_by_desc(stock_alert::Column::CreatedAt);
    find.order_by_desc(stock_alert::Column::Id).limit(OWN_MAX).all().await
}

/// The variants that most are waited for, with how many wait, in all channels or in one.
pub async fn most_wanted(
    cx: &Cx,
    _may: &Permit<ReadStock>,
    channel: Option<&str>,
    limit: u64,
) -> Result<Vec<(Id<Variant>, i64)>, Fault> {
    let read = cx.read();
    let mut find = rows::waiting(&read);
    if let Some(code) = channel {
        let Some(channel) = crate::channels::by_code(&read, code).await? else { return Ok(Vec::new()) };
        find = find.by(channel.id);
    }
    counted(find.limit(limit)).await
}

/// How many wait for each variant.
pub async fn n_waiting(
    read: &Read,
    _may: &Permit<ReadStock>,
    variants: &[Id<Variant>],
) -> Result<HashMap<Id<Variant>, i64>, Fault> {
    Ok(counted(rows::waiting(read).by_any(variants.iter().copied())).await?.into_iter().collect())
}

async fn counted(find: store::Find<'_, stock_alert::Entity>) -> Result<Vec<(Id<Variant>, i64)>, Fault> {
    let n: SimpleExpr = stock_alert::Column::Id.count();
    let find = find.select_only().column(stock_alert::Column::VariantId).column_as(n.clone(), "n");
    let find = find.group_by(stock_alert::Column::VariantId).order_by(n, Order::Desc);
    find.order_by_asc(stock_alert::Column::VariantId).tuples().await
}
