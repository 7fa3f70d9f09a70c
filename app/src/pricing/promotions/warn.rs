//! What staff should know of a promotion that they made or changed.

use std::collections::BTreeSet;

use domain::{
    id::{self, Channel, Id},
    pricing::{
        promotions::{
            Promotion, Rule,
            never::Gone,
            overlap::{Overlap, overlap},
            selector::Named,
        },
        validity::Validity,
    },
    time::Instant,
};
use entity::{channels::channel, pricing::promotion};
use serde::{Deserialize, Serialize};
use store::{Fault, Read};

use super::{low::Lowers, offers::goes_in, rows};
use crate::{catalog, channels, identity};

/// What staff should know of a promotion. It is made and changed all the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "warning", rename_all = "snake_case")]
pub enum Warning {
    /// Its time is over.
    Over,
    /// None of its hours are within its time.
    NoHours,
    /// What it needs there is not, or holds nothing.
    Gone {
        /// Ids, and codes of attributes.
        things: Vec<String>,
    },
    /// It was used as often as it may be.
    UsedUp,
    /// Nothing is left of its budget.
    BudgetSpent,
    /// It needs a coupon, and there is none.
    NeedsCoupon,
    /// It brings the prices of so many variants below what a piece costs the shop.
    BelowCost {
        /// How many.
        count: usize,
    },
    /// It would bring the prices of so many variants below the lowest, and takes less off them.
    AtFloor {
        /// How many.
        count: usize,
    },
    /// Another promotion fits where it does.
    Overlap {
        /// Which.
        with: Id<id::Promotion>,
        /// What happens then.
        how: Overlap,
        /// Where both apply.
        channels: Vec<Id<Channel>>,
    },
    /// More promotions do, or may: not all were looked at.
    MoreOverlaps {
        /// How many more were found.
        found: usize,
        /// Whether all that run at its time were looked at.
        is_all: bool,
    },
}

/// A promotion that was made or changed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Written {
    /// Which; of one that was only tried to make, nobody will find it.
    pub promotion: Id<id::Promotion>,
    /// What is to be known of it.
    pub warnings: Vec<Warning>,
    /// What it does to prices, if it lowers any by itself: what is to be known of these is looked up when it is told.
    #[serde(skip)]
    pub(super) lowers: Option<Lowers>,
}

impl Written {
    /// A promotion as it is, with what is to be known of it.
    pub(super) async fn of(read: &Read, row: &promotion::Model, at: Instant) -> Result<Self, Fault> {
        let (warnings, lowers) = (warnings(read, row, at).await?, Lowers::of(read, row, at).await?);
        Ok(Self { promotion: row.id, warnings, lowers })
    }
}

/// The most overlaps that are told.
pub const OVERLAPS_MAX: usize = 20;

/// The most other promotions that are looked at: those that were made last.
const OTHERS_MAX: u64 = 500;

/// What is to be known of a promotion as it is: what keeps it from applying, then what it overlaps, those first that give
/// most away. A number of statements that does not depend on how many promotions there are.
async fn warnings(read: &Read, row: &promotion::Model, at: Instant) -> Result<Vec<Warning>, Fault> {
    let promotion = rows::domain_promotion(row)?;
    // What was before makes no difference any more.
    let validity = Validity { from: promotion.validity.from.max(Some(at)), ..promotion.validity };
    let promotion = Promotion { validity, ..promotion };
    if !validity.is_possible() {
        return Ok(vec![Warning::Over]);
    }
    let all = channels::all(read).await?;
    let mut warnings = Vec::new();
    warnings.extend(promotion.rule.is_never_within(validity).then_some(Warning::NoHours));
    let gone = gone(read, &promotion.rule).await?;
    if promotion.rule.is_never_without(&gone) {
        warnings.push(Warning::Gone { things: things(&gone) });
    }
    warnings.extend(promotion.left.orders.is_some_and(|left| left <= 0).then_some(Warning::UsedUp));
    warnings.extend(promotion.left.budget.is_some_and(|left| left <= 0).then_some(Warning::BudgetSpent));
    if row.needs_coupon && !rows::has_coupon(read, row.id).await? {
        warnings.push(Warning::NeedsCoupon);
    }
    warnings.extend(overlaps(read, (row, &promotion), &all).await?);
    Ok(warnings)
}

/// What a rule names and what there is not, or what holds nothing.
async fn gone(read: &Read, rule: &Rule) -> Result<Gone, Fault> {
    let named = catalog::gone(read, &rule.named()).await?;
    let mut groups: BTreeSet<_> = rule.condition.groups().into_iter().collect();
    if !groups.is_empty() {
        let with_somebody = identity::groups::with_somebody(read, &groups).await?;
        groups.retain(|group| !with_somebody.contains(group));
    }
    Ok(Gone { named, groups })
}

/// What is gone, as people name it.
fn things(gone: &Gone) -> Vec<String> {
    let Gone { named: Named { variants, products, categories, collections, attributes }, groups } = gone;
    let mut things: Vec<_> = variants.iter().map(ToString::to_string).collect();
    things.extend(products.iter().map(ToString::to_string));
    things.extend(categories.iter().map(ToString::to_string));
    things.extend(collections.iter().map(ToString::to_string));
    things.extend(groups.iter().map(ToString::to_string));
    things.extend(attributes.iter().cloned());
    things
}

/// The promotions that fit where another does, and what happens then.
async fn overlaps(
    read: &Read,
    (row, promotion): (&promotion::Model, &Promotion),
    all: &[channel::Model],
) -> Result<Vec<Warning>, Fault> {
    let mut here = Vec::new();
    for channel in all {
        if goes_in(row, channel)? {
            here.push(channel);
        }
    }
    let mut others = rows::run_beside(read, row.id, promotion.validity, OTHERS_MAX.saturating_add(1)).await?;
    let is_all = u64::try_from(others.len()).is_ok_and(|n| n <= OTHERS_MAX);
    others.truncate(usize::try_from(OTHERS_MAX).unwrap_or(usize::MAX));
    let mut beside = Vec::with_capacity(others.len());
    for other in &others {
        let mut channels = Vec::new();
        for channel in &here {
            if goes_in(other, channel)? {
                channels.push(channel.id);
            }
        }
        let other = rows::domain_promotion(other)?;
        if !channels.is_empty() {
            beside.push((other, channels));
        }
    }
    let mut by_others = Named::default();
    for (other, _) in &beside {
        other.rule.effect.selectors().into_iter().for_each(|selector| selector.name(&mut by_others));
    }
    let shelf = catalog::shelf(read, &promotion.rule.named(), &by_others).await?;
    let found = beside.into_iter().filter_map(|(other, channels)| {
        let how = overlap(promotion, &other, &shelf)?;
        Some((how, other.id, channels))
    });
    let mut found: Vec<_> = found.collect();
    found.sort_by_key(|(how, with, _)| (*how, *with));
    let more = found.len().saturating_sub(OVERLAPS_MAX);
    found.truncate(OVERLAPS_MAX);
    let told = found.into_iter().map(|(how, with, channels)| Warning::Overlap { with, how, channels });
    let mut told: Vec<_> = told.collect();
    if 0 < more || !is_all {
        told.push(Warning::MoreOverlaps { found: more, is_all });
    }
    Ok(told)
}
