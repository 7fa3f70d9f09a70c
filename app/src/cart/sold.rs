//! What a channel sells.

use std::collections::HashSet;

use domain::id::{Id, Variant};
use entity::channels::channel;
use store::{Fault, Tx};

use crate::{catalog, pricing};

/// Those of these variants that a channel sells now: shown there, and with a price.
pub(crate) async fn sold(
    tx: &Tx,
    channel: &channel::Model,
    variants: &[Id<Variant>],
) -> Result<HashSet<Id<Variant>>, Fault> {
    let known = catalog::load::any_variants(tx, variants).await?;
    let products: Vec<_> = known.values().map(|variant| variant.product_id).collect();
    let shown = catalog::shown_at(tx, channel.id, &products, tx.now()).await?;
    let prices = pricing::prices(tx, channel, variants).await?;
    let is_shown = |id: &Id<Variant>| known.get(id).is_some_and(|variant| shown.contains(&variant.product_id));
    Ok(variants.iter().copied().filter(|id| prices.contains_key(id) && is_shown(id)).collect())
}
