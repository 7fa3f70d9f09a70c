//! The lowest price of each product in each channel, by which lists of products are filtered and sorted: what a guest pays.

use std::{collections::BTreeMap, iter};

use domain::{
    id::{Id, PriceList, Product, Variant},
    money::Currency,
    pricing::list::Ask,
};
use entity::channels::channel;
use store::{Fault, Tx};

use super::{Books, Span};
use crate::{catalog, channels, organisations::Party};

/// Products of which so many are looked at at once.
const AT_ONCE: usize = 200;

/// Prices of variants in a list were changed.
pub(super) async fn prices_changed(tx: &Tx, list: Id<PriceList>, variants: &[Id<Variant>]) -> Result<(), Fault> {
    let products = products_of(tx, variants).await?;
    for channel in of_guests(tx, list).await? {
        refresh(tx, &channel, &products).await?;
    }
    Ok(())
}

/// The lowest prices at which variants are sold in a currency were changed.
pub(super) async fn floors_changed(tx: &Tx, currency: Currency, variants: &[Id<Variant>]) -> Result<(), Fault> {
    let products = products_of(tx, variants).await?;
    for channel in channels::all(tx).await? {
        if channels::currency(&channel)? == currency {
            refresh(tx, &channel, &products).await?;
        }
    }
    Ok(())
}

/// The products of variants, each once.
async fn products_of(tx: &Tx, variants: &[Id<Variant>]) -> Result<Vec<Id<Product>>, Fault> {
    let known = catalog::load::any_variants(tx, variants).await?;
    let mut products: Vec<_> = known.values().map(|variant| variant.product_id).collect();
    products.sort_unstable();
    products.dedup();
    Ok(products)
}

/// A list goes or does not, or follows another.
pub(super) async fn list_changed(tx: &Tx, list: Id<PriceList>) -> Result<(), Fault> {
    let channels = of_guests(tx, list).await?;
    refresh_all(tx, channels).await
}

/// Looks at all products of channels.
pub(super) async fn refresh_all(tx: &Tx, channels: Vec<channel::Model>) -> Result<(), Fault> {
    for channel in channels {
        refresh(tx, &channel, &catalog::published(tx, channel.id).await?).await?;
    }
    Ok(())
}

/// The channels in which guests buy by a list.
pub(super) async fn of_guests(tx: &Tx, list: Id<PriceList>) -> Result<Vec<channel::Model>, Fault> {
    let mut here = Vec::new();
    for channel in channels::all(tx).await? {
        let books = Books::load(tx, &channel, &[], (&[], Span::At(tx.now()))).await?;
        here.extend(iter::once(channel).filter(|_| books.know(list)));
    }
    Ok(here)
}

async fn refresh(tx: &Tx, channel: &channel::Model, products: &[Id<Product>]) -> Result<(), Fault> {
    let country = channels::country(channel)?;
    for products in products.chunks(AT_ONCE) {
        catalog::lock_lowest(tx, channel.id, products).await?;
        let variants = catalog::any_variants_of(tx, products).await?;
        let ids: Vec<_> = variants.iter().map(|variant| variant.id).collect();
        let book = Books::load(tx, channel, &[], (&ids, Span::At(tx.now()))).await?.of(&Party::GUEST);
        let mut lowest: BTreeMap<Id<Product>, i64> = BTreeMap::new();
        for variant in variants {
            let ask = Ask { variant: variant.id, quantity: 1, country, at: tx.now() };
            let Some(found) = book.price(ask).map_err(Fault::new)? else { continue };
            let least = lowest.entry(variant.product_id).or_insert(found.amount.minor);
            *least = found.amount.minor.min(*least);
        }
        catalog::set_lowest(tx, channel.id, &lowest.into_iter().collect::<Vec<_>>()).await?;
    }
    Ok(())
}
