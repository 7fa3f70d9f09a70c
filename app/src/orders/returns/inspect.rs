//! Staff decide what becomes of goods that came back.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    id::{Id, Return},
    identity::permission::proof::FulfilOrders,
    invalid::{Check, Invalid, Problem},
    orders::{
        reason,
        returns::{Action, Decision, Outcome, decided},
        state,
    },
};
use entity::orders::order_return_outcome;
use sea_orm::Set;
use store::{Fault, Once, Tx};

use super::{
    ReturnError,
    close::close,
    machine::{self, Said, Standing},
    receive::variants,
};
use crate::{
    cx::{Cx, Permit},
    inventory::{self, ChangeError, OnFailure, Refusal, SettleLine},
    orders::machine as order_machine,
};

/// A return of which it is decided what becomes of the goods.
#[derive(Clone, Debug)]
pub struct Inspect {
    /// The return.
    pub id: Id<Return>,
    /// What becomes of them: each line once for each outcome.
    pub lines: Vec<Decision>,
    /// What was found, at most 500 characters.
    pub reason: Option<String>,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// Decides what becomes of all goods of a return that came: back on the shelf, given up, or still in quarantine. If
/// all of the order's money went back before, the return ends with it. Emits `return.inspected`, what the stock does, and
/// `return.refunded` if it ends.
pub async fn inspect(cx: &Cx, _may: Permit<FulfilOrders>, input: Inspect) -> Result<Id<Return>, ReturnError> {
    let reason = parse(&input)?;
    cx.write_once(input.once.as_ref(), async |tx| {
        let standing = machine::find(tx, input.id).await?;
        standing.after(Action::Inspect)?;
        // Whoever gives all of the order's money back does so before, or finds the return inspected.
        let order = order_machine::find_alone(tx, standing.order.id, None).await?;
        let came = standing.came(tx).await?;
        decided(&came, &input.lines).map_err(|wrong| {
            let index = input.lines.iter().position(|one| one.line == wrong.line);
            ReturnError::Undecided { index: index.unwrap_or(input.lines.len()), expected: wrong.expected }
        })?;
        let said = Said { reason: reason.clone(), lines: came, ..Said::default() };
        standing.step(tx, Action::Inspect, said).await?;
        write(tx, &standing, &input.lines).await?;
        settle(tx, &standing, &input.lines).await?;
        if order.state() == state::State::Refunded {
            Box::pin(close(tx, standing.order.id)).await?;
        }
        Ok(input.id)
    })
    .await
}

async fn write(tx: &Tx, standing: &Standing, lines: &[Decision]) -> Result<(), Fault> {
    let row = |one: &Decision| order_return_outcome::ActiveModel {
        return_id: Set(standing.row.id),
        order_line_id: Set(one.line),
        outcome: Set(one.outcome.code().to_owned()),
        order_id: Set(standing.order.id),
        quantity: Set(one.quantity),
        ..Default::default()
    };
    tx.insert_many(lines.iter().map(row).collect::<Vec<_>>()).await
}

async fn settle(tx: &Tx, standing: &Standing, lines: &[Decision]) -> Result<(), ReturnError> {
    let variants = variants(tx, standing).await?;
    let location = standing.status.location_id.ok_or_else(|| Fault::new("goods that came in nowhere"))?;
    let mut units: BTreeMap<_, i64> = BTreeMap::new();
    for one in lines {
        let variant = variants.get(&one.line).ok_or_else(|| Fault::new("a return of no line"))?;
        let sum = units.entry((*variant, one.outcome)).or_default();
        *sum = sum.saturating_add(one.quantity);
    }
    let line = |(line, ((variant, outcome), quantity))| {
        let outcome = match outcome {
            Outcome::Restock => inventory::Outcome::Restock,
            Outcome::WriteOff => inventory::Outcome::WriteOff,
            Outcome::Quarantine => return None,
        };
        Some(SettleLine { line, variant, location, quantity, outcome, reason: standing.order.number.clone() })
    };
    let lines: Vec<_> = units.into_iter().enumerate().filter_map(line).collect();
    if lines.is_empty() {
        return Ok(());
    }
    match inventory::settle_lines(tx, lines, OnFailure::RejectAll).await {
        Ok(_) => Ok(()),
        Err(ChangeError::Refused(refused)) => match refused.first().map(|one| one.why) {
            Some(Refusal::Insufficient { available }) => Err(ReturnError::TooFewInQuarantine { available }),
            Some(_) | None => Err(Fault::new("goods in quarantine cannot be settled").into()),
        },
        Err(other) => Err(other.into()),
    }
}

fn parse(input: &Inspect) -> Result<Option<String>, Invalid> {
    let (mut check, mut seen) = (Check::default(), BTreeSet::new());
    let reason = check.field("reason", reason::parse(input.reason.as_deref()));
    let (mut lines, none) = (Check::default(), input.lines.is_empty());
    for (index, one) in input.lines.iter().enumerate() {
        let at = |field: &str, problem| Err::<(), _>(Invalid::at(field, problem).under(&index.to_string()));
        if !seen.insert((one.line, one.outcome)) {
            lines.here(at("line", Problem::Duplicate));
        }
        if one.quantity < 1 {
            lines.here(at("quantity", Problem::QuantityNotPositive));
        }
    }
    check.nested("lines", if none { Err(Invalid::here(Problem::Required)) } else { lines.done(Some(())) });
    check.done(reason)
}
