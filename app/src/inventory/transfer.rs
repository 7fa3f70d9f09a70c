//! Goods go from one place of ours to another.

use std::collections::{BTreeMap, HashSet};

use domain::{
    id::{Id, Location, Transfer, Variant},
    identity::permission::proof::ManageStock,
    invalid::{Invalid, Problem},
    inventory::{
        events::StockEvent,
        movement::Cause,
        transfer::{Sent, TransferState},
    },
};
use entity::inventory::{transfer, transfer_line};
use sea_orm::Set;
use store::{Fault, KeyReused, Once, Tx};

use super::{
    bulk::{self, ChangeError, OnFailure, Refusal, Refused, Step, Task},
    rows::{self, Why},
    transfer_rows,
};
use crate::{
    cx::{Cx, Permit},
    refusal::Denied,
};

/// Goods to send.
#[derive(Clone, Debug)]
pub struct ShipTransfer {
    /// From where.
    pub from: Id<Location>,
    /// To where: another place.
    pub to: Id<Location>,
    /// What: each variant once.
    pub lines: Vec<TransferLine>,
    /// The shipper's paper.
    pub reference: Option<String>,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// Units of one variant in a transfer.
#[derive(Clone, Copy, Debug)]
pub struct TransferLine {
    /// Its place in the input.
    pub line: usize,
    /// Of what.
    pub variant: Id<Variant>,
    /// Units.
    pub quantity: i64,
}

/// Goods that came.
#[derive(Clone, Debug)]
pub struct ReceiveTransfer {
    /// The transfer.
    pub transfer: Id<Transfer>,
    /// What came: each variant once.
    pub lines: Vec<TransferLine>,
    /// Whether nothing more will come: the rest is lost.
    pub close: bool,
    /// Why less came than went: needed if something is lost.
    pub reason: Option<String>,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// A transfer to give up.
#[derive(Clone, Debug)]
pub struct CancelTransfer {
    /// The transfer.
    pub transfer: Id<Transfer>,
    /// Why.
    pub reason: Option<String>,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// Why goods do not go or come.
#[derive(Debug, thiserror::Error)]
pub enum TransferError {
    /// There is no such transfer.
    #[error("there is no such transfer")]
    NotFound,
    /// There is no such place to send from.
    #[error("there is no such place to send from")]
    NoFrom,
    /// There is no such place to send to.
    #[error("there is no such place to send to")]
    NoTo,
    /// Nothing of it is under way any more.
    #[error("nothing of it is under way")]
    Closed,
    /// Some lines cannot be done.
    #[error("some lines cannot be done")]
    Refused(Vec<Refused>),
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

impl From<ChangeError> for TransferError {
    fn from(error: ChangeError) -> Self {
        match error {
            ChangeError::Refused(lines) => Self::Refused(lines),
            ChangeError::Invalid(invalid) => Self::Invalid(invalid),
            ChangeError::KeyReused(reused) => Self::KeyReused(reused),
            ChangeError::Denied(denied) => Self::Denied(denied),
            ChangeError::Fault(fault) => Self::Fault(fault),
        }
    }
}

/// Takes goods off the shelf of one place, for another. Emits `transfer.shipped`, `stock.transferred_out` for each level,
/// and `stock.low`.
pub async fn ship_transfer(
    cx: &Cx,
    _may: Permit<ManageStock>,
    input: ShipTransfer,
) -> Result<Id<Transfer>, TransferError> {
    let ShipTransfer { from, to, lines, reference, once } = input;
    cx.write_once(once.as_ref(), async |tx| {
        let places: HashSet<_> = rows::locations(tx, &[from, to]).await?.into_iter().map(|row| row.id).collect();
        if !places.contains(&from) {
            return Err(TransferError::NoFrom);
        }
        if !places.contains(&to) {
            return Err(TransferError::NoTo);
        }
        let id = tx.new_id();
        let tasks =
            lines.iter().map(|line| task(id, line.line, (line.variant, from), Cause::TransferOut, line.quantity));
        let tasks: Vec<_> = tasks.collect();
        bulk::run(tx, tasks, OnFailure::RejectAll).await?;
        let row = transfer::ActiveModel {
            id: Set(id),
            from_id: Set(from),
            to_id: Set(to),
            state: Set(TransferState::InTransit.code().to_owned()),
            reference: Set(reference.clone()),
            reason: Set(None),
            actor: Set(tx.stamp().actor.to_string()),
            shipped_at: Set(tx.now()),
            closed_at: Set(None),
            version: Set(1),
            ..Default::default()
        };
        tx.insert(row).await?;
        tx.insert_many(lines.iter().map(|line| new_line(id, line)).collect::<Vec<_>>()).await?;
        let (state, at) = (TransferState::InTransit, tx.now());
        tx.emit(&StockEvent::Transfer { transfer: id, from, to, state, is_new: true, reason: reference, at }).await?;
        Ok(id)
    })
    .await
}

fn new_line(transfer: Id<Transfer>, line: &TransferLine) -> transfer_line::ActiveModel {
    transfer_line::ActiveModel {
        transfer_id: Set(transfer),
        variant_id: Set(line.variant),
        shipped: Set(line.quantity),
        received: Set(0),
        returned: Set(0),
        lost: Set(0),
        ..Default::default()
    }
}

fn task(transfer: Id<Transfer>, line: usize, place: rows::Place, cause: Cause, units: i64) -> Task {
    let why = Why { reference: Some(transfer.uuid()), ..Why::default() };
    Task { line, place, cause, step: Step::By(units), why }
}

/// Puts goods that came on the shelf of where they went. If nothing more will come, the rest is lost. Emits
/// `transfer.received`, `stock.transferred_in` for each level, and `stock.back`.
pub async fn receive_transfer(
    cx: &Cx,
    _may: Permit<ManageStock>,
    input: ReceiveTransfer,
) -> Result<Id<Transfer>, TransferError> {
    let ReceiveTransfer { transfer: id, lines, close, reason, once } = input;
    cx.write_once(once.as_ref(), async |tx| {
        let row = transfer_rows::hold(tx, id).await?;
        let row = row.ok_or(TransferError::NotFound)?.ok_or(TransferError::Closed)?;
        let (mut sent, mut refused) = (under_way(tx, id).await?, Vec::new());
        for line in &lines {
            let Some(there) = sent.get_mut(&line.variant) else {
                refused.push(Refused { line: line.line, why: Refusal::NoVariant });
                continue;
            };
            match there.receive(line.quantity) {
                Some(after) => *there = after,
                None => refused
                    .push(Refused { line: line.line, why: Refusal::Insufficient { available: there.in_transit() } }),
            }
        }
        if !refused.is_empty() {
            return Err(TransferError::Refused(refused));
        }
        let missing = sent.values().any(|one| one.in_transit() > 0);
        if close && missing && reason.is_none() {
            return Err(Invalid::at("reason", Problem::Required).into());
        }
        if close {
            for one in sent.values_mut() {
                *one = one.lose();
            }
        }
        let came = lines.iter().filter(|line| line.quantity > 0);
        let came = came.map(|line| task(id, line.line, (line.variant, row.to_id), Cause::TransferIn, line.quantity));
        let came: Vec<_> = came.collect();
        bulk::run(tx, came, OnFailure::RejectAll).await?;
        let state = if close || !missing { TransferState::Received } else { TransferState::InTransit };
        write(tx, &row, &sent, state, reason).await?;
        Ok(id)
    })
    .await
}

/// Puts what has not come back on the shelf of where it came from. Emits `transfer.cancelled`, `stock.transferred_in` for
/// each level, and `stock.back`.
pub async fn cancel_transfer(
    cx: &Cx,
    _may: Permit<ManageStock>,
    input: CancelTransfer,
) -> Result<Id<Transfer>, TransferError> {
    let CancelTransfer { transfer: id, reason, once } = input;
    cx.write_once(once.as_ref(), async |tx| {
        let row = transfer_rows::hold(tx, id).await?;
        let row = row.ok_or(TransferError::NotFound)?.ok_or(TransferError::Closed)?;
        let mut sent = under_way(tx, id).await?;
        let back = sent.iter().enumerate().filter(|(_, (_, one))| one.in_transit() > 0);
        let back = back
            .map(|(line, (variant, one))| task(id, line, (*variant, row.from_id), Cause::TransferIn, one.in_transit()));
        let back: Vec<_> = back.collect();
        bulk::run(tx, back, OnFailure::RejectAll).await?;
        for one in sent.values_mut() {
            *one = one.turn_back();
        }
        write(tx, &row, &sent, TransferState::Cancelled, reason).await?;
        Ok(id)
    })
    .await
}

type Lines = BTreeMap<Id<Variant>, Sent>;

async fn under_way(tx: &Tx, id: Id<Transfer>) -> Result<Lines, Fault> {
    let lines = transfer_rows::lines(tx, &[id]).await?;
    Ok(lines.iter().map(|line| (line.variant_id, transfer_rows::sent(line))).collect())
}

async fn write(
    tx: &Tx,
    row: &transfer::Model,
    sent: &Lines,
    state: TransferState,
    reason: Option<String>,
) -> Result<(), Fault> {
    for (variant, one) in sent {
        transfer_rows::set_line(tx, row.id, *variant, *one).await?;
    }
    let reason = reason.or_else(|| row.reason.clone());
    transfer_rows::set_state(tx, row.id, state, reason.clone()).await?;
    let (transfer, from, to, at) = (row.id, row.from_id, row.to_id, tx.now());
    let told = |state, reason| StockEvent::Transfer { transfer, from, to, state, is_new: false, reason, at };
    tx.emit_change(&told(TransferState::InTransit, row.reason.clone()), &told(state, reason)).await
}
