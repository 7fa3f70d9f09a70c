//! What is known of the things that rules of promotions name.

use std::collections::{BTreeSet, HashSet};

use domain::{
    id::{Collection, Id},
    pricing::promotions::{overlap::Shelf, selector::Named},
};
use entity::catalog::{attribute, category, product_collection};
use sea_orm::{ColumnTrait, QueryFilter, QuerySelect};
use store::{Fault, Read};

use super::{described::chains, load};

/// The most variants, and the most categories, that are looked up of what other rules name.
const THINGS_MAX: usize = 5_000;

/// Of these, what there is not, and the collections in which nothing is: a statement each.
pub async fn gone(read: &Read, named: &Named) -> Result<Named, Fault> {
    let mut gone = named.clone();
    if !named.variants.is_empty() {
        let there = load::any_variants(read, &named.variants.iter().copied().collect::<Vec<_>>()).await?;
        gone.variants.retain(|id| !there.contains_key(id));
    }
    if !named.products.is_empty() {
        let there = load::any_products(read, &named.products.iter().copied().collect::<Vec<_>>()).await?;
        gone.products.retain(|id| !there.contains_key(id));
    }
    if !named.categories.is_empty() {
        let rows = read.find::<category::Entity>().by_any(named.categories.iter().copied()).all().await?;
        let there: HashSet<_> = rows.into_iter().map(|row| row.id).collect();
        gone.categories.retain(|id| !there.contains(id));
    }
    if !named.collections.is_empty() {
        let find = read.find::<product_collection::Entity>().by_any(named.collections.iter().copied());
        let find = find.select_only().column(product_collection::Column::CollectionId).distinct();
        let there: HashSet<_> = find.tuples::<(Id<Collection>,)>().await?.into_iter().map(|(id,)| id).collect();
        gone.collections.retain(|id| !there.contains(id));
    }
    if !named.attributes.is_empty() {
        let codes = attribute::Column::Code.is_in(&named.attributes);
        let rows = read.find::<attribute::Entity>().filter(codes).all().await?;
        let there: HashSet<_> = rows.into_iter().map(|row| row.code).collect();
        gone.attributes.retain(|code| !there.contains(code));
    }
    Ok(gone)
}

/// What is known of what a rule names, and of the first few that others do: one statement, and one for each level of
/// categories.
pub async fn shelf(read: &Read, named: &Named, by_others: &Named) -> Result<Shelf, Fault> {
    let variants: BTreeSet<_> = named.variants.iter().chain(by_others.variants.iter().take(THINGS_MAX)).collect();
    let variants = load::any_variants(read, &variants.into_iter().copied().collect::<Vec<_>>()).await?;
    let categories = named.categories.iter().chain(by_others.categories.iter().take(THINGS_MAX));
    let chains = chains(read, categories.copied().collect()).await?;
    Ok(Shelf {
        products: variants.into_iter().map(|(id, variant)| (id, variant.product_id)).collect(),
        above: chains.into_iter().map(|(id, above)| (id, above.into_iter().collect())).collect(),
    })
}
