//! Coupons in carts.

use std::{collections::HashSet, slice::from_ref};

use domain::{
    id::{Cart, Id},
    pricing::promotions::code::CouponCode,
};
use entity::cart::cart;
use sea_orm::{ColumnTrait, QueryFilter};
use store::{Fault, Tx};

use super::{Rejection, Why, apply::Ground, rows};
use crate::pricing::promotions::Offers;

/// The most coupons of a cart.
pub(super) const COUPONS_MAX: usize = 10;

/// Puts a coupon in; in the place of one for the same promotion. One that is none is rejected; whether its promotion takes
/// something off is seen when the cart is priced.
pub(super) async fn add(tx: &Tx, ground: &Ground<'_>, step: usize, code: &CouponCode) -> Result<Vec<Rejection>, Fault> {
    let code = code.as_str().to_owned();
    let reject = |why| Ok(vec![Rejection::at(step, &["code"], why)]);
    let before = there(tx, ground.cart).await?;
    let mut codes = before.clone();
    if !codes.contains(&code) {
        codes.push(code.clone());
    }
    let offers = Offers::load(tx, ground.channel, (from_ref(&ground.party), &codes), tx.now()).await?;
    if let Err(why) = offers.check(&code, tx.now()) {
        return reject(Why::NoCoupon(why));
    }
    let promotion = offers.promotion_of(&code);
    codes.retain(|other| *other == code || offers.promotion_of(other) != promotion);
    if COUPONS_MAX < codes.len() {
        return reject(Why::TooManyCoupons(COUPONS_MAX));
    }
    if codes != before {
        keep(tx, ground.cart, &codes).await?;
    }
    Ok(Vec::new())
}

/// Takes a coupon out.
pub(super) async fn remove(
    tx: &Tx,
    ground: &Ground<'_>,
    step: usize,
    code: &CouponCode,
) -> Result<Vec<Rejection>, Fault> {
    let mut codes = there(tx, ground.cart).await?;
    if !codes.iter().any(|other| other == code.as_str()) {
        return Ok(vec![Rejection::at(step, &["code"], Why::NotFound)]);
    }
    codes.retain(|other| other != code.as_str());
    keep(tx, ground.cart, &codes).await?;
    Ok(Vec::new())
}

/// Puts the coupons of a cart into another, as far as there is room. Of several for one promotion, the first that is
/// worth something counts.
pub(super) async fn hand_over(tx: &Tx, from: Id<Cart>, into: Id<Cart>) -> Result<(), Fault> {
    let mut codes = there(tx, into).await?;
    let more = there(tx, from).await?;
    if more.is_empty() {
        return Ok(());
    }
    codes.extend(more);
    let mut seen = HashSet::new();
    codes.retain(|code| seen.insert(code.clone()));
    codes.truncate(COUPONS_MAX);
    keep(tx, into, &codes).await
}

/// What is in a cart that is locked: an earlier step may have changed it.
async fn there(tx: &Tx, id: Id<Cart>) -> Result<Vec<String>, Fault> {
    let cart = tx.find::<cart::Entity>().filter(cart::Column::Id.eq(id)).one().await?;
    cart.as_ref().map_or_else(|| Ok(Vec::new()), rows::coupons)
}

async fn keep(tx: &Tx, id: Id<Cart>, codes: &[String]) -> Result<(), Fault> {
    let codes = serde_json::to_string(codes).map_err(Fault::new)?;
    tx.update::<cart::Entity>().filter(cart::Column::Id.eq(id)).set(cart::Column::Coupons, codes).run().await.map(drop)
}
