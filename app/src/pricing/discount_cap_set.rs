//! Staff say how much promotions may take off a cart in a channel.

use domain::{
    id::{Channel, Id},
    identity::permission::proof::ManagePromotions,
    invalid::Check,
    money::Money,
    pricing::promotions::{DiscountCap, effect::Percent, events::DiscountCapSet},
};
use store::Once;

use super::PricingError;
use crate::{
    channels,
    cx::{Cx, Permit},
};

/// How much promotions may take off a cart in a channel; neither: all.
#[derive(Clone, Debug)]
pub struct SetDiscountCap {
    /// The channel's code.
    pub channel: String,
    /// This part of what its lines come to.
    pub percent: Option<Percent>,
    /// This much, as a decimal number in the channel's currency.
    pub amount: Option<String>,
    /// The version of the limit that the caller saw: if it has another one, nothing is done.
    pub expected_version: Option<i64>,
    /// Whether nothing is to be changed.
    pub is_dry_run: bool,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// Limits what the promotions of a cart together may take off its lines: of carts that are there, too; orders stay as they
/// are. Emits `channel.discount_cap_set`.
pub async fn set_discount_cap(
    cx: &Cx,
    _may: Permit<ManagePromotions>,
    input: SetDiscountCap,
) -> Result<Option<Id<Channel>>, PricingError> {
    let SetDiscountCap { channel, percent, amount, expected_version, is_dry_run, once } = input;
    cx.carry_out((is_dry_run, once.as_ref()), async |tx| {
        let row = channels::by_code(tx, &channel).await?.ok_or(PricingError::NoChannel)?;
        let currency = channels::currency(&row)?;
        let read = |text: &str| Money::said_above_zero(text, currency).map(|amount| amount.minor);
        let mut check = Check::default();
        let amount = check.field("amount", amount.as_deref().map(read).transpose());
        let cap = check.done(amount.map(|amount| DiscountCap { percent, amount }))?;
        if expected_version.is_some_and(|expected| expected != row.discount_cap_version)
            || !channels::set_discount_cap(tx, &row, cap).await?
        {
            return Err(PricingError::Stale);
        }
        let told = |cap: DiscountCap| DiscountCapSet {
            channel: row.id,
            percent_bps: cap.percent,
            amount_minor: cap.amount,
            at: tx.now(),
        };
        let was = channels::discount_cap(&row)?.unwrap_or_default();
        tx.emit_change(&told(was), &told(cap)).await?;
        Ok(row.id)
    })
    .await
}
