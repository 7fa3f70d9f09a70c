//! Somebody wants to send goods back.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    fulfilment::shipment,
    id::{Id, Order, OrderLine, Return},
    identity::permission::{Permission, proof::ManageOrders},
    invalid::{Check, Invalid, Problem},
    orders::{
        reason,
        return_events::ReturnEvent,
        returns::{self, Reason},
        ship::Units,
        state,
    },
    text,
};
use entity::orders::{order, order_return, order_return_line, order_return_status, order_return_step};
use sea_orm::Set;
use store::{Fault, Once, Read, Tx};

use super::{super::rows as orders, ReturnError, machine::sorted, rows};
use crate::{
    channels,
    cx::{Cx, Public},
    digest, fulfilment,
    orders::machine as order_machine,
};

/// Which order, as the caller knows it.
#[derive(Clone, Debug)]
pub enum By {
    /// By its id: customers their own, staff who manage orders all.
    Id(Id<Order>),
    /// By its number and its token, as a guest does.
    Guest {
        /// The number.
        number: String,
        /// The token.
        token: String,
    },
}

/// Goods to send back.
#[derive(Clone, Debug)]
pub struct Request {
    /// Of which order.
    pub by: By,
    /// What, each line once.
    pub lines: Vec<Wanted>,
    /// What is said with it, at most 500 characters.
    pub note: Option<String>,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// Units of a line to send back.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// What.
    pub units: Units,
    /// Why.
    pub reason: Reason,
    /// Why, in words, at most 500 characters.
    pub note: Option<String>,
}

/// Asks to send goods of a delivered order back: by its customer, by a guest who knows its token, both in the days that
/// the channel gives them, or by staff. Never more than was delivered. Emits `return.requested`.
pub async fn request(cx: &Cx, _anybody: Public, input: Request) -> Result<Id<Return>, ReturnError> {
    let (note, lines) = parse(&input)?;
    let order = order(cx, &input.by).await?.ok_or(ReturnError::NoSuchOrder)?;
    let is_staff = cx.caller().permissions.contains(&Permission::ManageOrders);
    cx.write_once(input.once.as_ref(), async |tx| {
        check_time(tx, &order, is_staff).await?;
        count(tx, &order, &lines).await?;
        let id = tx.new_id();
        write(tx, &order, id, note.clone(), &lines).await?;
        let units = lines.iter().map(|line| line.units).collect();
        let (order, number, at) = (order.id, order.number.clone(), tx.now());
        tx.emit(&ReturnEvent::Requested { id, order, number, lines: units, at }).await?;
        Ok(id)
    })
    .await
}

async fn order(cx: &Cx, by: &By) -> Result<Option<order::Model>, Fault> {
    let read = cx.read();
    match by {
        By::Id(id) if cx.permit::<ManageOrders>().is_ok() => orders::order(&read, *id).await,
        By::Id(id) => match cx.customer() {
            Ok(customer) => orders::order_of(&read, customer.account, *id).await,
            Err(_) => Ok(None),
        },
        By::Guest { number, token } => {
            let found = orders::order_by_number(&read, &text::ascii_digits(number.trim())).await?;
            Ok(found.filter(|order| digest::is_of(token, &order.token_hash)))
        }
    }
}

/// Whether the order arrived, and not too long ago. Staff are not bound by the channel's days.
async fn check_time(tx: &Tx, order: &order::Model, is_staff: bool) -> Result<(), ReturnError> {
    let standing = order_machine::find(tx, order.id, None).await?;
    if standing.state() != state::State::Delivered {
        return Err(ReturnError::NotDelivered { state: standing.state() });
    }
    let channel = channels::by_id(tx, order.channel_id).await?.ok_or_else(|| Fault::new("an order of no channel"))?;
    let days = channel.return_days;
    if is_staff || returns::is_in_time(standing.status().since, days, tx.now()) {
        Ok(())
    } else {
        Err(ReturnError::TooLate { days })
    }
}

/// Counts the units as coming back, if that many were delivered.
async fn count(tx: &Tx, order: &order::Model, lines: &[Wanted]) -> Result<(), ReturnError> {
    let known: BTreeSet<_> = orders::lines(tx, &[order.id]).await?.into_iter().map(|line| line.id).collect();
    if let Some(index) = lines.iter().position(|line| !known.contains(&line.units.line)) {
        return Err(ReturnError::NoSuchLine { index });
    }
    // It only grows: whoever reads it late reads too little.
    let delivered = delivered(tx, order.id).await?;
    for units in sorted(lines.iter().map(|line| line.units)) {
        let most = delivered.get(&units.line).copied().unwrap_or_default();
        if !rows::count(tx, (order.id, units.line), units.quantity, most).await? {
            let max = most.saturating_sub(rows::counted(tx, units.line).await?);
            let index = lines.iter().position(|line| line.units.line == units.line).unwrap_or_default();
            return Err(ReturnError::TooMany { index, max });
        }
    }
    Ok(())
}

/// Units of each line that the customer has, or had.
async fn delivered(read: &Read, order: Id<Order>) -> Result<BTreeMap<Id<OrderLine>, i64>, Fault> {
    let states = fulfilment::states(read, order).await?;
    let arrived: BTreeSet<_> =
        states.into_iter().filter(|(_, state)| *state == shipment::State::Delivered).map(|(id, _)| id).collect();
    let mut delivered: BTreeMap<_, i64> = BTreeMap::new();
    for (shipment, line, quantity) in fulfilment::units(read, order).await? {
        if arrived.contains(&shipment) {
            let sum = delivered.entry(line).or_default();
            *sum = sum.saturating_add(quantity);
        }
    }
    Ok(delivered)
}

async fn write(
    tx: &Tx,
    order: &order::Model,
    id: Id<Return>,
    note: Option<String>,
    lines: &[Wanted],
) -> Result<(), Fault> {
    let (actor, at) = (tx.stamp().actor.to_string(), tx.now());
    tx.insert(order_return::ActiveModel {
        id: Set(id),
        order_id: Set(order.id),
        note: Set(note),
        actor: Set(actor.clone()),
        at: Set(at),
        ..Default::default()
    })
    .await?;
    let line = |line: &Wanted| order_return_line::ActiveModel {
        return_id: Set(id),
        order_line_id: Set(line.units.line),
        order_id: Set(order.id),
        quantity: Set(line.units.quantity),
        reason: Set(line.reason.code().to_owned()),
        note: Set(line.note.clone()),
        ..Default::default()
    };
    tx.insert_many(lines.iter().map(line).collect::<Vec<_>>()).await?;
    tx.insert(order_return_status::ActiveModel {
        return_id: Set(id),
        order_id: Set(order.id),
        state: Set(returns::State::Requested.code().to_owned()),
        location_id: Set(None),
        version: Set(1),
        ..Default::default()
    })
    .await?;
    tx.insert(order_return_step::ActiveModel {
        return_id: Set(id),
        sequence: Set(1),
        order_id: Set(order.id),
        action: Set(None),
        reason: Set(None),
        amount_minor: Set(None),
        actor: Set(actor),
        at: Set(at),
        ..Default::default()
    })
    .await
}

fn parse(input: &Request) -> Result<(Option<String>, Vec<Wanted>), Invalid> {
    let mut check = Check::default();
    let note = check.field("note", reason::parse(input.note.as_deref()));
    let lines = check.nested("lines", wanted(&input.lines));
    check.done(note.zip(lines))
}

/// At least one line, none twice, each quantity above zero.
fn wanted(lines: &[Wanted]) -> Result<Vec<Wanted>, Invalid> {
    let units: Vec<_> = lines.iter().map(|line| line.units).collect();
    let (mut check, mut read) = (Check::default(), Vec::with_capacity(lines.len()));
    check.here(crate::orders::ship::units(&units));
    for (index, line) in lines.iter().enumerate() {
        let wrong = |problem: Problem| Invalid::at("note", problem).under(&index.to_string());
        let note = check.here(reason::parse(line.note.as_deref()).map_err(wrong));
        read.extend(note.map(|note| Wanted { note, ..line.clone() }));
    }
    check.done(Some(read))
}
