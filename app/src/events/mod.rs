//! Events on their way from the outbox to those who act on them, and who did what.

mod audit;
mod relay;

pub use audit::{AuditFilter, ENTRIES_SORTED_BY, audit, entries};
pub use relay::relay;
