//! The products, and where they are shown.

use std::collections::HashMap;

use domain::{
    id::{self, Id, PriceList},
    language::Localised,
    text,
};
use entity::catalog::{product, product_attribute, product_collection, publication};
use sea_orm::Set;

use super::{
    desk::{At, position},
    error::What,
    format_catalog::Product,
    names::Names,
    plan::{Sells, Work},
    variants,
};

pub(super) fn plan(work: &mut Work, file: &str, products: &[Product]) {
    for product in products {
        self::product(work, At { file, kind: "product", code: &product.slug }, product);
    }
}

fn product(work: &mut Work, at: At<'_>, product: &Product) {
    let (id, slug) = (work.desk.id(), work.desk.slug(at, "slug", &product.slug));
    work.known.products.add(&mut work.desk, at, &product.slug, ());
    let kind = work.known.types.find(&mut work.desk, at, &product.kind);
    let category = work.known.categories.find(&mut work.desk, at, &product.category);
    let (name_ar, name_en) = work.desk.name(at, "name", &product.name);
    let (brand_ar, brand_en) = match &product.brand {
        Some(brand) => work.desk.name(at, "brand", brand),
        None => (None, None),
    };
    let (description_ar, description_en) = work.desk.description(at, product.description.as_ref());
    let lowest = variants::plan(work, at.file, id, product);
    collections(work, at, id, product);
    publications(work, at, id, (product, &lowest));
    let (Some(kind), Some(category)) = (kind, category) else { return };
    attributes(work, at, (id, &kind.attributes), product);
    let searched = [&name_ar, &name_en, &brand_ar, &brand_en].into_iter().flatten();
    let searched = searched.chain([&slug]).map(String::as_str).collect::<Vec<_>>().join(" ");
    work.rows.products.push(product::ActiveModel {
        id: Set(id),
        slug: Set(slug),
        product_type_id: Set(kind.id),
        category_id: Set(category.id),
        brand_ar: Set(brand_ar),
        brand_en: Set(brand_en),
        name_ar: Set(name_ar),
        name_en: Set(name_en),
        description_ar: Set(description_ar),
        description_en: Set(description_en),
        search_text: Set(text::fold(&searched)),
        created_at: Set(work.desk.now),
        ..Default::default()
    });
}

/// What a product says of itself, in the order of its type. It says nothing that its type does not know.
fn attributes(work: &mut Work, at: At<'_>, (id, of_type): (Id<id::Product>, &[String]), product: &Product) {
    for code in product.attributes.keys().filter(|code| !of_type.contains(code)) {
        work.desk.wrong(at, What::Unknown { kind: "attribute of its type", code: code.clone() });
    }
    let said = |code: &String| product.attributes.get(code).cloned();
    for (index, (code, value)) in of_type.iter().filter_map(|code| Some((code, said(code)?))).enumerate() {
        attribute(work, at, (id, index), (code, &value));
    }
}

fn attribute(
    work: &mut Work,
    at: At<'_>,
    (product, index): (Id<id::Product>, usize),
    (code, value): (&str, &Localised),
) {
    let Some(attribute) = work.known.attributes.get(code).copied() else { return };
    let (value_ar, value_en) = work.desk.name(at, code, value);
    work.rows.product_attributes.push(product_attribute::ActiveModel {
        product_id: Set(product),
        attribute_id: Set(attribute),
        position: Set(position(index)),
        value_ar: Set(value_ar),
        value_en: Set(value_en),
        ..Default::default()
    });
}

fn collections(work: &mut Work, at: At<'_>, id: Id<id::Product>, product: &Product) {
    let mut named = Names::of("collection");
    for code in &product.collections {
        let Some(collection) = work.known.collections.find(&mut work.desk, at, code) else { continue };
        named.add(&mut work.desk, at, code, ());
        work.rows.product_collections.push(product_collection::ActiveModel {
            product_id: Set(id),
            collection_id: Set(collection),
            ..Default::default()
        });
    }
}

/// Shows a product in every channel in whose list it has a price, or in those of them that it names.
fn publications(
    work: &mut Work,
    at: At<'_>,
    id: Id<id::Product>,
    (product, lowest): (&Product, &HashMap<Id<PriceList>, i64>),
) {
    let published_at = work.desk.time(at, "published_at", product.published_at.as_ref()).unwrap_or(work.desk.now);
    let mut named = Names::of("channel");
    let shown: Vec<Sells> = match &product.channels {
        None => work.known.sells.clone(),
        Some(codes) => {
            let mut find = |code: &String| {
                named.add(&mut work.desk, at, code, ());
                work.known.channels.find(&mut work.desk, at, code)
            };
            codes.iter().filter_map(&mut find).collect()
        }
    };
    for (sells, lowest) in shown.iter().filter_map(|sells| Some((sells, lowest.get(&sells.list.id)?))) {
        work.rows.publications.push(publication::ActiveModel {
            channel_id: Set(sells.id),
            product_id: Set(id),
            published_at: Set(published_at),
            lowest_minor: Set(*lowest),
            ..Default::default()
        });
    }
}
