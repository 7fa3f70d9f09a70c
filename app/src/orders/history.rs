//! What customers ordered before.

use std::collections::HashMap;

use domain::{
    id::{Account, Id},
    orders::state::State,
    pricing::promotions::condition::History,
    time::Instant,
};
use entity::orders::{order, order_status};
use sea_orm::{ColumnTrait, ExprTrait, QueryFilter, QuerySelect, sea_query::Expr};
use store::{Fault, Read};

/// What customers ordered before, as far as it was not cancelled, and what they spent in a currency; nothing of those who never
/// did.
pub async fn histories(
    read: &Read,
    currency: &str,
    customers: &[Id<Account>],
) -> Result<HashMap<Id<Account>, History>, Fault> {
    ordered(read, currency, customers, None).await
}

/// The same, as far as it was placed before an instant.
pub async fn histories_before(
    read: &Read,
    currency: &str,
    customers: &[Id<Account>],
    before: Instant,
) -> Result<HashMap<Id<Account>, History>, Fault> {
    ordered(read, currency, customers, Some(before)).await
}

async fn ordered(
    read: &Read,
    currency: &str,
    customers: &[Id<Account>],
    before: Option<Instant>,
) -> Result<HashMap<Id<Account>, History>, Fault> {
    let cancelled = read.find::<order_status::Entity>();
    let cancelled = cancelled.filter(order_status::Column::State.eq(State::Cancelled.code()));
    let cancelled = cancelled.only(order_status::Column::OrderId);
    // Whoever ordered in another currency ordered before, too; but what they spent cannot be added up.
    let is_counted = order::Column::Currency.eq(currency);
    let total: Expr = Expr::case(is_counted, Expr::col(order::Column::TotalMinor)).finally(0_i64).into();
    let total = total.sum().cast_as("bigint");
    let find = read.find::<order::Entity>().by_any(customers.iter().copied());
    let find = find.filter(order::Column::Id.not_in_subquery(cancelled));
    let find = match before {
        Some(before) => find.filter(order::Column::PlacedAt.lt(before)),
        None => find,
    };
    let find = find.select_only().column(order::Column::CustomerId).column_as(order::Column::Id.count(), "orders");
    let rows: Vec<(Id<Account>, i64, i64)> =
        find.column_as(total, "spent").group_by(order::Column::CustomerId).tuples().await?;
    let history =
        |(customer, orders, spent)| (customer, History { orders: u32::try_from(orders).unwrap_or(u32::MAX), spent });
    Ok(rows.into_iter().map(history).collect())
}
