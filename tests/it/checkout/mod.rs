//! From a cart to an order.

mod buy;
