//! From a cart to an order.

mod errors;
pub mod mutation;
pub mod query;
pub mod ticket;
