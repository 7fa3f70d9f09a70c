//! Which prices a promotion brings below what things cost the shop, or below the lowest that they are sold at.
//!
//! That is looked up when the promotion is made or changed, or was tried: it takes long where very many variants have costs, and
//! nobody is to wait for that with a change of their own.

use std::collections::HashSet;

use domain::{
    id::{Channel, Id, Variant},
    identity::permission::proof::ReadCosts,
    pricing::{list::Ask, promotions::Rule},
    time::Instant,
};
use entity::{
    channels::channel,
    pricing::{promotion, variant_cost},
};
use store::{Fault, Read};

use super::{Warning, Written, offers::goes_in, rows};
use crate::{
    catalog, channels,
    cx::Cx,
    organisations::Party,
    pricing::{Span, book::Books, cost_rows},
};

/// Variants of which so many are in memory at once.
const AT_ONCE: u64 = 500;

/// A promotion that lowers prices from an instant on, whether that is written or was only tried.
#[derive(Clone, Debug)]
pub(super) struct Lowers {
    rule: Rule,
    channels: Vec<Id<Channel>>,
    from: Instant,
}

impl Lowers {
    /// What a promotion does to prices by itself; `None`: it lowers none one by one, or its time is over.
    pub(super) async fn of(read: &Read, row: &promotion::Model, at: Instant) -> Result<Option<Self>, Fault> {
        let rule = rows::rule(row)?;
        if rule.of_each().is_none() || row.ends_at.is_some_and(|until| until <= at) {
            return Ok(None);
        }
        let mut here = Vec::new();
        for channel in channels::all(read).await? {
            if goes_in(row, &channel)? {
                here.push(channel.id);
            }
        }
        Ok(Some(Self { rule, channels: here, from: row.starts_at.max(Some(at)).unwrap_or(at) }))
    }
}

/// The promotion, with what should be known of the prices that it lowers, as guests see them when it begins, by it alone. A
/// constant number of statements for hundreds of variants with costs in each channel.
pub(super) async fn told(cx: &Cx, mut written: Written) -> Result<Written, Fault> {
    let read = cx.read();
    let lowers = match written.lowers.take() {
        Some(lowers) => Some(lowers),
        // What is repeated tells of the promotion as it is now.
        None => match rows::promotions(&read, vec![written.promotion]).await?.pop() {
            Some(row) => Lowers::of(&read, &row, cx.now()).await?,
            None => None,
        },
    };
    let Some(lowers) = lowers else { return Ok(written) };
    let mut low = Low::default();
    for channel in channels::all(&read).await?.iter().filter(|channel| lowers.channels.contains(&channel.id)) {
        low.look(&read, &lowers, channel).await?;
    }
    let sees_costs = cx.permit::<ReadCosts>().is_ok();
    let below_cost = if sees_costs { low.below_cost.len() } else { 0 };
    written.warnings.extend((0 < below_cost).then_some(Warning::BelowCost { count: below_cost }));
    let at_floor = low.at_floor.len();
    written.warnings.extend((0 < at_floor).then_some(Warning::AtFloor { count: at_floor }));
    Ok(written)
}

/// Variants whose prices come low.
#[derive(Default)]
struct Low {
    below_cost: HashSet<Id<Variant>>,
    at_floor: HashSet<Id<Variant>>,
}

impl Low {
    async fn look(&mut self, read: &Read, lowers: &Lowers, channel: &channel::Model) -> Result<(), Fault> {
        let (currency, country) = (channels::currency(channel)?, channels::country(channel)?);
        let Some(of) = lowers.rule.of_each() else { return Ok(()) };
        let mut after = None;
        loop {
            let some = cost_rows::some_costs(read, currency, (after, AT_ONCE)).await?;
            let Some(last) = some.last() else { return Ok(()) };
            after = Some(last.variant_id);
            let ids: Vec<_> = some.iter().map(|row| row.variant_id).collect();
            let chosen = catalog::chosen(read, of, &ids).await?;
            if chosen.is_empty() {
                continue;
            }
            let ids: Vec<_> = chosen.keys().copied().collect();
            let book = Books::load(read, channel, &[], (&ids, Span::At(lowers.from))).await?.of(&Party::GUEST);
            for row in some.iter().filter(|row| chosen.contains_key(&row.variant_id)) {
                let variant_cost::Model { variant_id, cost_minor, floor_minor, .. } = row;
                let ask = Ask { variant: *variant_id, quantity: 1, country, at: lowers.from };
                let Some(price) = book.price(ask).map_err(Fault::new)? else { continue };
                let left = lowers.rule.left_of(price.amount).map_err(Fault::new)?.minor;
                if price.amount.minor <= left {
                    continue;
                }
                if floor_minor.is_some_and(|floor| left < floor) {
                    self.at_floor.insert(*variant_id);
                }
                // It is not sold below the lowest price, whatever is taken off.
                let sold = floor_minor.map_or(left, |floor| left.max(floor));
                if cost_minor.is_some_and(|cost| sold < cost) {
                    self.below_cost.insert(*variant_id);
                }
            }
        }
    }
}
