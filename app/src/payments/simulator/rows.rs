//! The statements of the simulated card gateway.

use domain::{
    id::{Id, SimulatedCharge, SimulatedNotice},
    payments::{gateway::DeclineCode, simulator::ChargeState},
    time::Instant,
};
use entity::payments::{simulated_charge, simulated_notice, simulated_refund};
use sea_orm::{ColumnTrait, ExprTrait, QueryFilter, sea_query::Expr};
use store::{Fault, Read, Tx};

use super::SimulatorError;

/// A charge by its id.
pub(crate) async fn charge(read: &Read, id: Id<SimulatedCharge>) -> Result<Option<simulated_charge::Model>, Fault> {
    read.find::<simulated_charge::Entity>().by(id).one().await
}

/// The charge that was made with a key.
pub(crate) async fn charge_by_key(read: &Read, key: &str) -> Result<Option<simulated_charge::Model>, Fault> {
    let made_with = simulated_charge::Column::IdempotencyKey.eq(key);
    read.find::<simulated_charge::Entity>().filter(made_with).one().await
}

/// The refund that was made with a key.
pub(crate) async fn refund_by_key(read: &Read, key: &str) -> Result<Option<simulated_refund::Model>, Fault> {
    let made_with = simulated_refund::Column::IdempotencyKey.eq(key);
    read.find::<simulated_refund::Entity>().filter(made_with).one().await
}

/// Moves a charge from one state to another. Says whether it stood there.
pub(crate) async fn set_state(
    tx: &Tx,
    charge: Id<SimulatedCharge>,
    (before, after): (ChargeState, ChargeState),
    why: Option<DeclineCode>,
) -> Result<bool, Fault> {
    let changed = tx
        .update::<simulated_charge::Entity>()
        .by(charge)
        .filter(simulated_charge::Column::State.eq(before.code()))
        .set(simulated_charge::Column::State, after.code())
        .set(simulated_charge::Column::DeclineCode, why.map(DeclineCode::code))
        .run()
        .await?;
    Ok(changed == 1)
}

/// The charge, if it stands in this state.
pub(crate) async fn charge_in(
    tx: &Tx,
    charge: Id<SimulatedCharge>,
    state: ChargeState,
) -> Result<simulated_charge::Model, SimulatorError> {
    let found = self::charge(tx, charge).await?.ok_or(SimulatorError::NotFound)?;
    if found.state == state.code() { Ok(found) } else { Err(SimulatorError::NotAllowed) }
}

/// Gives back so much of a charge, if it was taken and so much is left. Says whether it was.
pub(crate) async fn add_refunded(tx: &Tx, charge: Id<SimulatedCharge>, minor: i64) -> Result<bool, Fault> {
    let refunded = Expr::col(simulated_charge::Column::RefundedMinor).add(minor);
    let changed = tx
        .update::<simulated_charge::Entity>()
        .by(charge)
        .filter(simulated_charge::Column::State.eq(ChargeState::Captured.code()))
        .filter(refunded.clone().lte(Expr::col(simulated_charge::Column::AmountMinor)))
        .set(simulated_charge::Column::RefundedMinor, refunded)
        .run()
        .await?;
    Ok(changed == 1)
}

/// A notice by its id.
pub(crate) async fn notice(read: &Read, id: Id<SimulatedNotice>) -> Result<Option<simulated_notice::Model>, Fault> {
    read.find::<simulated_notice::Entity>().by(id).one().await
}

/// Takes a notice to send it once; it is due again at `next`. `false`: somebody else took it.
pub(crate) async fn claim_notice(tx: &Tx, notice: &simulated_notice::Model, next: Instant) -> Result<bool, Fault> {
    let changed = tx
        .update::<simulated_notice::Entity>()
        .by(notice.id)
        .filter(simulated_notice::Column::SendsLeft.eq(notice.sends_left))
        .filter(simulated_notice::Column::SendsLeft.gt(0))
        .filter(simulated_notice::Column::DueAt.lte(tx.now()))
        .set(simulated_notice::Column::SendsLeft, Expr::col(simulated_notice::Column::SendsLeft).sub(1))
        .set(simulated_notice::Column::DueAt, next)
        .run()
        .await?;
    Ok(changed == 1)
}
