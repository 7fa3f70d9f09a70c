//! What the shop had to change in a cart, and what its shopper should know.

use app::{cart::view, checkout::LeftOut, pricing::promotions::NoCoupon};
use async_graphql::{Enum, ID, SimpleObject};
use domain::{
    id::{self, Id},
    language::Language,
    pricing::quantity_rule::Breach,
};

use super::errors::no_gift_card;
use crate::{
    graphql::{money::Money, scalar::Date},
    i18n::{self, Arg, number::Digits},
};

/// What is to be known of a cart. It does not keep the cart from being changed.
#[derive(SimpleObject, Clone, Debug)]
pub struct CartWarning {
    /// What to switch on.
    pub code: CartWarningCode,
    /// The line it is about.
    pub line: Option<ID>,
    /// The line of the order that cannot be had again, or not all of it, in what `orderReorder` tells; it is then about
    /// no line of the cart.
    pub order_line: Option<ID>,
    /// What to show, in the request's language.
    pub message: String,
    /// The price when the line was put in, if it changed.
    pub was: Option<Money>,
    /// The price now, if it changed.
    pub now: Option<Money>,
    /// Units that can be had, if they are fewer than wanted.
    pub available: Option<i64>,
    /// Units that are held for the cart, if the channel holds what is in carts and not all of the line is held.
    pub reserved: Option<i64>,
    /// Units that come later, if some do.
    pub backordered: Option<i64>,
    /// The day on which they come, if it is known.
    pub expected_at: Option<Date>,
    /// What is written on the coupon that it is about.
    pub coupon: Option<String>,
    /// The id of the gift card that it is about.
    pub gift_card: Option<ID>,
}

/// What a warning is about.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum CartWarningCode {
    /// The price changed since the line was put in; the new one counts.
    PriceChanged,
    /// There are fewer units than wanted.
    ShortOfStock,
    /// Some units are not there and come later; the order is made, and waits for them.
    Backordered,
    /// The channel holds what is put into a cart for some time, and that is over: the units are there still, but others
    /// may take them. `cartLinesUpdate` with the same quantity holds them again.
    NotReserved,
    /// So many units are not bought together any more: change the quantity as `ProductVariant.pricing.quantityRule` says.
    QuantityNotAllowed,
    /// How some of it is taxed is an estimate, as the channel's tax engine did not say. The order may be refused with
    /// `TAX_UNAVAILABLE`.
    TaxEstimated,
    /// There is no such coupon here any more. The order is refused unless its promotion applies all the same.
    CouponNotFound,
    /// The coupon is not good any more. The order is refused unless its promotion applies all the same.
    CouponExpired,
    /// The coupon was used as often as it may be. The order is refused unless its promotion applies all the same.
    CouponUsedUp,
    /// Nothing can be paid any more with the gift card, as its `problem` says: take it out, or the order is refused.
    GiftCardUnusable,
    /// The channel does not sell the variant any more; the line is not priced and must be removed.
    NotSold,
}

/// A warning, in a language.
pub fn show(language: Language, warning: &view::Warning) -> CartWarning {
    let blank = |code, line: &Id<id::CartLine>, message| CartWarning {
        line: Some(ID(line.to_string())),
        ..CartWarning::of(code, message)
    };
    match warning {
        view::Warning::PriceChanged { line, was, now } => {
            let money = |money| Arg::Text(i18n::money::money(money, language, Digits::Latin));
            let args = [("was", money(*was)), ("now", money(*now))];
            let message = i18n::message(language, "warning-price-changed", &args);
            let (was, now) = (Some(Money(*was)), Some(Money(*now)));
            CartWarning { was, now, ..blank(CartWarningCode::PriceChanged, line, message) }
        }
        view::Warning::ShortOfStock { line, available } => {
            let message = i18n::message(language, "warning-short-of-stock", &[("available", Arg::Number(*available))]);
            CartWarning { available: Some(*available), ..blank(CartWarningCode::ShortOfStock, line, message) }
        }
        view::Warning::Backordered { line, quantity, is_preorder, expected_on } => {
            let mut args = vec![("quantity", Arg::Number(*quantity))];
            args.extend(expected_on.map(|day| ("date", Arg::Text(day.iso()))));
            let key = match (is_preorder, expected_on) {
                (false, Some(_)) => "warning-backordered",
                (false, None) => "warning-backordered-undated",
                (true, Some(_)) => "warning-preordered",
                (true, None) => "warning-preordered-undated",
            };
            let message = i18n::message(language, key, &args);
            let (backordered, expected_at) = (Some(*quantity), expected_on.map(Date));
            CartWarning { backordered, expected_at, ..blank(CartWarningCode::Backordered, line, message) }
        }
        view::Warning::NotReserved { line, reserved } => {
            let message = i18n::message(language, "warning-not-reserved", &[("reserved", Arg::Number(*reserved))]);
            CartWarning { reserved: Some(*reserved), ..blank(CartWarningCode::NotReserved, line, message) }
        }
        view::Warning::Quantity { line, breach } => {
            let (key, args) = match *breach {
                Breach::BelowMinimum { min } => ("quantity-below-minimum", ("min", Arg::Number(min.into()))),
                Breach::AboveMaximum { max } => ("quantity-above-maximum", ("max", Arg::Number(max.into()))),
                Breach::NotAMultiple { increment } => {
                    ("quantity-not-a-multiple", ("increment", Arg::Number(increment.into())))
                }
            };
            blank(CartWarningCode::QuantityNotAllowed, line, i18n::message(language, key, &[args]))
        }
        view::Warning::TaxEstimated => {
            CartWarning::of(CartWarningCode::TaxEstimated, i18n::message(language, "warning-tax-estimated", &[]))
        }
        view::Warning::Coupon { code, why } => {
            let (of, key) = match why {
                NoCoupon::Unknown => (CartWarningCode::CouponNotFound, "warning-coupon-not-found"),
                NoCoupon::Over => (CartWarningCode::CouponExpired, "warning-coupon-expired"),
                NoCoupon::UsedUp => (CartWarningCode::CouponUsedUp, "warning-coupon-used-up"),
            };
            let message = i18n::message(language, key, &[("code", Arg::Text(code.clone()))]);
            CartWarning { coupon: Some(code.clone()), ..CartWarning::of(of, message) }
        }
        view::Warning::GiftCard { card, why } => {
            let message = i18n::message(language, &no_gift_card(*why).key(), &[]);
            let gift_card = Some(ID(card.to_string()));
            CartWarning { gift_card, ..CartWarning::of(CartWarningCode::GiftCardUnusable, message) }
        }
        view::Warning::NotSold { line } => {
            let message = i18n::message(language, "warning-variant-unavailable", &[]);
            blank(CartWarningCode::NotSold, line, message)
        }
    }
}

/// A warning of a line of an order that cannot be had again, or not all of it, in a language.
pub fn left_out(language: Language, left_out: LeftOut) -> CartWarning {
    let warning = match left_out.available {
        None => {
            let message = i18n::message(language, "warning-variant-unavailable", &[]);
            CartWarning::of(CartWarningCode::NotSold, message)
        }
        Some(available) => {
            let message = i18n::message(language, "warning-short-of-stock", &[("available", Arg::Number(available))]);
            CartWarning { available: Some(available), ..CartWarning::of(CartWarningCode::ShortOfStock, message) }
        }
    };
    CartWarning { order_line: Some(ID(left_out.line.to_string())), ..warning }
}

impl CartWarning {
    const fn of(code: CartWarningCode, message: String) -> Self {
        Self {
            code,
            line: None,
            order_line: None,
            message,
            was: None,
            now: None,
            available: None,
            reserved: None,
            backordered: None,
            expected_at: None,
            coupon: None,
            gift_card: None,
        }
    }
}
