//! What of an order falls away: which units did, and what they are worth.

use std::collections::BTreeMap;

use domain::{
    id::{Id, Order, OrderCancellation, OrderLine, Shipment},
    money::{Currency, Money},
    orders::{
        ship::Units,
        worth::{Line, Part, Worth, worth},
    },
};
use entity::orders::{order, order_cancellation, order_cancellation_line, order_line};
use sea_orm::Set;
use store::{Fault, Read, Tx};

use super::{returns, rows};
use crate::fulfilment;

/// The currency of an order.
pub(super) fn currency(order: &order::Model) -> Result<Currency, Fault> {
    Currency::parse(&order.currency).ok_or_else(|| Fault::new("an order without a currency"))
}

/// Units of each line of an order that fell away: cancelled, in a shipment that the customer did not take, or sent back and
/// refunded or exchanged. Those of the shipment `but` do not count.
///
/// The payment must be locked: whatever falls away does so under that lock.
async fn gone(read: &Read, order: Id<Order>, but: Option<Id<Shipment>>) -> Result<BTreeMap<Id<OrderLine>, i64>, Fault> {
    let mut gone: BTreeMap<_, i64> = BTreeMap::new();
    let mut count = |line, quantity: i64| {
        let sum = gone.entry(line).or_default();
        *sum = sum.saturating_add(quantity);
    };
    for row in rows::cancelled(read, &[order]).await? {
        count(row.order_line_id, row.quantity);
    }
    for row in returns::refunded(read, order).await? {
        count(row.order_line_id, row.quantity);
    }
    let states = fulfilment::states(read, order).await?;
    let refused = |id: &Id<Shipment>| states.iter().any(|(other, state)| other == id && state.is_refused());
    for (shipment, line, quantity) in fulfilment::units(read, order).await? {
        if Some(shipment) != but && refused(&shipment) {
            count(line, quantity);
        }
    }
    Ok(gone)
}

/// What units of an order are worth that fall away now. What was in the shipment `but` falls away with them, not before.
pub(super) async fn value(
    read: &Read,
    order: &order::Model,
    units: &[Units],
    but: Option<Id<Shipment>>,
) -> Result<Worth, Fault> {
    let lines = rows::lines(read, &[order.id]).await?;
    priced(order, &lines, &gone(read, order.id, but).await?, units)
}

fn priced(
    order: &order::Model,
    lines: &[order_line::Model],
    gone: &BTreeMap<Id<OrderLine>, i64>,
    units: &[Units],
) -> Result<Worth, Fault> {
    let currency = currency(order)?;
    let line = |row: &order_line::Model| Line {
        line: row.id,
        quantity: row.quantity,
        total: Money::new(row.total_minor, currency),
        tax: Money::new(row.tax_minor, currency),
        gone: gone.get(&row.id).copied().unwrap_or_default(),
    };
    let lines: Vec<_> = lines.iter().map(line).collect();
    worth(currency, &lines, units).map_err(Fault::new)
}

/// Writes down that units of an order were cancelled.
pub(super) async fn cancel(
    tx: &Tx,
    order: Id<Order>,
    worth: &Worth,
    reason: Option<String>,
) -> Result<Id<OrderCancellation>, Fault> {
    write(tx, order, worth, Money::zero(worth.amount.currency), reason).await
}

/// Writes down that all of an order is cancelled that was not before, with delivery and fees.
pub(super) async fn cancel_rest(tx: &Tx, order: &order::Model, reason: Option<String>) -> Result<(), Fault> {
    let lines = rows::lines(tx, &[order.id]).await?;
    let gone = gone(tx, order.id, None).await?;
    let left = |row: &order_line::Model| {
        let quantity = row.quantity.saturating_sub(gone.get(&row.id).copied().unwrap_or_default());
        (0 < quantity).then_some(Units { line: row.id, quantity })
    };
    let units: Vec<_> = lines.iter().filter_map(left).collect();
    let currency = currency(order)?;
    let on_top = if order.prices_include_tax { [None; 2] } else { [order.delivery_tax_minor, order.fee_tax_minor] };
    let shown = [order.delivery_minor, order.delivery_discount_minor.saturating_neg(), order.fee_minor];
    let charges = shown.into_iter().chain(on_top.into_iter().flatten());
    let charges = Money::sum(currency, charges.map(|minor| Money::new(minor, currency))).map_err(Fault::new)?;
    write(tx, order.id, &priced(order, &lines, &gone, &units)?, charges, reason).await.map(drop)
}

async fn write(
    tx: &Tx,
    order: Id<Order>,
    worth: &Worth,
    charges: Money,
    reason: Option<String>,
) -> Result<Id<OrderCancellation>, Fault> {
    let id = tx.new_id();
    tx.insert(order_cancellation::ActiveModel {
        id: Set(id),
        order_id: Set(order),
        amount_minor: Set(worth.amount.plus(charges).map_err(Fault::new)?.minor),
        tax_minor: Set(worth.tax.minor),
        charges_minor: Set(charges.minor),
        reason: Set(reason),
        actor: Set(tx.stamp().actor.to_string()),
        at: Set(tx.now()),
        ..Default::default()
    })
    .await?;
    let line = |part: &Part| order_cancellation_line::ActiveModel {
        cancellation_id: Set(id),
        order_line_id: Set(part.line),
        order_id: Set(order),
        quantity: Set(part.quantity),
        amount_minor: Set(part.amount.minor),
        tax_minor: Set(part.tax.minor),
        ..Default::default()
    };
    tx.insert_many(worth.parts.iter().map(line).collect::<Vec<_>>()).await?;
    Ok(id)
}
