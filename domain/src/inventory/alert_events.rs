//! What happens to those who want to hear when a variant can be had again.

use serde::Serialize;

use crate::{
    events::{Aggregate, Event},
    id::{Channel, Id, StockAlert, Variant},
    time::Instant,
};

/// What happened to somebody's wish to hear when a variant can be had again.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum StockAlertEvent {
    /// Somebody wants to hear of it.
    Created {
        /// The wish.
        alert: Id<StockAlert>,
        /// Of what.
        variant: Id<Variant>,
        /// Where it is to be had.
        channel: Id<Channel>,
        /// When.
        at: Instant,
    },
    /// They do not any more.
    Withdrawn {
        /// The wish.
        alert: Id<StockAlert>,
        /// Of what.
        variant: Id<Variant>,
        /// Where it was to be had.
        channel: Id<Channel>,
        /// When.
        at: Instant,
    },
    /// The variant can be had: whoever writes to customers writes to this one now.
    Due {
        /// The wish.
        alert: Id<StockAlert>,
        /// What can be had.
        variant: Id<Variant>,
        /// Where.
        channel: Id<Channel>,
        /// Whom to tell.
        email: String,
        /// In which language: its BCP 47 tag.
        language: String,
        /// When.
        at: Instant,
    },
}

impl Event for StockAlertEvent {
    fn name(&self) -> &'static str {
        match self {
            Self::Created { .. } => "stock_alert.created",
            Self::Withdrawn { .. } => "stock_alert.withdrawn",
            Self::Due { .. } => "stock_alert.due",
        }
    }

    fn aggregate(&self) -> Aggregate {
        match self {
            Self::Created { alert, .. } | Self::Withdrawn { alert, .. } | Self::Due { alert, .. } => (*alert).into(),
        }
    }

    fn passing(&self) -> &'static [&'static str] {
        match self {
            Self::Due { .. } => &["email"],
            Self::Created { .. } | Self::Withdrawn { .. } => &[],
        }
    }
}
