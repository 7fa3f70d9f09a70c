//! An order comes into being.

use domain::{
    catalog::measure::Measure,
    id::{Account, Cart, Channel, DeliveryMethod, Id, Order, OrderLine, Variant},
    orders::{
        events::{Line, OrderEvent},
        state::State,
    },
    organisations::seat::Seat,
    payments::tender::Tender,
    pricing::{
        list::Step,
        named::{Names, Promotions},
        quote::{Quote, QuotedLine},
        tax::{Rounding, Source, TaxRate, reason::Reason},
    },
    time::Instant,
};
use entity::orders::{order, order_line, order_status, order_transition};
use sea_orm::Set;
use serde::{Deserialize, Serialize};
use store::{Fault, Stamp, Tx};

use super::promotions;
use crate::{digest::digest, pricing};

/// An order to place: all of it, as it will stand for ever.
#[derive(Clone, Debug)]
pub struct Place {
    /// Who places it, when, in which request.
    pub by: Stamp,
    /// Its id, made by the caller, who needs it for the reservations and the payment.
    pub id: Id<Order>,
    /// How people name it.
    pub number: String,
    /// What a guest sees it with, long and not to be guessed. Only its digest is stored.
    pub token: String,
    /// Where it is placed.
    pub channel: Id<Channel>,
    /// The channel's code.
    pub channel_code: String,
    /// What it is made of.
    pub cart: Id<Cart>,
    /// Who places it; none for a guest.
    pub customer: Option<Id<Account>>,
    /// For which unit of which company; none: for themselves.
    pub seat: Option<Seat>,
    /// Where its news goes.
    pub email: String,
    /// E.164.
    pub phone: String,
    /// Tag of the language it is placed in.
    pub language: String,
    /// What it costs, in the order's currency.
    pub quote: Quote,
    /// What it is paid with; if that is several things, how what is left after gift cards and store credit is paid.
    pub tender: Tender,
    /// How it is delivered.
    pub delivery: Id<DeliveryMethod>,
    /// Where it is delivered to, JSON.
    pub address: String,
    /// When it is cancelled unless it is paid. With it the order starts as
    /// [`State::AwaitingPayment`], without it as [`State::Placed`].
    pub pay_before: Option<Instant>,
    /// Its lines, in their order.
    pub lines: Vec<PlaceLine>,
}

/// A line of an order to place.
#[derive(Clone, Debug)]
pub struct PlaceLine {
    /// Its id, made by the caller, who needs it for the reservations.
    pub id: Id<OrderLine>,
    /// What is bought.
    pub variant: Id<Variant>,
    /// Its SKU.
    pub sku: String,
    /// Arabic name of the product.
    pub name_ar: Option<String>,
    /// English name of the product.
    pub name_en: Option<String>,
    /// Arabic option values.
    pub options_ar: Option<String>,
    /// English option values.
    pub options_en: Option<String>,
    /// Which of the quote's lines it is, from 0.
    pub quoted: usize,
    /// How the price of a unit came about; none if that is not known.
    pub price_steps: Option<Vec<Step>>,
    /// What these name, as a line kept it that this repeats; none: as it is called now.
    pub names: Option<Names>,
    /// How much is in a unit, as its variant keeps it; none if that is not said.
    pub measure: Option<String>,
}

/// Places orders: their facts, their status and the first of their transitions, a constant number of statements.
/// Emits `order.placed` for each.
///
/// Stock and payment are the caller's, in the same transaction. A cart that became an order already
/// is a [`Fault`] that [`Fault::is_duplicate`].
pub async fn place(tx: &Tx, places: &[Place]) -> Result<(), Fault> {
    let promotions = places.iter().flat_map(|place| promotions::named(&place.quote)).collect();
    let promotions = pricing::promotions::load::called(tx, promotions).await?;
    let facts = places.iter().map(|place| facts(place, &promotions));
    tx.insert_many(facts.collect::<Result<Vec<_>, Fault>>()?).await?;
    let names = pricing::names(tx, &steps(places.iter().flat_map(|place| &place.lines))).await?;
    let lines = places.iter().map(|place| {
        let lines = place.lines.iter().enumerate();
        lines.map(|(index, line)| line_facts((place.id, index), line, quoted(&place.quote, line)?, &names)).collect()
    });
    let lines: Vec<Vec<order_line::ActiveModel>> = lines.collect::<Result<_, Fault>>()?;
    tx.insert_many(lines.into_iter().flatten()).await?;
    tx.insert_many(places.iter().map(status).collect::<Vec<_>>()).await?;
    tx.insert_many(places.iter().map(|place| transition(tx, place)).collect::<Vec<_>>()).await?;
    let events: Vec<_> = places.iter().map(placed).collect::<Result<_, Fault>>()?;
    tx.emit_all(places.iter().map(|place| &place.by).zip(&events)).await
}

/// How the prices of lines came about.
pub(super) fn steps<'l>(lines: impl Iterator<Item = &'l PlaceLine>) -> Vec<&'l Step> {
    lines.filter_map(|line| line.price_steps.as_deref()).flatten().collect()
}

fn placed(place: &Place) -> Result<OrderEvent, Fault> {
    let line = |line: &PlaceLine| {
        let quantity = quoted(&place.quote, line)?.quantity.get();
        Ok(Line { variant: line.variant, sku: line.sku.clone(), quantity })
    };
    Ok(OrderEvent::Placed {
        order: place.id,
        number: place.number.clone(),
        channel: place.channel_code.clone(),
        organisation: place.seat.as_ref().map(|seat| seat.organisation),
        unit: place.seat.as_ref().and_then(Seat::unit),
        total: place.quote.total,
        lines: place.lines.iter().map(line).collect::<Result<_, Fault>>()?,
        at: place.by.at,
    })
}

fn quoted<'q>(quote: &'q Quote, line: &PlaceLine) -> Result<&'q QuotedLine, Fault> {
    quote.lines.get(line.quoted).ok_or_else(|| Fault::new("a line that was not quoted"))
}

fn facts(place: &Place, names: &Promotions) -> Result<order::ActiveModel, Fault> {
    let quote = &place.quote;
    let services = &quote.service_charged.treatment;
    Ok(order::ActiveModel {
        id: Set(place.id),
        number: Set(place.number.clone()),
        channel_id: Set(place.channel),
        cart_id: Set(place.cart),
        customer_id: Set(place.customer),
        organisation_id: Set(place.seat.as_ref().map(|seat| seat.organisation)),
        organisation_unit_id: Set(place.seat.as_ref().and_then(Seat::unit)),
        email: Set(place.email.clone()),
        phone: Set(place.phone.clone()),
        token_hash: Set(digest(&place.token)),
        language: Set(place.language.clone()),
        currency: Set(quote.total.currency.code().to_owned()),
        subtotal_minor: Set(quote.subtotal.minor),
        discount_minor: Set(quote.discount.minor),
        delivery_minor: Set(quote.delivery.minor),
        delivery_discount_minor: Set(quote.delivery_discount.minor),
        fee_minor: Set(quote.fee.minor),
        tax_minor: Set(quote.tax.minor),
        total_minor: Set(quote.total.minor),
        payment_method: Set(place.tender.code().to_owned()),
        delivery_method_id: Set(place.delivery),
        address: Set(place.address.clone()),
        promotions: Set(promotions::json(quote, names)?),
        placed_at: Set(place.by.at),
        prices_include_tax: Set(quote.basis.includes_tax()),
        tax_rounding: Set(Rounding::LineHalfUp.code().to_owned()),
        service_tax_category: Set(Some(services.category().code().to_owned())),
        service_tax_rate_bps: Set(Some(bps(services.rate())?)),
        service_tax_reason: Set(services.reason().map(Reason::to_string)),
        delivery_tax_minor: Set(Some(quote.delivery_tax.minor)),
        fee_tax_minor: Set(Some(quote.fee_tax.minor)),
        ..Default::default()
    })
}

pub(super) fn line_facts(
    (order, index): (Id<Order>, usize),
    line: &PlaceLine,
    quoted: &QuotedLine,
    names: &Names,
) -> Result<order_line::ActiveModel, Fault> {
    let treatment = &quoted.charged.treatment;
    Ok(order_line::ActiveModel {
        id: Set(line.id),
        order_id: Set(order),
        position: Set(i32::try_from(index).map_err(Fault::new)?),
        variant_id: Set(line.variant),
        sku: Set(line.sku.clone()),
        name_ar: Set(line.name_ar.clone()),
        name_en: Set(line.name_en.clone()),
        options_ar: Set(line.options_ar.clone()),
        options_en: Set(line.options_en.clone()),
        quantity: Set(i64::from(quoted.quantity.get())),
        unit_minor: Set(quoted.unit.minor),
        subtotal_minor: Set(quoted.subtotal.minor),
        discount_minor: Set(quoted.discount.minor),
        total_minor: Set(quoted.total.minor),
        tax_rate_bps: Set(bps(treatment.rate())?),
        tax_minor: Set(quoted.tax.minor),
        prices_include_tax: Set(quoted.basis.includes_tax()),
        tax_category: Set(Some(treatment.category().code().to_owned())),
        tax_reason: Set(treatment.reason().map(Reason::to_string)),
        relieved_bps: Set(quoted.charged.relieved.map(bps).transpose()?),
        tax_source: Set(Some(quoted.charged.source)
            .filter(|source| *source != Source::Rules)
            .map(|source| source.code().to_owned())),
        price_steps: Set(line
            .price_steps
            .as_ref()
            .map(|steps| explained(steps, line.names.as_ref().unwrap_or(names)))
            .transpose()?),
        measure: Set(line.measure.clone()),
        ..Default::default()
    })
}

fn bps(rate: TaxRate) -> Result<i32, Fault> {
    i32::try_from(rate.bps()).map_err(Fault::new)
}

/// How the price of a unit of a line came about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explained {
    /// Step by step.
    pub steps: Vec<Step>,
    /// What these name, as it was called when it was bought; nothing of orders that were placed before that was kept.
    pub names: Names,
}

/// What a line may have kept.
#[derive(Deserialize)]
#[serde(untagged)]
enum Kept {
    Now(Explained),
    /// As it was kept before names were.
    Before(Vec<Step>),
}

/// How the price of a unit of a line came about; none if that was not written down.
pub fn explanation(line: &order_line::Model) -> Result<Option<Explained>, Fault> {
    let kept = line.price_steps.as_deref().map(serde_json::from_str).transpose().map_err(Fault::new)?;
    Ok(kept.map(|kept| match kept {
        Kept::Now(explained) => explained,
        Kept::Before(steps) => Explained { steps, names: Names::default() },
    }))
}

/// What [`explanation`] reads.
fn explained(steps: &[Step], names: &Names) -> Result<String, Fault> {
    serde_json::to_string(&Explained { steps: steps.to_vec(), names: names.of(steps) }).map_err(Fault::new)
}

/// How much was in a unit of a line when it was bought; none if that was not said.
pub fn measure(line: &order_line::Model) -> Result<Option<Measure>, Fault> {
    line.measure.as_deref().map(serde_json::from_str).transpose().map_err(Fault::new)
}

/// The state an order starts in.
const fn start(place: &Place) -> State {
    if place.pay_before.is_some() { State::AwaitingPayment } else { State::Placed }
}

fn status(place: &Place) -> order_status::ActiveModel {
    order_status::ActiveModel {
        order_id: Set(place.id),
        state: Set(start(place).code().to_owned()),
        since: Set(place.by.at),
        pay_before: Set(place.pay_before),
        version: Set(1),
        open_holds: Set(0),
        ..Default::default()
    }
}

/// The transition that explains the first status.
fn transition(tx: &Tx, place: &Place) -> order_transition::ActiveModel {
    order_transition::ActiveModel {
        id: Set(tx.new_id()),
        order_id: Set(place.id),
        sequence: Set(1),
        action: Set(None),
        from_state: Set(None),
        to_state: Set(start(place).code().to_owned()),
        actor: Set(place.by.actor.to_string()),
        reason: Set(None),
        amount_minor: Set(None),
        at: Set(place.by.at),
        ..Default::default()
    }
}
