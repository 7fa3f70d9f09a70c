//! Whether carts changed, for those who are told of it.

use std::collections::HashMap;

use domain::id::{Cart, Id};
use store::Fault;

use super::rows;
use crate::{
    cx::{Cx, System},
    inventory,
};

/// What differs once what is shown of a cart changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// Its version, which grows with every change that is made to it.
    pub version: i64,
    /// Units that it holds: it may hold them no more without being changed.
    pub n_held: i64,
}

/// What is shown of carts.
pub async fn shown(cx: &Cx, _system: &System, carts: &[Id<Cart>]) -> Result<HashMap<Id<Cart>, Shown>, Fault> {
    let read = cx.read();
    let held = inventory::held_for_carts(&read, carts).await?;
    let n_held = |cart| held.get(&cart).map_or(0, |held| held.units.values().fold(0, |sum, n| n.saturating_add(sum)));
    let versions = rows::versions(&read, carts).await?;
    Ok(versions.into_iter().map(|(cart, version)| (cart, Shown { version, n_held: n_held(cart) })).collect())
}
