//! Carts become orders.

use std::collections::HashMap;

use domain::id::{Cart, Id, Order};
use entity::cart::cart;
use store::{Fault, Tx};

use super::{CartError, rows};
use crate::cx::Shopper;

/// A cart that a shopper wants to order.
#[derive(Clone, Copy, Debug)]
pub struct Claim {
    /// Who wants to.
    pub shopper: Shopper,
    /// The cart.
    pub cart: Id<Cart>,
    /// The version the shopper saw last.
    pub expected_version: Option<i64>,
}

/// Takes open carts for orders, each as its shopper expects it: until the transaction ends nobody else changes them.
/// [`complete`] those that become orders; the others stay as they are.
pub async fn claim(tx: &Tx, claims: &[Claim]) -> Result<Vec<Result<cart::Model, CartError>>, Fault> {
    let ids: Vec<_> = claims.iter().map(|claim| claim.cart).collect();
    let locked = rows::lock(tx, &ids).await?;
    let mut carts: HashMap<Id<Cart>, cart::Model> = locked.into_iter().map(|cart| (cart.id, cart)).collect();
    let claimed = claims.iter().map(|claim| {
        let cart = carts.remove(&claim.cart).filter(|cart| rows::is_theirs(cart, claim.shopper));
        rows::open(cart, claim.expected_version)
    });
    Ok(claimed.collect())
}

/// Completes claimed carts, each with the order that it became.
pub async fn complete(tx: &Tx, carts: &[(Id<Cart>, Id<Order>)]) -> Result<(), Fault> {
    if carts.is_empty() || rows::complete(tx, carts).await? == u64::try_from(carts.len()).map_err(Fault::new)? {
        return Ok(());
    }
    Err(Fault::new("a claimed cart was not open"))
}
