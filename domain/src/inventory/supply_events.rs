//! What happens to promises beyond the shelf, and to what is to come.

use serde::Serialize;

use crate::{
    date::Date,
    events::{Aggregate, Event},
    id::{Backorder, Channel, Id, InboundSupply, Location, Order, OrderLine, Variant},
    time::Instant,
};

/// What was done with a supply.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum SupplyStep {
    /// It was announced.
    Created,
    /// Its quantity or its day was changed.
    Updated,
    /// Some of it came, or it is known that nothing more will.
    Received,
    /// It will not come.
    Cancelled,
}

/// What happened to promises beyond the shelf, or to what is to come.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum SupplyEvent {
    /// It was set how a variant is sold beyond its stock.
    SellingSet {
        /// The variant.
        variant: Id<Variant>,
        /// Its policy.
        policy: &'static str,
        /// Units that may be promised at most.
        limit: i64,
        /// The day that buyers are told.
        expected_on: Option<Date>,
        /// When.
        at: Instant,
    },
    /// It was set how many days ahead a channel promises.
    PromiseSet {
        /// The channel.
        channel: Id<Channel>,
        /// Days.
        promise_days: i64,
        /// When.
        at: Instant,
    },
    /// A supply was announced, changed, received or cancelled.
    Supply {
        /// The supply.
        supply: Id<InboundSupply>,
        /// What was done.
        step: SupplyStep,
        /// Of what.
        variant: Id<Variant>,
        /// Where to.
        location: Id<Location>,
        /// Units that were announced.
        quantity: i64,
        /// Units that came so far.
        received: i64,
        /// The day on which it is to come.
        expected_on: Date,
        /// Whether more is to come.
        is_open: bool,
        /// When.
        at: Instant,
    },
    /// An order has units that it waited for.
    BackorderServed {
        /// What waited.
        backorder: Id<Backorder>,
        /// The order.
        order: Id<Order>,
        /// Its line.
        line: Id<OrderLine>,
        /// Of what.
        variant: Id<Variant>,
        /// Units that it has now.
        quantity: i64,
        /// Units that it still waits for.
        left: i64,
        /// When.
        at: Instant,
    },
}

impl Event for SupplyEvent {
    fn name(&self) -> &'static str {
        match self {
            Self::SellingSet { .. } => "variant.selling_set",
            Self::PromiseSet { .. } => "channel.promise_set",
            Self::Supply { step: SupplyStep::Created, .. } => "supply.created",
            Self::Supply { step: SupplyStep::Updated, .. } => "supply.updated",
            Self::Supply { step: SupplyStep::Received, .. } => "supply.received",
            Self::Supply { step: SupplyStep::Cancelled, .. } => "supply.cancelled",
            Self::BackorderServed { .. } => "order.backorder_served",
        }
    }

    // A back-order is a record of its own: who moves an order holds its number of events before the stock, and who
    // brings stock holds the stock before the back-order's.
    fn aggregate(&self) -> Aggregate {
        match self {
            Self::SellingSet { variant, .. } => (*variant).into(),
            Self::PromiseSet { channel, .. } => (*channel).into(),
            Self::Supply { supply, .. } => (*supply).into(),
            Self::BackorderServed { backorder, .. } => (*backorder).into(),
        }
    }
}
