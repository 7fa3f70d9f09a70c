//! What products are, as the rules of promotions look at them.

use std::collections::{HashMap, HashSet};

use domain::{
    id::{Attribute, Category, Collection, Id, Product, Variant},
    pricing::promotions::selector::{Item, Named, Selector},
};
use entity::catalog::{attribute, category, collection, product_attribute, variant};
use sea_orm::QueryOrder;
use store::{Fault, Read};

use super::load::{self, collections_of};
use crate::list::grouped;

/// What rules look at besides collections.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Looks {
    /// At categories.
    pub categories: bool,
    /// At attributes.
    pub attributes: bool,
}

/// What a product is.
#[derive(Clone, Debug, Default)]
pub struct Described {
    /// Its category and all above it, if rules look at them.
    pub categories: Vec<Id<Category>>,
    /// The collections that it is in.
    pub collections: Vec<Id<Collection>>,
    /// Its attributes, code and value in each language, if rules look at them.
    pub attributes: Vec<(String, String)>,
}

impl Described {
    /// A variant of the product, as promotions look at it.
    pub fn item(&self, variant: &variant::Model) -> Item {
        let Self { categories, collections, attributes } = self.clone();
        Item { variant: variant.id, product: variant.product_id, categories, collections, attributes }
    }
}

/// What products are: one statement, and few more for what only some rules look at.
pub async fn described(
    read: &Read,
    products: &[Id<Product>],
    looks: Looks,
) -> Result<HashMap<Id<Product>, Described>, Fault> {
    let mut collections = collections_of(read, products).await?;
    let mut above = if looks.categories { above(read, products).await? } else { HashMap::new() };
    let mut attributes = if looks.attributes { attributes(read, products).await? } else { HashMap::new() };
    let one = |id: &Id<Product>| {
        let categories = above.remove(id).unwrap_or_default();
        let collections = collections.remove(id).unwrap_or_default();
        let attributes = attributes.remove(id).unwrap_or_default();
        (*id, Described { categories, collections, attributes })
    };
    let products: HashSet<_> = products.iter().collect();
    Ok(products.into_iter().map(one).collect())
}

/// Those of the variants that a selector takes: two statements, and few more for what only some selectors look at.
pub async fn chosen(
    read: &Read,
    of: &Selector,
    ids: &[Id<Variant>],
) -> Result<HashMap<Id<Variant>, variant::Model>, Fault> {
    let mut variants = load::any_variants(read, ids).await?;
    if *of == Selector::Everything {
        return Ok(variants);
    }
    let products: Vec<_> = variants.values().map(|variant| variant.product_id).collect();
    let looks = Looks { categories: of.asks_categories(), attributes: of.asks_attributes() };
    let described = described(read, &products, looks).await?;
    variants.retain(|_, variant| {
        described.get(&variant.product_id).is_some_and(|product| of.takes(&product.item(variant)))
    });
    Ok(variants)
}

/// One of these that there is not.
pub async fn missing(read: &Read, named: &Named) -> Result<Option<String>, Fault> {
    let variants = load::any_variants(read, &named.variants.iter().copied().collect::<Vec<_>>()).await?;
    let products = load::any_products(read, &named.products.iter().copied().collect::<Vec<_>>()).await?;
    let categories = read.find::<category::Entity>().by_any(named.categories.iter().copied()).all().await?;
    let collections = read.find::<collection::Entity>().by_any(named.collections.iter().copied()).all().await?;
    let categories: HashSet<_> = categories.into_iter().map(|row| row.id).collect();
    let collections: HashSet<_> = collections.into_iter().map(|row| row.id).collect();
    let variant = named.variants.iter().find(|id| !variants.contains_key(id)).map(ToString::to_string);
    let product = || named.products.iter().find(|id| !products.contains_key(id)).map(ToString::to_string);
    let category = || named.categories.iter().find(|id| !categories.contains(id)).map(ToString::to_string);
    let collection = || named.collections.iter().find(|id| !collections.contains(id)).map(ToString::to_string);
    Ok(variant.or_else(product).or_else(category).or_else(collection))
}

/// The category of each product, with all above it: a statement a level.
async fn above(read: &Read, products: &[Id<Product>]) -> Result<HashMap<Id<Product>, Vec<Id<Category>>>, Fault> {
    let products = load::any_products(read, products).await?;
    let chains = chains(read, products.values().map(|product| product.category_id).collect()).await?;
    let chain = |of: &Id<Category>| chains.get(of).cloned().unwrap_or_default();
    Ok(products.into_iter().map(|(id, product)| (id, chain(&product.category_id))).collect())
}

/// Each of these categories that there is, with all above it: a statement a level.
pub(super) async fn chains(
    read: &Read,
    categories: HashSet<Id<Category>>,
) -> Result<HashMap<Id<Category>, Vec<Id<Category>>>, Fault> {
    let mut parents: HashMap<Id<Category>, Option<Id<Category>>> = HashMap::new();
    let mut next = categories.clone();
    while !next.is_empty() {
        let rows = read.find::<category::Entity>().by_any(next.drain()).all().await?;
        parents.extend(rows.iter().map(|row| (row.id, row.parent_id)));
        next = rows.iter().filter_map(|row| row.parent_id).filter(|id| !parents.contains_key(id)).collect();
    }
    let up = |id: &Id<Category>| parents.get(id).copied().flatten();
    let chain = |first| std::iter::successors(Some(first), up).take(parents.len()).collect();
    let there = categories.into_iter().filter(|id| parents.contains_key(id));
    Ok(there.map(|id| (id, chain(id))).collect())
}

async fn attributes(
    read: &Read,
    products: &[Id<Product>],
) -> Result<HashMap<Id<Product>, Vec<(String, String)>>, Fault> {
    let find = read.find::<product_attribute::Entity>().by_any(products.iter().copied());
    let said = find.order_by_asc(product_attribute::Column::Position).all().await?;
    let ids: HashSet<_> = said.iter().map(|row| row.attribute_id).collect();
    let codes = read.find::<attribute::Entity>().by_any(ids).all().await?;
    let codes: HashMap<Id<Attribute>, _> = codes.into_iter().map(|row| (row.id, row.code)).collect();
    let pairs = said.into_iter().filter_map(|row| {
        let code = codes.get(&row.attribute_id)?.clone();
        let values = [row.value_ar, row.value_en].into_iter().flatten();
        Some(values.map(move |value| (row.product_id, (code.clone(), value))))
    });
    Ok(grouped(pairs.flatten()))
}
