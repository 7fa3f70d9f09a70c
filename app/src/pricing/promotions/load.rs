//! Promotions and coupons for readers, many at once.

use std::collections::HashMap;

use domain::{
    id::{Coupon, Id, Promotion},
    identity::permission::proof::ReadPromotions,
};
use entity::pricing::{coupon, promotion};
use sea_orm::sea_query::Expr;
use store::{Fault, Slice, Sort, SortKind};

use super::{codes, rows};
use crate::{
    cx::{Cx, Permit, Public},
    list::Listed,
};

/// Promotions by id: of whoever has something taken off, the promotion may be named.
pub async fn promotions(
    cx: &Cx,
    _anybody: Public,
    ids: &[Id<Promotion>],
) -> Result<HashMap<Id<Promotion>, promotion::Model>, Fault> {
    let rows = rows::promotions(&cx.read(), ids.to_vec()).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// The promotion of a code.
pub async fn promotion_by_code(
    cx: &Cx,
    _may: &Permit<ReadPromotions>,
    code: &str,
) -> Result<Option<promotion::Model>, Fault> {
    rows::promotion_by_code(&cx.read(), code).await
}

/// What promotions are sorted by: their code.
pub const PROMOTIONS_SORTED_BY: SortKind = SortKind::Text("promotion.code");

/// Promotions, by code.
pub async fn page_of_promotions(
    cx: &Cx,
    _may: &Permit<ReadPromotions>,
    slice: Slice,
    with_total: bool,
) -> Result<Listed, Fault> {
    let read = cx.read();
    let total = if with_total { Some(read.find::<promotion::Entity>().count().await?) } else { None };
    let by = Expr::col((promotion::Entity, promotion::Column::Code));
    let sort = Sort { by, kind: PROMOTIONS_SORTED_BY, descending: false };
    Ok(Listed { page: read.find::<promotion::Entity>().page(promotion::Column::Id, sort, slice).await?, total })
}

/// Coupons by id: whoever issued or revoked one may be shown it.
pub async fn coupons(
    cx: &Cx,
    _anybody: Public,
    ids: &[Id<Coupon>],
) -> Result<HashMap<Id<Coupon>, coupon::Model>, Fault> {
    let rows = cx.read().find::<coupon::Entity>().by_any(ids.iter().copied()).all().await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// What coupons are sorted by: what is written on them.
pub const COUPONS_SORTED_BY: SortKind = SortKind::Text("coupon.code");

/// The coupons of a promotion, by code.
pub async fn page_of_coupons(
    cx: &Cx,
    _may: &Permit<ReadPromotions>,
    promotion: Id<Promotion>,
    (slice, with_total): (Slice, bool),
) -> Result<Listed, Fault> {
    let read = cx.read();
    let find = || read.find::<coupon::Entity>().by(promotion);
    let total = if with_total { Some(find().count().await?) } else { None };
    let by = Expr::col((coupon::Entity, coupon::Column::Code));
    let sort = Sort { by, kind: COUPONS_SORTED_BY, descending: false };
    Ok(Listed { page: find().page(coupon::Column::Id, sort, slice).await?, total })
}

/// The coupon of a code that somebody has: one that was issued with others, too.
pub async fn coupon_by_code(
    cx: &Cx,
    _may: &Permit<ReadPromotions>,
    code: &str,
) -> Result<Option<coupon::Model>, Fault> {
    let read = cx.read();
    for row in rows::coupons_by_code(&read, codes::written(std::iter::once(code))).await? {
        let is_it = match (row.count, &row.seed) {
            (Some(count), Some(seed)) => codes::is_of(seed, (&row.code, count), code)?,
            _ => row.code == code,
        };
        if is_it {
            return Ok(Some(row));
        }
    }
    Ok(None)
}

/// The most codes that are shown at once.
pub const CODES_MAX: i64 = 10_000;

/// The codes of coupons that were issued together, from the one of this number on: nothing is asked of the database. Of one
/// coupon its code.
pub fn codes(row: &coupon::Model, (from, n): (i64, i64)) -> Result<Vec<String>, Fault> {
    let (Some(count), Some(seed)) = (row.count, &row.seed) else { return Ok(vec![row.code.clone()]) };
    let until = from.saturating_add(n.min(CODES_MAX)).min(count);
    let numbers = (from.max(0)..until).map(|number| u64::try_from(number).map_err(Fault::new));
    numbers.map(|number| codes::code(seed, &row.code, number?)).collect()
}
