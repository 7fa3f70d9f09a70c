//! Staff make coupons worth nothing.

use domain::{
    id::{Coupon, Id},
    identity::permission::proof::ManagePromotions,
};
use store::Once;

use super::{PromotionError, coupon_issue::told, rows};
use crate::cx::{Cx, Permit};

/// Coupons to make worth nothing.
#[derive(Clone, Debug)]
pub struct RevokeCoupon {
    /// Which.
    pub coupon: Id<Coupon>,
    /// Whether nothing is to be changed.
    pub is_dry_run: bool,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// Makes a coupon, or all that were issued together, worth nothing from now on: in carts, too. Emits `coupon.revoked`.
pub async fn revoke_coupon(
    cx: &Cx,
    _may: Permit<ManagePromotions>,
    input: RevokeCoupon,
) -> Result<Option<Id<Coupon>>, PromotionError> {
    cx.carry_out((input.is_dry_run, input.once.as_ref()), async |tx| {
        let row = rows::coupon(tx, input.coupon).await?.ok_or(PromotionError::NoCoupon)?;
        if !rows::revoke(tx, row.id).await? {
            return Err(PromotionError::NoCoupon);
        }
        tx.emit(&told(&row, true, tx.now())).await?;
        Ok(row.id)
    })
    .await
}
