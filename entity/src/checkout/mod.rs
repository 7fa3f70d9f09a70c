//! Carts on their way to orders.

pub mod outcome;
pub mod queue;
pub mod ticket;
