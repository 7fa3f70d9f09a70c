//! Loading a shop from a folder of TOML files: the demo, a test's shop, a merchant's first import.
//!
//! Everything is read and checked before anything is written, and written in one transaction.

mod categories;
mod channels;
mod companies;
mod delivery;
mod desk;
mod error;
mod files;
mod format_catalog;
mod format_shop;
mod gift_cards;
mod ids;
mod load;
mod names;
mod people;
mod plan;
mod products;
mod promotions;
mod rows;
mod schema;
#[cfg(test)]
mod tests;
mod variants;

pub use error::{SeedError, What, Wrong};
pub use load::{is_empty, load};
pub use plan::Loaded;
