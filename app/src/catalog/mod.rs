//! What is sold: products, variants, categories, collections, and in which channel they show.

mod described;
mod external_sku;
mod external_sku_rows;
mod external_sku_set;
pub mod list;
pub mod load;
mod measures_set;
mod named;
mod rows;
mod shelf;

pub use described::{Described, Looks, chosen, described, missing};
pub use external_sku::{
    EXTERNAL_SKUS_SORTED_BY, ExternalSkusWanted, external_skus, external_skus_of, list_external_skus,
    variants_by_external_sku,
};
pub use external_sku_set::{
    ExternalSkuError, ExternalSkuLine, NAMES_MAX, NameRefusal, NameRefused, NameSet, NamesSet, SetExternalSkus,
    set_external_skus,
};
pub use measures_set::{MeasureError, MeasureRefusal, SetMeasures, measure_of, set_measures};
pub use named::{Named, Variants};
pub use rows::{
    any_variants_of, category_by_slug, collection_by_slug, keep, lock, lock_lowest, product_by_slug, published,
    set_lowest, shown_at, variant_by_sku,
};
pub use shelf::{gone, shelf};
