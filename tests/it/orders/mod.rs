//! What was ordered, and what becomes of it.

mod address;
pub mod ask;
mod at_once;
mod bad_input;
mod cancellation;
mod delivery;
mod edit;
mod exchange;
mod expiry;
mod export;
mod holds;
pub(crate) mod import;
mod list;
mod machine;
mod moves;
mod notes;
mod once;
mod parts;
mod refund;
pub mod returns;
mod see;
mod statements;
mod whereabouts;
