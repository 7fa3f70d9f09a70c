//! What a refused change of stock is to the client.

use app::inventory::{
    ChangeError, CountError, LocationError, Refusal, Refused, SupplyError, TransferError, alerts::AlertError,
};

use crate::{
    graphql::{
        code::ErrorCode,
        explain::{Explain, Explained, Said, refused},
    },
    i18n::Arg,
};

impl Explain for ChangeError {
    fn explain(self) -> Explained {
        match self {
            Self::Refused(lines) => Explained::Refused(lines.iter().map(|line| said(line, "quantity")).collect()),
            Self::Invalid(invalid) => invalid.explain(),
            Self::KeyReused(reused) => reused.explain(),
            Self::Denied(denied) => denied.explain(),
            Self::Fault(fault) => fault.explain(),
        }
    }
}

impl Explain for LocationError {
    fn explain(self) -> Explained {
        match self {
            Self::NotFound => refused(Said::code(ErrorCode::NotFound).at("location")),
            Self::Stale => refused(Said::code(ErrorCode::Conflict).at("expectedVersion")),
            Self::CodeTaken => refused(Said::code(ErrorCode::LocationCodeTaken).at("code")),
            Self::NoChannel => refused(Said::code(ErrorCode::NotFound).at("channel")),
            Self::NoLocations(lines) => {
                let said =
                    |line: usize| Said::code(ErrorCode::NotFound).at("locations").at(&line.to_string()).at("location");
                Explained::Refused(lines.into_iter().map(said).collect())
            }
            Self::Invalid(invalid) => invalid.explain(),
            Self::KeyReused(reused) => reused.explain(),
            Self::Denied(denied) => denied.explain(),
            Self::Fault(fault) => fault.explain(),
        }
    }
}

impl Explain for TransferError {
    fn explain(self) -> Explained {
        match self {
            Self::NotFound => refused(Said::code(ErrorCode::NotFound).at("transfer")),
            Self::NoFrom => refused(Said::code(ErrorCode::NotFound).at("from")),
            Self::NoTo => refused(Said::code(ErrorCode::NotFound).at("to")),
            Self::Closed => refused(Said::code(ErrorCode::TransferClosed).at("transfer")),
            Self::Refused(lines) => Explained::Refused(lines.iter().map(|line| said(line, "quantity")).collect()),
            Self::Invalid(invalid) => invalid.explain(),
            Self::KeyReused(reused) => reused.explain(),
            Self::Denied(denied) => denied.explain(),
            Self::Fault(fault) => fault.explain(),
        }
    }
}

impl Explain for SupplyError {
    fn explain(self) -> Explained {
        match self {
            Self::NotFound => refused(Said::code(ErrorCode::NotFound).at("supply")),
            Self::NoVariant => refused(Said::code(ErrorCode::NotFound).at("variant")),
            Self::NoLocation => refused(Said::code(ErrorCode::NotFound).at("location")),
            Self::Closed => refused(Said::code(ErrorCode::SupplyClosed).at("supply")),
            Self::Came { received } => {
                refused(Said::code(ErrorCode::SupplyReceived).at("quantity").with("received", Arg::Number(received)))
            }
            Self::Invalid(invalid) => invalid.explain(),
            Self::KeyReused(reused) => reused.explain(),
            Self::Denied(denied) => denied.explain(),
            Self::Fault(fault) => fault.explain(),
        }
    }
}

impl Explain for AlertError {
    fn explain(self) -> Explained {
        match self {
            Self::NoVariant => refused(Said::code(ErrorCode::NotFound).at("variant")),
            Self::Available => refused(Said::code(ErrorCode::VariantAvailable).at("variant")),
            Self::NotFound => refused(Said::code(ErrorCode::NotFound).at("by")),
            Self::Invalid(invalid) => invalid.explain(),
            Self::KeyReused(reused) => reused.explain(),
            Self::Denied(denied) => denied.explain(),
            Self::Fault(fault) => fault.explain(),
        }
    }
}

impl Explain for CountError {
    fn explain(self) -> Explained {
        match self {
            Self::NotFound => refused(Said::code(ErrorCode::NotFound).at("count")),
            Self::NoLocation => refused(Said::code(ErrorCode::NotFound).at("location")),
            Self::NoVariants(lines) => {
                let said = |line: usize| Said::code(ErrorCode::NotFound).at("variants").at(&line.to_string());
                Explained::Refused(lines.into_iter().map(said).collect())
            }
            Self::Closed => refused(Said::code(ErrorCode::CountClosed).at("count")),
            Self::Refused(lines) => Explained::Refused(lines.iter().map(|line| said(line, "counted")).collect()),
            Self::Promised(line) => refused(said(&line, "counted").path(vec!["count".to_owned()])),
            Self::Invalid(invalid) => invalid.explain(),
            Self::KeyReused(reused) => reused.explain(),
            Self::Denied(denied) => denied.explain(),
            Self::Fault(fault) => fault.explain(),
        }
    }
}

/// Why a line was refused, at its path. `units` is the field that says how many.
pub(super) fn said(line: &Refused, units: &str) -> Said {
    let at =
        |code, field: &str| Said::code(code).path(vec!["lines".to_owned(), line.line.to_string(), field.to_owned()]);
    match line.why {
        Refusal::NoVariant => at(ErrorCode::NotFound, "variant"),
        Refusal::NoLocation => at(ErrorCode::NotFound, "location"),
        Refusal::NoChannel => at(ErrorCode::NotFound, "channel"),
        Refusal::Conflict { on_hand } => {
            at(ErrorCode::Conflict, "expectedQuantity").with("quantity", Arg::Number(on_hand))
        }
        Refusal::Reserved { reserved } => at(ErrorCode::StockReserved, units).with("reserved", Arg::Number(reserved)),
        Refusal::Insufficient { available } => {
            at(ErrorCode::StockInsufficient, units).with("available", Arg::Number(available))
        }
    }
}
