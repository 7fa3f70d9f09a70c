//! The token by which a guest sees their order.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::id::{Id, Order};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use store::Fault;

use crate::cx::Cx;

/// The token of an order: an HMAC of its id, so that it can be told again to whoever repeats the
/// call that placed it, and yet is stored nowhere but hashed.
pub fn order_token(cx: &Cx, order: Id<Order>) -> Result<String, Fault> {
    let mut mac = Hmac::<Sha256>::new_from_slice(cx.app().settings.secret.as_bytes()).map_err(Fault::new)?;
    mac.update(b"order token ");
    mac.update(order.uuid().as_bytes());
    Ok(URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()))
}
