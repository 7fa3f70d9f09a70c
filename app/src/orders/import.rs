//! Orders that were placed in another system come over, with the end that they came to there.

use std::collections::{BTreeMap, HashMap, HashSet};

use domain::{
    id::{Account, Channel, Id, Order, Variant},
    identity::{address::Address, email::Email, permission::proof::ManageOrders, phone::Phone},
    invalid::Invalid,
    language::Language,
    money::{Currency, Money},
    orders::{
        events::OrderEvent,
        import::{Amounts, End, LineAmounts, Sums},
    },
    payments::method::Method,
    time::Instant,
};
use entity::orders::{order, order_import, order_line, order_status, order_transition};
use sea_orm::Set;
use serde::{Deserialize, Serialize};
use store::{Fault, KeyReused, Once, Tx};

use super::rows;
use crate::{
    catalog,
    cx::{Cx, Permit},
    payments::{self, Recorded},
    refusal::Denied,
};

/// Orders to import.
#[derive(Clone, Debug)]
pub struct Import {
    /// The orders, each of another number in its channel.
    pub orders: Vec<ImportOrder>,
    /// What the other system is called.
    pub source: Option<String>,
    /// Whether the others are imported if one cannot be.
    pub skips_failed: bool,
    /// Makes a second call with the same key change nothing.
    pub once: Once,
}

/// An order to import, as it was.
#[derive(Clone, Debug)]
pub struct ImportOrder {
    /// Its place in the input.
    pub index: usize,
    /// Of which channel, and its code.
    pub channel: (Id<Channel>, String),
    /// How the other system named it.
    pub external_number: String,
    /// When it was placed.
    pub placed_at: Instant,
    /// The end that it came to.
    pub end: End,
    /// Who placed it; none for a guest.
    pub customer: Option<Id<Account>>,
    /// Where its news went; the customer's own address if left out.
    pub email: Option<Email>,
    /// Telephone number for its news; that of the address if left out.
    pub phone: Option<Phone>,
    /// The language it was placed in.
    pub language: Language,
    /// Where it was delivered to.
    pub address: Address,
    /// How it was delivered, as the other system named it.
    pub delivery_name: Option<String>,
    /// How it was paid.
    pub method: Method,
    /// Of all its amounts.
    pub currency: Currency,
    /// Its lines, in the order of those of the amounts.
    pub lines: Vec<ImportLine>,
    /// Its amounts.
    pub amounts: Amounts,
    /// What they add up to.
    pub sums: Sums,
}

/// A line of an order to import, as it was.
#[derive(Clone, Debug)]
pub struct ImportLine {
    /// Stock keeping unit: the variant that has it now, or that its channel calls so, is taken for what was bought.
    pub sku: String,
    /// Arabic name of the product.
    pub name_ar: Option<String>,
    /// English name of the product.
    pub name_en: Option<String>,
    /// The rate of the tax, basis points.
    pub tax_rate_bps: i32,
}

/// What became of orders to import.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Imported {
    /// Those that are here now, in the order of the input.
    pub done: Vec<Done>,
    /// The places of those whose customer there is not.
    pub of_nobody: Vec<usize>,
}

/// An order that is here now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// Its place in the input.
    pub index: usize,
    /// The order.
    pub order: Id<Order>,
    /// Whether it was not here before.
    pub is_new: bool,
}

/// Why nothing is imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// There is no such customer, at these places of the input.
    #[error("orders of nobody")]
    OfNobody(Vec<usize>),
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

/// Imports orders of another system with the end that they came to there: no stock moves, nobody is asked for money, and
/// no number of ours is taken. Of one external number in a channel there is one order: what is here already stays as it
/// is. Emits `order.imported` for each that is new.
pub async fn import(cx: &Cx, _may: Permit<ManageOrders>, input: Import) -> Result<Imported, ImportError> {
    match once(cx, &input).await {
        // Somebody imported one of them at the same moment: now it is here already.
        Err(ImportError::Fault(fault)) if fault.is_duplicate() => once(cx, &input).await,
        done => done,
    }
}

async fn once(cx: &Cx, input: &Import) -> Result<Imported, ImportError> {
    cx.write_once(Some(&input.once), async |tx| {
        let here = here(tx, &input.orders).await?;
        let customers: Vec<_> = input.orders.iter().filter_map(|one| one.customer).collect();
        let emails = rows::customers(tx, &customers).await?;
        let of_nobody = |one: &&ImportOrder| one.customer.is_some_and(|id| !emails.contains_key(&id));
        let of_nobody: Vec<_> = input.orders.iter().filter(of_nobody).map(|one| one.index).collect();
        if !of_nobody.is_empty() && !input.skips_failed {
            return Err(ImportError::OfNobody(of_nobody));
        }
        let (mut done, mut new) = (Vec::new(), Vec::new());
        for one in input.orders.iter().filter(|one| !of_nobody.contains(&one.index)) {
            let known = here.get(&(one.channel.0, one.external_number.clone())).copied();
            let order = known.unwrap_or_else(|| tx.new_id());
            done.push(Done { index: one.index, order, is_new: known.is_none() });
            if known.is_none() {
                new.push((order, one));
            }
        }
        write(tx, &new, &emails, input.source.as_deref()).await?;
        Ok(Imported { done, of_nobody })
    })
    .await
}

/// The variants that were bought, by channel and SKU: those that have the SKU now, or else those that the channel calls so.
async fn variants<'i>(tx: &Tx, new: &[New<'i>]) -> Result<HashMap<(Id<Channel>, &'i str), Id<Variant>>, Fault> {
    let lines = || new.iter().flat_map(|(_, one)| one.lines.iter().map(move |line| (&one.channel, line.sku.as_str())));
    let skus: HashSet<_> = lines().map(|(_, sku)| sku).collect();
    let ours = rows::variants(tx, &skus.into_iter().collect::<Vec<_>>()).await?;
    let (mut variants, mut others) = (HashMap::new(), BTreeMap::<_, Vec<_>>::new());
    for (channel, sku) in lines() {
        match ours.get(sku) {
            Some(variant) => drop(variants.insert((channel.0, sku), *variant)),
            None => others.entry(channel).or_default().push(sku),
        }
    }
    for ((channel, code), skus) in others {
        let named = catalog::variants_by_external_sku(tx, code, &skus).await?;
        variants.extend(skus.into_iter().filter_map(|sku| Some(((*channel, sku), *named.get(sku)?))));
    }
    Ok(variants)
}

/// Those that are here already.
async fn here(tx: &Tx, orders: &[ImportOrder]) -> Result<HashMap<(Id<Channel>, String), Id<Order>>, Fault> {
    let mut numbers: BTreeMap<Id<Channel>, Vec<&str>> = BTreeMap::new();
    for one in orders {
        numbers.entry(one.channel.0).or_default().push(&one.external_number);
    }
    let mut here = HashMap::new();
    for (channel, numbers) in numbers {
        let rows = rows::imported(tx, channel, &numbers).await?;
        here.extend(rows.into_iter().map(|row| ((channel, row.external_number), row.order_id)));
    }
    Ok(here)
}

type New<'i> = (Id<Order>, &'i ImportOrder);

async fn write(
    tx: &Tx,
    new: &[New<'_>],
    emails: &HashMap<Id<Account>, String>,
    source: Option<&str>,
) -> Result<(), Fault> {
    let variants = variants(tx, new).await?;
    let orders = new.iter().map(|one| facts(tx, *one, emails)).collect::<Result<Vec<_>, _>>()?;
    tx.insert_many(orders).await?;
    let mut lines = Vec::new();
    for (order, one) in new {
        for (position, (line, amounts)) in (0..).zip(one.lines.iter().zip(&one.amounts.lines)) {
            // What the shop never had is of a variant that there is not.
            let variant = variants.get(&(one.channel.0, line.sku.as_str())).copied().unwrap_or_else(|| tx.new_id());
            lines.push(order_line::ActiveModel {
                variant_id: Set(variant),
                ..line_facts(tx, (*order, position), line, *amounts)?
            });
        }
    }
    tx.insert_many(lines).await?;
    tx.insert_many(new.iter().map(|one| status(*one)).collect::<Vec<_>>()).await?;
    tx.insert_many(new.iter().map(|one| transition(tx, *one)).collect::<Vec<_>>()).await?;
    tx.insert_many(new.iter().map(|one| origin(tx, *one, source)).collect::<Vec<_>>()).await?;
    let paid: Vec<_> = new.iter().map(|one| paid(*one)).collect();
    payments::record(tx, &paid).await?;
    let events: Vec<_> = new.iter().map(|one| told(tx, *one)).collect();
    tx.emit_all(events.iter().map(|event| (tx.stamp(), event))).await
}

/// How people name it: no number of a series of ours has a slash.
fn number(one: &ImportOrder) -> String {
    format!("{}/{}", one.channel.1, one.external_number)
}

fn total(one: &ImportOrder) -> Money {
    Money::new(one.amounts.total, one.currency)
}

fn facts(tx: &Tx, (order, one): New<'_>, emails: &HashMap<Id<Account>, String>) -> Result<order::ActiveModel, Fault> {
    let own = || one.customer.and_then(|id| emails.get(&id).cloned());
    let email = one.email.as_ref().map(|email| email.as_str().to_owned()).or_else(own);
    Ok(order::ActiveModel {
        id: Set(order),
        number: Set(number(one)),
        channel_id: Set(one.channel.0),
        // It was made of no cart of ours, and no token shows it: its customer sees it, and staff.
        cart_id: Set(tx.new_id()),
        token_hash: Set(String::new()),
        customer_id: Set(one.customer),
        email: Set(email.ok_or_else(|| Fault::new("an order without an e-mail address"))?),
        phone: Set(one.phone.as_ref().unwrap_or(&one.address.phone).as_str().to_owned()),
        language: Set(one.language.tag().to_owned()),
        currency: Set(one.currency.code().to_owned()),
        subtotal_minor: Set(one.sums.subtotal),
        discount_minor: Set(one.sums.discount),
        delivery_minor: Set(one.amounts.delivery),
        delivery_discount_minor: Set(one.amounts.delivery_discount),
        fee_minor: Set(one.amounts.fee),
        tax_minor: Set(one.amounts.tax),
        total_minor: Set(one.amounts.total),
        payment_method: Set(one.method.code().to_owned()),
        // Nor did it go by a way of ours: its name is with where it came from.
        delivery_method_id: Set(tx.new_id()),
        address: Set(serde_json::to_string(&one.address).map_err(Fault::new)?),
        promotions: Set("[]".to_owned()),
        placed_at: Set(one.placed_at),
        ..Default::default()
    })
}

fn line_facts(
    tx: &Tx,
    (order, position): (Id<Order>, i32),
    line: &ImportLine,
    amounts: LineAmounts,
) -> Result<order_line::ActiveModel, Fault> {
    let subtotal = amounts.total.checked_add(amounts.discount);
    Ok(order_line::ActiveModel {
        id: Set(tx.new_id()),
        order_id: Set(order),
        position: Set(position),
        sku: Set(line.sku.clone()),
        name_ar: Set(line.name_ar.clone()),
        name_en: Set(line.name_en.clone()),
        options_ar: Set(None),
        options_en: Set(None),
        quantity: Set(i64::from(amounts.quantity)),
        unit_minor: Set(amounts.unit),
        subtotal_minor: Set(subtotal.ok_or_else(|| Fault::new("an amount that does not fit"))?),
        discount_minor: Set(amounts.discount),
        total_minor: Set(amounts.total),
        tax_rate_bps: Set(line.tax_rate_bps),
        tax_minor: Set(amounts.tax),
        ..Default::default()
    })
}

fn status((order, one): New<'_>) -> order_status::ActiveModel {
    order_status::ActiveModel {
        order_id: Set(order),
        state: Set(one.end.state().code().to_owned()),
        since: Set(one.placed_at),
        pay_before: Set(None),
        version: Set(1),
        open_holds: Set(0),
        ..Default::default()
    }
}

/// The transition that explains the first status.
fn transition(tx: &Tx, (order, one): New<'_>) -> order_transition::ActiveModel {
    order_transition::ActiveModel {
        id: Set(tx.new_id()),
        order_id: Set(order),
        sequence: Set(1),
        action: Set(None),
        from_state: Set(None),
        to_state: Set(one.end.state().code().to_owned()),
        actor: Set(tx.stamp().actor.to_string()),
        reason: Set(None),
        amount_minor: Set(None),
        at: Set(one.placed_at),
        ..Default::default()
    }
}

fn origin(tx: &Tx, (order, one): New<'_>, source: Option<&str>) -> order_import::ActiveModel {
    order_import::ActiveModel {
        channel_id: Set(one.channel.0),
        external_number: Set(one.external_number.clone()),
        order_id: Set(order),
        source: Set(source.map(str::to_owned)),
        delivery_name: Set(one.delivery_name.clone()),
        actor: Set(tx.stamp().actor.to_string()),
        at: Set(tx.now()),
        ..Default::default()
    }
}

fn paid((order, one): New<'_>) -> Recorded {
    Recorded { reference: order, method: one.method, amount: total(one), status: one.end.payment(), at: one.placed_at }
}

fn told(tx: &Tx, (order, one): New<'_>) -> OrderEvent {
    OrderEvent::Imported {
        order,
        number: number(one),
        channel: one.channel.1.clone(),
        external_number: one.external_number.clone(),
        state: one.end.state(),
        total: total(one),
        placed_at: one.placed_at,
        at: tx.now(),
    }
}
