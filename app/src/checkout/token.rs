//! The token by which a guest sees their order.

use domain::id::{Id, Order};

use crate::{cx::Cx, digest};

/// The token of an order.
pub fn order_token(cx: &Cx, order: Id<Order>) -> String {
    digest::token(&cx.app().settings.secret, b"order token ", &[order.uuid()])
}
