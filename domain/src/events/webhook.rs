//! What happens to webhooks.

use serde::Serialize;

use super::types::Types;
use crate::{
    events::{Aggregate, Event},
    id::{Id, Webhook, WebhookDelivery},
    time::Instant,
};

/// Where a delivery stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeliveryState {
    /// It is to be sent, or to be sent again.
    Pending,
    /// It arrived.
    Delivered,
    /// It was given up.
    Dead,
}

impl DeliveryState {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Pending, Self::Delivered, Self::Dead];

    /// Its name in the API and in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Pending => "PENDING",
            Self::Delivered => "DELIVERED",
            Self::Dead => "DEAD",
        }
    }

    /// The state of a code; `None` if there is none of that name.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// What happened to a webhook. Its address is not told: it can bear secrets.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum WebhookEvent {
    /// It was made.
    Created {
        /// The webhook.
        webhook: Id<Webhook>,
        /// What people call it.
        name: String,
        /// What it is told of; none is all.
        types: Types,
        /// Whether it is told.
        enabled: bool,
        /// The query that shapes what it is sent, if there is one.
        payload_query: Option<String>,
        /// When.
        at: Instant,
    },
    /// It was changed; as it is now.
    Updated {
        /// The webhook.
        webhook: Id<Webhook>,
        /// What people call it.
        name: String,
        /// What it is told of; none is all.
        types: Types,
        /// Whether it is told.
        enabled: bool,
        /// Whether it has another address than before.
        moved: bool,
        /// The query that shapes what it is sent, if there is one.
        payload_query: Option<String>,
        /// When.
        at: Instant,
    },
    /// It was removed.
    Deleted {
        /// The webhook.
        webhook: Id<Webhook>,
        /// When.
        at: Instant,
    },
    /// It got another secret.
    SecretRotated {
        /// The webhook.
        webhook: Id<Webhook>,
        /// When.
        at: Instant,
    },
    /// Somebody wants to see whether it works. It alone is sent this.
    Tested {
        /// The webhook.
        webhook: Id<Webhook>,
        /// When.
        at: Instant,
    },
    /// It said that it is gone (410), and is told no more.
    Disabled {
        /// The webhook.
        webhook: Id<Webhook>,
        /// When.
        at: Instant,
    },
    /// A delivery is to be sent once more.
    DeliveryReplayed {
        /// The webhook.
        webhook: Id<Webhook>,
        /// The delivery.
        delivery: Id<WebhookDelivery>,
        /// When.
        at: Instant,
    },
}

/// The event that a webhook is sent to see whether it works; it is sent nothing else of this name.
pub const TESTED: &str = "webhook.tested";

impl WebhookEvent {
    /// The names of all events of webhooks.
    pub const NAMES: [&str; 7] = [
        "webhook.created",
        "webhook.updated",
        "webhook.deleted",
        "webhook.secret_rotated",
        TESTED,
        "webhook.disabled",
        "webhook.delivery_replayed",
    ];
}

impl Event for WebhookEvent {
    fn name(&self) -> &'static str {
        match self {
            Self::Created { .. } => "webhook.created",
            Self::Updated { .. } => "webhook.updated",
            Self::Deleted { .. } => "webhook.deleted",
            Self::SecretRotated { .. } => "webhook.secret_rotated",
            Self::Tested { .. } => TESTED,
            Self::Disabled { .. } => "webhook.disabled",
            Self::DeliveryReplayed { .. } => "webhook.delivery_replayed",
        }
    }

    fn aggregate(&self) -> Aggregate {
        match self {
            Self::Created { webhook, .. }
            | Self::Updated { webhook, .. }
            | Self::Deleted { webhook, .. }
            | Self::SecretRotated { webhook, .. }
            | Self::Tested { webhook, .. }
            | Self::Disabled { webhook, .. }
            | Self::DeliveryReplayed { webhook, .. } => (*webhook).into(),
        }
    }
}
