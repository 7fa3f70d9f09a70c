//! The one transaction that makes an order of a cart.

use domain::{
    id::{Id, Order},
    identity::address::Address,
    payments::method::Method,
};
use entity::channels::channel;
use store::{Fault, Tx};

use super::{CheckoutError, error::Missing, order_token};
use crate::{
    cart::{
        self,
        view::{Line, View},
    },
    catalog, channels,
    cx::Cx,
    fulfilment::delivery::Delivery,
    inventory::{self, Reserve, ReserveError},
    orders, payments,
};

/// What a cart has that can become an order.
pub(crate) struct Ready<'v> {
    email: &'v str,
    phone: String,
    address: &'v Address,
    delivery: &'v Delivery,
    /// How it is paid.
    pub(crate) method: Method,
}

/// Checks that nothing is missing; tells all that is.
pub(crate) fn ready(view: &View) -> Result<Ready<'_>, CheckoutError> {
    if view.lines.is_empty() && view.gone.is_empty() {
        return Err(CheckoutError::Empty);
    }
    let mut missing: Vec<_> = view.gone.iter().map(|row| Missing::NotSold(row.id)).collect();
    let wants = |chosen: bool, none, unavailable| if chosen { unavailable } else { none };
    if view.cart.email.is_none() {
        missing.push(Missing::Contact);
    }
    if view.address.is_none() {
        missing.push(Missing::Address);
    }
    if view.delivery.is_none() {
        let chosen = view.cart.delivery_method_id.is_some();
        missing.push(wants(chosen, Missing::Delivery, Missing::DeliveryUnavailable));
    }
    if view.payment.is_none() {
        missing.push(wants(view.cart.payment_method.is_some(), Missing::Payment, Missing::PaymentUnavailable));
    }
    match (&view.cart.email, &view.address, &view.delivery, view.payment) {
        (Some(email), Some(address), Some(delivery), Some(payment)) if missing.is_empty() => {
            let phone = view.cart.phone.clone().unwrap_or_else(|| address.phone.as_str().to_owned());
            Ok(Ready { email, phone, address, delivery, method: payment.method })
        }
        _ => Err(CheckoutError::NotReady(missing)),
    }
}

/// Writes the order: reservations, number, order, payment, events.
pub(crate) async fn place(
    cx: &Cx,
    tx: &Tx,
    channel: &channel::Model,
    view: &View,
    ready: &Ready<'_>,
) -> Result<Id<Order>, CheckoutError> {
    let id = tx.new_id();
    let lines = lines(tx, view).await?;
    let pay_before = match ready.method {
        Method::CashOnDelivery => None,
        Method::BankTransfer => Some(tx.now().plus(cx.app().settings.transfer_window)),
        Method::Card => Some(tx.now().plus(cx.app().settings.payment_window)),
    };
    let wanted = view.lines.iter().zip(&lines).map(|(line, placed)| Reserve {
        order: id,
        line: placed.id,
        variant: line.variant.id,
        quantity: line.row.quantity,
    });
    let places = inventory::sources(tx, channel.id).await?;
    inventory::reserve(tx, wanted.collect(), &places, pay_before).await.map_err(|refused| short(refused, view))?;
    let number = channels::next_number(tx, channel.id).await?;
    let token = order_token(cx, id)?;
    let place = orders::Place {
        id,
        number,
        token,
        channel: channel.id,
        channel_code: channel.code.clone(),
        cart: view.cart.id,
        customer: view.cart.customer_id,
        email: ready.email.to_owned(),
        phone: ready.phone.clone(),
        language: view.cart.language.clone(),
        quote: view.quote.clone(),
        method: ready.method,
        delivery: ready.delivery.method.id,
        address: serde_json::to_string(ready.address).map_err(Fault::new)?,
        pay_before,
        lines,
    };
    orders::place(tx, place).await?;
    let open = payments::Open { reference: id, method: ready.method, amount: view.quote.total };
    payments::open(tx, open).await?;
    cart::set_order(tx, view.cart.id, id).await?;
    Ok(id)
}

/// The order's lines, with what they are called frozen.
async fn lines(tx: &Tx, view: &View) -> Result<Vec<orders::PlaceLine>, Fault> {
    let ids: Vec<_> = view.lines.iter().map(|line| line.variant.id).collect();
    let mut selected = catalog::load::selected(tx, &ids).await?;
    let options = |selected: &[catalog::load::Selected], name: fn(&catalog::load::Selected) -> Option<&str>| {
        let names: Vec<_> = selected.iter().filter_map(name).collect();
        (!names.is_empty()).then(|| names.join(" / "))
    };
    let line = |line: &Line| {
        let selected = selected.remove(&line.variant.id).unwrap_or_default();
        orders::PlaceLine {
            id: tx.new_id(),
            variant: line.variant.id,
            sku: line.variant.sku.clone(),
            name_ar: line.product.name_ar.clone(),
            name_en: line.product.name_en.clone(),
            options_ar: options(&selected, |one| one.value.name_ar.as_deref()),
            options_en: options(&selected, |one| one.value.name_en.as_deref()),
            quoted: line.quoted,
        }
    };
    Ok(view.lines.iter().map(line).collect())
}

/// Tells a shortage of variants as one of the cart's lines.
fn short(refused: ReserveError, view: &View) -> CheckoutError {
    match refused {
        ReserveError::Fault(fault) => CheckoutError::Fault(fault),
        ReserveError::Short(short) => {
            let line = |variant| view.lines.iter().find(|line| line.variant.id == variant).map(|line| line.row.id);
            let lines = short.iter().filter_map(|short| Some((line(short.variant)?, short.available)));
            CheckoutError::OutOfStock(lines.collect())
        }
    }
}
