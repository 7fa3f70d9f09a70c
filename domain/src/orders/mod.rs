//! Orders: immutable facts, and the machine that moves their state.

pub mod balance;
pub mod edit;
pub mod events;
pub mod exchange;
pub mod hold;
pub mod import;
pub mod note;
pub mod progress;
pub mod reason;
pub mod return_events;
pub mod returns;
pub mod share;
pub mod ship;
pub mod state;
pub mod tag;
pub mod whereabouts;
pub mod worth;
