//! The statements of pricing.

use std::collections::HashMap;

use domain::{
    id::{Id, Variant},
    identity::country::Country,
    money::{Currency, Money},
    pricing::{
        promotion::{Effect, Promotion},
        tax::TaxRate,
    },
};
use entity::{
    channels::channel,
    pricing::{price, promotion, tax_rate},
};
use rust_decimal::Decimal;
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder};
use store::{Fault, Read};

use crate::channels;

/// What each variant costs in a channel. One that has no price there is missing.
pub async fn prices(
    read: &Read,
    channel: &channel::Model,
    variants: &[Id<Variant>],
) -> Result<HashMap<Id<Variant>, price::Model>, Fault> {
    let find = read.find::<price::Entity>().by(channel.price_list_id);
    let rows = find.filter(price::Column::VariantId.is_in(variants.iter().copied())).all().await?;
    Ok(rows.into_iter().map(|row| (row.variant_id, row)).collect())
}

/// The value added tax of each country; none where none is set.
pub async fn tax_rates(read: &Read, countries: &[Country]) -> Result<HashMap<Country, TaxRate>, Fault> {
    let codes = countries.iter().map(Country::as_str);
    let rows = read.find::<tax_rate::Entity>().filter(tax_rate::Column::Country.is_in(codes)).all().await?;
    let rate = |country: &Country| {
        let bps = rows.iter().find(|row| row.country == country.as_str()).map_or(0, |row| row.rate_bps);
        Ok((*country, TaxRate::from_bps(u32::try_from(bps).map_err(Fault::new)?)))
    };
    countries.iter().map(rate).collect()
}

/// A promotion of a channel and the names it shows.
#[derive(Clone, Debug)]
pub struct Named {
    /// Its row.
    pub row: promotion::Model,
    /// Its rule.
    pub rule: Promotion,
}

/// The promotions of a channel, whether they run now or not.
pub async fn promotions(read: &Read, channel: &channel::Model) -> Result<Vec<Named>, Fault> {
    let currency = channels::currency(channel)?;
    let rows = read.find::<promotion::Entity>().by(channel.id).order_by_asc(promotion::Column::Priority).all().await?;
    rows.into_iter().map(|row| Ok(Named { rule: rule(&row, currency)?, row })).collect()
}

fn rule(row: &promotion::Model, currency: Currency) -> Result<Promotion, Fault> {
    let missing = || Fault::new("a promotion lacks what its effect needs");
    let percent = || row.percent_bps.map(|bps| Decimal::new(i64::from(bps), 2)).ok_or_else(missing);
    let over = || Money::new(row.over_minor.unwrap_or_default(), currency);
    let effect = match row.effect.as_str() {
        "COLLECTION_PERCENT" => {
            Effect::CollectionPercent { collection: row.collection_id.ok_or_else(missing)?, percent: percent()? }
        }
        "ORDER_PERCENT" => Effect::OrderPercent { percent: percent()?, over: over() },
        "FREE_DELIVERY" => Effect::FreeDelivery { over: over() },
        _ => return Err(missing()),
    };
    Ok(Promotion { id: row.id, priority: row.priority, effect, starts_at: row.starts_at, ends_at: row.ends_at })
}
