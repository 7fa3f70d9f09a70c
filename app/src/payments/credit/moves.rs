//! A balance moves: the lots, one entry for each, and the event.

use domain::{
    id::{CreditLot, Id, Payment},
    money::Money,
    payments::credit::{
        CreditEntryKind,
        events::{CreditEvent, Of},
        lots::{self, Returned},
    },
    time::Instant,
};
use entity::payments::{credit, credit_entry, credit_lot};
use sea_orm::Set;
use store::{Fault, Stamp, Tx};

use super::{Held, rows};

/// Why a balance moves.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cause<'c> {
    /// What moves it.
    pub(super) kind: CreditEntryKind,
    /// What is paid with it, or comes back.
    pub(super) payment: Option<Id<Payment>>,
    /// In the words of staff.
    pub(super) reason: Option<&'c str>,
    /// By whom.
    pub(super) by: &'c Stamp,
}

/// Puts lots onto a balance whose row is held, and tells of it.
pub(super) async fn add(tx: &Tx, row: &credit::Model, parts: &[Returned], cause: Cause<'_>) -> Result<(), Fault> {
    let lots: Vec<(Id<CreditLot>, Returned)> = parts.iter().map(|part| (tx.new_id(), *part)).collect();
    let rows = lots.iter().map(|(id, part)| credit_lot::ActiveModel {
        id: Set(*id),
        credit_id: Set(row.id),
        amount_minor: Set(part.minor),
        left_minor: Set(part.minor),
        expired_minor: Set(0),
        expires_at: Set(part.expires_at),
        created_at: Set(tx.now()),
        ..Default::default()
    });
    tx.insert_many(rows.collect::<Vec<_>>()).await?;
    let moved: Vec<_> = lots.iter().map(|(id, part)| (*id, part.minor)).collect();
    tell(tx, row, &moved, parts.iter().filter_map(|part| part.expires_at).min(), cause).await
}

/// Takes so much off a balance whose row is held, and tells of it. `false`: there is not so much to be spent.
pub(super) async fn spend(tx: &Tx, held: &Held, minor: i64, cause: Cause<'_>) -> Result<bool, Fault> {
    let Some(parts) = lots::take(&held.lots(), minor, tx.now()) else { return Ok(false) };
    for (lot, part) in &parts {
        if !rows::take(tx, *lot, *part).await? {
            return Ok(false);
        }
    }
    let moved: Vec<_> = parts.into_iter().map(|(lot, part)| (lot, part.saturating_neg())).collect();
    tell(tx, &held.row, &moved, None, cause).await?;
    Ok(true)
}

/// Writes an entry for each lot that moved, and emits the event of the kind.
pub(super) async fn tell(
    tx: &Tx,
    row: &credit::Model,
    moved: &[(Id<CreditLot>, i64)],
    expires_at: Option<Instant>,
    cause: Cause<'_>,
) -> Result<(), Fault> {
    let Cause { kind, payment, reason, by } = cause;
    let rows = moved.iter().map(|(lot, minor)| credit_entry::ActiveModel {
        id: Set(tx.new_id()),
        credit_id: Set(row.id),
        lot_id: Set(*lot),
        kind: Set(kind.code().to_owned()),
        amount_minor: Set(*minor),
        payment_id: Set(payment),
        actor: Set(by.actor.to_string()),
        reason: Set(reason.map(str::to_owned)),
        at: Set(tx.now()),
        ..Default::default()
    });
    tx.insert_many(rows.collect::<Vec<_>>()).await?;
    let held = rows::with_lots(tx, vec![row.clone()]).await?.pop();
    let held = held.ok_or_else(|| Fault::new("credit that nothing became of"))?;
    let balance = held.balance(tx.now())?;
    let minor = moved.iter().map(|(_, minor)| minor.saturating_abs()).fold(0, i64::saturating_add);
    let event = CreditEvent::Moved {
        of: Of::new(row.id, held.kind()?),
        kind,
        customer: row.customer_id,
        amount: Money::new(minor, balance.currency),
        balance,
        expires_at,
        payment,
        reason: reason.map(str::to_owned),
        at: tx.now(),
    };
    tx.emit_all([(by, &event)]).await
}
