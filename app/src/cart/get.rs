//! Seeing a cart.

use domain::id::{Cart, Channel, Id};
use entity::cart::cart;
use store::{Fault, Read};

use super::rows;
use crate::cx::{Cx, Shopper};

/// A shopper's cart in the request's channel.
pub async fn get(cx: &Cx, shopper: Shopper, id: Id<Cart>) -> Result<Option<cart::Model>, Fault> {
    get_in(&cx.read(), shopper, cx.channel()?.id, id).await
}

/// A shopper's cart in a channel.
pub async fn get_in(
    read: &Read,
    shopper: Shopper,
    channel: Id<Channel>,
    id: Id<Cart>,
) -> Result<Option<cart::Model>, Fault> {
    Ok(rows::find(read, shopper, id).await?.filter(|cart| cart.channel_id == channel))
}
