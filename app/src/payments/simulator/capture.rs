//! A merchant takes the money that is held.

use domain::{
    id::{Id, SimulatedCharge},
    payments::simulator::ChargeState,
};
use entity::payments::simulated_charge;
use integrations::simulator::wire::news;

use super::{SimulatorError, notices, rows};
use crate::cx::{Cx, System};

/// Takes a charge, or a part of it: then the rest is free again. A second call changes nothing.
pub async fn capture(
    cx: &Cx,
    _may: System,
    charge: Id<SimulatedCharge>,
    amount_minor: i64,
) -> Result<simulated_charge::Model, SimulatorError> {
    let delay = notices::delay(cx);
    cx.write(async |tx| {
        let found = rows::charge(tx, charge).await?.ok_or(SimulatorError::NotFound)?;
        if amount_minor <= 0 || found.amount_minor < amount_minor {
            return Err(SimulatorError::InvalidAmount);
        }
        if rows::set_state(tx, charge, (ChargeState::Authorised, ChargeState::Captured), None).await? {
            notices::tell(tx, charge, news::CAPTURED, delay).await?;
        }
        rows::charge_in(tx, charge, ChargeState::Captured).await
    })
    .await
}
