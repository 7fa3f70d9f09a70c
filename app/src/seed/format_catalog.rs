//! The files of the catalogue, as they are written. A key that is not here is refused.

use std::collections::BTreeMap;

use domain::language::Localised;
use serde::Deserialize;

use super::format_shop::Named;

/// `options.toml`.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Options {
    #[serde(default)]
    pub(super) option: Vec<ProductOption>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ProductOption {
    pub(super) code: String,
    pub(super) name: Localised,
    #[serde(default)]
    pub(super) values: Vec<InlineValue>,
}

/// A value, written beneath its option.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct InlineValue {
    pub(super) code: String,
    pub(super) ar: Option<String>,
    pub(super) en: Option<String>,
}

/// `types.toml`.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Types {
    #[serde(default)]
    pub(super) attribute: Vec<Named>,
    #[serde(default, rename = "type")]
    pub(super) kind: Vec<ProductType>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ProductType {
    pub(super) code: String,
    pub(super) name: Localised,
    /// Codes of attributes, in the order in which a product shows them.
    #[serde(default)]
    pub(super) attributes: Vec<String>,
}

/// `collections.toml`.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Collections {
    #[serde(default)]
    pub(super) collection: Vec<Collection>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Collection {
    pub(super) code: String,
    pub(super) name: Localised,
    pub(super) description: Option<Localised>,
}

/// A file in `departments`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Department {
    #[serde(default)]
    pub(super) option_value: Vec<OptionValue>,
    #[serde(default)]
    pub(super) category: Vec<Category>,
    #[serde(default)]
    pub(super) product: Vec<Product>,
}

/// A value of an option that stands elsewhere.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OptionValue {
    pub(super) option: String,
    pub(super) code: String,
    pub(super) name: Localised,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Category {
    pub(super) slug: String,
    /// The slug of a category that was written before.
    pub(super) parent: Option<String>,
    pub(super) name: Localised,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Product {
    pub(super) slug: String,
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) category: String,
    #[serde(default)]
    pub(super) collections: Vec<String>,
    pub(super) brand: Option<Localised>,
    pub(super) name: Localised,
    pub(super) description: Option<Localised>,
    #[serde(default)]
    pub(super) attributes: BTreeMap<String, Localised>,
    #[serde(default)]
    pub(super) options: Vec<String>,
    pub(super) variants: Vec<Variant>,
    /// RFC 3339; the time of the load if it is not said.
    pub(super) published_at: Option<String>,
    /// Codes of the channels that show it; all that have a price if it is not said.
    pub(super) channels: Option<Vec<String>>,
}

#[derive(Deserialize)]
pub(super) struct Variant {
    pub(super) sku: String,
    pub(super) ean: String,
    /// A value of each of the product's options, in their order.
    #[serde(default)]
    pub(super) values: Vec<String>,
    pub(super) grams: u32,
    /// Units at each location, in their order.
    pub(super) stock: Vec<u32>,
    /// `<list>` and `was_<list>`, for any price list.
    #[serde(flatten)]
    pub(super) prices: BTreeMap<String, String>,
}
