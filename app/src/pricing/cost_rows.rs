//! The statements of what variants cost the shop, and of how low their prices may be.

use std::collections::HashMap;

use domain::{
    id::{Id, Variant},
    money::Currency,
    pricing::floor::Floors,
};
use entity::pricing::{list_price, price_list, variant_cost};
use sea_orm::{
    ColumnTrait, ExprTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{CaseStatement, Expr},
};
use store::{Fault, Read, Tx};

/// What is said of variants in a currency.
pub(super) async fn costs(
    read: &Read,
    currency: Currency,
    variants: &[Id<Variant>],
) -> Result<HashMap<Id<Variant>, variant_cost::Model>, Fault> {
    let find = read.find::<variant_cost::Entity>().by_any(variants.iter().copied());
    let rows = find.filter(variant_cost::Column::Currency.eq(currency.code())).all().await?;
    Ok(rows.into_iter().map(|row| (row.variant_id, row)).collect())
}

/// What is said of variants in every currency, by its code.
pub(super) async fn all_costs(read: &Read, variants: &[Id<Variant>]) -> Result<Vec<variant_cost::Model>, Fault> {
    let find = read.find::<variant_cost::Entity>().by_any(variants.iter().copied());
    find.order_by_asc(variant_cost::Column::Currency).all().await
}

/// The lowest prices that a row tells of.
pub(super) fn floors_of(row: &variant_cost::Model) -> Result<Floors, Fault> {
    serde_json::from_str(&row.floors).map_err(Fault::new)
}

/// The lowest prices of variants in a currency, where there are some or were.
pub async fn floors(
    read: &Read,
    currency: Currency,
    variants: &[Id<Variant>],
) -> Result<HashMap<Id<Variant>, Floors>, Fault> {
    let find = read.find::<variant_cost::Entity>().by_any(variants.iter().copied());
    let find = find.filter(variant_cost::Column::Currency.eq(currency.code()));
    let rows = find.filter(variant_cost::Column::Floors.ne("[]")).all().await?;
    rows.iter().map(|row| Ok((row.variant_id, floors_of(row)?))).collect()
}

/// So many of what is said of variants in a currency now, by variant, after one.
pub(super) async fn some_costs(
    read: &Read,
    currency: Currency,
    (after, n): (Option<Id<Variant>>, u64),
) -> Result<Vec<variant_cost::Model>, Fault> {
    let is_said = variant_cost::Column::CostMinor.is_not_null().or(variant_cost::Column::FloorMinor.is_not_null());
    let find = read.find::<variant_cost::Entity>().filter(variant_cost::Column::Currency.eq(currency.code()));
    let mut find = find.filter(is_said);
    if let Some(after) = after {
        find = find.filter(variant_cost::Column::VariantId.gt(after));
    }
    find.order_by_asc(variant_cost::Column::VariantId).limit(n).all().await
}

/// How many of the prices that are fixed in lists of a currency, now or later, are below these: that of a piece, or that of
/// their last tier, which is the lowest.
pub(super) async fn n_below(tx: &Tx, currency: Currency, floors: &[(Id<Variant>, i64)]) -> Result<u64, Fault> {
    if floors.is_empty() {
        return Ok(0);
    }
    let floor = floors.iter().fold(CaseStatement::new(), |case, (variant, minor)| {
        case.case(Expr::col(list_price::Column::VariantId).eq(*variant), Expr::val(*minor))
    });
    let lists = tx.find::<price_list::Entity>().filter(price_list::Column::Currency.eq(currency.code()));
    let find = tx.find::<list_price::Entity>().by_any(floors.iter().map(|(variant, _)| *variant));
    let find = find.filter(list_price::Column::PriceListId.in_subquery(lists.only(price_list::Column::Id)));
    let is_open = list_price::Column::EndsAt.is_null().or(list_price::Column::EndsAt.gt(tx.now()));
    let last = tx.backend().last_second("list_price", "tiers");
    let is_below = Expr::col(list_price::Column::AmountMinor).lt(floor.clone()).or(last.lt(floor));
    find.filter(is_open).filter(is_below).count().await
}

/// Writes what is said of variants in a currency, which are locked: two statements for hundreds.
pub(super) async fn replace_costs(tx: &Tx, currency: Currency, next: Vec<variant_cost::Model>) -> Result<(), Fault> {
    let delete = tx.delete::<variant_cost::Entity>().filter(variant_cost::Column::Currency.eq(currency.code()));
    delete.filter(variant_cost::Column::VariantId.is_in(next.iter().map(|row| row.variant_id))).run().await?;
    tx.insert_many(next.into_iter().map(IntoActiveModel::into_active_model)).await
}
