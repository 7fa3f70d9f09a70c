//! From a cart to an order.

mod buy;
pub mod free;
mod place;
mod queue;
mod refuse;
mod reorder;
mod repeat;
mod stock;
