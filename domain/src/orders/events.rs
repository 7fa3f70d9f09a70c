//! What happens to orders.

use serde::Serialize;

use super::{
    hold::HoldKind,
    ship::Units,
    state::{Action, State},
};
use crate::{
    events::{Aggregate, Event},
    fulfilment::shipment::{self, FailReason},
    id::{
        Id, Location, Order, OrderCancellation, OrderEdit, OrderHold, OrderLine, OrderNote, Organisation,
        OrganisationUnit, Return, Shipment, Variant,
    },
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

/// Units of a line that ship from a place.
#[derive(Clone, Debug, Serialize)]
pub struct Sourced {
    /// Of which line.
    pub line: Id<OrderLine>,
    /// From where.
    pub location: Id<Location>,
    /// Units.
    pub quantity: i64,
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
        /// For which company it was bought; absent: for none.
        #[serde(skip_serializing_if = "Option::is_none")]
        organisation: Option<Id<Organisation>>,
        /// For which unit of it; absent: for the company itself.
        #[serde(skip_serializing_if = "Option::is_none")]
        unit: Option<Id<OrganisationUnit>>,
        /// What is to be paid.
        total: Money,
        /// What was bought.
        lines: Vec<Line>,
        /// When.
        at: Instant,
    },
    /// It was placed in another system, and is here now.
    Imported {
        /// The order.
        order: Id<Order>,
        /// How people name it here.
        number: String,
        /// The code of its channel.
        channel: String,
        /// How the other system named it.
        external_number: String,
        /// The end that it came to.
        state: State,
        /// What was to be paid.
        total: Money,
        /// When it was placed.
        placed_at: Instant,
        /// When it was imported.
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
    /// Goods left a place; an order that ships from several has one each.
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
        /// What is in it: units of the order's lines.
        lines: Vec<Units>,
        /// When.
        at: Instant,
    },
    /// Something happened to a shipment on its way.
    ShipmentMoved {
        /// The order.
        order: Id<Order>,
        /// How people name it.
        number: String,
        /// The shipment.
        shipment: Id<Shipment>,
        /// What happened.
        action: shipment::Action,
        /// Why the carrier came in vain.
        failed: Option<FailReason>,
        /// What fell away of what was to be paid, or goes back.
        amount: Option<Money>,
        /// Why, in the actor's words.
        reason: Option<String>,
        /// When.
        at: Instant,
    },
    /// Units of it were cancelled before they left.
    LinesCancelled {
        /// The order.
        order: Id<Order>,
        /// How people name it.
        number: String,
        /// The cancellation.
        cancellation: Id<OrderCancellation>,
        /// What was cancelled: units of the order's lines.
        lines: Vec<Units>,
        /// What fell away of what was to be paid, or goes back.
        amount: Money,
        /// The state after it.
        state: State,
        /// Why, in the actor's words.
        reason: Option<String>,
        /// When.
        at: Instant,
    },
    /// Staff changed what has not left of it: units fell away, others came in.
    Edited {
        /// The order.
        order: Id<Order>,
        /// How people name it.
        number: String,
        /// The edit.
        edit: Id<OrderEdit>,
        /// What fell away: units of the order's lines.
        removed: Vec<Units>,
        /// What came in, each a line of its own.
        added: Vec<Line>,
        /// What fell away is worth so much.
        removed_amount: Money,
        /// What came in costs so much.
        added_amount: Money,
        /// The state it is in.
        state: State,
        /// Why, in the actor's words.
        reason: Option<String>,
        /// When.
        at: Instant,
    },
    /// Goods that came back were exchanged for others, which are to leave.
    Exchanged {
        /// The order.
        order: Id<Order>,
        /// How people name it.
        number: String,
        /// The return.
        #[serde(rename = "return")]
        of: Id<Return>,
        /// What brought the others.
        edit: Id<OrderEdit>,
        /// What came back: units of the order's lines.
        returned: Vec<Units>,
        /// What is to leave, each a line of its own.
        added: Vec<Line>,
        /// What came back counts so much.
        returned_amount: Money,
        /// What is to leave costs so much.
        added_amount: Money,
        /// The state it is in.
        state: State,
        /// Why, in the actor's words.
        reason: Option<String>,
        /// When.
        at: Instant,
    },
    /// What has not left of it goes elsewhere. Where to, its readers see by the order.
    AddressChanged {
        /// The order.
        order: Id<Order>,
        /// How people name it.
        number: String,
        /// The city that it goes to now.
        city: String,
        /// Why, in the actor's words.
        reason: Option<String>,
        /// When.
        at: Instant,
    },
    /// It must not go on for now.
    Held {
        /// The order.
        order: Id<Order>,
        /// How people name it.
        number: String,
        /// The hold.
        hold: Id<OrderHold>,
        /// Why.
        kind: HoldKind,
        /// Whether it ended with this.
        released: bool,
        /// Why, in the actor's words.
        reason: Option<String>,
        /// When.
        at: Instant,
    },
    /// A place refused what it was to give, and others give it.
    ReSourced {
        /// The order.
        order: Id<Order>,
        /// How people name it.
        number: String,
        /// The place that refused.
        refused_by: Id<Location>,
        /// From where its units ship now.
        lines: Vec<Sourced>,
        /// Why, in the actor's words.
        reason: Option<String>,
        /// When.
        at: Instant,
    },
    /// Something was remarked about it.
    Noted {
        /// The order.
        order: Id<Order>,
        /// How people name it.
        number: String,
        /// The note.
        note: Id<OrderNote>,
        /// Whether the customer reads it.
        is_visible_to_customer: bool,
        /// When.
        at: Instant,
    },
    /// It bears other tags than before.
    Tagged {
        /// The order.
        order: Id<Order>,
        /// How people name it.
        number: String,
        /// Tags that it bears now and did not before.
        added: Vec<String>,
        /// Tags that it bore before and does not now.
        removed: Vec<String>,
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
    pub const NAMES: [&str; 27] = [
        "order.placed",
        "order.imported",
        "order.paid",
        "order.confirmed",
        "order.allocated",
        "order.shipped",
        "order.shipped_in_part",
        "order.shipment_dispatched",
        "order.delivered",
        "order.refused",
        "order.shipment_delivered",
        "order.shipment_delivery_failed",
        "order.shipment_refused",
        "order.shipment_returned",
        "order.cancelled",
        "order.lines_cancelled",
        "order.edited",
        "order.exchanged",
        "order.address_changed",
        "order.expired",
        "order.refunded",
        "order.refunded_in_part",
        "order.held",
        "order.hold_released",
        "order.re_sourced",
        "order.note_added",
        "order.tags_changed",
    ];
}

impl Event for OrderEvent {
    fn name(&self) -> &'static str {
        match self {
            Self::Placed { .. } => "order.placed",
            Self::Imported { .. } => "order.imported",
            Self::Shipped { .. } => "order.shipment_dispatched",
            Self::ShipmentMoved { action, .. } => match action {
                shipment::Action::Deliver => "order.shipment_delivered",
                shipment::Action::Fail => "order.shipment_delivery_failed",
                shipment::Action::Refuse => "order.shipment_refused",
                shipment::Action::Receive => "order.shipment_returned",
            },
            Self::LinesCancelled { .. } => "order.lines_cancelled",
            Self::Edited { .. } => "order.edited",
            Self::Exchanged { .. } => "order.exchanged",
            Self::AddressChanged { .. } => "order.address_changed",
            Self::Held { released: false, .. } => "order.held",
            Self::Held { released: true, .. } => "order.hold_released",
            Self::ReSourced { .. } => "order.re_sourced",
            Self::Noted { .. } => "order.note_added",
            Self::Tagged { .. } => "order.tags_changed",
            Self::Refunded { full: true, .. } => "order.refunded",
            Self::Refunded { full: false, .. } => "order.refunded_in_part",
            Self::Moved { action, .. } => match action {
                Action::Pay => "order.paid",
                Action::Confirm => "order.confirmed",
                Action::Allocate => "order.allocated",
                Action::Ship => "order.shipped",
                Action::ShipPart => "order.shipped_in_part",
                Action::Deliver => "order.delivered",
                Action::Refuse => "order.refused",
                Action::Cancel => "order.cancelled",
                Action::CancelPart | Action::CancelRest => "order.lines_cancelled",
                Action::Edit => "order.edited",
                Action::Exchange => "order.exchanged",
                Action::Expire => "order.expired",
                Action::Refund => "order.refunded",
                Action::RefundPart => "order.refunded_in_part",
            },
        }
    }

    fn aggregate(&self) -> Aggregate {
        match self {
            Self::Placed { order, .. }
            | Self::Imported { order, .. }
            | Self::Moved { order, .. }
            | Self::Shipped { order, .. }
            | Self::ShipmentMoved { order, .. }
            | Self::LinesCancelled { order, .. }
            | Self::Edited { order, .. }
            | Self::Exchanged { order, .. }
            | Self::AddressChanged { order, .. }
            | Self::Held { order, .. }
            | Self::ReSourced { order, .. }
            | Self::Noted { order, .. }
            | Self::Tagged { order, .. }
            | Self::Refunded { order, .. } => (*order).into(),
        }
    }

    fn schema_version(&self) -> i32 {
        // Since 2 it names the company.
        if matches!(self, Self::Placed { .. }) { 2 } else { 1 }
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
        let (order, number, at) = (Id::new(Uuid::nil()), "W1".to_owned(), Instant::from_millis(0));
        let id = "order_00000000000000000000000000";
        let json = |event: OrderEvent| (event.name(), serde_json::to_value(&event).unwrap());
        let line = Line { variant: Id::new(Uuid::nil()), sku: "TEA".to_owned(), quantity: 2 };
        let placed = |organisation, unit| OrderEvent::Placed {
            order,
            number: number.clone(),
            channel: "web-sa".to_owned(),
            organisation,
            unit,
            total: Money::new(1150, Currency::SAR),
            lines: vec![line.clone()],
            at,
        };
        let mut expected = serde_json::json!({
            "order": id, "number": "W1", "channel": "web-sa", "total": { "minor": 1150, "currency": "SAR" },
            "lines": [{ "variant": "variant_00000000000000000000000000", "sku": "TEA", "quantity": 2 }],
            "at": "1970-01-01T00:00:00Z",
        });
        assert_eq!(json(placed(None, None)), ("order.placed", expected.clone()));
        expected["organisation"] = "organisation_00000000000000000000000000".into();
        expected["unit"] = "organisationunit_00000000000000000000000000".into();
        let of_company = placed(Some(Id::new(Uuid::nil())), Some(Id::new(Uuid::nil())));
        assert_eq!(of_company.schema_version(), 2);
        assert_eq!(json(of_company), ("order.placed", expected));
        let imported = OrderEvent::Imported {
            order,
            number: "web-sa/77".to_owned(),
            channel: "web-sa".to_owned(),
            external_number: "77".to_owned(),
            state: State::Delivered,
            total: Money::new(1150, Currency::SAR),
            placed_at: at,
            at,
        };
        let expected = serde_json::json!({
            "order": id, "number": "web-sa/77", "channel": "web-sa", "external_number": "77", "state": "DELIVERED",
            "total": { "minor": 1150, "currency": "SAR" }, "placed_at": "1970-01-01T00:00:00Z",
            "at": "1970-01-01T00:00:00Z",
        });
        assert_eq!(json(imported), ("order.imported", expected));
        let (action, from, to) = (Action::Cancel, State::Placed, State::Cancelled);
        let moved = OrderEvent::Moved { order, number: number.clone(), action, from, to, reason: None, at };
        let expected = serde_json::json!({
            "order": id, "number": "W1", "action": "CANCEL", "from": "PLACED", "to": "CANCELLED", "reason": null,
            "at": "1970-01-01T00:00:00Z",
        });
        assert_eq!(json(moved), ("order.cancelled", expected));
        let (shipment, carrier, tracking) = (Id::new(Uuid::nil()), "SMSA".to_owned(), "29".to_owned());
        let lines = vec![Units { line: Id::new(Uuid::nil()), quantity: 2 }];
        let shipped = OrderEvent::Shipped { order, number: number.clone(), shipment, carrier, tracking, lines, at };
        let expected = serde_json::json!({
            "order": id, "number": "W1", "shipment": "shipment_00000000000000000000000000", "carrier": "SMSA",
            "tracking": "29", "lines": [{ "line": "orderline_00000000000000000000000000", "quantity": 2 }],
            "at": "1970-01-01T00:00:00Z",
        });
        assert_eq!(json(shipped), ("order.shipment_dispatched", expected));
        let amount = Money::new(500, Currency::SAR);
        let refunded = OrderEvent::Refunded { order, number, amount, full: false, reason: None, at };
        let expected = serde_json::json!({
            "order": id, "number": "W1", "amount": { "minor": 500, "currency": "SAR" }, "full": false, "reason": null,
            "at": "1970-01-01T00:00:00Z",
        });
        assert_eq!(json(refunded), ("order.refunded_in_part", expected));
    }

    #[test]
    fn the_json_of_what_staff_do_with_placed_orders_is_as_it_was_promised() {
        let (order, number, at) = (Id::new(Uuid::nil()), "W1".to_owned(), Instant::from_millis(0));
        let id = "order_00000000000000000000000000";
        let json = |event: OrderEvent| (event.name(), serde_json::to_value(&event).unwrap());
        let (hold, kind, reason) = (Id::new(Uuid::nil()), HoldKind::Fraud, Some("a card of another".to_owned()));
        let event = OrderEvent::Held { order, number: number.clone(), hold, kind, released: false, reason, at };
        let expected = serde_json::json!({
            "order": id, "number": "W1", "hold": "hold_00000000000000000000000000", "kind": "FRAUD", "released": false,
            "reason": "a card of another", "at": "1970-01-01T00:00:00Z",
        });
        assert_eq!(json(event), ("order.held", expected));
        let (cancellation, lines) = (Id::new(Uuid::nil()), vec![Units { line: Id::new(Uuid::nil()), quantity: 2 }]);
        let (amount, state, number_again) = (Money::new(500, Currency::SAR), State::Placed, number.clone());
        let reason = Some("sold out".to_owned());
        let event =
            OrderEvent::LinesCancelled { order, number: number_again, cancellation, lines, amount, state, reason, at };
        let expected = serde_json::json!({
            "order": id, "number": "W1", "cancellation": "cancellation_00000000000000000000000000",
            "lines": [{ "line": "orderline_00000000000000000000000000", "quantity": 2 }],
            "amount": { "minor": 500, "currency": "SAR" }, "state": "PLACED", "reason": "sold out",
            "at": "1970-01-01T00:00:00Z",
        });
        assert_eq!(json(event), ("order.lines_cancelled", expected));
        let note = Id::new(Uuid::nil());
        let event = OrderEvent::Noted { order, number: number.clone(), note, is_visible_to_customer: true, at };
        let expected = serde_json::json!({
            "order": id, "number": "W1", "note": "note_00000000000000000000000000", "is_visible_to_customer": true,
            "at": "1970-01-01T00:00:00Z",
        });
        assert_eq!(json(event), ("order.note_added", expected));
        let (shipment, action, failed) = (Id::new(Uuid::nil()), shipment::Action::Fail, Some(FailReason::NotHome));
        let (amount, reason) = (None, None);
        let number_again = number.clone();
        let event =
            OrderEvent::ShipmentMoved { order, number: number_again, shipment, action, failed, amount, reason, at };
        let expected = serde_json::json!({
            "order": id, "number": "W1", "shipment": "shipment_00000000000000000000000000", "action": "FAIL",
            "failed": "NOT_HOME", "amount": null, "reason": null, "at": "1970-01-01T00:00:00Z",
        });
        assert_eq!(json(event), ("order.shipment_delivery_failed", expected));
        let (added, removed) = (vec!["VIP".to_owned()], vec![]);
        let tagged = OrderEvent::Tagged { order, number, added, removed, at };
        let expected = serde_json::json!({
            "order": id, "number": "W1", "added": ["VIP"], "removed": [], "at": "1970-01-01T00:00:00Z",
        });
        assert_eq!(json(tagged), ("order.tags_changed", expected));
    }

    #[test]
    fn the_json_of_what_orders_become_is_as_it_was_promised() {
        let (order, number, at) = (Id::new(Uuid::nil()), "W1".to_owned(), Instant::from_millis(0));
        let id = "order_00000000000000000000000000";
        let json = |event: OrderEvent| (event.name(), serde_json::to_value(&event).unwrap());
        let edited = OrderEvent::Edited {
            order,
            number: number.clone(),
            edit: Id::new(Uuid::nil()),
            removed: vec![Units { line: Id::new(Uuid::nil()), quantity: 1 }],
            added: vec![Line { variant: Id::new(Uuid::nil()), sku: "TEA".to_owned(), quantity: 2 }],
            removed_amount: Money::new(1500, Currency::SAR),
            added_amount: Money::new(1000, Currency::SAR),
            state: State::Placed,
            reason: None,
            at,
        };
        let expected = serde_json::json!({
            "order": id, "number": "W1", "edit": "edit_00000000000000000000000000",
            "removed": [{ "line": "orderline_00000000000000000000000000", "quantity": 1 }],
            "added": [{ "variant": "variant_00000000000000000000000000", "sku": "TEA", "quantity": 2 }],
            "removed_amount": { "minor": 1500, "currency": "SAR" },
            "added_amount": { "minor": 1000, "currency": "SAR" },
            "state": "PLACED", "reason": null, "at": "1970-01-01T00:00:00Z",
        });
        assert_eq!(json(edited), ("order.edited", expected));
        let exchanged = OrderEvent::Exchanged {
            order,
            number: number.clone(),
            of: Id::new(Uuid::nil()),
            edit: Id::new(Uuid::nil()),
            returned: vec![Units { line: Id::new(Uuid::nil()), quantity: 1 }],
            added: vec![Line { variant: Id::new(Uuid::nil()), sku: "TEA".to_owned(), quantity: 1 }],
            returned_amount: Money::new(1500, Currency::SAR),
            added_amount: Money::new(1500, Currency::SAR),
            state: State::PartlyShipped,
            reason: None,
            at,
        };
        let expected = serde_json::json!({
            "order": id, "number": "W1", "return": "return_00000000000000000000000000",
            "edit": "edit_00000000000000000000000000",
            "returned": [{ "line": "orderline_00000000000000000000000000", "quantity": 1 }],
            "added": [{ "variant": "variant_00000000000000000000000000", "sku": "TEA", "quantity": 1 }],
            "returned_amount": { "minor": 1500, "currency": "SAR" },
            "added_amount": { "minor": 1500, "currency": "SAR" },
            "state": "PARTLY_SHIPPED", "reason": null, "at": "1970-01-01T00:00:00Z",
        });
        assert_eq!(json(exchanged), ("order.exchanged", expected));
        let city = "جدة".to_owned();
        let moved = OrderEvent::AddressChanged { order, number, city, reason: None, at };
        let expected = serde_json::json!({
            "order": id, "number": "W1", "city": "جدة", "reason": null, "at": "1970-01-01T00:00:00Z",
        });
        assert_eq!(json(moved), ("order.address_changed", expected));
    }
}
