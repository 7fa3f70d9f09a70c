//! What a refused change of companies is to the client.

use app::organisations::OrganisationError;
use domain::organisations::tree::{ANCESTORS_MAX, StandError, UNITS_MAX};

use crate::{
    graphql::{
        code::ErrorCode,
        explain::{Explain, Explained, Said, refused},
    },
    i18n::Arg,
};

impl Explain for OrganisationError {
    fn explain(self) -> Explained {
        let missing = |field: &str| refused(Said::code(ErrorCode::NotFound).at(field));
        let max = |n: usize| Arg::Number(i64::try_from(n).unwrap_or(i64::MAX));
        match self {
            Self::NoOrganisation => missing("organisation"),
            Self::NoUnit => missing("unit"),
            Self::NoParent => missing("parent"),
            Self::NoCustomers(items) => {
                let said = |item: usize| Said::code(ErrorCode::NotFound).at("customers").at(&item.to_string());
                Explained::Refused(items.into_iter().map(said).collect())
            }
            Self::CodeTaken { of_unit: false } => refused(Said::code(ErrorCode::OrganisationCodeTaken).at("code")),
            Self::CodeTaken { of_unit: true } => refused(Said::code(ErrorCode::OrganisationUnitCodeTaken).at("code")),
            Self::TooManyUnits => {
                let said = Said::code(ErrorCode::OrganisationUnitsTooMany).at("organisation");
                refused(said.with("max", max(UNITS_MAX)))
            }
            Self::Stand(StandError::Loop) => refused(Said::code(ErrorCode::OrganisationUnitLoop).at("parent")),
            Self::Stand(StandError::TooDeep) => {
                let said = Said::code(ErrorCode::OrganisationUnitTooDeep).at("parent");
                refused(said.with("max", max(ANCESTORS_MAX)))
            }
            Self::UnitInUse => refused(Said::code(ErrorCode::OrganisationUnitInUse).at("unit")),
            Self::Stale => refused(Said::code(ErrorCode::Conflict).at("expectedVersion")),
            Self::Invalid(invalid) => invalid.explain(),
            Self::KeyReused(reused) => reused.explain(),
            Self::Denied(denied) => denied.explain(),
            Self::Fault(fault) => fault.explain(),
        }
    }
}
