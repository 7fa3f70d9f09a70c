//! Carts whose channel has a tax engine: it is asked before they are priced, in no transaction.

use std::slice::from_ref;

use domain::{
    id::{Cart, Id, Variant},
    pricing::tax::{exemption::Payer, rules::Place},
};
use entity::{cart::cart, channels::channel};
use store::Fault;

use super::{
    rows,
    view::{self, ALIVE},
};
use crate::{
    catalog, channels,
    cx::{Cx, Shopper},
    organisations::{self, Party},
    pricing::taxes::{Payers, Taxes, engine},
};

/// What is bought, by whom, delivered where.
#[derive(Clone, Debug)]
pub(crate) struct Bound {
    /// What.
    pub(crate) variants: Vec<Id<Variant>>,
    /// By whom.
    pub(crate) party: Party,
    /// Where to.
    pub(crate) place: Place,
}

/// Asks the channel's tax engine, if it has one, how what is in carts is taxed, as far as it is known where they go and it was
/// not said before.
pub(crate) async fn ask_taxes(cx: &Cx, channel: &channel::Model, carts: &[cart::Model]) -> Result<(), Fault> {
    if channel.tax_engine_url.is_none() || carts.is_empty() {
        return Ok(());
    }
    // What became an order is taxed as it was.
    let carts: Vec<_> = carts.iter().filter(|cart| ALIVE.contains(&cart.state.as_str())).collect();
    let read = cx.read();
    let ids: Vec<_> = carts.iter().map(|cart| cart.id).collect();
    let lines = rows::lines_of(&read, &ids).await?;
    let wishes: Vec<_> = carts.iter().map(|cart| rows::wish(cart)).collect();
    let parties = organisations::parties(&read, &wishes).await?;
    let mut bound = Vec::with_capacity(carts.len());
    for (cart, party) in carts.iter().zip(parties) {
        let Some(address) = view::address(cart)? else { continue };
        let variants = lines.get(&cart.id).into_iter().flatten().map(|row| row.variant_id).collect();
        bound.push(Bound { variants, party, place: Place::of(&address) });
    }
    drop(read);
    ask_taxes_of(cx, channel, bound).await
}

/// The same of a cart of whichever channel.
pub(crate) async fn ask_taxes_of_any(cx: &Cx, cart: &cart::Model) -> Result<(), Fault> {
    let channel = channels::by_id(&cx.read(), cart.channel_id).await?;
    let channel = channel.ok_or_else(|| Fault::new("a cart of no channel"))?;
    ask_taxes(cx, &channel, from_ref(cart)).await
}

/// The same of carts by their ids.
pub(crate) async fn ask_taxes_of_carts(cx: &Cx, channel: &channel::Model, ids: Vec<Id<Cart>>) -> Result<(), Fault> {
    if channel.tax_engine_url.is_none() {
        return Ok(());
    }
    let carts = cx.read().find::<cart::Entity>().by_any(ids).all().await?;
    ask_taxes(cx, channel, &carts).await
}

/// The same of a shopper's cart in the request's channel, if there is one of this id.
pub(crate) async fn ask_taxes_of_cart(cx: &Cx, shopper: Shopper, id: Id<Cart>) -> Result<(), Fault> {
    let channel = cx.channel()?;
    if channel.tax_engine_url.is_none() {
        return Ok(());
    }
    let cart = super::get(cx, shopper, id).await?;
    ask_taxes(cx, channel, cart.as_slice()).await
}

/// The same of what is in no cart.
pub(crate) async fn ask_taxes_of(cx: &Cx, channel: &channel::Model, bound: Vec<Bound>) -> Result<(), Fault> {
    if channel.tax_engine_url.is_none() || bound.is_empty() {
        return Ok(());
    }
    let read = cx.read();
    let all: Vec<_> = bound.iter().flat_map(|one| &one.variants).copied().collect();
    let variants = catalog::load::any_variants(&read, &all).await?;
    let product = |variant: &Id<Variant>| variants.get(variant).map(|row| row.product_id);
    let products: Vec<_> = all.iter().filter_map(product).collect();
    let places: Vec<_> = bound.iter().map(|one| one.place.clone()).collect();
    let payers = Payers {
        customers: bound.iter().filter_map(|one| one.party.customer).collect(),
        organisations: bound.iter().filter_map(|one| one.party.organisation()).collect(),
        ..Payers::default()
    };
    let taxes = Taxes::load(&read, channel, payers, (&products, &places), cx.now()).await?;
    let unanswered = |one: &Bound| {
        let products: Vec<_> = one.variants.iter().filter_map(product).collect();
        let payer = Payer { customer: one.party.customer, groups: &[], seat: one.party.seat.as_ref() };
        taxes.unanswered(&products, payer, &one.place)
    };
    let wanted: Vec<_> = bound.iter().filter_map(unanswered).collect();
    if wanted.is_empty() {
        return Ok(());
    }
    drop(read);
    engine::ask(cx, channel, wanted).await
}
