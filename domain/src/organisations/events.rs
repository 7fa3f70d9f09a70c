//! What happens to companies that buy.

use serde::Serialize;

use crate::{
    events::{Aggregate, Event},
    id::{self, Account, Id, OrganisationUnit},
    time::Instant,
};

/// What happened to a company. It names who buys for it by their ids only.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum OrganisationEvent {
    /// It was made or changed; as it is now.
    Organisation {
        /// The company.
        organisation: Id<id::Organisation>,
        /// Its code.
        code: String,
        /// Its name in Arabic.
        name_ar: Option<String>,
        /// Its name in English.
        name_en: Option<String>,
        /// Its number in the commercial register.
        registration_number: String,
        /// Under which it pays value added tax, if it does.
        vat_number: Option<String>,
        /// The country of its seat.
        country: String,
        /// The city of its seat.
        city: String,
        /// Whether nobody can buy for it.
        is_suspended: bool,
        /// Counts its changes; 1 when it is new.
        version: i64,
        /// When.
        at: Instant,
    },
    /// A unit of it was made or changed; as it is now.
    Unit {
        /// The company.
        organisation: Id<id::Organisation>,
        /// The unit.
        unit: Id<OrganisationUnit>,
        /// The unit above it; none: the company itself.
        parent: Option<Id<OrganisationUnit>>,
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
    /// A unit of it is no more.
    UnitDeleted {
        /// The company.
        organisation: Id<id::Organisation>,
        /// The unit.
        unit: Id<OrganisationUnit>,
        /// When.
        at: Instant,
    },
    /// Customers buy for it, in one of its units or in the company itself.
    MembersAdded {
        /// The company.
        organisation: Id<id::Organisation>,
        /// The unit that they are in now; none: the company itself.
        unit: Option<Id<OrganisationUnit>>,
        /// Who.
        customers: Vec<Id<Account>>,
        /// How many buy for it now.
        n_members: u64,
        /// When.
        at: Instant,
    },
    /// Customers buy for it no more.
    MembersRemoved {
        /// The company.
        organisation: Id<id::Organisation>,
        /// Who.
        customers: Vec<Id<Account>>,
        /// How many buy for it now.
        n_members: u64,
        /// When.
        at: Instant,
    },
}

impl Event for OrganisationEvent {
    fn name(&self) -> &'static str {
        match self {
            Self::Organisation { version: 1, .. } => "organisation.created",
            Self::Organisation { .. } => "organisation.updated",
            Self::Unit { version: 1, .. } => "organisation.unit_created",
            Self::Unit { .. } => "organisation.unit_updated",
            Self::UnitDeleted { .. } => "organisation.unit_deleted",
            Self::MembersAdded { .. } => "organisation.members_added",
            Self::MembersRemoved { .. } => "organisation.members_removed",
        }
    }

    fn aggregate(&self) -> Aggregate {
        match self {
            Self::Organisation { organisation, .. }
            | Self::Unit { organisation, .. }
            | Self::UnitDeleted { organisation, .. }
            | Self::MembersAdded { organisation, .. }
            | Self::MembersRemoved { organisation, .. } => (*organisation).into(),
        }
    }
}
