//! What a refused checkout is to the client.

use app::checkout::{CheckoutError, DraftCheckoutError, Missing, PayError};

use crate::{
    cart::errors::{no_coupon, no_gift_card},
    graphql::{
        code::{ErrorCode, of_problem},
        explain::{Explain, Explained, Said, refused},
    },
    i18n::Arg,
};

impl Explain for CheckoutError {
    fn explain(self) -> Explained {
        match self {
            Self::Cart(error) => error.explain(),
            Self::Invalid(invalid) => invalid.explain(),
            Self::Empty => refused(Said::code(ErrorCode::CartEmpty).at("cart")),
            Self::NotReady(missing) => Explained::Refused(missing.into_iter().map(missing_said).collect()),
            Self::OutOfStock(lines) => {
                let said = |(line, available): (domain::id::Id<domain::id::CartLine>, i64)| {
                    let said = Said::code(ErrorCode::OutOfStock).with("available", Arg::Number(available));
                    said.path(vec!["cart".to_owned(), "lines".to_owned(), line.to_string()])
                };
                Explained::Refused(lines.into_iter().map(said).collect())
            }
            Self::NoSinglePlace => refused(Said::code(ErrorCode::SplitNotAllowed).at("cart")),
            Self::TotalChanged(total) => {
                refused(Said::code(ErrorCode::TotalChanged).at("expectedTotal").with("total", Arg::Money(total)))
            }
            Self::Coupon { code, why } => {
                let path = vec!["cart".to_owned(), "coupons".to_owned(), code];
                refused(Said::code(no_coupon(why)).path(path))
            }
            Self::DueChanged(due) => {
                refused(Said::code(ErrorCode::DueChanged).at("expectedDue").with("due", Arg::Money(due)))
            }
            Self::GiftCard { card, why } => {
                let path = vec!["cart".to_owned(), "giftCards".to_owned(), card.to_string()];
                refused(Said::code(no_gift_card(why)).path(path))
            }
            Self::TaxUnavailable => refused(Said::code(ErrorCode::TaxUnavailable).at("cart")),
            Self::BalanceChanged => refused(Said::code(ErrorCode::BalanceTooLow).at("cart")),
            Self::PromotionUsedUp => refused(Said::code(ErrorCode::PromotionUsedUp).at("cart")),
            Self::Failed => refused(Said::code(ErrorCode::CheckoutFailed).at("cart")),
            Self::KeyReused(reused) => reused.explain(),
            Self::Fault(fault) => fault.explain(),
        }
    }
}

impl Explain for DraftCheckoutError {
    fn explain(self) -> Explained {
        match self {
            Self::Draft(error) => error.explain(),
            Self::Checkout(error) => match error.explain() {
                Explained::Refused(said) => Explained::Refused(said.into_iter().map(of_draft).collect()),
                other @ (Explained::Denied(_) | Explained::Fault(_)) => other,
            },
            Self::Invalid(invalid) => invalid.explain(),
            Self::KeyReused(reused) => reused.explain(),
            Self::Denied(denied) => denied.explain(),
            Self::Fault(fault) => fault.explain(),
        }
    }
}

/// What is said of a cart, said of the draft whose it is.
fn of_draft(mut said: Said) -> Said {
    if let Some(first) = said.path.first_mut().filter(|first| *first == "cart") {
        "draft".clone_into(first);
    }
    said
}

fn missing_said(missing: Missing) -> Said {
    let at = |code, field: &str| Said::code(code).path(vec!["cart".to_owned(), field.to_owned()]);
    match missing {
        Missing::Contact => at(ErrorCode::ContactRequired, "email"),
        Missing::Address => at(ErrorCode::AddressRequired, "shippingAddress"),
        Missing::Delivery => at(ErrorCode::DeliveryMethodRequired, "deliveryMethod"),
        Missing::DeliveryUnavailable => at(ErrorCode::DeliveryMethodUnavailable, "deliveryMethod"),
        Missing::Payment => at(ErrorCode::PaymentMethodRequired, "paymentMethod"),
        Missing::PaymentUnavailable => at(ErrorCode::PaymentMethodUnavailable, "paymentMethod"),
        Missing::NotSold(line) => {
            let path = vec!["cart".to_owned(), "lines".to_owned(), line.to_string()];
            Said::code(ErrorCode::VariantNotSoldHere).path(path)
        }
        Missing::Quantity(line, breach) => {
            let (code, args) = of_problem(&breach.into());
            let path = ["cart", "lines", &line.to_string(), "quantity"].map(str::to_owned).to_vec();
            Said { args, ..Said::code(code).path(path) }
        }
    }
}

impl Explain for PayError {
    fn explain(self) -> Explained {
        match self {
            Self::NotFound => refused(Said::code(ErrorCode::NotFound).at("order")),
            Self::NotPayable => refused(Said::code(ErrorCode::PaymentNotPayable).at("order")),
            Self::Invalid(invalid) => invalid.explain(),
            Self::KeyReused(reused) => reused.explain(),
            Self::Fault(fault) => fault.explain(),
        }
    }
}
