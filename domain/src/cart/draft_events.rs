//! What happens to drafts.

use serde::Serialize;

use crate::{
    events::{Aggregate, Event},
    id::{Account, CartLine, DraftOrder, Id, Order, Organisation, OrganisationUnit, Variant},
    money::Money,
    time::Instant,
};

/// What happened to a draft.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum DraftEvent {
    /// Staff began it.
    Created {
        /// The draft.
        draft: Id<DraftOrder>,
        /// The code of its channel.
        channel: String,
        /// For whom; none for somebody who is known by an e-mail address alone.
        customer: Option<Id<Account>>,
        /// For which company; absent: for none.
        #[serde(skip_serializing_if = "Option::is_none")]
        organisation: Option<Id<Organisation>>,
        /// For which unit of it; absent: for that of the customer, or for the company itself.
        #[serde(skip_serializing_if = "Option::is_none")]
        unit: Option<Id<OrganisationUnit>>,
        /// When.
        at: Instant,
    },
    /// It was changed by steps, as a cart is, or is for another company.
    Updated {
        /// The draft.
        draft: Id<DraftOrder>,
        /// What is in it after it.
        lines: Vec<DraftLine>,
        /// What is remarked.
        note: Option<String>,
        /// For which company it is; absent: for none.
        #[serde(skip_serializing_if = "Option::is_none")]
        organisation: Option<Id<Organisation>>,
        /// For which unit of it; absent: for that of the customer, or for the company itself.
        #[serde(skip_serializing_if = "Option::is_none")]
        unit: Option<Id<OrganisationUnit>>,
        /// When.
        at: Instant,
    },
    /// Another price was agreed on than that of the list, or the list's again.
    PriceSet {
        /// The draft.
        draft: Id<DraftOrder>,
        /// The line.
        line: Id<CartLine>,
        /// What is in it.
        variant: Id<Variant>,
        /// The price of a unit; none for that of the list.
        price: Option<Money>,
        /// Why.
        reason: Option<String>,
        /// When.
        at: Instant,
    },
    /// It was made ready for the customer to see and to complete.
    Sent {
        /// The draft.
        draft: Id<DraftOrder>,
        /// When.
        at: Instant,
    },
    /// It was given up.
    Deleted {
        /// The draft.
        draft: Id<DraftOrder>,
        /// When.
        at: Instant,
    },
    /// It became an order.
    Completed {
        /// The draft.
        draft: Id<DraftOrder>,
        /// The order.
        order: Id<Order>,
        /// When.
        at: Instant,
    },
}

/// A line of a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct DraftLine {
    /// What is in it.
    pub variant: Id<Variant>,
    /// Units.
    pub quantity: i64,
}

impl DraftEvent {
    /// The names of all events of drafts.
    pub const NAMES: [&str; 6] = [
        "draft_order.created",
        "draft_order.updated",
        "draft_order.price_set",
        "draft_order.sent",
        "draft_order.deleted",
        "draft_order.completed",
    ];
}

impl Event for DraftEvent {
    fn name(&self) -> &'static str {
        match self {
            Self::Created { .. } => "draft_order.created",
            Self::Updated { .. } => "draft_order.updated",
            Self::PriceSet { .. } => "draft_order.price_set",
            Self::Sent { .. } => "draft_order.sent",
            Self::Deleted { .. } => "draft_order.deleted",
            Self::Completed { .. } => "draft_order.completed",
        }
    }

    fn aggregate(&self) -> Aggregate {
        match self {
            Self::Created { draft, .. }
            | Self::Updated { draft, .. }
            | Self::PriceSet { draft, .. }
            | Self::Sent { draft, .. }
            | Self::Deleted { draft, .. }
            | Self::Completed { draft, .. } => (*draft).into(),
        }
    }

    fn schema_version(&self) -> i32 {
        match self {
            // Since 2 they name the company.
            Self::Created { .. } | Self::Updated { .. } => 2,
            Self::PriceSet { .. } | Self::Sent { .. } | Self::Deleted { .. } | Self::Completed { .. } => 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::money::Currency;

    fn json(event: &DraftEvent) -> (&'static str, serde_json::Value) {
        assert!(DraftEvent::NAMES.contains(&event.name()));
        (event.name(), serde_json::to_value(event).unwrap())
    }

    /// An event is a promise: who changes its JSON changes what others rely on.
    #[test]
    fn the_json_of_events_is_as_it_was_promised() {
        let (draft, at) = (Id::new(Uuid::nil()), Instant::from_millis(0));
        let (id, when) = ("draft_00000000000000000000000000", "1970-01-01T00:00:00Z");
        let created = |organisation, unit| {
            let channel = "web-sa".to_owned();
            DraftEvent::Created { draft, channel, customer: None, organisation, unit, at }
        };
        let expected = serde_json::json!({ "draft": id, "channel": "web-sa", "customer": null, "at": when });
        assert_eq!(json(&created(None, None)), ("draft_order.created", expected));
        let expected = serde_json::json!({
            "draft": id, "channel": "web-sa", "customer": null, "at": when,
            "organisation": "organisation_00000000000000000000000000",
            "unit": "organisationunit_00000000000000000000000000",
        });
        let event = created(Some(Id::new(Uuid::nil())), Some(Id::new(Uuid::nil())));
        assert_eq!((json(&event), event.schema_version()), (("draft_order.created", expected), 2));
        let lines = vec![DraftLine { variant: Id::new(Uuid::nil()), quantity: 2 }];
        let (organisation, unit) = (None, None);
        let event = DraftEvent::Updated { draft, lines, note: None, organisation, unit, at };
        let lines = serde_json::json!([{ "variant": "variant_00000000000000000000000000", "quantity": 2 }]);
        let expected = serde_json::json!({ "draft": id, "lines": lines, "note": null, "at": when });
        assert_eq!(json(&event), ("draft_order.updated", expected));
        let (line, variant, reason) = (Id::new(Uuid::nil()), Id::new(Uuid::nil()), Some("late".to_owned()));
        let price = Some(Money::new(900, Currency::SAR));
        let expected = serde_json::json!({
            "draft": id, "line": "cartline_00000000000000000000000000", "variant": "variant_00000000000000000000000000",
            "price": { "minor": 900, "currency": "SAR" }, "reason": "late", "at": when,
        });
        let event = DraftEvent::PriceSet { draft, line, variant, price, reason, at };
        assert_eq!(json(&event), ("draft_order.price_set", expected));
        let expected = serde_json::json!({ "draft": id, "at": when });
        assert_eq!(json(&DraftEvent::Sent { draft, at }), ("draft_order.sent", expected.clone()));
        assert_eq!(json(&DraftEvent::Deleted { draft, at }), ("draft_order.deleted", expected));
        let event = DraftEvent::Completed { draft, order: Id::new(Uuid::nil()), at };
        let expected = serde_json::json!({ "draft": id, "order": "order_00000000000000000000000000", "at": when });
        assert_eq!(json(&event), ("draft_order.completed", expected));
    }
}
