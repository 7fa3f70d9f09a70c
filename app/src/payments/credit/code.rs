//! The codes of gift cards that are made here follow from their ids: stored nowhere but hashed, and told again to whoever
//! repeats the call that issued them.

use domain::{
    id::{Credit, Id},
    payments::credit::code::GiftCardCode,
};
use store::Fault;

use crate::{cx::Cx, digest};

/// The code of a gift card that was issued without one.
pub(super) fn of(cx: &Cx, card: Id<Credit>) -> Result<GiftCardCode, Fault> {
    digest::mac(&cx.app().settings.secret, b"gift card ", card.uuid()).map(|bytes| GiftCardCode::of_bytes(&bytes))
}
