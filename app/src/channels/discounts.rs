//! How much promotions may take off in a channel.

use domain::pricing::promotions::{DiscountCap, effect::Percent};
use entity::channels::channel;
use store::Fault;

/// How much the promotions of a cart together may take off its lines; `None`: all.
pub fn discount_cap(channel: &channel::Model) -> Result<Option<DiscountCap>, Fault> {
    let percent = match channel.discount_max_bps {
        None => None,
        Some(bps) => {
            let percent = u16::try_from(bps).ok().and_then(Percent::from_bps);
            Some(percent.ok_or_else(|| Fault::new("a channel whose discounts are limited to no part"))?)
        }
    };
    let cap = DiscountCap { percent, amount: channel.discount_max_minor };
    Ok(Some(cap).filter(|cap| *cap != DiscountCap::default()))
}
