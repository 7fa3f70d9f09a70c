//! What a refused change of price lists is to the client.

use app::pricing::{PriceRefusal, PricingError, RefusedPrice};
use domain::pricing::list::{ANCESTORS_MAX, lineage::FollowError};

use super::adjust;
use crate::{
    graphql::{
        code::ErrorCode,
        explain::{Explain, Explained, Said, refused},
    },
    i18n::Arg,
};

impl Explain for PricingError {
    fn explain(self) -> Explained {
        let missing = |field: &str| refused(Said::code(ErrorCode::NotFound).at(field));
        let of_rule = |code| Said::code(code).at("rule").at("parent");
        match self {
            Self::NoList => missing("priceList"),
            Self::NoParent => refused(of_rule(ErrorCode::NotFound)),
            Self::NoChannel => missing("channel"),
            Self::NoGroup => missing("customerGroup"),
            Self::NoOrganisation => missing("organisation"),
            Self::NoUnit => missing("organisationUnit"),
            Self::NoAssignment => missing("assignment"),
            Self::AssignedAlready => refused(Said::code(ErrorCode::PriceListAssignedAlready).at("priceList")),
            Self::CodeTaken => refused(Said::code(ErrorCode::PriceListCodeTaken).at("code")),
            Self::Currency { field: "parent" } => refused(of_rule(ErrorCode::PriceListCurrency)),
            Self::Currency { field } => refused(Said::code(ErrorCode::PriceListCurrency).at(field)),
            Self::Follow(FollowError::Loop) => refused(of_rule(ErrorCode::PriceListLoop)),
            Self::Follow(FollowError::TooDeep) => {
                let max = i64::try_from(ANCESTORS_MAX).unwrap_or(i64::MAX);
                refused(of_rule(ErrorCode::PriceListTooDeep).with("max", Arg::Number(max)))
            }
            Self::Stale => refused(Said::code(ErrorCode::Conflict).at("expectedVersion")),
            Self::NoSuch(id) => refused(Said::code(ErrorCode::NotFound).at("of").with("id", Arg::Text(id))),
            Self::NoVariant => missing("after"),
            Self::NotAdjusted(prices) => Explained::Refused(prices.into_iter().map(adjust::said).collect()),
            Self::Refused(lines) => Explained::Refused(lines.into_iter().flat_map(said).collect()),
            Self::Invalid(invalid) => invalid.explain(),
            Self::KeyReused(reused) => reused.explain(),
            Self::Denied(denied) => denied.explain(),
            Self::Fault(fault) => fault.explain(),
        }
    }
}

/// Why a price was refused, at its path.
fn said(RefusedPrice { line, why }: RefusedPrice) -> Vec<Said> {
    let at = |code, field: &str| vec![Said::code(code).at("lines").at(&line.to_string()).at(field)];
    match why {
        PriceRefusal::NoVariant => at(ErrorCode::NotFound, "variant"),
        PriceRefusal::NoSku => at(ErrorCode::NotFound, "sku"),
        PriceRefusal::NoPrice => at(ErrorCode::PriceNotFound, "variant"),
        PriceRefusal::Wrong(invalid) => {
            invalid.under(&line.to_string()).under("lines").wrong.into_iter().map(Said::from).collect()
        }
    }
}
