//! What happens to promotions and coupons.

use serde::Serialize;

use super::{Rule, effect::Percent};
use crate::{
    events::{Aggregate, Event},
    id::{self, Channel, Coupon, Id},
    time::Instant,
};

/// What happened to a promotion.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum PromotionEvent {
    /// It was made or changed.
    Promotion {
        /// The promotion.
        promotion: Id<id::Promotion>,
        /// Its code.
        code: String,
        /// Its name in Arabic.
        name_ar: Option<String>,
        /// Its name in English.
        name_en: Option<String>,
        /// The currency of its amounts.
        currency: Option<String>,
        /// Where it applies; none: everywhere.
        channels: Vec<Id<Channel>>,
        /// Its rule.
        rule: Box<Rule>,
        /// From when it runs.
        starts_at: Option<Instant>,
        /// Until when.
        ends_at: Option<Instant>,
        /// Of how many orders.
        orders_max: Option<i64>,
        /// Of how many orders of one customer.
        orders_max_of_customer: Option<i64>,
        /// Of how many orders of one company.
        orders_max_of_organisation: Option<i64>,
        /// How much it may take off, minor units.
        budget_minor: Option<i64>,
        /// Counts its changes; 1 when it is new.
        version: i64,
        /// When.
        at: Instant,
    },
    /// Coupons for it were issued, or are worth nothing any more.
    Coupon {
        /// The coupon, or many that were made together.
        coupon: Id<Coupon>,
        /// The promotion.
        promotion: Id<id::Promotion>,
        /// What is written on it; of many, what each of their codes begins with.
        code: String,
        /// How many; none: one, with that very code.
        count: Option<i64>,
        /// Of how many orders each.
        orders_max: Option<i64>,
        /// Whether they are worth nothing any more.
        is_revoked: bool,
        /// When.
        at: Instant,
    },
}

impl Event for PromotionEvent {
    fn name(&self) -> &'static str {
        match self {
            Self::Promotion { version: 1, .. } => "promotion.created",
            Self::Promotion { .. } => "promotion.updated",
            Self::Coupon { is_revoked: false, .. } => "coupon.issued",
            Self::Coupon { .. } => "coupon.revoked",
        }
    }

    fn aggregate(&self) -> Aggregate {
        match self {
            Self::Promotion { promotion, .. } | Self::Coupon { promotion, .. } => (*promotion).into(),
        }
    }
}

/// It was set how much the promotions of a cart together may take off its lines in a channel.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct DiscountCapSet {
    /// The channel.
    pub channel: Id<Channel>,
    /// A part, hundredths of a percent; none: it is not limited so.
    pub percent_bps: Option<Percent>,
    /// An amount, minor units of the channel's currency; none: it is not limited so.
    pub amount_minor: Option<i64>,
    /// When.
    pub at: Instant,
}

impl Event for DiscountCapSet {
    fn name(&self) -> &'static str {
        "channel.discount_cap_set"
    }

    fn aggregate(&self) -> Aggregate {
        self.channel.into()
    }
}
