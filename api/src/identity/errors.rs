//! What a refusal of identity is to the client.

use app::identity::{RefreshError, RegisterError, SignInError};

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
