//! What a refusal of a cart is to the client.

use app::{
    cart::{
        CartError, Rejection, Why,
        draft::{DraftError, NoCompany},
    },
    payments::credit::NotSpendable,
    pricing::promotions::NoCoupon,
};

use crate::{
    graphql::{
        code::{ErrorCode, of_problem},
        explain::{Explain, Explained, Said, refused},
    },
    i18n::Arg,
};

impl Explain for CartError {
    fn explain(self) -> Explained {
        match self {
            Self::NotFound => refused(Said::code(ErrorCode::NotFound).at("cart")),
            Self::Completed => refused(Said::code(ErrorCode::CartCompleted).at("cart")),
            Self::Stale => refused(Said::code(ErrorCode::Conflict).at("expectedVersion")),
            Self::Rejected(rejected) => Explained::Refused(rejected.into_iter().map(said).collect()),
            Self::Invalid(invalid) => invalid.explain(),
            Self::KeyReused(reused) => reused.explain(),
            Self::Fault(fault) => fault.explain(),
        }
    }
}

impl Explain for DraftError {
    fn explain(self) -> Explained {
        match self {
            Self::NotFound => refused(Said::code(ErrorCode::NotFound).at("draft")),
            Self::WrongToken => refused(Said::code(ErrorCode::NotFound).at("token")),
            Self::NotOpen => refused(Said::code(ErrorCode::DraftNotOpen).at("draft")),
            Self::Stale => refused(Said::code(ErrorCode::Conflict).at("expectedVersion")),
            Self::NoSuchCustomer => refused(Said::code(ErrorCode::NotFound).at("customer")),
            Self::Company(why) => refused(match why {
                NoCompany::Unknown => Said::code(ErrorCode::NotFound).at("organisation"),
                NoCompany::UnknownUnit => Said::code(ErrorCode::NotFound).at("organisationUnit"),
                NoCompany::Suspended => Said::code(ErrorCode::OrganisationSuspended).at("organisation"),
                NoCompany::NotAMember => Said::code(ErrorCode::NotAMember).at("organisation"),
            }),
            Self::NoSuchLine => refused(Said::code(ErrorCode::NotFound).at("line")),
            Self::Rejected(rejected) => Explained::Refused(rejected.into_iter().map(said).collect()),
            Self::Invalid(invalid) => invalid.explain(),
            Self::KeyReused(reused) => reused.explain(),
            Self::Denied(denied) => denied.explain(),
            Self::Fault(fault) => fault.explain(),
        }
    }
}

/// One thing that cannot be done.
pub(super) fn said(rejection: Rejection) -> Said {
    let (code, args) = match rejection.why {
        Why::NotFound => (ErrorCode::NotFound, vec![]),
        Why::OutOfStock(available) => (ErrorCode::OutOfStock, vec![("available", Arg::Number(available))]),
        Why::NotSoldHere => (ErrorCode::VariantNotSoldHere, vec![]),
        Why::TooManyLines(max) => {
            (ErrorCode::CartTooManyLines, vec![("max", Arg::Number(i64::try_from(max).unwrap_or(i64::MAX)))])
        }
        Why::DeliveryUnavailable => (ErrorCode::DeliveryMethodUnavailable, vec![]),
        Why::AddressRequired => (ErrorCode::AddressRequired, vec![]),
        Why::PaymentUnavailable => (ErrorCode::PaymentMethodUnavailable, vec![]),
        Why::NoCoupon(why) => (no_coupon(why), vec![]),
        Why::NoGiftCard(why) => (no_gift_card(why), vec![]),
        Why::TooManyGiftCards(max) => {
            (ErrorCode::TooManyGiftCards, vec![("max", Arg::Number(i64::try_from(max).unwrap_or(i64::MAX)))])
        }
        Why::CustomerRequired => (ErrorCode::CustomerRequired, vec![]),
        Why::TooManyCoupons(max) => {
            (ErrorCode::TooManyCoupons, vec![("max", Arg::Number(i64::try_from(max).unwrap_or(i64::MAX)))])
        }
        Why::Wrong(problem) => of_problem(&problem),
    };
    Said { args, ..Said::code(code).path(rejection.path) }
}

/// Why a gift card is good for nothing.
pub const fn no_gift_card(why: NotSpendable) -> ErrorCode {
    match why {
        NotSpendable::Unknown => ErrorCode::GiftCardNotFound,
        NotSpendable::WrongCurrency => ErrorCode::GiftCardCurrencyMismatch,
        NotSpendable::Blocked => ErrorCode::GiftCardBlocked,
        NotSpendable::Expired => ErrorCode::GiftCardExpired,
        NotSpendable::Empty => ErrorCode::GiftCardEmpty,
    }
}

/// Why a coupon is none.
pub const fn no_coupon(why: NoCoupon) -> ErrorCode {
    match why {
        NoCoupon::Unknown => ErrorCode::CouponNotFound,
        NoCoupon::Over => ErrorCode::CouponExpired,
        NoCoupon::UsedUp => ErrorCode::CouponUsedUp,
    }
}
