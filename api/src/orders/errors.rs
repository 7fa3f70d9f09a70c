//! What a refused move of an order is to the client.

use app::orders::{
    AllocateError, AwaitedUnits, CancelLinesError, EditError, HoldError, MarkPaidError, MoveError, RefundError,
    ReleaseHoldError, SetAddressError, ShipError, ShipmentError,
    returns::{ExchangeError, ReturnError, SetDaysError},
};
use domain::orders::{edit::EditRefused, hold::HoldKind, state::NotAllowed};

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
            Self::OnHold(kinds) => on_hold(&kinds),
            Self::Invalid(invalid) => invalid.explain(),
            Self::KeyReused(reused) => reused.explain(),
            Self::Denied(denied) => denied.explain(),
            Self::Fault(fault) => fault.explain(),
        }
    }
}

impl Explain for ShipError {
    fn explain(self) -> Explained {
        match self {
            Self::Move(refused) => refused.explain(),
            Self::NoSuchLine { index } => refused(Said::code(ErrorCode::NotFound).path(line_path(index, "line"))),
            Self::NoSuchLocation => refused(Said::code(ErrorCode::NotFound).at("location")),
            Self::TooMany { index, max } => units_exceeded(index, max),
            Self::NothingThere => refused(Said::code(ErrorCode::OrderNothingToShip).at("location")),
            Self::Awaited(lines) => awaited(&lines),
            Self::Invalid(invalid) => invalid.explain(),
            Self::KeyReused(reused) => reused.explain(),
            Self::Denied(denied) => denied.explain(),
            Self::Fault(fault) => fault.explain(),
        }
    }
}

impl Explain for AllocateError {
    fn explain(self) -> Explained {
        match self {
            Self::Move(refused) => refused.explain(),
            Self::Awaited(lines) => awaited(&lines),
            Self::Invalid(invalid) => invalid.explain(),
            Self::KeyReused(reused) => reused.explain(),
            Self::Denied(denied) => denied.explain(),
            Self::Fault(fault) => fault.explain(),
        }
    }
}

impl Explain for CancelLinesError {
    fn explain(self) -> Explained {
        match self {
            Self::Move(refused) => refused.explain(),
            Self::NoSuchLine { index } => refused(Said::code(ErrorCode::NotFound).path(line_path(index, "line"))),
            Self::TooMany { index, max } => units_exceeded(index, max),
            Self::BeingCaptured => refused(Said::code(ErrorCode::PaymentBeingCaptured).at("order")),
            Self::Invalid(invalid) => invalid.explain(),
            Self::KeyReused(reused) => reused.explain(),
            Self::Denied(denied) => denied.explain(),
            Self::Fault(fault) => fault.explain(),
        }
    }
}

impl Explain for EditError {
    fn explain(self) -> Explained {
        self.explain_of("steps")
    }
}

impl Explain for ExchangeError {
    fn explain(self) -> Explained {
        match self {
            Self::Return(refused) => refused.explain(),
            Self::Edit(refused) => refused.explain_of("lines"),
            Self::Invalid(invalid) => invalid.explain(),
            Self::KeyReused(reused) => reused.explain(),
            Self::Denied(denied) => denied.explain(),
            Self::Fault(fault) => fault.explain(),
        }
    }
}

impl Explain for SetAddressError {
    fn explain(self) -> Explained {
        match self {
            Self::Move(refused) => refused.explain(),
            Self::NothingLeft { state } => {
                let state = Arg::Label { group: "order-state", code: state.code() };
                refused(Said::code(ErrorCode::OrderAddressFixed).at("order").with("state", state))
            }
            Self::OtherCountry => {
                let at = vec!["address".to_owned(), "country".to_owned()];
                refused(Said::code(ErrorCode::OrderAddressCountryChanged).path(at))
            }
            Self::Invalid(invalid) => invalid.explain(),
            Self::KeyReused(reused) => reused.explain(),
            Self::Denied(denied) => denied.explain(),
            Self::Fault(fault) => fault.explain(),
        }
    }
}

/// An edit whose steps stand in a list of some name.
trait ExplainSteps {
    fn explain_of(self, list: &str) -> Explained;
}

impl ExplainSteps for EditError {
    fn explain_of(self, list: &str) -> Explained {
        let step_said = |code, step: usize| Said::code(code).path(vec![list.to_owned(), step.to_string()]);
        let at_step = |code, step| refused(step_said(code, step));
        match self {
            Self::Move(refused) => refused.explain(),
            Self::Refused(EditRefused::NoSuchLine { step }) => at_step(ErrorCode::NotFound, step),
            Self::Refused(EditRefused::TooMany { step, max }) => {
                refused(step_said(ErrorCode::OrderUnitsExceeded, step).with("max", Arg::Number(max)))
            }
            Self::Refused(EditRefused::ChangesNothing) => {
                refused(Said::code(ErrorCode::OrderEditChangesNothing).at("steps"))
            }
            Self::Refused(EditRefused::LeavesNothing) => {
                refused(Said::code(ErrorCode::OrderEditLeavesNothing).at("steps"))
            }
            Self::Refused(EditRefused::Invalid(invalid)) | Self::Invalid(invalid) => invalid.explain(),
            Self::NotSold { step } => at_step(ErrorCode::VariantNotSoldHere, step),
            Self::OutOfStock { step, available } => {
                refused(step_said(ErrorCode::OutOfStock, step).with("available", Arg::Number(available)))
            }
            Self::TaxUnavailable => refused(Said::code(ErrorCode::TaxUnavailable).path(vec![list.to_owned()])),
            Self::NoSinglePlace => refused(Said::code(ErrorCode::SplitNotAllowed).path(vec![list.to_owned()])),
            Self::MethodRequired { difference } => {
                let said = Said::code(ErrorCode::OrderEditUnpaid).at("paymentMethod");
                refused(said.with("difference", Arg::Money(difference)))
            }
            Self::MethodUnavailable => refused(Said::code(ErrorCode::PaymentMethodUnavailable).at("paymentMethod")),
            Self::BeingCaptured => refused(Said::code(ErrorCode::PaymentBeingCaptured).at("order")),
            Self::KeyReused(reused) => reused.explain(),
            Self::Denied(denied) => denied.explain(),
            Self::Fault(fault) => fault.explain(),
        }
    }
}

impl Explain for ShipmentError {
    fn explain(self) -> Explained {
        match self {
            Self::NotFound => refused(Said::code(ErrorCode::NotFound).at("shipment")),
            Self::NotAllowed(why) => {
                let state = Arg::Label { group: "shipment-state", code: why.state.code() };
                refused(Said::code(ErrorCode::ShipmentNotAllowed).at("shipment").with("state", state))
            }
            Self::Stale => refused(Said::code(ErrorCode::Conflict).at("shipment")),
            Self::BeingCaptured => refused(Said::code(ErrorCode::PaymentBeingCaptured).at("shipment")),
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
            Self::NoSuchPayment => refused(Said::code(ErrorCode::NotFound).at("payment")),
            Self::NoCustomer(_) => refused(Said::code(ErrorCode::CustomerRequired).at("toStoreCredit")),
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

impl Explain for HoldError {
    fn explain(self) -> Explained {
        match self {
            Self::NotFound => not_found(),
            Self::Stale => stale(),
            Self::TooLate { state } => {
                let state = Arg::Label { group: "order-state", code: state.code() };
                refused(Said::code(ErrorCode::OrderHoldTooLate).at("order").with("state", state))
            }
            Self::Held { kind } => {
                let kind = Arg::Label { group: "order-hold", code: kind.code() };
                refused(Said::code(ErrorCode::OrderHoldExists).at("kind").with("kind", kind))
            }
            Self::Invalid(invalid) => invalid.explain(),
            Self::KeyReused(reused) => reused.explain(),
            Self::Denied(denied) => denied.explain(),
            Self::Fault(fault) => fault.explain(),
        }
    }
}

impl Explain for ReleaseHoldError {
    fn explain(self) -> Explained {
        match self {
            Self::NotFound => refused(Said::code(ErrorCode::NotFound).at("hold")),
            Self::Released => refused(Said::code(ErrorCode::OrderHoldReleased).at("hold")),
            Self::Invalid(invalid) => invalid.explain(),
            Self::KeyReused(reused) => reused.explain(),
            Self::Denied(denied) => denied.explain(),
            Self::Fault(fault) => fault.explain(),
        }
    }
}

impl Explain for ReturnError {
    fn explain(self) -> Explained {
        match self {
            Self::NotFound => refused(Said::code(ErrorCode::NotFound).at("orderReturn")),
            Self::NoSuchOrder => refused(Said::code(ErrorCode::NotFound).at("by")),
            Self::Stale => refused(Said::code(ErrorCode::Conflict).at("orderReturn")),
            Self::NotAllowed(why) => {
                let state = Arg::Label { group: "return-state", code: why.state.code() };
                refused(Said::code(ErrorCode::ReturnNotAllowed).at("orderReturn").with("state", state))
            }
            Self::NotDelivered { state } => {
                let state = Arg::Label { group: "order-state", code: state.code() };
                refused(Said::code(ErrorCode::ReturnNotDelivered).at("by").with("state", state))
            }
            Self::TooLate { days } => {
                refused(Said::code(ErrorCode::ReturnTooLate).at("by").with("days", Arg::Number(days)))
            }
            Self::NoSuchLine { index } => refused(Said::code(ErrorCode::NotFound).path(line_path(index, "line"))),
            Self::TooMany { index, max } => {
                let said = Said::code(ErrorCode::ReturnUnitsExceeded).path(line_path(index, "quantity"));
                refused(said.with("max", Arg::Number(max)))
            }
            Self::Undecided { index, expected } => {
                let said = Said::code(ErrorCode::ReturnUnitsUndecided).path(line_path(index, "quantity"));
                refused(said.with("expected", Arg::Number(expected)))
            }
            Self::TooFewInQuarantine { available } => {
                let said = Said::code(ErrorCode::StockInsufficient).at("lines");
                refused(said.with("available", Arg::Number(available)))
            }
            Self::NoSuchLocation => refused(Said::code(ErrorCode::NotFound).at("location")),
            Self::Order(refused) => refused.explain(),
            Self::Exceeds { max } => {
                refused(Said::code(ErrorCode::RefundExceedsCaptured).at("amount").with("max", Arg::Money(max)))
            }
            Self::NothingToRefund => refused(Said::code(ErrorCode::NothingToRefund).at("orderReturn")),
            Self::NoCustomer(_) => refused(Said::code(ErrorCode::CustomerRequired).at("toStoreCredit")),
            Self::Invalid(invalid) => invalid.explain(),
            Self::KeyReused(reused) => reused.explain(),
            Self::Denied(denied) => denied.explain(),
            Self::Fault(fault) => fault.explain(),
        }
    }
}

impl Explain for SetDaysError {
    fn explain(self) -> Explained {
        match self {
            Self::NoChannel => refused(Said::code(ErrorCode::NotFound).at("channel")),
            Self::Stale => refused(Said::code(ErrorCode::Conflict).at("channel")),
            Self::Invalid(invalid) => invalid.explain(),
            Self::KeyReused(reused) => reused.explain(),
            Self::Denied(denied) => denied.explain(),
            Self::Fault(fault) => fault.explain(),
        }
    }
}

fn on_hold(kinds: &[HoldKind]) -> Explained {
    let kinds = Arg::Labels { group: "order-hold", codes: kinds.iter().map(|kind| kind.code()).collect() };
    refused(Said::code(ErrorCode::OrderOnHold).at("order").with("kinds", kinds))
}

/// Too many units of a line that was said.
fn units_exceeded(index: usize, max: i64) -> Explained {
    let said = Said::code(ErrorCode::OrderUnitsExceeded).path(line_path(index, "quantity"));
    refused(said.with("max", Arg::Number(max)))
}

/// Units that did not come yet: at the line that was said, else at the order's.
fn awaited(lines: &[AwaitedUnits]) -> Explained {
    let said = |one: &AwaitedUnits| {
        let of_order = || vec!["order".to_owned(), "lines".to_owned(), one.line.to_string()];
        let path = one.index.map_or_else(of_order, |index| line_path(index, "quantity"));
        Said::code(ErrorCode::OrderBackordered).path(path).with("quantity", Arg::Number(one.quantity))
    };
    Explained::Refused(lines.iter().map(said).collect())
}

fn line_path(index: usize, field: &str) -> Vec<String> {
    vec!["lines".to_owned(), index.to_string(), field.to_owned()]
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
