//! What happens to groups of customers.

use serde::Serialize;

use crate::{
    events::{Aggregate, Event},
    id::{Account, CustomerGroup, Id},
    time::Instant,
};

/// What happened to a group of customers. It names customers by their ids only.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum CustomerGroupEvent {
    /// It was made or changed; as it is now.
    Group {
        /// The group.
        group: Id<CustomerGroup>,
        /// Its code.
        code: String,
        /// Its name in Arabic.
        name_ar: Option<String>,
        /// Its name in English.
        name_en: Option<String>,
        /// Counts its changes; 1 when it is new.
        version: i64,
        /// When.
        at: Instant,
    },
    /// It was removed, with the memberships in it.
    Deleted {
        /// The group.
        group: Id<CustomerGroup>,
        /// When.
        at: Instant,
    },
    /// Customers came into it.
    MembersAdded {
        /// The group.
        group: Id<CustomerGroup>,
        /// Who came.
        customers: Vec<Id<Account>>,
        /// How many are in it now.
        n_members: u64,
        /// When.
        at: Instant,
    },
    /// Customers are in it no more.
    MembersRemoved {
        /// The group.
        group: Id<CustomerGroup>,
        /// Who left.
        customers: Vec<Id<Account>>,
        /// How many are in it now.
        n_members: u64,
        /// When.
        at: Instant,
    },
}

impl Event for CustomerGroupEvent {
    fn name(&self) -> &'static str {
        match self {
            Self::Group { version: 1, .. } => "customer_group.created",
            Self::Group { .. } => "customer_group.updated",
            Self::Deleted { .. } => "customer_group.deleted",
            Self::MembersAdded { .. } => "customer_group.members_added",
            Self::MembersRemoved { .. } => "customer_group.members_removed",
        }
    }

    fn aggregate(&self) -> Aggregate {
        match self {
            Self::Group { group, .. }
            | Self::Deleted { group, .. }
            | Self::MembersAdded { group, .. }
            | Self::MembersRemoved { group, .. } => (*group).into(),
        }
    }
}
