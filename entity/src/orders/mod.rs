//! What was ordered.

pub mod order;
pub mod order_cancellation;
pub mod order_cancellation_line;
pub mod order_hold;
pub mod order_hold_release;
pub mod order_line;
pub mod order_note;
pub mod order_status;
pub mod order_tag;
pub mod order_transition;
