//! Events on their way from the outbox to those who act on them and to the outside, and who did what.

pub mod amqp;
mod audit;
mod body;
mod feed;
mod number;
mod relay;
mod seal;
mod trim;
pub mod webhooks;

pub use audit::{AuditFilter, ENTRIES_SORTED_BY, audit, entries, seals};
pub use feed::{Feed, FeedError, Wanted, feed};
pub use number::number;
pub use relay::relay;
pub use seal::seal;
pub use trim::trim;
