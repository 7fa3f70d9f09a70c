//! Staff write down what suppliers are to deliver, and what came of it.

use domain::{
    date::Date,
    id::{Id, InboundSupply, Location, Variant},
    identity::permission::proof::ManageStock,
    invalid::Invalid,
    inventory::{
        movement::Cause,
        supply::SupplyState,
        supply_events::{SupplyEvent, SupplyStep},
    },
};
use entity::inventory::inbound_supply;
use sea_orm::IntoActiveModel;
use store::{Fault, KeyReused, Once, Tx};

use super::{
    bulk::{self, ChangeError, OnFailure, Refused, Step, Task},
    rows::{self, Why},
    selling_rows, supply_rows,
};
use crate::{
    catalog,
    cx::{Cx, Permit},
    refusal::Denied,
};

/// Goods that a supplier is to deliver.
#[derive(Clone, Debug)]
pub struct CreateSupply {
    /// Of what.
    pub variant: Id<Variant>,
    /// Where to.
    pub location: Id<Location>,
    /// Units.
    pub quantity: i64,
    /// The day on which they are to come.
    pub expected_on: Date,
    /// The supplier's paper.
    pub reference: Option<String>,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// What changes of a supply. What is not said stays as it is.
#[derive(Clone, Debug)]
pub struct UpdateSupply {
    /// The supply.
    pub supply: Id<InboundSupply>,
    /// Units in all, those that came among them.
    pub quantity: Option<i64>,
    /// The day on which they are to come.
    pub expected_on: Option<Date>,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// Goods of a supply that came.
#[derive(Clone, Debug)]
pub struct ReceiveSupply {
    /// The supply.
    pub supply: Id<InboundSupply>,
    /// Units that came.
    pub quantity: i64,
    /// Whether nothing more will come.
    pub close: bool,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// A supply that will not come.
#[derive(Clone, Debug)]
pub struct CancelSupply {
    /// The supply.
    pub supply: Id<InboundSupply>,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// Why nothing is written down of a supply.
#[derive(Debug, thiserror::Error)]
pub enum SupplyError {
    /// There is no such supply.
    #[error("there is no such supply")]
    NotFound,
    /// There is no such variant.
    #[error("there is no such variant")]
    NoVariant,
    /// There is no such place.
    #[error("there is no such place")]
    NoLocation,
    /// Nothing more of it is to come.
    #[error("nothing more is to come")]
    Closed,
    /// So many units came already: more than that must be expected.
    #[error("{received} units came already")]
    Came {
        /// Units that came.
        received: i64,
    },
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

impl From<ChangeError> for SupplyError {
    fn from(error: ChangeError) -> Self {
        match error {
            ChangeError::Refused(lines) => Self::Fault(cannot_be(&lines)),
            ChangeError::Invalid(invalid) => Self::Invalid(invalid),
            ChangeError::KeyReused(reused) => Self::KeyReused(reused),
            ChangeError::Denied(denied) => Self::Denied(denied),
            ChangeError::Fault(fault) => Self::Fault(fault),
        }
    }
}

fn cannot_be(lines: &[Refused]) -> Fault {
    Fault::new(format!("goods that came cannot be put on the shelf: {lines:?}"))
}

/// Writes down what a supplier is to deliver. Emits `supply.created`.
pub async fn create_supply(
    cx: &Cx,
    _may: Permit<ManageStock>,
    input: CreateSupply,
) -> Result<Id<InboundSupply>, SupplyError> {
    let CreateSupply { variant, location, quantity, expected_on, reference, once } = input;
    cx.write_once(once.as_ref(), async |tx| {
        if catalog::load::any_variants(tx, &[variant]).await?.is_empty() {
            return Err(SupplyError::NoVariant);
        }
        if rows::locations(tx, &[location]).await?.is_empty() {
            return Err(SupplyError::NoLocation);
        }
        // What is due can be promised, and who promises beyond the shelf holds this row.
        selling_rows::open(tx, variant).await?;
        let row = inbound_supply::Model {
            tenant_id: tx.scope().tenant(),
            id: tx.new_id(),
            variant_id: variant,
            location_id: location,
            quantity,
            received: 0,
            expected_on: expected_on.days(),
            reference,
            state: SupplyState::Expected.code().to_owned(),
            actor: tx.stamp().actor.to_string(),
            announced_at: tx.now(),
            closed_at: None,
            version: 1,
        };
        tx.insert(row.clone().into_active_model()).await?;
        tx.emit(&told(tx, &row, SupplyStep::Created)).await?;
        Ok(row.id)
    })
    .await
}

/// Changes how much of a supply is to come, or when. What was promised of it stays promised. Emits `supply.updated`.
pub async fn update_supply(
    cx: &Cx,
    _may: Permit<ManageStock>,
    input: UpdateSupply,
) -> Result<Id<InboundSupply>, SupplyError> {
    let UpdateSupply { supply, quantity, expected_on, once } = input;
    cx.write_once(once.as_ref(), async |tx| {
        let was = expected(tx, supply).await?;
        let mut row = was.clone();
        row.quantity = quantity.unwrap_or(row.quantity);
        row.expected_on = expected_on.map_or(row.expected_on, Date::days);
        if row.quantity <= row.received {
            return Err(SupplyError::Came { received: row.received });
        }
        supply_rows::set(tx, &row).await?;
        tell(tx, (&was, &row), SupplyStep::Updated).await
    })
    .await
}

/// Puts goods that came on the shelf, for those who wait for them first; more may come than were announced. A supply of
/// which all came is closed. Emits `stock.received`, `supply.received`, `stock.back`, and `order.backorder_served`.
pub async fn receive_supply(
    cx: &Cx,
    _may: Permit<ManageStock>,
    input: ReceiveSupply,
) -> Result<Id<InboundSupply>, SupplyError> {
    let ReceiveSupply { supply, quantity, close, once } = input;
    cx.write_once(once.as_ref(), async |tx| {
        let was = expected(tx, supply).await?;
        let mut row = was.clone();
        row.received = row.received.saturating_add(quantity);
        if close || row.quantity <= row.received {
            SupplyState::Received.code().clone_into(&mut row.state);
        }
        supply_rows::set(tx, &row).await?;
        if 0 < quantity {
            let why = Why { reference: Some(supply.uuid()), reason: row.reference.clone(), ..Why::default() };
            let place = (row.variant_id, row.location_id);
            let task = Task { line: 0, place, cause: Cause::Receipt, step: Step::By(quantity), why };
            bulk::run(tx, vec![task], OnFailure::RejectAll).await?;
        }
        tell(tx, (&was, &row), SupplyStep::Received).await
    })
    .await
}

/// Writes down that what did not come yet of a supply will not come. What was promised of it stays promised. Emits
/// `supply.cancelled`.
pub async fn cancel_supply(
    cx: &Cx,
    _may: Permit<ManageStock>,
    input: CancelSupply,
) -> Result<Id<InboundSupply>, SupplyError> {
    let CancelSupply { supply, once } = input;
    cx.write_once(once.as_ref(), async |tx| {
        let was = expected(tx, supply).await?;
        let mut row = was.clone();
        SupplyState::Cancelled.code().clone_into(&mut row.state);
        supply_rows::set(tx, &row).await?;
        tell(tx, (&was, &row), SupplyStep::Cancelled).await
    })
    .await
}

/// A supply of which more is to come, claimed until the transaction ends.
async fn expected(tx: &Tx, supply: Id<InboundSupply>) -> Result<inbound_supply::Model, SupplyError> {
    supply_rows::hold(tx, supply).await?.ok_or(SupplyError::NotFound)?.ok_or(SupplyError::Closed)
}

async fn tell(
    tx: &Tx,
    (was, row): (&inbound_supply::Model, &inbound_supply::Model),
    step: SupplyStep,
) -> Result<Id<InboundSupply>, SupplyError> {
    tx.emit_change(&told(tx, was, step), &told(tx, row, step)).await?;
    Ok(row.id)
}

fn told(tx: &Tx, row: &inbound_supply::Model, step: SupplyStep) -> SupplyEvent {
    SupplyEvent::Supply {
        supply: row.id,
        step,
        variant: row.variant_id,
        location: row.location_id,
        quantity: row.quantity,
        received: row.received,
        expected_on: Date::from_days(row.expected_on),
        is_open: row.state == SupplyState::Expected.code(),
        at: tx.now(),
    }
}
