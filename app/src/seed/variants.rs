//! The variants of a product, their prices and their stock.

use std::collections::HashMap;

use domain::{
    catalog::{gtin::Gtin, sku::Sku},
    id::{self, Id, PriceList},
    inventory::movement::Cause,
    time::Instant,
};
use entity::{
    catalog::{variant, variant_value},
    inventory::{movement, stock_level},
    pricing::list_price,
};
use sea_orm::Set;

use super::{
    desk::{At, position},
    error::What,
    format_catalog::{Product, Variant},
    names::Names,
    plan::Work,
};

/// The lowest price of a product's variants, by price list.
type Lowest = HashMap<Id<PriceList>, i64>;

/// Plans a product's variants. Says what its lowest prices are.
pub(super) fn plan(work: &mut Work, file: &str, product: Id<id::Product>, of: &Product) -> Lowest {
    let mut lowest = Lowest::new();
    let mut combinations = Names::of("combination of options");
    if of.variants.is_empty() {
        let (found, wanted) = (0, "at least one".to_owned());
        work.desk.wrong(At { file, kind: "product", code: &of.slug }, What::Count { key: "variants", found, wanted });
    }
    for (index, variant) in of.variants.iter().enumerate() {
        let at = At { file, kind: "variant", code: &variant.sku };
        let id = work.desk.id();
        let sku = work.desk.field(at, "sku", Sku::parse(&variant.sku));
        let gtin = work.desk.field(at, "ean", Gtin::parse(&variant.ean));
        work.known.skus.add(&mut work.desk, at, &variant.sku, ());
        combinations.add(&mut work.desk, at, &variant.values.join(", "), ());
        work.rows.variants.push(variant::ActiveModel {
            id: Set(id),
            product_id: Set(product),
            sku: Set(sku.map_or_else(String::new, |sku| sku.as_str().to_owned())),
            gtin: Set(gtin.map_or_else(String::new, |gtin| gtin.as_str().to_owned())),
            weight_grams: Set(variant.grams.into()),
            position: Set(position(index)),
            ..Default::default()
        });
        values(work, at, id, (&of.options, &variant.values));
        prices(work, at, (id, variant), &mut lowest);
        stock(work, at, id, &variant.stock);
    }
    lowest
}

fn values(work: &mut Work, at: At<'_>, variant: Id<id::Variant>, (options, values): (&[String], &[String])) {
    if options.len() != values.len() {
        let wanted = format!("{}, one of each option", options.len());
        work.desk.wrong(at, What::Count { key: "values", found: values.len(), wanted });
        return;
    }
    let mut named = Names::of("option");
    for (index, (option, value)) in options.iter().zip(values).enumerate() {
        named.add(&mut work.desk, at, option, ());
        let Some(option_id) = work.known.options.find(&mut work.desk, at, option) else { continue };
        let value = work.known.values.find(&mut work.desk, at, &format!("{option}/{value}"));
        let Some(option_value_id) = value else { continue };
        work.rows.variant_values.push(variant_value::ActiveModel {
            variant_id: Set(variant),
            option_id: Set(option_id),
            option_value_id: Set(option_value_id),
            position: Set(position(index)),
            ..Default::default()
        });
    }
}

fn prices(work: &mut Work, at: At<'_>, (id, variant): (Id<id::Variant>, &Variant), lowest: &mut Lowest) {
    for (key, text) in &variant.prices {
        if let Some(list) = key.strip_prefix("was_") {
            // A former price is read beside the present one below.
            if !variant.prices.contains_key(list) {
                work.desk.wrong(at, What::Key { key: key.clone() });
            }
            continue;
        }
        let Some(list) = work.known.lists.get(key).copied() else {
            work.desk.wrong(at, What::Key { key: key.clone() });
            continue;
        };
        let Some(minor) = work.desk.amount(at, key, text, list.currency) else { continue };
        let was = format!("was_{key}");
        let former = variant.prices.get(&was).and_then(|text| work.desk.amount(at, &was, text, list.currency));
        if former.is_some_and(|former| former <= minor) {
            work.desk.wrong(at, What::Bounds { key: was, wanted: "higher than the present price" });
        }
        let least = lowest.entry(list.id).or_insert(minor);
        *least = minor.min(*least);
        work.rows.prices.push(list_price::ActiveModel {
            price_list_id: Set(list.id),
            variant_id: Set(id),
            starts_at: Set(Instant::from_millis(0)),
            is_temporary: Set(false),
            ends_at: Set(None),
            tiers: Set("[]".to_owned()),
            amount_minor: Set(minor),
            was_minor: Set(former),
            ..Default::default()
        });
    }
}

/// Receives the stock of a variant at every place.
fn stock(work: &mut Work, at: At<'_>, variant: Id<id::Variant>, stock: &[u32]) {
    if stock.len() != work.known.places.len() {
        let wanted = format!("{}, one of each location", work.known.places.len());
        work.desk.wrong(at, What::Count { key: "stock", found: stock.len(), wanted });
    }
    for (location, units) in work.known.places.iter().zip(stock) {
        let delta = Cause::Receipt.delta((*units).into());
        work.rows.stock_levels.push(stock_level::ActiveModel {
            variant_id: Set(variant),
            location_id: Set(*location),
            id: Set(work.desk.id()),
            since: Set(work.desk.now),
            on_hand: Set(delta.on_hand),
            reserved: Set(delta.reserved),
            quarantined: Set(delta.quarantined),
            ..Default::default()
        });
        if *units == 0 {
            continue;
        }
        work.rows.movements.push(movement::ActiveModel {
            id: Set(work.desk.id()),
            variant_id: Set(variant),
            location_id: Set(*location),
            cause: Set(Cause::Receipt.code().to_owned()),
            on_hand_delta: Set(delta.on_hand),
            reserved_delta: Set(delta.reserved),
            quarantined_delta: Set(delta.quarantined),
            reservation_id: Set(None),
            reference_id: Set(None),
            reason: Set(None),
            actor: Set(store::Actor::System.to_string()),
            at: Set(work.desk.now),
            ..Default::default()
        });
    }
}
