//! What happens to orders.

use serde::Serialize;

use super::state::{Action, State};
use crate::{
    events::{Aggregate, Event},
    id::{Id, Order, Shipment, Variant},
    money::Money,
    time::Instant,
};

/// A line of a placed order, as others need to know it.
#[derive(Clone, Debug, Serialize)]
pub struct Line {
    /// What was bought.
    pub variant: Id<Variant>,
    /// Its SKU at placement.
    pub sku: String,
    /// Units.
    pub quantity: u32,
}

/// What happened to an order.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum OrderEvent {
    /// It was placed.
    Placed {
        /// The order.
        order: Id<Order>,
        /// How people name it.
        number: String,
        /// The code of the channel it was placed in.
        channel: String,
        /// What is to be paid.
        total: Money,
        /// What was bought.
        lines: Vec<Line>,
        /// When.
        at: Instant,
    },
    /// It went from one state to another.
    Moved {
        /// The order.
        order: Id<Order>,
        /// How people name it.
        number: String,
        /// What was done.
        action: Action,
        /// The state before.
        from: State,
        /// The state after.
        to: State,
        /// Why, in the actor's words.
        reason: Option<String>,
        /// When.
        at: Instant,
    },
    /// Goods left.
    Shipped {
        /// The order.
        order: Id<Order>,
        /// How people name it.
        number: String,
        /// What left together.
        shipment: Id<Shipment>,
        /// Who carries it.
        carrier: String,
        /// The carrier's number.
        tracking: String,
        /// When.
        at: Instant,
    },
    /// Money went back.
    Refunded {
        /// The order.
        order: Id<Order>,
        /// How people name it.
        number: String,
        /// How much.
        amount: Money,
        /// Whether all of the money went back by now.
        full: bool,
        /// Why, in the actor's words.
        reason: Option<String>,
        /// When.
        at: Instant,
    },
}

impl OrderEvent {
    /// The names of all events of orders.
    pub const NAMES: [&str; 10] = [
        "order.placed",
        "order.paid",
        "order.confirmed",
        "order.allocated",
        "order.shipped",
        "order.delivered",
        "order.cancelled",
        "order.expired",
        "order.refunded",
        "order.refunded_in_part",
    ];
}

impl Event for OrderEvent {
    fn name(&self) -> &'static str {
        match self {
            Self::Placed { .. } => "order.placed",
            Self::Shipped { .. } => "order.shipped",
            Self::Refunded { full: true, .. } => "order.refunded",
            Self::Refunded { full: false, .. } => "order.refunded_in_part",
            Self::Moved { action, .. } => match action {
                Action::Pay => "order.paid",
                Action::Confirm => "order.confirmed",
                Action::Allocate => "order.allocated",
                Action::Ship => "order.shipped",
                Action::Deliver => "order.delivered",
                Action::Cancel => "order.cancelled",
                Action::Expire => "order.expired",
                Action::Refund => "order.refunded",
                Action::RefundPart => "order.refunded_in_part",
            },
        }
    }

    fn aggregate(&self) -> Aggregate {
        match self {
            Self::Placed { order, .. }
            | Self::Moved { order, .. }
            | Self::Shipped { order, .. }
            | Self::Refunded { order, .. } => (*order).into(),
        }
    }
}
