//! Stock: levels, and the ledger of movements they are the fold of.

pub mod alert_events;
pub mod available;
pub mod events;
pub mod movement;
pub mod place;
pub mod promise;
pub mod selling;
pub mod supply;
pub mod supply_events;
pub mod transfer;
pub mod units;
