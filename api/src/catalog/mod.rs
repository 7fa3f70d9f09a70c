//! What is sold.

pub mod category;
pub mod collection;
pub mod product;
pub mod query;
pub mod variant;
