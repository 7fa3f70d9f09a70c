//! From a cart to an order.

mod errors;
pub mod mutation;
