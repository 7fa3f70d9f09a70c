//! What is sold: products, variants, categories, collections, and in which channel they show.

pub mod list;
pub mod load;
mod rows;

pub use rows::{category_by_slug, collection_by_slug, product_by_slug, shown_at, variant_by_sku};
