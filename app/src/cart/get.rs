//! Seeing a cart.

use domain::id::{Cart, Id};
use entity::cart::cart;
use store::Fault;

use super::rows;
use crate::cx::{Cx, Shopper};

/// A shopper's cart in the request's channel.
pub async fn get(cx: &Cx, shopper: Shopper, id: Id<Cart>) -> Result<Option<cart::Model>, Fault> {
    let channel = cx.channel()?.id;
    Ok(rows::get(&cx.read(), shopper, id).await?.filter(|cart| cart.channel_id == channel))
}
