//! The statements of channels.

use std::collections::HashMap;

use domain::{
    id::{Channel, Id, Location},
    invalid::{Invalid, Problem},
    money::{Currency, Money},
    payments::method::Method,
    pricing::promotions::DiscountCap,
};
use entity::channels::{channel, channel_location, channel_payment};
use sea_orm::{ColumnTrait, ExprTrait, QueryFilter, QueryOrder, Set, sea_query::Expr};
use store::{Fault, Read, Tx};

use super::currency;

/// A way to pay in a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Payable {
    /// The way.
    pub method: Method,
    /// What it costs the customer, tax included.
    pub fee: Money,
}

/// A place a channel sells from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    /// The place.
    pub location: Id<Location>,
    /// Units of each variant there that the channel does not sell.
    pub buffer: i64,
}

/// Every channel, the default first.
pub async fn all(read: &Read) -> Result<Vec<channel::Model>, Fault> {
    read.find::<channel::Entity>().order_by_asc(channel::Column::Position).all().await
}

/// Channels by id.
pub async fn load(read: &Read, ids: &[Id<Channel>]) -> Result<HashMap<Id<Channel>, channel::Model>, Fault> {
    let rows = read.find::<channel::Entity>().filter(channel::Column::Id.is_in(ids.iter().copied())).all().await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// Refuses, at a field, a currency that no channel of the shop sells in: what is said in it would be of no use.
pub async fn sold_in<E: From<Invalid> + From<Fault>>(read: &Read, currency: Currency, field: &str) -> Result<(), E> {
    let some = read.find::<channel::Entity>().filter(channel::Column::Currency.eq(currency.code())).count().await?;
    if some == 0 { Err(Invalid::at(field, Problem::UnsupportedCurrency).into()) } else { Ok(()) }
}

/// The channel of a code.
pub async fn by_code(read: &Read, code: &str) -> Result<Option<channel::Model>, Fault> {
    read.find::<channel::Entity>().filter(channel::Column::Code.eq(code)).one().await
}

/// The channel of an id.
pub async fn by_id(read: &Read, id: Id<Channel>) -> Result<Option<channel::Model>, Fault> {
    read.find::<channel::Entity>().filter(channel::Column::Id.eq(id)).one().await
}

/// The places a channel sells from, the preferred first.
pub async fn locations(read: &Read, channel: Id<Channel>) -> Result<Vec<Source>, Fault> {
    let rows = read.find::<channel_location::Entity>().by(channel).order_by_asc(channel_location::Column::Priority);
    let source = |row: channel_location::Model| Source { location: row.location_id, buffer: row.buffer };
    Ok(rows.all().await?.into_iter().map(source).collect())
}

/// Sets the places a channel sells from, the preferred first. Two who set them at once do so one after the other.
pub async fn set_locations(tx: &Tx, channel: Id<Channel>, sources: &[Source]) -> Result<(), Fault> {
    let position = Expr::col(channel::Column::Position);
    tx.update::<channel::Entity>().by(channel).set(channel::Column::Position, position).run().await?;
    tx.delete::<channel_location::Entity>().by(channel).run().await?;
    let row = |(priority, source): (i32, &Source)| channel_location::ActiveModel {
        channel_id: Set(channel),
        location_id: Set(source.location),
        priority: Set(priority),
        buffer: Set(source.buffer),
        ..Default::default()
    };
    let rows: Vec<_> = (0..).zip(sources).map(row).collect();
    tx.insert_many(rows).await
}

/// Sets how many days ahead a channel promises.
pub async fn set_promise_days(tx: &Tx, channel: Id<Channel>, days: i64) -> Result<(), Fault> {
    tx.update::<channel::Entity>().by(channel).set(channel::Column::PromiseDays, days).run().await.map(drop)
}

/// Sets for how many minutes a channel holds what is put into a cart; none: it holds stock from the order on.
pub async fn set_cart_hold(tx: &Tx, channel: Id<Channel>, minutes: Option<i64>) -> Result<(), Fault> {
    tx.update::<channel::Entity>().by(channel).set(channel::Column::CartHoldMinutes, minutes).run().await.map(drop)
}

/// Sets how much promotions may take off in a channel, if that still is as it was read. Says whether it was.
pub async fn set_discount_cap(tx: &Tx, read: &channel::Model, cap: DiscountCap) -> Result<bool, Fault> {
    use channel::Column::{DiscountCapVersion, DiscountMaxBps, DiscountMaxMinor};
    let update = tx.update::<channel::Entity>().by(read.id).filter(DiscountCapVersion.eq(read.discount_cap_version));
    let update = update.set(DiscountMaxBps, cap.percent.map(|percent| i64::from(percent.bps())));
    let update = update.set(DiscountMaxMinor, cap.amount);
    Ok(update.set(DiscountCapVersion, read.discount_cap_version.saturating_add(1)).run().await? == 1)
}

/// Sets for how many days what a channel sold may be sent back, if that still is as it was read. Says whether it was.
pub async fn set_return_days(tx: &Tx, read: &channel::Model, days: i64) -> Result<bool, Fault> {
    let update = tx.update::<channel::Entity>().by(read.id).filter(channel::Column::ReturnDays.eq(read.return_days));
    Ok(update.set(channel::Column::ReturnDays, days).run().await? == 1)
}

/// The ways to pay in a channel, in its order.
pub async fn methods(read: &Read, channel: &channel::Model) -> Result<Vec<Payable>, Fault> {
    let currency = currency(channel)?;
    let rows = read.find::<channel_payment::Entity>().by(channel.id).order_by_asc(channel_payment::Column::Position);
    let payable = |row: channel_payment::Model| {
        Method::parse(&row.method).map(|method| Payable { method, fee: Money::new(row.fee_minor, currency) })
    };
    Ok(rows.all().await?.into_iter().filter_map(payable).collect())
}

/// The numbers of a channel's next `n` orders. A transaction that is given up leaves no gap: the row is
/// locked until it ends.
pub async fn next_numbers(tx: &Tx, channel: Id<Channel>, n: usize) -> Result<Vec<String>, Fault> {
    if n == 0 {
        return Ok(Vec::new());
    }
    let n = i64::try_from(n).map_err(Fault::new)?;
    let next = Expr::col(channel::Column::NextNumber).add(n);
    tx.update::<channel::Entity>().by(channel).set(channel::Column::NextNumber, next).run().await?;
    let row = by_id(tx, channel).await?.ok_or_else(|| Fault::new("a cart of no channel"))?;
    let first = row.next_number.saturating_sub(n);
    Ok((first..row.next_number).map(|number| format!("{}{number}", row.order_prefix)).collect())
}
