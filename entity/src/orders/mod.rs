//! What was ordered.

pub mod order;
pub mod order_line;
pub mod order_status;
pub mod order_transition;
