//! What a refused change of zones and sourcing is to the client.

use app::fulfilment::SourcingError;

use crate::graphql::{
    code::ErrorCode,
    explain::{Explain, Explained, Said, refused},
};

impl Explain for SourcingError {
    fn explain(self) -> Explained {
        let missing = |field: &str| refused(Said::code(ErrorCode::NotFound).at(field));
        match self {
            Self::NoChannel => missing("channel"),
            Self::NoLocation => missing("location"),
            Self::NoZone => missing("zone"),
            Self::NoZones(items) => {
                let said = |item: usize| Said::code(ErrorCode::NotFound).at("zones").at(&item.to_string()).at("zone");
                Explained::Refused(items.into_iter().map(said).collect())
            }
            Self::CodeTaken => refused(Said::code(ErrorCode::ZoneCodeTaken).at("code")),
            Self::Stale => refused(Said::code(ErrorCode::Conflict).at("expectedVersion")),
            Self::Invalid(invalid) => invalid.explain(),
            Self::KeyReused(reused) => reused.explain(),
            Self::Denied(denied) => denied.explain(),
            Self::Fault(fault) => fault.explain(),
        }
    }
}
