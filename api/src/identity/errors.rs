//! What a refusal of identity is to the client.

use app::identity::{RefreshError, RegisterError, SignInError, groups::GroupError};

use crate::graphql::{
    code::ErrorCode,
    explain::{Explain, Explained, Said, refused},
};

impl Explain for SignInError {
    fn explain(self) -> Explained {
        match self {
            Self::BadCredentials => refused(Said::code(ErrorCode::BadCredentials)),
            Self::Fault(fault) => fault.explain(),
        }
    }
}

impl Explain for RefreshError {
    fn explain(self) -> Explained {
        match self {
            Self::SessionEnded => refused(Said::code(ErrorCode::SessionEnded).at("refreshToken")),
            Self::Fault(fault) => fault.explain(),
        }
    }
}

impl Explain for RegisterError {
    fn explain(self) -> Explained {
        match self {
            Self::AccountExists => refused(Said::code(ErrorCode::AccountExists).at("email")),
            Self::Invalid(invalid) => invalid.explain(),
            Self::KeyReused(reused) => reused.explain(),
            Self::Fault(fault) => fault.explain(),
        }
    }
}

impl Explain for GroupError {
    fn explain(self) -> Explained {
        match self {
            Self::NoGroup => refused(Said::code(ErrorCode::NotFound).at("group")),
            Self::NoCustomers(items) => {
                let said = |item: usize| Said::code(ErrorCode::NotFound).at("customers").at(&item.to_string());
                Explained::Refused(items.into_iter().map(said).collect())
            }
            Self::CodeTaken => refused(Said::code(ErrorCode::CustomerGroupCodeTaken).at("code")),
            Self::Stale => refused(Said::code(ErrorCode::Conflict).at("expectedVersion")),
            Self::Invalid(invalid) => invalid.explain(),
            Self::KeyReused(reused) => reused.explain(),
            Self::Denied(denied) => denied.explain(),
            Self::Fault(fault) => fault.explain(),
        }
    }
}
