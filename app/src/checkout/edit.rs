//! Staff change an order before all of it left.

use std::collections::HashMap;

use domain::{
    id::{Id, Order, Variant},
    identity::{address::Address, permission::proof::ManageOrders},
    invalid::{Check, Invalid},
    orders::{
        edit::{self, Added, Step},
        reason,
    },
    payments::method::Method,
    pricing::tax::rules::Place,
};
use entity::{channels::channel, orders::order};
use store::{Fault, Once, Tx};

use super::place;
use crate::{
    cart::{self, Bound, Good},
    catalog, channels,
    cx::{Cx, Permit},
    fulfilment,
    inventory::{self, Reserve, ReserveLine, Unsourced},
    orders::{self, EditError, EditTerms, Edited, Editing, Incoming},
    organisations::{self, Party, Wish},
    payments,
    pricing::taxes::engine,
};

/// An order to edit.
#[derive(Clone, Debug)]
pub struct Edit {
    /// The order.
    pub order: Id<Order>,
    /// What is changed.
    pub steps: Vec<Step>,
    /// How it is paid if more is to be paid than was.
    pub method: Option<Method>,
    /// Why, at most 500 characters.
    pub reason: Option<String>,
    /// The version of its status that the caller saw: if it has another one, nothing is done.
    pub expected_version: Option<i64>,
    /// Whether nothing is to be changed.
    pub is_dry_run: bool,
    /// Makes a second call with the same key change nothing.
    pub once: Once,
}

/// Changes what of an order has not left: units fall away, whose stock is free again and whose share of the money is not
/// wanted any more or goes back; units come in, at today's prices, whose stock is reserved. Nothing that was agreed on is
/// overwritten: what falls away is a cancellation, and what comes in is lines of their own.
///
/// Emits `order.edited`, and what [`Editing::write`](orders::Editing::write) and [`reserve`](inventory::reserve()) do.
pub async fn edit(cx: &Cx, _may: Permit<ManageOrders>, input: Edit) -> Result<Edited, EditError> {
    let reason = parse(&input)?;
    let comes_in = input.steps.iter().filter_map(|step| match step {
        Step::Add { variant, .. } => Some(*variant),
        Step::SetQuantity { .. } | Step::Remove { .. } => None,
    });
    // What falls away is taxed as it was.
    if input.steps.iter().any(|step| !matches!(step, Step::Remove { .. })) {
        ask_taxes(cx, input.order, comes_in.collect()).await?;
    }
    let how = (input.is_dry_run, Some(&input.once));
    cx.write_or_rehearse(how, async |tx| Box::pin(make(tx, &input, reason)).await).await
}

fn parse(input: &Edit) -> Result<Option<String>, Invalid> {
    let mut check = Check::default();
    let reason = check.field("reason", reason::parse(input.reason.as_deref()));
    check.nested("steps", edit::check(&input.steps));
    check.done(reason)
}

async fn make(tx: &Tx, input: &Edit, reason: Option<String>) -> Result<Edited, EditError> {
    let editing = orders::begin_edit(tx, input.order, input.expected_version, &input.steps).await?;
    carry_out(tx, editing, EditTerms { method: input.method, reason }).await
}

/// Asks the tax engine of an order's channel, if it has one, how these and what was ordered are taxed now.
pub(super) async fn ask_taxes(cx: &Cx, order: Id<Order>, mut variants: Vec<Id<Variant>>) -> Result<(), Fault> {
    let read = cx.read();
    let Some(row) = orders::load::orders(cx, &[order]).await?.remove(&order) else { return Ok(()) };
    let channel = channels::by_id(&read, row.channel_id).await?;
    let channel = channel.ok_or_else(|| Fault::new("an order of no channel"))?;
    if channel.tax_engine_url.is_none() {
        return Ok(());
    }
    let lines = orders::load::lines(cx, &[order]).await?.remove(&order).unwrap_or_default();
    variants.extend(lines.iter().map(|line| line.variant_id));
    let party = organisations::party(&read, whose(&row)).await?;
    let place = Place::of(&orders::address(&read, &row).await?);
    drop(read);
    cart::ask_taxes_of(cx, &channel, vec![Bound { variants, party, place }]).await
}

/// Prices, writes and reserves what comes in.
pub(super) async fn carry_out(tx: &Tx, editing: Editing, terms: EditTerms) -> Result<Edited, EditError> {
    let order = editing.order();
    let address = orders::address(tx, order).await?;
    let channel = channels::by_id(tx, order.channel_id).await?;
    let channel = channel.ok_or_else(|| Fault::new("an order of no channel"))?;
    if let Some(method) = terms.method {
        let ways = channels::methods(tx, &channel).await?;
        if ways.iter().all(|way| way.method != method) {
            return Err(EditError::MethodUnavailable);
        }
    }
    let (added, is_allocated) = (editing.added().to_vec(), editing.is_allocated());
    let mut incoming = editing.alike().to_vec();
    let party = organisations::party(tx, whose(order)).await?;
    let place = Place::of(&address);
    incoming.extend(price(tx, &channel, (&party, place), &added).await?);
    payments::lock(tx, editing.order().id).await?;
    inventory::lock(tx, editing.variants()).await?;
    let edited = Box::pin(editing.write(tx, &incoming, terms)).await?;
    Box::pin(reserve(tx, (edited.order, &channel, &address), &added, &incoming)).await?;
    if is_allocated {
        let lines: Vec<_> = incoming.iter().map(|(line, _)| line.id).collect();
        inventory::allocate(tx, edited.order, Some(&lines)).await?;
    }
    Ok(edited)
}

/// Whoever bought it, for the unit that it is for; as long as they may buy for that company.
fn whose(order: &order::Model) -> Wish {
    Wish { customer: order.customer_id, organisation: order.organisation_id, unit: order.organisation_unit_id }
}

/// What comes in, at today's prices of whoever bought.
async fn price(
    tx: &Tx,
    channel: &channel::Model,
    buyer: (&Party, Place),
    added: &[Added],
) -> Result<Vec<Incoming>, EditError> {
    if added.is_empty() {
        return Ok(Vec::new());
    }
    let wanted: Vec<_> = added.iter().map(|one| (one.variant, one.quantity)).collect();
    let goods = cart::goods(tx, channel, &wanted, buyer, tx.now()).await?;
    let variants: Vec<_> = added.iter().map(|one| one.variant).collect();
    let selection: HashMap<_, _> = catalog::load::selected(tx, &variants).await?;
    let line = |(one, good): (&Added, Option<Good>)| {
        let good = good.ok_or(EditError::NotSold { step: one.step })?;
        if engine::refuses(channel, good.quoted.charged.source) {
            return Err(EditError::TaxUnavailable);
        }
        Ok((place::order_line(tx, (&good.variant, &good.product), &selection, (0, &good.price)), good.quoted))
    };
    added.iter().zip(goods).map(line).collect()
}

/// Reserves what comes in.
async fn reserve(
    tx: &Tx,
    (order, channel, address): (Id<Order>, &channel::Model, &Address),
    added: &[Added],
    incoming: &[Incoming],
) -> Result<(), EditError> {
    if incoming.is_empty() {
        return Ok(());
    }
    let grounds = fulfilment::grounds(tx, channel.id).await?;
    let line = |(placed, quoted): &Incoming| ReserveLine {
        line: placed.id,
        variant: placed.variant,
        quantity: i64::from(quoted.quantity.get()),
    };
    let wanted = Reserve {
        order,
        cart: None,
        lines: incoming.iter().map(line).collect(),
        reach: grounds.to(Some(address)),
        hold_until: None,
        actor: tx.stamp().actor,
    };
    let promised = inventory::reserve(tx, vec![wanted], channel, grounds.ground()).await?.pop();
    let sourced = match promised.ok_or_else(|| Fault::new("a reservation that nothing became of"))? {
        Ok(sourced) => sourced,
        Err(Unsourced::NoSinglePlace) => return Err(EditError::NoSinglePlace),
        Err(Unsourced::Short(short)) => {
            let of = |variant| added.iter().find(|one| one.variant == variant).map(|one| one.step);
            let first = short.iter().find_map(|short| Some((of(short.variant)?, short.available)));
            let (step, available) = first.ok_or_else(|| Fault::new("a shortage of what was not asked for"))?;
            return Err(EditError::OutOfStock { step, available });
        }
    };
    let decision = |of: inventory::Sourced| fulfilment::Decision {
        order,
        line: of.line,
        location: of.location,
        quantity: of.quantity,
        reason: of.reason,
        instead_of: None,
        actor: tx.stamp().actor,
    };
    Ok(fulfilment::decided(tx, sourced.into_iter().map(decision).collect()).await?)
}
