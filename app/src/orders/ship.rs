//! The carrier takes an order's goods.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    id::{Id, Location, Order, OrderLine},
    identity::permission::proof::FulfilOrders,
    invalid::{Check, Invalid, Problem},
    orders::{
        events::OrderEvent,
        ship::{Plan, PlanError, Units, plan},
        state::Action,
    },
    text,
};
use entity::orders::order;
use store::{Fault, KeyReused, Once, Tx};

use super::{MoveError, machine, rows};
use crate::{
    cx::{Cx, Permit},
    fulfilment::{self, Parcel},
    inventory::{self, Awaited},
    payments,
    refusal::Denied,
};

/// An order to ship.
#[derive(Clone, Debug)]
pub struct Ship {
    /// The order.
    pub order: Id<Order>,
    /// Who carries it, at most 60 characters.
    pub carrier: String,
    /// The carrier's number, at most 60 characters.
    pub tracking: String,
    /// What leaves, each line once; all that is left if nothing is said.
    pub lines: Option<Vec<Units>>,
    /// The code of the place that it leaves from; any if nothing is said.
    pub location: Option<String>,
    /// The version of its status that the caller saw: if it has another one, nothing is done.
    pub expected_version: Option<i64>,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// Why nothing is shipped.
#[derive(Debug, thiserror::Error)]
pub enum ShipError {
    /// The order is not moved.
    #[error(transparent)]
    Move(#[from] MoveError),
    /// The order has no such line.
    #[error("the order has no line as the one at {index}")]
    NoSuchLine {
        /// Which of the lines that were said.
        index: usize,
    },
    /// There is no such place.
    #[error("there is no such place")]
    NoSuchLocation,
    /// Too few units are left there.
    #[error("of the line at {index} only {max} are left")]
    TooMany {
        /// Which of the lines that were said.
        index: usize,
        /// Units that could leave.
        max: i64,
    },
    /// Nothing is left at the place.
    #[error("nothing is left at the place")]
    NothingThere,
    /// Units that were to leave did not come yet.
    #[error("units of {} lines did not come yet", .0.len())]
    Awaited(Vec<AwaitedUnits>),
    /// The input does not parse.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// The idempotency key was used with another input.
    #[error(transparent)]
    KeyReused(#[from] KeyReused),
    /// The caller may not do it.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Ours to mend.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Units of an order's line that did not come yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AwaitedUnits {
    /// Which of the lines that were said; `None` if none was.
    pub index: Option<usize>,
    /// The line.
    pub line: Id<OrderLine>,
    /// Units that did not come yet.
    pub quantity: i64,
}

impl AwaitedUnits {
    pub(super) const fn of(awaited: &Awaited, index: Option<usize>) -> Self {
        Self { index, line: awaited.line, quantity: awaited.quantity }
    }
}

const CARRIER_MAX: usize = 60;
const TRACKING_MAX: usize = 60;

/// Ships what is left of an order, or a part; units that did not come yet cannot leave: the goods leave the shelf, one
/// shipment a place, and an authorised payment is captured, all of it with the first of them. Emits `order.shipped` if
/// nothing is left, `order.shipped_in_part` otherwise, and `order.shipment_dispatched` for each shipment.
pub async fn ship(cx: &Cx, _may: Permit<FulfilOrders>, input: Ship) -> Result<Id<Order>, ShipError> {
    let (carrier, tracking) = parse(&input)?;
    cx.write_once(input.once.as_ref(), async |tx| {
        // In this order, as everywhere: the payment, the status, then what the order waits for.
        let standing = machine::find_alone(tx, input.order, input.expected_version).await?;
        rows::lock_status(tx, input.order).await?;
        // A refusal names what was asked for; whether it is all is known below.
        standing.step(Action::Ship)?;
        let plan = chosen(tx, &input).await?;
        let step = standing.step(if plan.is_rest { Action::Ship } else { Action::ShipPart })?;
        payments::capture(tx, input.order).await?;
        step.make(tx, None).await?;
        // Nobody moves the order from here on; but a place may have refused before, which leaves its version as it was.
        if chosen(tx, &input).await? != plan {
            return Err(MoveError::Stale.into());
        }
        inventory::ship(tx, input.order, &plan.parts).await?;
        let parcel = Parcel { carrier: carrier.clone(), tracking: tracking.clone(), goods: goods(&plan) };
        hand_over(tx, &standing.order, parcel).await?;
        Ok(input.order)
    })
    .await
}

/// What leaves, if it can.
async fn chosen(tx: &Tx, input: &Ship) -> Result<Plan, ShipError> {
    if let Some(wanted) = &input.lines {
        let lines: BTreeSet<_> = rows::lines(tx, &[input.order]).await?.into_iter().map(|line| line.id).collect();
        if let Some(index) = wanted.iter().position(|units| !lines.contains(&units.line)) {
            return Err(ShipError::NoSuchLine { index });
        }
    }
    let from = match &input.location {
        Some(code) => Some(rows::location(tx, code.trim()).await?.ok_or(ShipError::NoSuchLocation)?),
        None => None,
    };
    let awaited = inventory::awaited(tx, input.order).await?;
    if input.lines.is_none() && from.is_none() && !awaited.is_empty() {
        return Err(ShipError::Awaited(awaited.iter().map(|one| AwaitedUnits::of(one, None)).collect()));
    }
    let promises = inventory::promised(tx, input.order).await?;
    let plan = plan(&promises, input.lines.as_deref(), from).map_err(|refused| match refused {
        PlanError::TooMany { index, max } => {
            let line = input.lines.iter().flatten().nth(index).map(|units| units.line);
            match awaited.iter().find(|one| Some(one.line) == line) {
                Some(one) => ShipError::Awaited(vec![AwaitedUnits::of(one, Some(index))]),
                None => ShipError::TooMany { index, max },
            }
        }
        PlanError::Nothing if from.is_some() => ShipError::NothingThere,
        PlanError::Nothing => Fault::new("an allocated order has nothing to ship").into(),
    })?;
    Ok(Plan { is_rest: plan.is_rest && awaited.is_empty(), ..plan })
}

fn goods(plan: &Plan) -> BTreeMap<Id<Location>, BTreeMap<Id<OrderLine>, i64>> {
    let mut goods: BTreeMap<_, BTreeMap<_, i64>> = BTreeMap::new();
    for (promise, part) in &plan.parts {
        let units = goods.entry(promise.location).or_default().entry(promise.line).or_default();
        *units = units.saturating_add(*part);
    }
    goods
}

async fn hand_over(tx: &Tx, order: &order::Model, parcel: Parcel) -> Result<(), Fault> {
    let (carrier, tracking) = (parcel.carrier.clone(), parcel.tracking.clone());
    for left in fulfilment::ship(tx, order.id, parcel).await? {
        tx.emit(&OrderEvent::Shipped {
            order: order.id,
            number: order.number.clone(),
            shipment: left.shipment,
            carrier: carrier.clone(),
            tracking: tracking.clone(),
            lines: left.lines,
            at: tx.now(),
        })
        .await?;
    }
    Ok(())
}

fn parse(input: &Ship) -> Result<(String, String), Invalid> {
    let mut check = Check::default();
    let carrier = check.field("carrier", text::line(&input.carrier, CARRIER_MAX));
    let tracking = check.field("tracking", text::line(&input.tracking, TRACKING_MAX));
    if let Some(lines) = &input.lines {
        check.nested("lines", units(lines));
    }
    check.done(carrier.zip(tracking))
}

/// Checks units of lines: at least one line, none twice, each quantity above zero.
pub(super) fn units(lines: &[Units]) -> Result<(), Invalid> {
    let (mut check, mut seen) = (Check::default(), BTreeSet::new());
    if lines.is_empty() {
        return Err(Invalid::here(Problem::Required));
    }
    for (index, units) in lines.iter().enumerate() {
        let at = |field: &str, problem| Err::<(), _>(Invalid::at(field, problem).under(&index.to_string()));
        if !seen.insert(units.line) {
            check.here(at("line", Problem::Duplicate));
        }
        if units.quantity < 1 {
            check.here(at("quantity", Problem::QuantityNotPositive));
        }
    }
    check.done(Some(()))
}
