//! What a channel sells.

use std::{collections::HashSet, slice::from_ref};

use domain::{
    id::{Id, Variant},
    identity::country::Country,
    pricing::list::Ask,
};
use entity::channels::channel;
use store::{Fault, Tx};

use crate::{
    catalog,
    organisations::Party,
    pricing::{Books, Span},
};

/// Those of these variants that a channel sells to somebody now: shown there, and with a price.
pub(crate) async fn sold(
    tx: &Tx,
    channel: &channel::Model,
    variants: &[Id<Variant>],
    (party, country): (&Party, Country),
) -> Result<HashSet<Id<Variant>>, Fault> {
    let known = catalog::load::any_variants(tx, variants).await?;
    let products: Vec<_> = known.values().map(|variant| variant.product_id).collect();
    let shown = catalog::shown_at(tx, channel.id, &products, tx.now()).await?;
    let is_shown = |id: &Id<Variant>| known.get(id).is_some_and(|variant| shown.contains(&variant.product_id));
    let variants: Vec<_> = variants.iter().copied().filter(is_shown).collect();
    let books = Books::load(tx, channel, from_ref(party), (&variants, Span::At(tx.now()))).await?;
    let book = books.of(party);
    let mut sold = HashSet::new();
    for variant in variants {
        let ask = Ask { variant, quantity: 1, country, at: tx.now() };
        sold.extend(book.price(ask).map_err(Fault::new)?.map(|_| variant));
    }
    Ok(sold)
}
