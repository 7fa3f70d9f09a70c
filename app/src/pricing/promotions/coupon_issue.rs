//! Staff issue coupons.

use domain::{
    id::{self, Id, Promotion},
    identity::permission::proof::ManagePromotions,
    pricing::promotions::{code::CouponCode, events::PromotionEvent},
    time::Instant,
};
use entity::pricing::coupon;
use sea_orm::IntoActiveModel;
use store::Once;

use super::{PromotionError, codes, rows};
use crate::{
    cx::{Cx, Permit},
    digest,
};

/// Coupons to issue.
#[derive(Clone, Debug)]
pub struct IssueCoupon {
    /// What they are for.
    pub promotion: Id<Promotion>,
    /// Which.
    pub issue: Issue,
    /// Of how many orders each; `None`: of any number.
    pub orders: Option<i64>,
    /// Whether nothing is to be changed.
    pub is_dry_run: bool,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// Which coupons are issued.
#[derive(Clone, Debug)]
pub enum Issue {
    /// One, with this code.
    One(CouponCode),
    /// So many, each with a code of its own that begins with this.
    Many(CouponCode, i64),
}

/// The most coupons that are issued together.
pub const COUPONS_MAX: i64 = codes::COUNT_MAX;

/// Issues coupons for a promotion that needs some. Emits `coupon.issued`.
pub async fn issue_coupon(
    cx: &Cx,
    _may: Permit<ManagePromotions>,
    input: IssueCoupon,
) -> Result<Option<Id<id::Coupon>>, PromotionError> {
    let IssueCoupon { promotion, issue, orders, is_dry_run, once } = input;
    cx.carry_out((is_dry_run, once.as_ref()), async |tx| {
        let of = rows::promotions(tx, vec![promotion]).await?.pop().ok_or(PromotionError::NoPromotion)?;
        if !of.needs_coupon {
            return Err(PromotionError::NeedsNoCoupon);
        }
        let id: Id<id::Coupon> = tx.new_id();
        let (code, count) = match &issue {
            Issue::One(code) => (code, None),
            Issue::Many(code, count) => (code, Some(*count)),
        };
        let seed = digest::token(&cx.app().settings.secret, b"coupon seed ", &[id.uuid()]);
        let row = coupon::Model {
            tenant_id: tx.scope().tenant(),
            id,
            promotion_id: promotion,
            code: code.as_str().to_owned(),
            count,
            seed: count.map(|_| seed),
            orders_max: orders,
            created_at: tx.now(),
            revoked_at: None,
        };
        if !tx.insert_new(row.clone().into_active_model()).await? {
            return Err(PromotionError::CouponTaken { is_prefix: count.is_some() });
        }
        tx.emit(&told(&row, false, tx.now())).await?;
        Ok(id)
    })
    .await
}

/// Coupons as their event tells them.
pub(super) fn told(row: &coupon::Model, is_revoked: bool, at: Instant) -> PromotionEvent {
    PromotionEvent::Coupon {
        coupon: row.id,
        promotion: row.promotion_id,
        code: row.code.clone(),
        count: row.count,
        orders_max: row.orders_max,
        is_revoked,
        at,
    }
}
