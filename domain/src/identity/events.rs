//! What happens to accounts.

use serde::Serialize;

use crate::{
    events::{Aggregate, Event},
    id::{Account, Id, Session},
    time::Instant,
};

/// What happened to an account. It names nobody: who the account is, is read from the account.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(untagged)]
pub enum IdentityEvent {
    /// A customer opened it.
    Registered {
        /// The account.
        account: Id<Account>,
        /// When.
        at: Instant,
    },
    /// Somebody proved to be its owner.
    SignedIn {
        /// The account.
        account: Id<Account>,
        /// The session that began.
        session: Id<Session>,
        /// When.
        at: Instant,
    },
    /// Its owner ended a session.
    SignedOut {
        /// The account.
        account: Id<Account>,
        /// The session that ended.
        session: Id<Session>,
        /// When.
        at: Instant,
    },
    /// A session was ended because a token that was used up came back: somebody may have stolen it.
    SessionRevoked {
        /// The account.
        account: Id<Account>,
        /// The session that ended.
        session: Id<Session>,
        /// When.
        at: Instant,
    },
}

impl IdentityEvent {
    /// The names of all events of accounts.
    pub const NAMES: [&str; 4] =
        ["account.registered", "account.signed_in", "account.signed_out", "account.session_revoked"];
}

impl Event for IdentityEvent {
    fn name(&self) -> &'static str {
        match self {
            Self::Registered { .. } => "account.registered",
            Self::SignedIn { .. } => "account.signed_in",
            Self::SignedOut { .. } => "account.signed_out",
            Self::SessionRevoked { .. } => "account.session_revoked",
        }
    }

    fn aggregate(&self) -> Aggregate {
        match self {
            Self::Registered { account, .. }
            | Self::SignedIn { account, .. }
            | Self::SignedOut { account, .. }
            | Self::SessionRevoked { account, .. } => (*account).into(),
        }
    }
}
