//! The wall between two merchants who have everything in common: SKUs, slugs, e-mail addresses, order numbers.

mod ids;
mod lists;
mod operations;
mod rows;
mod schema;
mod things;
