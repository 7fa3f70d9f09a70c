//! What a refused change of a gift card or of store credit is to the client.

use app::payments::credit::CreditError;

use crate::{
    graphql::{
        code::ErrorCode,
        explain::{Explain, Explained, Said, refused},
    },
    i18n::Arg,
};

impl Explain for CreditError {
    fn explain(self) -> Explained {
        match self {
            Self::NoGiftCard => refused(Said::code(ErrorCode::NotFound).at("giftCard")),
            Self::NoCustomer => refused(Said::code(ErrorCode::NotFound).at("customer")),
            Self::CodeTaken => refused(Said::code(ErrorCode::GiftCardCodeTaken).at("code")),
            Self::TooLittle(balance) => {
                refused(Said::code(ErrorCode::BalanceTooLow).at("amount").with("balance", Arg::Money(balance)))
            }
            Self::Stale => refused(Said::code(ErrorCode::Conflict).at("expectedVersion")),
            Self::Invalid(invalid) => invalid.explain(),
            Self::KeyReused(reused) => reused.explain(),
            Self::Denied(denied) => denied.explain(),
            Self::Fault(fault) => fault.explain(),
        }
    }
}
