//! What an event is: a promise to the outside of what happened.
//!
//! Each context has one enum of them in its `events.rs`. An event's JSON is a snapshot; once it must
//! break, its version goes into its name.

pub mod address;
pub mod retry;
pub mod types;
pub mod webhook;

use serde::Serialize;
use uuid::Uuid;

use crate::id::{Id, Kind};

/// The record an event is about. Events of one aggregate are delivered in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Aggregate {
    /// The prefix of its ids, such as `order`.
    pub kind: &'static str,
    /// Its id.
    pub id: Uuid,
}

impl<K: Kind> From<Id<K>> for Aggregate {
    fn from(id: Id<K>) -> Self {
        Self { kind: K::PREFIX, id: id.uuid() }
    }
}

/// Something that happened.
pub trait Event: Serialize + Sync {
    /// The name on the wire: noun and past participle, such as `order.placed`.
    fn name(&self) -> &'static str;
    /// What it happened to.
    fn aggregate(&self) -> Aggregate;
    /// Fields of its JSON that are for those who are told of it, and go when it goes: the audit trail, which is kept for
    /// ever, does not have them.
    fn passing(&self) -> &'static [&'static str] {
        &[]
    }
    /// The version of its JSON: higher once fields were added.
    fn schema_version(&self) -> i32 {
        1
    }
}
