//! Whether carts changed, for those who are told of it.

use std::collections::HashMap;

use domain::id::{Cart, Id};
use store::Fault;

use super::rows;
use crate::cx::{Cx, System};

/// The versions of carts, which grow with every change.
pub async fn versions(cx: &Cx, _system: &System, carts: &[Id<Cart>]) -> Result<HashMap<Id<Cart>, i64>, Fault> {
    Ok(rows::versions(&cx.read(), carts).await?.into_iter().collect())
}
