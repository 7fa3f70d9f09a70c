//! Getting the goods to the buyer.

pub mod delivery;
