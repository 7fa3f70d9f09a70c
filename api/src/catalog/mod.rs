//! What is sold.

pub mod category;
pub mod collection;
pub mod external_sku;
pub mod external_sku_mutation;
pub mod measure;
pub mod product;
pub mod query;
pub mod variant;
