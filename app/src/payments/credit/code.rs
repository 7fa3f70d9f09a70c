//! The codes of gift cards that are made here follow from their ids: stored nowhere but hashed, and told again to whoever
//! repeats the call that issued them.

use domain::{
    id::{Credit, Id},
    payments::credit::code::GiftCardCode,
};
use integrations::secret::mac;

use crate::cx::Cx;

/// The code of a gift card that was issued without one.
pub(super) fn of(cx: &Cx, card: Id<Credit>) -> GiftCardCode {
    GiftCardCode::of_bytes(&mac(cx.app().settings.secret.as_bytes(), &[b"gift card ", card.uuid().as_bytes()]))
}
