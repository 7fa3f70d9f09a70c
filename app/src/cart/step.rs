//! The steps that change a cart.

use domain::{
    cart::quantity::Quantity,
    id::{CartLine, DeliveryMethod, GiftCard, Id, Variant},
    identity::{address::Address, email::Email, phone::Phone},
    language::Language,
    payments::{credit::code::GiftCardCode, method::Method},
    pricing::promotions::code::CouponCode,
};

/// A variant that is wanted.
#[derive(Clone, Copy, Debug)]
pub struct Wish {
    /// Which.
    pub variant: Id<Variant>,
    /// How many.
    pub quantity: Quantity,
}

/// One change of a cart.
#[derive(Clone, Debug)]
pub enum Step {
    /// Puts variants in; more of one that is in already.
    LinesAdd(Vec<Wish>),
    /// Sets quantities of lines.
    LinesUpdate(Vec<(Id<CartLine>, Quantity)>),
    /// Takes lines out.
    LinesRemove(Vec<Id<CartLine>>),
    /// Sets who hears of the order.
    ContactSet(Email, Option<Phone>),
    /// Sets where it is delivered to.
    AddressSet(Box<Address>),
    /// Sets how it is delivered.
    DeliverySet(Id<DeliveryMethod>),
    /// Sets how it is paid.
    PaymentSet(Method),
    /// Sets the language of the order.
    LanguageSet(Language),
    /// Puts a coupon in; in the place of one for the same promotion.
    CouponAdd(CouponCode),
    /// Has it be paid with a gift card, as far as that goes.
    GiftCardAdd(GiftCardCode),
    /// Has it not be paid with a gift card any more.
    GiftCardRemove(Id<GiftCard>),
    /// Has it be paid with store credit: as much as there is, or at most so much, a decimal number; none: not any more.
    StoreCreditSet(Option<Option<String>>),
    /// Takes a coupon out.
    CouponRemove(CouponCode),
}
