//! From a cart to an order.

pub mod draft;
mod errors;
pub mod mutation;
pub mod query;
pub mod reorder;
pub mod ticket;
