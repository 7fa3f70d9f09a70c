//! Goods that came back are exchanged for others, which leave with the same order.

use domain::{
    cart::quantity::Quantity,
    id::{Id, Return},
    invalid::Invalid,
    money::Money,
    orders::{
        exchange::{self, Wanted},
        returns,
        ship::Units,
        state::Action,
    },
    pricing::{quote::QuotedLine, tax::Basis},
};
use entity::orders::{order, order_line};
use store::{Fault, KeyReused, Tx};

use super::{
    ReturnError,
    machine::{self, Said},
};
use crate::{
    orders::{
        EditError, PlaceLine,
        edit::quantities,
        editing::{Editing, Incoming, Reversal},
        explanation, fall, machine as order_machine, rows,
        taxed::charged,
    },
    payments,
    refusal::Denied,
};

/// Why goods that came back are not exchanged. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum ExchangeError {
    /// The return is not moved.
    #[error(transparent)]
    Return(#[from] ReturnError),
    /// What is wanted cannot leave. Its steps are the lines that are wanted.
    #[error(transparent)]
    Edit(#[from] EditError),
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

/// Exchanges an inspected return: what came back counts what it cost, at most what is left of the order's money; of a
/// variant that came back as many leave again at what they cost; others at today's price. The caller has the rest done
/// as of an edit, or the transaction undone.
///
/// Emits `return.exchanged`.
pub async fn begin_exchange(
    tx: &Tx,
    of: Id<Return>,
    wanted: &[Wanted],
    reason: Option<String>,
) -> Result<Editing, ExchangeError> {
    let returning = machine::find(tx, of).await?;
    returning.after(returns::Action::Exchange)?;
    let order = returning.order.id;
    let standing = order_machine::find_alone(tx, order, None).await.map_err(ReturnError::from)?;
    // Somebody else may have refunded it before the money was ours alone.
    let returning = machine::find(tx, of).await?;
    returning.after(returns::Action::Exchange)?;
    rows::lock_status(tx, order).await?;
    standing.step(Action::Exchange).map_err(ReturnError::from)?;
    let lines = rows::lines(tx, &[order]).await?;
    let units = returning.came(tx).await?;
    let variant = |units: &Units| {
        let line = lines.iter().find(|line| line.id == units.line);
        line.map(|line| (*units, line.variant_id)).ok_or_else(|| Fault::new("a return of no line"))
    };
    let came = units.iter().map(variant).collect::<Result<Vec<_>, Fault>>()?;
    let exchange::Plan { alike, others } = exchange::plan(&came, wanted)?;
    let worth = fall::value(tx, &standing.order, &units, None).await?.amount;
    let kept = payments::kept(tx, order).await?;
    let credit = if kept.minor < worth.minor { kept } else { worth };
    let alike = again(tx, &standing.order, &lines, &alike).await?;
    let before = quantities(tx, order, &lines).await?;
    let said = Said { reason, lines: units.clone(), amount: Some(credit), ..Said::default() };
    returning.step(tx, returns::Action::Exchange, said).await?;
    let reversal = Reversal::CameBack { of, units, credit };
    Ok(Editing { standing, lines, before, reversal, alike, added: others })
}

/// Lines as those that came back, at what these cost.
async fn again(
    tx: &Tx,
    order: &order::Model,
    lines: &[order_line::Model],
    alike: &[Units],
) -> Result<Vec<Incoming>, Fault> {
    let parts = fall::value(tx, order, alike, None).await?.parts;
    let currency = fall::currency(order)?;
    let mut again = Vec::with_capacity(parts.len());
    for part in parts {
        let line = lines.iter().find(|line| line.id == part.line).ok_or_else(|| Fault::new("a return of no line"))?;
        let quantity = Quantity::parse(part.quantity).map_err(|_| Fault::new("more came back than a line can have"))?;
        let unit = Money::new(line.unit_minor, currency);
        let subtotal = unit.times(quantity.get()).map_err(Fault::new)?;
        let basis = Basis::of(line.prices_include_tax);
        let shown = if basis.includes_tax() { Ok(part.amount) } else { part.amount.minus(part.tax) };
        let quoted = QuotedLine {
            unit,
            quantity,
            subtotal,
            discount: shown.and_then(|shown| subtotal.minus(shown)).map_err(Fault::new)?,
            total: part.amount,
            charged: charged(line)?,
            tax: part.tax,
            basis,
        };
        again.push((named(tx, line)?, quoted));
    }
    Ok(again)
}

/// A line of the same names.
fn named(tx: &Tx, line: &order_line::Model) -> Result<PlaceLine, Fault> {
    let (price_steps, names) = explanation(line)?.map(|kept| (kept.steps, kept.names)).unzip();
    Ok(PlaceLine {
        id: tx.new_id(),
        variant: line.variant_id,
        sku: line.sku.clone(),
        name_ar: line.name_ar.clone(),
        name_en: line.name_en.clone(),
        options_ar: line.options_ar.clone(),
        options_en: line.options_en.clone(),
        quoted: 0,
        price_steps,
        names,
        measure: line.measure.clone(),
    })
}
