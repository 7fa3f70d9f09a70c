//! What happens to returns.

use serde::Serialize;

use super::{
    returns::{Action, State},
    ship::Units,
};
use crate::{
    events::{Aggregate, Event},
    id::{Channel, Id, Order, Return},
    money::Money,
    time::Instant,
};

/// What happened to a return.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum ReturnEvent {
    /// Somebody asked to send goods back.
    Requested {
        /// The return.
        #[serde(rename = "return")]
        id: Id<Return>,
        /// Of which order.
        order: Id<Order>,
        /// How people name the order.
        number: String,
        /// What is to come back: units of the order's lines.
        lines: Vec<Units>,
        /// When.
        at: Instant,
    },
    /// It went from one state to another.
    Moved {
        /// The return.
        #[serde(rename = "return")]
        id: Id<Return>,
        /// Of which order.
        order: Id<Order>,
        /// How people name the order.
        number: String,
        /// What was done.
        action: Action,
        /// The state after.
        state: State,
        /// What it is about: units of the order's lines.
        lines: Vec<Units>,
        /// How much goes back, where money does, or is set off against what leaves for it.
        amount: Option<Money>,
        /// Why, in the actor's words.
        reason: Option<String>,
        /// When.
        at: Instant,
    },
    /// It was set for how many days after delivery customers may send back what a channel sold.
    DaysSet {
        /// The channel.
        channel: Id<Channel>,
        /// Days.
        return_days: i64,
        /// When.
        at: Instant,
    },
}

impl ReturnEvent {
    /// The names of all events of returns.
    pub const NAMES: [&str; 8] = [
        "return.requested",
        "return.approved",
        "return.rejected",
        "return.received",
        "return.inspected",
        "return.refunded",
        "return.exchanged",
        "channel.return_days_set",
    ];
}

impl Event for ReturnEvent {
    fn name(&self) -> &'static str {
        match self {
            Self::Requested { .. } => "return.requested",
            Self::Moved { action, .. } => match action {
                Action::Approve => "return.approved",
                Action::Reject => "return.rejected",
                Action::Receive => "return.received",
                Action::Inspect => "return.inspected",
                Action::Refund => "return.refunded",
                Action::Exchange => "return.exchanged",
            },
            Self::DaysSet { .. } => "channel.return_days_set",
        }
    }

    fn aggregate(&self) -> Aggregate {
        match self {
            Self::Requested { id, .. } | Self::Moved { id, .. } => (*id).into(),
            Self::DaysSet { channel, .. } => (*channel).into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::money::Currency;

    /// An event is a promise: who changes its JSON changes what others rely on.
    #[test]
    fn the_json_of_events_is_as_it_was_promised() {
        let (id, order) = (Id::new(Uuid::nil()), Id::new(Uuid::nil()));
        let (number, at) = ("W1".to_owned(), Instant::from_millis(0));
        let lines = vec![Units { line: Id::new(Uuid::nil()), quantity: 2 }];
        let said = serde_json::json!([{ "line": "orderline_00000000000000000000000000", "quantity": 2 }]);
        let event = ReturnEvent::Requested { id, order, number: number.clone(), lines: lines.clone(), at };
        let expected = serde_json::json!({
            "return": "return_00000000000000000000000000", "order": "order_00000000000000000000000000",
            "number": "W1", "lines": said, "at": "1970-01-01T00:00:00Z",
        });
        assert_eq!((event.name(), serde_json::to_value(&event).unwrap()), ("return.requested", expected));
        let (action, state, amount) = (Action::Refund, State::Refunded, Some(Money::new(500, Currency::SAR)));
        let event = ReturnEvent::Moved { id, order, number, action, state, lines, amount, reason: None, at };
        let expected = serde_json::json!({
            "return": "return_00000000000000000000000000", "order": "order_00000000000000000000000000",
            "number": "W1", "action": "REFUND", "state": "REFUNDED", "lines": said,
            "amount": { "minor": 500, "currency": "SAR" }, "reason": null, "at": "1970-01-01T00:00:00Z",
        });
        assert_eq!((event.name(), serde_json::to_value(&event).unwrap()), ("return.refunded", expected));
        assert!(ReturnEvent::NAMES.contains(&event.name()));
        let event = ReturnEvent::DaysSet { channel: Id::new(Uuid::nil()), return_days: 30, at };
        let expected = serde_json::json!({
            "channel": "channel_00000000000000000000000000", "return_days": 30,
            "at": "1970-01-01T00:00:00Z",
        });
        assert_eq!((event.name(), serde_json::to_value(&event).unwrap()), ("channel.return_days_set", expected));
    }
}
