//! What a refused move of an order is to the client.

use app::orders::{MarkPaidError, MoveError, RefundError};
use domain::orders::state::NotAllowed;

use crate::{
    graphql::{
        code::ErrorCode,
        explain::{Explain, Explained, Said, refused},
    },
    i18n::Arg,
};

impl Explain for MoveError {
    fn explain(self) -> Explained {
        match self {
            Self::NotFound => not_found(),
            Self::Stale => stale(),
            Self::NotAllowed(refused) => not_allowed(refused),
            Self::Invalid(invalid) => invalid.explain(),
            Self::KeyReused(reused) => reused.explain(),
            Self::Denied(denied) => denied.explain(),
            Self::Fault(fault) => fault.explain(),
        }
    }
}

impl Explain for RefundError {
    fn explain(self) -> Explained {
        match self {
            Self::NotFound => not_found(),
            Self::Stale => stale(),
            Self::NotAllowed(refused) => not_allowed(refused),
            Self::Exceeds { max } => {
                refused(Said::code(ErrorCode::RefundExceedsCaptured).at("amount").with("max", Arg::Money(max)))
            }
            Self::NothingToRefund => refused(Said::code(ErrorCode::NothingToRefund).at("order")),
            Self::Invalid(invalid) => invalid.explain(),
            Self::KeyReused(reused) => reused.explain(),
            Self::Denied(denied) => denied.explain(),
            Self::Fault(fault) => fault.explain(),
        }
    }
}

impl Explain for MarkPaidError {
    fn explain(self) -> Explained {
        match self {
            Self::NotFound => not_found(),
            Self::Stale => stale(),
            Self::NotAllowed(refused) => not_allowed(refused),
            Self::NotPayable => refused(Said::code(ErrorCode::PaymentNotPayable).at("order")),
            Self::KeyReused(reused) => reused.explain(),
            Self::Denied(denied) => denied.explain(),
            Self::Fault(fault) => fault.explain(),
        }
    }
}

fn not_found() -> Explained {
    refused(Said::code(ErrorCode::NotFound).at("order"))
}

fn stale() -> Explained {
    refused(Said::code(ErrorCode::Conflict).at("expectedVersion"))
}

fn not_allowed(why: NotAllowed) -> Explained {
    let state = Arg::Label { group: "order-state", code: why.state.code() };
    let action = Arg::Label { group: "order-action", code: why.action.code() };
    let said = Said::code(ErrorCode::OrderTransitionNotAllowed).at("order");
    refused(said.with("state", state).with("action", action))
}
