//! The only door to the database.
//!
//! The connection is private, and the handles that lead to it carry a tenant into every statement: a
//! query that forgot its tenant cannot be run, because nothing here implements SeaORM's
//! `ConnectionTrait`.

mod amqp;
mod audit;
mod chain;
mod db;
mod fault;
mod feed;
mod gate;
mod idempotency;
mod ids;
mod json;
mod outbox;
mod page;
mod platform;
mod read;
mod scope;
mod stats;
mod table;
mod trim;
mod tx;
mod verify;

pub use audit::{AuditHead, Chain};
pub use db::{Backend, Db, Options};
pub use fault::Fault;
pub use feed::{Reach, Recorded};
use idempotency::Claim;
pub use idempotency::{KeyReused, Once};
pub use outbox::{Backlog, Waiting};
pub use page::{Cursor, Key as CursorKey, NotACursor, Page, Slice, Sort, SortKind};
pub use platform::{DueWebhook, Platform, Tenant};
pub use read::{Find, Read};
pub use scope::{Actor, Scope, Stamp};
pub use stats::Stats;
pub use table::{Key, Owned};
pub use tx::{Delete, Tx, Update};
pub use verify::{Breach, CHECKS, Check};
