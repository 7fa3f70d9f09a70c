//! What was ordered.

pub mod order;
pub mod order_address;
pub mod order_cancellation;
pub mod order_cancellation_line;
pub mod order_edit;
pub mod order_edit_line;
pub mod order_exchange;
pub mod order_hold;
pub mod order_hold_release;
pub mod order_import;
pub mod order_line;
pub mod order_line_returned;
pub mod order_note;
pub mod order_return;
pub mod order_return_line;
pub mod order_return_outcome;
pub mod order_return_receipt;
pub mod order_return_status;
pub mod order_return_step;
pub mod order_status;
pub mod order_tag;
pub mod order_transition;
