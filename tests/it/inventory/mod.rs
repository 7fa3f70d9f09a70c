//! What there is, where, and who moved it.

mod adjust;
pub(crate) mod alerts;
mod allocations;
pub mod ask;
mod at_once;
pub mod backorder;
pub mod count;
mod lists;
mod locations;
mod news;
pub mod quarantine;
mod receive;
mod set;
pub mod supply;
mod thresholds;
pub mod transfer;
