//! Seeing a cart.

use std::slice::from_ref;

use domain::id::{Cart, Channel, Id};
use entity::cart::cart;
use store::{Fault, Read};

use super::{
    ask_taxes, rows,
    view::{self, View},
};
use crate::cx::{Cx, Shopper};

/// A shopper's cart in the request's channel.
pub async fn get(cx: &Cx, shopper: Shopper, id: Id<Cart>) -> Result<Option<cart::Model>, Fault> {
    get_in(&cx.read(), shopper, cx.channel()?.id, id).await
}

/// A shopper's cart in the request's channel, priced now. Asks the channel's tax engine before.
pub async fn see(cx: &Cx, shopper: Shopper, id: Id<Cart>) -> Result<Option<View>, Fault> {
    let channel = cx.channel()?;
    let Some(cart) = get(cx, shopper, id).await? else { return Ok(None) };
    ask_taxes(cx, channel, from_ref(&cart)).await?;
    view::view(&cx.read(), channel, cart, cx.now()).await.map(Some)
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
