//! Staff decide whether goods may come back.

use domain::{
    id::{Id, Return},
    identity::permission::proof::ManageOrders,
    invalid::Invalid,
    orders::{reason, returns::Action},
};

use super::{
    ReturnError,
    machine::{self, Move, Said},
    rows,
};
use crate::cx::{Cx, Permit};

/// Agrees to take goods back. Emits `return.approved`.
pub async fn approve(cx: &Cx, _may: Permit<ManageOrders>, input: Move) -> Result<Id<Return>, ReturnError> {
    let reason = said(&input)?;
    cx.write_once(input.once.as_ref(), async |tx| {
        let standing = machine::find(tx, input.id).await?;
        let lines = standing.wanted(tx).await?;
        let said = Said { reason: reason.clone(), lines, ..Said::default() };
        standing.step(tx, Action::Approve, said).await?;
        Ok(input.id)
    })
    .await
}

/// Does not take goods back, or gives up waiting for them: their units can be sent back another time. Emits
/// `return.rejected`.
pub async fn reject(cx: &Cx, _may: Permit<ManageOrders>, input: Move) -> Result<Id<Return>, ReturnError> {
    let reason = said(&input)?;
    cx.write_once(input.once.as_ref(), async |tx| {
        let standing = machine::find(tx, input.id).await?;
        let lines = standing.wanted(tx).await?;
        let said = Said { reason: reason.clone(), lines: lines.clone(), ..Said::default() };
        standing.step(tx, Action::Reject, said).await?;
        for units in lines {
            rows::uncount(tx, units.line, units.quantity).await?;
        }
        Ok(input.id)
    })
    .await
}

fn said(input: &Move) -> Result<Option<String>, Invalid> {
    reason::parse(input.reason.as_deref()).map_err(|problem| Invalid::at("reason", problem))
}
