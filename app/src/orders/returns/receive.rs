//! Goods came back.

use std::collections::BTreeMap;

use domain::{
    id::{Id, Location, OrderLine, Return, Variant},
    identity::permission::proof::FulfilOrders,
    invalid::{Check, Invalid},
    orders::{reason, returns::Action, ship::Units},
};
use entity::orders::order_return_receipt;
use sea_orm::Set;
use store::{Fault, Once, Tx};

use super::{
    super::{rows as orders, ship},
    ReturnError,
    machine::{self, Said, Standing, sorted},
    rows,
};
use crate::{
    cx::{Cx, Permit},
    inventory::{self, TakeBack},
};

/// A return whose goods came.
#[derive(Clone, Debug)]
pub struct Receive {
    /// The return.
    pub id: Id<Return>,
    /// The code of the place where they came in.
    pub location: String,
    /// What came, each line once; all of it if nothing is said.
    pub lines: Option<Vec<Units>>,
    /// How they came, at most 500 characters.
    pub reason: Option<String>,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// Notes that goods of a return came: they lie in quarantine until it is decided what becomes of them. Units that did not
/// come can be sent back another time. Emits `return.received`.
pub async fn receive(cx: &Cx, _may: Permit<FulfilOrders>, input: Receive) -> Result<Id<Return>, ReturnError> {
    let reason = parse(&input)?;
    cx.write_once(input.once.as_ref(), async |tx| {
        let standing = machine::find(tx, input.id).await?;
        standing.after(Action::Receive)?;
        let place = orders::location(tx, input.location.trim()).await?.ok_or(ReturnError::NoSuchLocation)?;
        let wanted = standing.wanted(tx).await?;
        let came = came(&wanted, input.lines.as_deref())?;
        let said = Said { reason: reason.clone(), lines: came.clone(), location: Some(place), ..Said::default() };
        standing.step(tx, Action::Receive, said).await?;
        write(tx, &standing, &came).await?;
        for units in wanted {
            let here = came.iter().find(|one| one.line == units.line).map_or(0, |one| one.quantity);
            if here < units.quantity {
                rows::uncount(tx, units.line, units.quantity.saturating_sub(here)).await?;
            }
        }
        take(tx, &standing, place, &came, reason.clone()).await?;
        Ok(input.id)
    })
    .await
}

/// What came, of what was wanted.
fn came(wanted: &[Units], said: Option<&[Units]>) -> Result<Vec<Units>, ReturnError> {
    let Some(said) = said else { return Ok(wanted.to_vec()) };
    for (index, units) in said.iter().enumerate() {
        let max = wanted.iter().find(|one| one.line == units.line).map(|one| one.quantity);
        let max = max.ok_or(ReturnError::NoSuchLine { index })?;
        if max < units.quantity {
            return Err(ReturnError::TooMany { index, max });
        }
    }
    Ok(sorted(said.iter().copied()))
}

async fn write(tx: &Tx, standing: &Standing, came: &[Units]) -> Result<(), Fault> {
    let row = |units: &Units| order_return_receipt::ActiveModel {
        return_id: Set(standing.row.id),
        order_line_id: Set(units.line),
        order_id: Set(standing.order.id),
        quantity: Set(units.quantity),
        ..Default::default()
    };
    tx.insert_many(came.iter().map(row).collect::<Vec<_>>()).await
}

async fn take(
    tx: &Tx,
    standing: &Standing,
    location: Id<Location>,
    came: &[Units],
    reason: Option<String>,
) -> Result<(), Fault> {
    let variants = variants(tx, standing).await?;
    let mut units: BTreeMap<_, i64> = BTreeMap::new();
    for one in came {
        let variant = variants.get(&one.line).ok_or_else(|| Fault::new("a return of no line"))?;
        let sum = units.entry(*variant).or_default();
        *sum = sum.saturating_add(one.quantity);
    }
    let (units, reference) = (units.into_iter().collect(), standing.row.id.uuid());
    inventory::take_back(tx, TakeBack { location, units, is_sellable: false, reference, reason }).await
}

/// What is sold on each line of the order.
pub(super) async fn variants(tx: &Tx, standing: &Standing) -> Result<BTreeMap<Id<OrderLine>, Id<Variant>>, Fault> {
    let lines = orders::lines(tx, &[standing.order.id]).await?;
    Ok(lines.into_iter().map(|line| (line.id, line.variant_id)).collect())
}

fn parse(input: &Receive) -> Result<Option<String>, Invalid> {
    let mut check = Check::default();
    let reason = check.field("reason", reason::parse(input.reason.as_deref()));
    if let Some(lines) = &input.lines {
        check.nested("lines", ship::units(lines));
    }
    check.done(reason)
}
