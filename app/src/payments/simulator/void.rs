//! A merchant gives up the money that is held.

use domain::{
    id::{Id, SimulatedCharge},
    payments::simulator::ChargeState,
};
use entity::payments::simulated_charge;
use integrations::simulator::wire::news;

use super::{SimulatorError, notices, rows};
use crate::cx::{Cx, System};

/// Gives up the hold of a charge. A second call changes nothing.
pub async fn void(
    cx: &Cx,
    _may: System,
    charge: Id<SimulatedCharge>,
) -> Result<simulated_charge::Model, SimulatorError> {
    let delay = notices::delay(cx);
    cx.write(async |tx| {
        if rows::set_state(tx, charge, (ChargeState::Authorised, ChargeState::Voided), None).await? {
            notices::tell(tx, charge, news::VOIDED, delay).await?;
        }
        rows::charge_in(tx, charge, ChargeState::Voided).await
    })
    .await
}
