//! Payments: an amount, a reference, and what became of it. They know no orders.

pub mod credit;
pub mod entry;
pub mod events;
pub mod gateway;
pub mod method;
pub mod simulator;
pub mod status;
pub mod tender;
