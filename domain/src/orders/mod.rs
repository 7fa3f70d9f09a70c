//! Orders: immutable facts, and the machine that moves their state.

pub mod events;
pub mod reason;
pub mod state;
pub mod whereabouts;
