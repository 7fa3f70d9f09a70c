//! Ways of delivery to an address, with their prices.

use std::collections::HashMap;

use domain::{
    fulfilment::delivery::{Area, delivers_to, zone_for},
    id::{Channel, DeliveryMethod, Id},
    identity::country::Country,
    money::{Currency, Money},
};
use entity::fulfilment::{delivery_method, delivery_rate, zone};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder};
use store::{Fault, Read};

use super::rows;

/// A way of delivery to one address.
#[derive(Clone, Debug)]
pub struct Delivery {
    /// The way.
    pub method: delivery_method::Model,
    /// What it costs, tax and surcharge included.
    pub price: Money,
    /// How much of it is for a remote area.
    pub surcharge: Money,
    /// Earliest arrival, in days.
    pub days_min: i32,
    /// Latest arrival, in days.
    pub days_max: i32,
}

/// What a channel's deliveries cost, wherever they go.
#[derive(Debug)]
pub struct Tariff {
    rates: Vec<delivery_rate::Model>,
    zones: Vec<zone::Model>,
    areas: Vec<Area>,
    /// In the shop's order.
    methods: Vec<delivery_method::Model>,
}

/// What a channel's deliveries cost.
pub async fn tariff(read: &Read, channel: Id<Channel>) -> Result<Tariff, Fault> {
    let rates = read.find::<delivery_rate::Entity>().by(channel).all().await?;
    let (zones, areas) = areas(read, &rates).await?;
    let methods = read.find::<delivery_method::Entity>().order_by_asc(delivery_method::Column::Position).all().await?;
    Ok(Tariff { rates, zones, areas, methods })
}

impl Tariff {
    /// The ways of delivery to a city, in the shop's order; none where the channel does not deliver.
    pub fn deliveries(&self, currency: Currency, (country, city): (Country, &str)) -> Result<Vec<Delivery>, Fault> {
        let Some(zone) = zone_for(&self.areas, country, city) else { return Ok(Vec::new()) };
        let is_remote = self.zones.iter().any(|row| row.id == zone && row.is_remote);
        let delivery = |method: &delivery_method::Model| {
            let rate = self.rates.iter().find(|rate| rate.zone_id == zone && rate.method_id == method.id)?;
            let surcharge = Money::new(if is_remote { rate.surcharge_minor } else { 0 }, currency);
            let price = Money::new(rate.price_minor, currency).plus(surcharge);
            Some(price.map_err(Fault::new).map(|price| Delivery {
                method: method.clone(),
                price,
                surcharge,
                days_min: rate.days_min,
                days_max: rate.days_max,
            }))
        };
        self.methods.iter().filter_map(delivery).collect()
    }
}

/// Whether a channel delivers to a country at all.
pub async fn serves(read: &Read, channel: Id<Channel>, country: Country) -> Result<bool, Fault> {
    let rates = read.find::<delivery_rate::Entity>().by(channel).all().await?;
    Ok(delivers_to(&areas(read, &rates).await?.1, country))
}

/// The zones that rates are of, and what lies in them.
async fn areas(read: &Read, rates: &[delivery_rate::Model]) -> Result<(Vec<zone::Model>, Vec<Area>), Fault> {
    let ids: Vec<_> = rates.iter().map(|rate| rate.zone_id).collect();
    Ok((rows::zones(read, &ids).await?, rows::areas(read, &ids).await?))
}

/// Ways of delivery by id.
pub async fn methods(
    read: &Read,
    ids: &[Id<DeliveryMethod>],
) -> Result<HashMap<Id<DeliveryMethod>, delivery_method::Model>, Fault> {
    let find = read.find::<delivery_method::Entity>();
    let rows = find.filter(delivery_method::Column::Id.is_in(ids.iter().copied())).all().await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}
