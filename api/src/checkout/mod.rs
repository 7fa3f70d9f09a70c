//! From a cart to an order.

mod errors;
pub mod mutation;
pub mod query;
pub mod reorder;
pub mod ticket;
