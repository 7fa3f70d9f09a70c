//! The one way by which a shipment's state changes.

use domain::{
    fulfilment::shipment::{Action, FailReason, NotAllowed, State},
    id::{Id, Order, OrderLine, Shipment},
    money::Money,
};
use entity::fulfilment::{shipment, shipment_line, shipment_status, shipment_step};
use sea_orm::{ColumnTrait, ExprTrait, QueryFilter, Set, sea_query::Expr};
use store::{Fault, Read, Tx};

/// A step of a shipment, as it will stand for ever.
#[derive(Clone, Debug)]
pub struct Step {
    /// What happened.
    pub action: Action,
    /// Why the carrier came in vain.
    pub failed: Option<FailReason>,
    /// Why, in the words of who says so.
    pub reason: Option<String>,
    /// What falls away of what is to be paid.
    pub amount: Option<Money>,
}

impl Step {
    /// A step of which nothing more is to be said.
    pub const fn of(action: Action) -> Self {
        Self { action, failed: None, reason: None, amount: None }
    }
}

/// Makes a step of a shipment if it is where that is legal. The state of the one that moved first decides.
pub async fn step(tx: &Tx, shipment: Id<Shipment>, step: Step) -> Result<Result<(), NotAllowed>, Fault> {
    let now = status(tx, shipment).await?;
    let from = state(&now)?;
    let to = match from.after(step.action) {
        Ok(to) => to,
        Err(refused) => return Ok(Err(refused)),
    };
    let sequence = now.version.saturating_add(1);
    let changed = tx
        .update::<shipment_status::Entity>()
        .by(shipment)
        .filter(shipment_status::Column::Version.eq(now.version))
        .set(shipment_status::Column::State, to.code())
        .set(shipment_status::Column::Version, Expr::col(shipment_status::Column::Version).add(1))
        .run()
        .await?;
    if changed != 1 {
        return Err(Fault::new("a shipment changed while its order was locked"));
    }
    tx.insert(shipment_step::ActiveModel {
        shipment_id: Set(shipment),
        sequence: Set(sequence),
        order_id: Set(now.order_id),
        action: Set(step.action.code().to_owned()),
        fail_reason: Set(step.failed.map(|failed| failed.code().to_owned())),
        reason: Set(step.reason),
        amount_minor: Set(step.amount.map(|amount| amount.minor)),
        actor: Set(tx.stamp().actor.to_string()),
        at: Set(tx.now()),
        ..Default::default()
    })
    .await?;
    Ok(Ok(()))
}

async fn status(tx: &Tx, shipment: Id<Shipment>) -> Result<shipment_status::Model, Fault> {
    let found = tx.find::<shipment_status::Entity>().by(shipment).one().await?;
    found.ok_or_else(|| Fault::new("a shipment without a status"))
}

fn state(status: &shipment_status::Model) -> Result<State, Fault> {
    State::parse(&status.state).ok_or_else(|| Fault::new("a shipment in an unknown state"))
}

/// A shipment by its id.
pub async fn shipment(read: &Read, id: Id<Shipment>) -> Result<Option<shipment::Model>, Fault> {
    read.find::<shipment::Entity>().by(id).one().await
}

/// Where each shipment of an order is.
pub async fn states(read: &Read, order: Id<Order>) -> Result<Vec<(Id<Shipment>, State)>, Fault> {
    let rows = read.find::<shipment_status::Entity>().by(order).all().await?;
    rows.iter().map(|row| Ok((row.shipment_id, state(row)?))).collect()
}

/// Units of each line in the shipments of an order.
pub async fn units(read: &Read, order: Id<Order>) -> Result<Vec<(Id<Shipment>, Id<OrderLine>, i64)>, Fault> {
    let rows = read.find::<shipment_line::Entity>().by(order).all().await?;
    Ok(rows.into_iter().map(|row| (row.shipment_id, row.order_line_id, row.quantity)).collect())
}
