//! What there is, where, and who moved it.

mod adjust;
pub mod ask;
mod at_once;
mod lists;
mod locations;
mod news;
mod receive;
mod set;
mod thresholds;
