//! Promotions and coupons for readers, many at once.

use std::collections::{BTreeSet, HashMap};

use domain::{
    id::{Coupon, Id, Promotion},
    identity::permission::proof::{ManagePromotions, ReadPromotions},
    money::Currency,
    pricing::named::{Called, Promotions},
};
use entity::pricing::{coupon, promotion};
use store::{Fault, Read, Slice, SortKind};

use super::{PromotionError, codes, rows, update::currency_of};
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

/// The currency of a promotion's amounts, if it names one; nothing is known of no promotion.
pub async fn currency(
    cx: &Cx,
    _may: &Permit<ManagePromotions>,
    promotion: Option<Id<Promotion>>,
) -> Result<Option<Currency>, PromotionError> {
    let Some(promotion) = promotion else { return Ok(None) };
    let row = rows::promotions(&cx.read(), vec![promotion]).await?.pop().ok_or(PromotionError::NoPromotion)?;
    Ok(currency_of(&row)?)
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
    rows::page_of_promotions(&cx.read(), slice, with_total).await
}

/// Coupons by id: whoever issued or revoked one may be shown it.
pub async fn coupons(
    cx: &Cx,
    _anybody: Public,
    ids: &[Id<Coupon>],
) -> Result<HashMap<Id<Coupon>, coupon::Model>, Fault> {
    let rows = rows::coupons(&cx.read(), ids).await?;
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
    rows::page_of_coupons(&cx.read(), promotion, (slice, with_total)).await
}

/// The coupon of a code that somebody has: one that was issued with others, too.
pub async fn coupon_by_code(
    cx: &Cx,
    _may: &Permit<ReadPromotions>,
    code: &str,
) -> Result<Option<coupon::Model>, Fault> {
    let read = cx.read();
    for row in rows::coupons_by_code(&read, codes::written(std::iter::once(code))).await? {
        if codes::is_on(&row, code)? {
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
    numbers.map(|number| Ok(codes::code(seed, &row.code, number?))).collect()
}

/// What promotions are called: one statement, if there are some.
pub(crate) async fn called(read: &Read, ids: BTreeSet<Id<Promotion>>) -> Result<Promotions, Fault> {
    if ids.is_empty() {
        return Ok(Promotions::new());
    }
    let rows = rows::promotions(read, ids.into_iter().collect()).await?;
    Ok(rows.into_iter().map(|row| (row.id, Called { ar: row.name_ar, en: row.name_en })).collect())
}
