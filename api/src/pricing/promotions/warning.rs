//! What staff should know of a promotion that they made or changed.

use std::collections::HashMap;

use app::pricing::promotions::Warning;
use async_graphql::{Context, Enum, SimpleObject};
use domain::{
    id::{self, Id},
    pricing::promotions::overlap::Overlap,
};
use entity::{channels::channel, pricing::promotion};

use super::promotion::Promotion;
use crate::{
    graphql::{
        language::{self, Reading},
        loader,
    },
    i18n::{self, Arg},
};

/// What is to be known of a promotion. It is made, or changed, all the same.
#[derive(SimpleObject, Clone, Debug)]
pub struct PromotionWarning {
    /// What to switch on.
    pub code: PromotionWarningCode,
    /// What to show, in the request's language.
    pub message: String,
    /// The other promotion, of `OVERLAP`.
    pub promotion: Option<Promotion>,
    /// What happens where both fit, of `OVERLAP`.
    pub overlap: Option<PromotionOverlap>,
    /// Whether the other has its turn first, of `OVERLAP` with `STACK` or `OTHER_PIECES`; none, if one is of a group: the best of
    /// that has the turn of its first.
    pub is_other_first: Option<bool>,
    /// The codes of the channels where both apply, of `OVERLAP`.
    pub channels: Vec<String>,
    /// Ids, and codes of attributes, of what is gone, of `NOTHING_LEFT`.
    pub things: Vec<String>,
    /// How many more overlap, of `MORE_OVERLAPS`; none, if not all promotions were looked at: then nobody knows.
    pub more: Option<usize>,
    /// The prices of how many variants, of `BELOW_COST` and `BELOW_FLOOR`.
    pub count: Option<usize>,
}

/// What a warning of a promotion is about.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum PromotionWarningCode {
    /// It never applies: its time is over.
    Over,
    /// It never applies: none of the hours that its condition asks for are within its time.
    NoHours,
    /// It never applies: customer groups, products, variants, categories, collections or attributes that it needs are not
    /// there any more, or, of groups and collections, nobody and nothing is in them.
    NothingLeft,
    /// It was used as often as it may be: it applies again once an order is cancelled.
    UsedUp,
    /// Nothing is left of its budget.
    BudgetSpent,
    /// A hint: it needs a coupon, and none is issued that is worth something. See `couponIssue`.
    NeedsCoupon,
    /// It takes off so much of each piece, or such a part of all, that the prices of `count` variants come below what a piece
    /// costs the shop, whatever tax is in them: those that guests see when it begins, by it alone. Told to who may see costs.
    BelowCost,
    /// The same, below the lowest that they are sold at: less is taken off these.
    BelowFloor,
    /// Another promotion runs in the same channel at the same time, and can take something off the same (one after
    /// the other, if they are of different kinds, such as lines and the whole order) for the same buyer,
    /// or one keeps the other from applying, as far as the form of their rules tells. 20 are told, those first that give most
    /// away.
    Overlap,
    /// More overlap than are told; or so many run at the time that not all were looked at, but the 500 that were made last.
    MoreOverlaps,
}

/// What happens where two promotions fit.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum PromotionOverlap {
    /// Both take something off, one after the other, each of what the one before it left.
    Stack,
    /// Both take something off, but of different pieces: those that made a set for one make none for the other.
    OtherPieces,
    /// One of them applies with no other, or each does: what takes off most goes.
    Exclusive,
    /// They are of one group: the one that takes off more applies.
    BestOfGroup,
    /// Both are seen while browsing: of each variant the one that takes off more applies.
    BestPrice,
}

/// Warnings, in the reader's language.
pub async fn show(
    ctx: &Context<'_>,
    of: Id<id::Promotion>,
    warnings: &[Warning],
) -> async_graphql::Result<Vec<PromotionWarning>> {
    let (mut others, mut places) = (Vec::new(), Vec::new());
    for warning in warnings {
        match warning {
            Warning::Overlap { with, channels, .. } => {
                others.push(*with);
                places.extend(channels);
            }
            Warning::Over
            | Warning::NoHours
            | Warning::Gone { .. }
            | Warning::UsedUp
            | Warning::BudgetSpent
            | Warning::NeedsCoupon
            | Warning::BelowCost { .. }
            | Warning::AtFloor { .. }
            | Warning::MoreOverlaps { .. } => {}
        }
    }
    let told = Told { of, others: loader::many(ctx, others).await?, channels: loader::many(ctx, places).await? };
    warnings.iter().map(|warning| told.show(ctx, warning)).collect()
}

/// What warnings name.
struct Told {
    of: Id<id::Promotion>,
    others: HashMap<Id<id::Promotion>, promotion::Model>,
    channels: HashMap<Id<id::Channel>, channel::Model>,
}

impl Told {
    fn show(&self, ctx: &Context<'_>, warning: &Warning) -> async_graphql::Result<PromotionWarning> {
        use PromotionWarningCode as Code;
        let warn = |code, key, args: &[_]| PromotionWarning::of(code, i18n::message(ctx.cx().language(), key, args));
        Ok(match warning {
            Warning::Over => warn(Code::Over, "promotion-warning-over", &[]),
            Warning::NoHours => warn(Code::NoHours, "promotion-warning-no-hours", &[]),
            Warning::Gone { things } => {
                let args = [("things", Arg::Text(things.join(", ")))];
                let warning = warn(Code::NothingLeft, "promotion-warning-nothing-left", &args);
                PromotionWarning { things: things.clone(), ..warning }
            }
            Warning::UsedUp => warn(Code::UsedUp, "promotion-warning-used-up", &[]),
            Warning::BudgetSpent => warn(Code::BudgetSpent, "promotion-warning-budget-spent", &[]),
            Warning::NeedsCoupon => warn(Code::NeedsCoupon, "promotion-warning-needs-coupon", &[]),
            Warning::BelowCost { count } => PromotionWarning {
                count: Some(*count),
                ..warn(Code::BelowCost, "promotion-warning-below-cost", &[number(*count)])
            },
            Warning::AtFloor { count } => PromotionWarning {
                count: Some(*count),
                ..warn(Code::BelowFloor, "promotion-warning-below-floor", &[number(*count)])
            },
            Warning::Overlap { with, how, channels } => {
                let (overlap, first, key) = self.outcome(*how);
                let row = self.others.get(with);
                let (ar, en) = row.map_or((None, None), |row| (row.name_ar.as_deref(), row.name_en.as_deref()));
                let args = [("promotion", Arg::Text(language::text(ctx, ar, en, None)?))];
                PromotionWarning {
                    promotion: row.cloned().map(Promotion),
                    overlap: Some(overlap),
                    is_other_first: first.map(|first| first != self.of),
                    channels: self.codes(channels),
                    ..warn(Code::Overlap, key, &args)
                }
            }
            Warning::MoreOverlaps { is_all: false, .. } => {
                warn(Code::MoreOverlaps, "promotion-warning-not-all-looked-at", &[])
            }
            Warning::MoreOverlaps { found, is_all: true } => PromotionWarning {
                more: Some(*found),
                ..warn(Code::MoreOverlaps, "promotion-warning-more-overlaps", &[number(*found)])
            },
        })
    }

    /// What happens where both fit, which is first, and the message that says so.
    fn outcome(&self, how: Overlap) -> (PromotionOverlap, Option<Id<id::Promotion>>, &'static str) {
        match how {
            Overlap::Stack { first: None } => (PromotionOverlap::Stack, None, "promotion-overlap-stack"),
            Overlap::Stack { first: Some(first) } if first == self.of => {
                (PromotionOverlap::Stack, Some(first), "promotion-overlap-stack-before")
            }
            Overlap::Stack { first: Some(first) } => {
                (PromotionOverlap::Stack, Some(first), "promotion-overlap-stack-after")
            }
            Overlap::OtherPieces { first: None } => {
                (PromotionOverlap::OtherPieces, None, "promotion-overlap-other-pieces")
            }
            Overlap::OtherPieces { first: Some(first) } if first == self.of => {
                (PromotionOverlap::OtherPieces, Some(first), "promotion-overlap-other-pieces-before")
            }
            Overlap::OtherPieces { first: Some(first) } => {
                (PromotionOverlap::OtherPieces, Some(first), "promotion-overlap-other-pieces-after")
            }
            Overlap::Exclusive => (PromotionOverlap::Exclusive, None, "promotion-overlap-exclusive"),
            Overlap::BestOfGroup => (PromotionOverlap::BestOfGroup, None, "promotion-overlap-best-of-group"),
            Overlap::BestPrice => (PromotionOverlap::BestPrice, None, "promotion-overlap-best-price"),
        }
    }

    fn codes(&self, channels: &[Id<id::Channel>]) -> Vec<String> {
        channels.iter().filter_map(|id| self.channels.get(id)).map(|channel| channel.code.clone()).collect()
    }
}

/// A number that a message names.
fn number(count: usize) -> (&'static str, Arg) {
    ("count", Arg::Number(i64::try_from(count).unwrap_or(i64::MAX)))
}

impl PromotionWarning {
    const fn of(code: PromotionWarningCode, message: String) -> Self {
        Self {
            code,
            message,
            promotion: None,
            overlap: None,
            is_other_first: None,
            channels: Vec::new(),
            things: Vec::new(),
            more: None,
            count: None,
        }
    }
}
