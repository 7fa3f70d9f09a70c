//! What is sold: the codes that name it.

pub mod events;
pub mod gtin;
pub mod measure;
pub mod sku;
pub mod slug;
