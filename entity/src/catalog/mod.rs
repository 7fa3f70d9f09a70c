//! What is sold.

pub mod attribute;
pub mod category;
pub mod collection;
pub mod external_sku;
pub mod option_value;
pub mod product;
pub mod product_attribute;
pub mod product_collection;
pub mod product_option;
pub mod product_type;
pub mod publication;
pub mod variant;
pub mod variant_value;
