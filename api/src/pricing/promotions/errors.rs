//! What a refused change of promotions and coupons is to the client.

use app::pricing::promotions::PromotionError;

use crate::{
    graphql::{
        code::ErrorCode,
        explain::{Explain, Explained, Said, refused},
    },
    i18n::Arg,
};

impl Explain for PromotionError {
    fn explain(self) -> Explained {
        let missing = |field: &str| refused(Said::code(ErrorCode::NotFound).at(field));
        let channel = |code, index: usize| refused(Said::code(code).at("channels").at(&index.to_string()));
        match self {
            Self::NoPromotion => missing("promotion"),
            Self::NoCoupon => missing("coupon"),
            Self::NoSuch(id) => refused(Said::code(ErrorCode::NotFound).at("rule").with("id", Arg::Text(id))),
            Self::NoChannel(index) => channel(ErrorCode::NotFound, index),
            Self::Currency(Some(index)) => channel(ErrorCode::PromotionCurrency, index),
            Self::Currency(None) => refused(Said::code(ErrorCode::PromotionCurrency).at("channels")),
            Self::CurrencyFixed => refused(Said::code(ErrorCode::PromotionCurrencyFixed).at("currencyCode")),
            Self::CodeTaken => refused(Said::code(ErrorCode::PromotionCodeTaken).at("code")),
            Self::CouponTaken => refused(Said::code(ErrorCode::CouponCodeTaken).at("coupon")),
            Self::NeedsNoCoupon => refused(Said::code(ErrorCode::PromotionNeedsNoCoupon).at("promotion")),
            Self::Stale => refused(Said::code(ErrorCode::Conflict).at("expectedVersion")),
            Self::Invalid(invalid) => invalid.explain(),
            Self::KeyReused(reused) => reused.explain(),
            Self::Denied(denied) => denied.explain(),
            Self::Fault(fault) => fault.explain(),
        }
    }
}
