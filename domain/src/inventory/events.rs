//! What happens to stock, and to the places that hold it.

use serde::Serialize;

use super::{movement::Cause, transfer::TransferState};
use crate::{
    events::{Aggregate, Event},
    id::{Channel, Id, Location, StockCount, StockLevel, Transfer, Variant},
    time::Instant,
};

/// What was done with a count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CountStep {
    /// It began.
    Opened,
    /// Somebody counted.
    Recorded,
    /// What was found became the record.
    Closed,
}

/// What happened to a level, to a place, or to what a channel sells from.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum StockEvent {
    /// Units were moved by staff.
    Moved {
        /// The level.
        level: Id<StockLevel>,
        /// Of what.
        variant: Id<Variant>,
        /// Where.
        location: Id<Location>,
        /// Why: it names the event.
        cause: &'static str,
        /// So many units more on the shelf.
        on_hand_delta: i64,
        /// So many units more in quarantine.
        quarantined_delta: i64,
        /// Units on the shelf now.
        on_hand: i64,
        /// Units promised now.
        reserved: i64,
        /// Units in quarantine now.
        quarantined: i64,
        /// Why, in the words of who did it.
        reason: Option<String>,
        /// When.
        at: Instant,
    },
    /// What can be sold fell to the threshold, or below it.
    Low {
        /// The level.
        level: Id<StockLevel>,
        /// Of what.
        variant: Id<Variant>,
        /// Where.
        location: Id<Location>,
        /// Units that can be sold now.
        available: i64,
        /// The threshold.
        low_at: Option<i64>,
        /// When.
        at: Instant,
    },
    /// There was none to sell, and there is some again.
    Back {
        /// The level.
        level: Id<StockLevel>,
        /// Of what.
        variant: Id<Variant>,
        /// Where.
        location: Id<Location>,
        /// Units that can be sold now.
        available: i64,
        /// When.
        at: Instant,
    },
    /// What is kept back of a level was set.
    ThresholdsSet {
        /// The level.
        level: Id<StockLevel>,
        /// Of what.
        variant: Id<Variant>,
        /// Where.
        location: Id<Location>,
        /// Units that nobody sells.
        safety: i64,
        /// So many sellable units or fewer are few.
        low_at: Option<i64>,
        /// When.
        at: Instant,
    },
    /// Units of a level were made one channel's, or anybody's again.
    AllocationSet {
        /// The level.
        level: Id<StockLevel>,
        /// Of what.
        variant: Id<Variant>,
        /// Where.
        location: Id<Location>,
        /// Whose they are.
        channel: Id<Channel>,
        /// How many; none: they are anybody's.
        quantity: i64,
        /// When.
        at: Instant,
    },
    /// A transfer left, came or was given up.
    Transfer {
        /// The transfer.
        transfer: Id<Transfer>,
        /// From where.
        from: Id<Location>,
        /// To where.
        to: Id<Location>,
        /// Where it stands now.
        state: TransferState,
        /// Whether it just left.
        is_new: bool,
        /// Why, in the words of who did it.
        reason: Option<String>,
        /// When.
        at: Instant,
    },
    /// A count was opened, went on or was closed.
    Count {
        /// The count.
        count: Id<StockCount>,
        /// Where.
        location: Id<Location>,
        /// What was done.
        step: CountStep,
        /// Of how many variants.
        n_lines: usize,
        /// When.
        at: Instant,
    },
    /// A place was made or changed.
    Location {
        /// The place.
        location: Id<Location>,
        /// Its code.
        code: String,
        /// Whether channels sell from it.
        is_active: bool,
        /// Counts its changes; 1 when it is new.
        version: i64,
        /// When.
        at: Instant,
    },
    /// It was set from which places a channel sells.
    ChannelLocationsSet {
        /// The channel.
        channel: Id<Channel>,
        /// The places, the preferred first, and what it leaves of each variant there.
        locations: Vec<(Id<Location>, i64)>,
        /// When.
        at: Instant,
    },
}

impl StockEvent {
    /// The names of all events of stock.
    pub const NAMES: [&str; 20] = [
        "stock.adjusted",
        "stock.received",
        "stock.counted",
        "stock.restocked",
        "stock.written_off",
        "stock.transferred_out",
        "stock.transferred_in",
        "stock.low",
        "stock.back",
        "stock.thresholds_set",
        "stock.allocation_set",
        "transfer.shipped",
        "transfer.received",
        "transfer.cancelled",
        "count.opened",
        "count.recorded",
        "count.closed",
        "location.created",
        "location.updated",
        "channel.locations_set",
    ];
}

/// The event of a movement that staff made. What orders do with stock is told by the events of orders.
pub const fn name_of(cause: Cause) -> &'static str {
    match cause {
        Cause::Receipt => "stock.received",
        Cause::Count => "stock.counted",
        Cause::Restock => "stock.restocked",
        Cause::WriteOff => "stock.written_off",
        Cause::TransferOut => "stock.transferred_out",
        Cause::TransferIn => "stock.transferred_in",
        Cause::Adjustment
        | Cause::Reservation
        | Cause::Release
        | Cause::Allocation
        | Cause::Shipment
        | Cause::Return
        | Cause::Quarantine => "stock.adjusted",
    }
}

impl Event for StockEvent {
    fn name(&self) -> &'static str {
        match self {
            Self::Moved { cause, .. } => Cause::parse(cause).map_or("stock.adjusted", name_of),
            Self::Low { .. } => "stock.low",
            Self::Back { .. } => "stock.back",
            Self::ThresholdsSet { .. } => "stock.thresholds_set",
            Self::AllocationSet { .. } => "stock.allocation_set",
            Self::Transfer { is_new: true, .. } => "transfer.shipped",
            Self::Transfer { state: TransferState::Cancelled, .. } => "transfer.cancelled",
            Self::Transfer { state: TransferState::InTransit | TransferState::Received, .. } => "transfer.received",
            Self::Count { step: CountStep::Opened, .. } => "count.opened",
            Self::Count { step: CountStep::Recorded, .. } => "count.recorded",
            Self::Count { step: CountStep::Closed, .. } => "count.closed",
            Self::Location { version: 1, .. } => "location.created",
            Self::Location { .. } => "location.updated",
            Self::ChannelLocationsSet { .. } => "channel.locations_set",
        }
    }

    fn aggregate(&self) -> Aggregate {
        match self {
            Self::Moved { level, .. }
            | Self::Low { level, .. }
            | Self::Back { level, .. }
            | Self::ThresholdsSet { level, .. }
            | Self::AllocationSet { level, .. } => (*level).into(),
            Self::Transfer { transfer, .. } => (*transfer).into(),
            Self::Count { count, .. } => (*count).into(),
            Self::Location { location, .. } => (*location).into(),
            Self::ChannelLocationsSet { channel, .. } => (*channel).into(),
        }
    }
}

/// It was set for how long a channel holds what is put into carts.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct CartHoldSet {
    /// The channel.
    pub channel: Id<Channel>,
    /// Minutes; none: stock is held from the order on.
    pub minutes: Option<i64>,
    /// What it was before.
    pub was: Option<i64>,
    /// When.
    pub at: Instant,
}

impl Event for CartHoldSet {
    fn name(&self) -> &'static str {
        "channel.cart_reservation_set"
    }

    fn aggregate(&self) -> Aggregate {
        self.channel.into()
    }
}
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cause_of_staff_has_an_event_that_is_listed() {
        for cause in Cause::ALL {
            assert!(StockEvent::NAMES.contains(&name_of(cause)), "{cause:?}");
        }
    }
}
