//! A merchant gives money back.

use domain::id::{Id, SimulatedCharge};
use entity::payments::{simulated_charge, simulated_refund};
use integrations::simulator::wire::news;
use sea_orm::Set;
use store::{Fault, Tx};

use super::{SimulatorError, notices, rows};
use crate::cx::{Cx, System};

/// What to give back.
#[derive(Clone, Debug)]
pub struct Refund {
    /// What makes it happen once.
    pub idempotency_key: String,
    /// Of which charge.
    pub charge: Id<SimulatedCharge>,
    /// How much, in minor units.
    pub amount_minor: i64,
}

/// Gives a part of a taken charge back. Once for a key.
pub async fn refund(cx: &Cx, _may: System, input: Refund) -> Result<simulated_charge::Model, SimulatorError> {
    if input.amount_minor <= 0 {
        return Err(SimulatorError::InvalidAmount);
    }
    let delay = notices::delay(cx);
    cx.write(async |tx| {
        let found = rows::charge(tx, input.charge).await?.ok_or(SimulatorError::NotFound)?;
        if !is_new(tx, &input).await? {
            return Ok(found);
        }
        // A refusal leaves, and takes the refund that was just written with it.
        if !rows::add_refunded(tx, input.charge, input.amount_minor).await? {
            return Err(SimulatorError::NotAllowed);
        }
        notices::tell(tx, input.charge, news::REFUNDED, delay).await?;
        rows::charge(tx, input.charge).await?.ok_or(SimulatorError::NotFound)
    })
    .await
}

/// Writes the refund down. `false`: it was made before.
async fn is_new(tx: &Tx, input: &Refund) -> Result<bool, SimulatorError> {
    let row = simulated_refund::ActiveModel {
        idempotency_key: Set(input.idempotency_key.clone()),
        charge_id: Set(input.charge),
        amount_minor: Set(input.amount_minor),
        ..Default::default()
    };
    if tx.insert_new(row).await? {
        return Ok(true);
    }
    let made = rows::refund_by_key(tx, &input.idempotency_key).await?;
    let made = made.ok_or_else(|| Fault::new("a refund vanished"))?;
    if (made.charge_id, made.amount_minor) == (input.charge, input.amount_minor) {
        Ok(false)
    } else {
        Err(SimulatorError::KeyReused)
    }
}
