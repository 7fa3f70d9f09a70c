//! Staff say for how long a channel holds what is put into carts.

use domain::{
    id::{Channel, Id},
    identity::permission::proof::ManageStock,
    inventory::events::CartHoldSet,
};
use serde::Serialize;
use store::Once;

use super::LocationError;
use crate::{
    channels,
    cx::{Cx, Permit},
};

/// For how long a channel is to hold what is put into carts.
#[derive(Clone, Debug)]
pub struct SetCartHold {
    /// The channel's code.
    pub channel: String,
    /// Minutes; none: stock is held from the order on.
    pub minutes: Option<i64>,
    /// Whether nothing is to be changed.
    pub is_dry_run: bool,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// For how long a channel held it before.
#[derive(Serialize)]
struct Before {
    minutes: Option<i64>,
}

/// Says for how long a channel holds what is put into carts, from the next change of each cart on. What is held already
/// keeps its deadline. Emits `channel.cart_reservation_set`.
pub async fn set_cart_hold(
    cx: &Cx,
    _may: Permit<ManageStock>,
    input: SetCartHold,
) -> Result<Id<Channel>, LocationError> {
    let SetCartHold { channel, minutes, is_dry_run, once } = input;
    cx.write_or_rehearse((is_dry_run, once.as_ref()), async |tx| {
        let channel = channels::by_code(tx, &channel).await?.ok_or(LocationError::NoChannel)?;
        channels::set_cart_hold(tx, channel.id, minutes).await?;
        let was = channel.cart_hold_minutes;
        let event = CartHoldSet { channel: channel.id, minutes, was, at: tx.now() };
        tx.emit_change(&Before { minutes: was }, &event).await?;
        Ok(channel.id)
    })
    .await
}
