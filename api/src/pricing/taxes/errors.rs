//! What a refused change of taxes is to the client.

use app::pricing::taxes::TaxError;

use crate::graphql::{
    code::ErrorCode,
    explain::{Explain, Explained, Said, refused},
};

impl Explain for TaxError {
    fn explain(self) -> Explained {
        match self {
            Self::Missing { field } => {
                refused(field.iter().fold(Said::code(ErrorCode::NotFound), |said, step| said.at(step)))
            }
            Self::NoProducts(places) => {
                let missing = |place: usize| Said::code(ErrorCode::NotFound).at("products").at(&place.to_string());
                Explained::Refused(places.into_iter().map(missing).collect())
            }
            Self::CodeTaken => refused(Said::code(ErrorCode::TaxClassCodeTaken).at("code")),
            Self::GrantedAlready => refused(Said::code(ErrorCode::TaxExemptionGrantedAlready).at("who")),
            Self::Stale => refused(Said::code(ErrorCode::Conflict)),
            Self::StaleVersion => refused(Said::code(ErrorCode::Conflict).at("expectedVersion")),
            Self::Invalid(invalid) => invalid.explain(),
            Self::KeyReused(reused) => reused.explain(),
            Self::Denied(denied) => denied.explain(),
            Self::Fault(fault) => fault.explain(),
        }
    }
}
