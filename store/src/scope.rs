//! In whose name something is done.

use std::fmt;

use domain::{
    id::{Account, Id, Tenant},
    time::Instant,
};

/// Proof that the work is one tenant's. Minted by authentication, workers and the command line only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scope {
    pub(crate) tenant: Id<Tenant>,
}

impl Scope {
    /// The scope of a tenant.
    pub const fn of(tenant: Id<Tenant>) -> Self {
        Self { tenant }
    }

    /// Whose it is.
    pub const fn tenant(self) -> Id<Tenant> {
        self.tenant
    }
}

/// Who does it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Actor {
    /// Nobody signed in.
    Guest,
    /// A customer or one of the staff.
    Account(Id<Account>),
    /// The shop itself: a worker, the command line.
    System,
}

/// An account's id, `guest` or `system`: as it stands in the audit trail.
impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Guest => f.write_str("guest"),
            Self::Account(id) => id.fmt(f),
            Self::System => f.write_str("system"),
        }
    }
}

/// Who, when and in which request: what a transaction writes beside its facts.
#[derive(Clone, Debug)]
pub struct Stamp {
    /// Who.
    pub actor: Actor,
    /// When: every row of one transaction has the same instant.
    pub at: Instant,
    /// The request, for the audit trail and the logs; of work that an event asks for, the event.
    pub request_id: String,
    /// What all that came of one request has in common: its id.
    pub correlation_id: String,
}
