//! Staff say whether the prices of a channel include tax, and how its delivery is taxed.

use domain::{
    id::{Channel, Id, TaxClass},
    identity::permission::proof::ManageTaxes,
    pricing::tax::events::TaxEvent,
    time::Instant,
};
use entity::channels::channel;
use store::Once;

use super::{TaxError, error::missing, rows};
use crate::{
    channels,
    cx::{Cx, Permit},
};

/// How a channel is to be taxed. What is not said stays as it is.
#[derive(Clone, Debug)]
pub struct SetChannelTaxes {
    /// The channel's code.
    pub channel: String,
    /// Whether its prices include tax.
    pub prices_include_tax: Option<bool>,
    /// The class of its delivery and fees; the inner `None`: the standard one.
    pub service_class: Option<Option<Id<TaxClass>>>,
    /// Whether nothing is to be changed.
    pub is_dry_run: bool,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// Says how a channel is taxed, from the next time on that a cart is priced: its prices stay the numbers that they are. Emits
/// `channel.taxes_set`.
pub async fn set_channel_taxes(
    cx: &Cx,
    _may: Permit<ManageTaxes>,
    input: SetChannelTaxes,
) -> Result<Option<Id<Channel>>, TaxError> {
    let SetChannelTaxes { channel, prices_include_tax, service_class, is_dry_run, once } = input;
    cx.carry_out((is_dry_run, once.as_ref()), async |tx| {
        let was = channels::by_code(tx, &channel).await?.ok_or(missing(&["channel"]))?;
        if let Some(Some(class)) = service_class
            && !rows::classes(tx, [class]).await?.contains_key(&class)
        {
            return Err(missing(&["serviceTaxClass"]));
        }
        let next = channel::Model {
            prices_include_tax: prices_include_tax.unwrap_or(was.prices_include_tax),
            service_tax_class_id: service_class.unwrap_or(was.service_tax_class_id),
            ..was.clone()
        };
        if !rows::set_channel(tx, &was, &next).await? {
            return Err(TaxError::Stale);
        }
        tx.emit_change(&told(&was, tx.now()), &told(&next, tx.now())).await?;
        Ok(was.id)
    })
    .await
}

fn told(row: &channel::Model, at: Instant) -> TaxEvent {
    TaxEvent::Channel {
        channel: row.id,
        prices_include_tax: row.prices_include_tax,
        service_tax_class: row.service_tax_class_id,
        at,
    }
}
