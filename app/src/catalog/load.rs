//! The catalogue for readers, many records at once.

use std::collections::HashMap;

use domain::id::{Attribute, Category, Collection, Id, Product, ProductOption, ProductType, Variant};
use entity::catalog::{
    attribute, category, collection, option_value, product, product_attribute, product_collection, product_option,
    product_type, variant, variant_value,
};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder};
use store::{Fault, Read};

use super::rows;
use crate::{
    cx::{Cx, Public},
    list::grouped,
};

/// Products that the request's channel shows.
pub async fn products(
    cx: &Cx,
    _anybody: Public,
    ids: &[Id<Product>],
) -> Result<HashMap<Id<Product>, product::Model>, Fault> {
    let rows = rows::products(&cx.read(), ids, cx.channel()?.id, cx.now()).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// Variants of products that the request's channel shows.
pub async fn variants(
    cx: &Cx,
    _anybody: Public,
    ids: &[Id<Variant>],
) -> Result<HashMap<Id<Variant>, variant::Model>, Fault> {
    let read = cx.read();
    let shown = rows::shown(&read, cx.channel()?.id, cx.now());
    let find = read.find::<variant::Entity>().filter(variant::Column::Id.is_in(ids.iter().copied()));
    let rows = find.filter(variant::Column::ProductId.in_subquery(shown)).all().await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// Variants, whether they are shown or not: for carts and orders that hold them.
pub async fn any_variants(read: &Read, ids: &[Id<Variant>]) -> Result<HashMap<Id<Variant>, variant::Model>, Fault> {
    let find = read.find::<variant::Entity>().filter(variant::Column::Id.is_in(ids.iter().copied()));
    Ok(find.all().await?.into_iter().map(|row| (row.id, row)).collect())
}

/// Products, whether they are shown or not: for orders that hold them.
pub async fn any_products(read: &Read, ids: &[Id<Product>]) -> Result<HashMap<Id<Product>, product::Model>, Fault> {
    let find = read.find::<product::Entity>().filter(product::Column::Id.is_in(ids.iter().copied()));
    Ok(find.all().await?.into_iter().map(|row| (row.id, row)).collect())
}

/// The variants of each product, in their order.
pub async fn variants_of(
    cx: &Cx,
    _anybody: Public,
    products: &[Id<Product>],
) -> Result<HashMap<Id<Product>, Vec<variant::Model>>, Fault> {
    let read = cx.read();
    let find = read.find::<variant::Entity>().filter(variant::Column::ProductId.is_in(products.iter().copied()));
    let rows = find.order_by_asc(variant::Column::Position).all().await?;
    Ok(grouped(rows.into_iter().map(|row| (row.product_id, row))))
}

/// What a variant is in one option.
#[derive(Clone, Debug)]
pub struct Selected {
    /// The option.
    pub option: product_option::Model,
    /// Its value.
    pub value: option_value::Model,
}

/// The option values of each variant, in the order of its product's options.
pub async fn selected(read: &Read, variants: &[Id<Variant>]) -> Result<HashMap<Id<Variant>, Vec<Selected>>, Fault> {
    let find = read.find::<variant_value::Entity>();
    let find = find.filter(variant_value::Column::VariantId.is_in(variants.iter().copied()));
    let chosen = find.order_by_asc(variant_value::Column::Position).all().await?;
    let values: HashMap<_, _> = read
        .find::<option_value::Entity>()
        .filter(option_value::Column::Id.is_in(chosen.iter().map(|row| row.option_value_id)))
        .all()
        .await?
        .into_iter()
        .map(|value| (value.id, value))
        .collect();
    let options = options(read, chosen.iter().map(|row| row.option_id)).await?;
    let pair = |row: variant_value::Model| {
        let option = options.get(&row.option_id)?.clone();
        let value = values.get(&row.option_value_id)?.clone();
        Some((row.variant_id, Selected { option, value }))
    };
    Ok(grouped(chosen.into_iter().filter_map(pair)))
}

async fn options(
    read: &Read,
    ids: impl Iterator<Item = Id<ProductOption>>,
) -> Result<HashMap<Id<ProductOption>, product_option::Model>, Fault> {
    let find = read.find::<product_option::Entity>().filter(product_option::Column::Id.is_in(ids));
    Ok(find.all().await?.into_iter().map(|option| (option.id, option)).collect())
}

/// What a product says of itself.
#[derive(Clone, Debug)]
pub struct Said {
    /// Of what.
    pub attribute: attribute::Model,
    /// What.
    pub value: product_attribute::Model,
}

/// The attributes of each product, in their order.
pub async fn attributes(
    cx: &Cx,
    _anybody: Public,
    products: &[Id<Product>],
) -> Result<HashMap<Id<Product>, Vec<Said>>, Fault> {
    let read = cx.read();
    let find = read.find::<product_attribute::Entity>();
    let find = find.filter(product_attribute::Column::ProductId.is_in(products.iter().copied()));
    let said = find.order_by_asc(product_attribute::Column::Position).all().await?;
    let attributes: HashMap<Id<Attribute>, _> = read
        .find::<attribute::Entity>()
        .filter(attribute::Column::Id.is_in(said.iter().map(|row| row.attribute_id)))
        .all()
        .await?
        .into_iter()
        .map(|attribute| (attribute.id, attribute))
        .collect();
    let pair = |row: product_attribute::Model| {
        let attribute = attributes.get(&row.attribute_id)?.clone();
        Some((row.product_id, Said { attribute, value: row }))
    };
    Ok(grouped(said.into_iter().filter_map(pair)))
}

/// Categories by id.
pub async fn categories(
    cx: &Cx,
    _anybody: Public,
    ids: &[Id<Category>],
) -> Result<HashMap<Id<Category>, category::Model>, Fault> {
    let read = cx.read();
    let find = read.find::<category::Entity>().filter(category::Column::Id.is_in(ids.iter().copied()));
    Ok(find.all().await?.into_iter().map(|row| (row.id, row)).collect())
}

/// The categories directly in each category, in their order.
pub async fn children(
    cx: &Cx,
    _anybody: Public,
    parents: &[Id<Category>],
) -> Result<HashMap<Id<Category>, Vec<category::Model>>, Fault> {
    let read = cx.read();
    let find = read.find::<category::Entity>().filter(category::Column::ParentId.is_in(parents.iter().copied()));
    let rows = find.order_by_asc(category::Column::Position).all().await?;
    Ok(grouped(rows.into_iter().filter_map(|row| row.parent_id.map(|parent| (parent, row)))))
}

/// Collections by id.
pub async fn collections(
    cx: &Cx,
    _anybody: Public,
    ids: &[Id<Collection>],
) -> Result<HashMap<Id<Collection>, collection::Model>, Fault> {
    let read = cx.read();
    let find = read.find::<collection::Entity>().filter(collection::Column::Id.is_in(ids.iter().copied()));
    Ok(find.all().await?.into_iter().map(|row| (row.id, row)).collect())
}

/// The ids of the collections that each product is in.
pub async fn collections_of(
    read: &Read,
    products: &[Id<Product>],
) -> Result<HashMap<Id<Product>, Vec<Id<Collection>>>, Fault> {
    let find = read.find::<product_collection::Entity>();
    let find = find.filter(product_collection::Column::ProductId.is_in(products.iter().copied()));
    let rows = find.order_by_asc(product_collection::Column::CollectionId).all().await?;
    Ok(grouped(rows.into_iter().map(|row| (row.product_id, row.collection_id))))
}

/// Product types by id.
pub async fn types(
    cx: &Cx,
    _anybody: Public,
    ids: &[Id<ProductType>],
) -> Result<HashMap<Id<ProductType>, product_type::Model>, Fault> {
    let read = cx.read();
    let find = read.find::<product_type::Entity>().filter(product_type::Column::Id.is_in(ids.iter().copied()));
    Ok(find.all().await?.into_iter().map(|row| (row.id, row)).collect())
}
