//! Carts for readers.

use domain::id::{Cart, Id};
use store::Fault;

use super::create;
use crate::cx::{Customer, Cx};

/// A customer's open cart in the request's channel.
pub async fn open_of(cx: &Cx, customer: &Customer) -> Result<Option<Id<Cart>>, Fault> {
    create::open_cart(&cx.read(), cx.channel()?.id, customer.account).await
}
