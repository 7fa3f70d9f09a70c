//! Prices for readers, many variants at once.

use std::collections::HashMap;

use domain::{
    id::{Id, Promotion, Variant},
    money::Money,
};
use entity::pricing::promotion;
use store::Fault;

use crate::{
    channels,
    cx::{Cx, Public},
};

/// What a variant costs, tax included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Price {
    /// The price.
    pub amount: Money,
    /// A former, higher price.
    pub was: Option<Money>,
}

/// What each variant costs in the request's channel.
pub async fn prices(cx: &Cx, _anybody: Public, variants: &[Id<Variant>]) -> Result<HashMap<Id<Variant>, Price>, Fault> {
    let channel = cx.channel()?;
    let currency = channels::currency(channel)?;
    let rows = super::prices(&cx.read(), channel, variants).await?;
    let price = |row: entity::pricing::price::Model| Price {
        amount: Money::new(row.amount_minor, currency),
        was: row.was_minor.map(|was| Money::new(was, currency)),
    };
    Ok(rows.into_iter().map(|(variant, row)| (variant, price(row))).collect())
}

/// Promotions by id.
pub async fn promotions(
    cx: &Cx,
    _anybody: Public,
    ids: &[Id<Promotion>],
) -> Result<HashMap<Id<Promotion>, promotion::Model>, Fault> {
    let rows = cx.read().find::<promotion::Entity>().by_any(ids.iter().copied()).all().await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}
