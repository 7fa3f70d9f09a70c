//! Variants that callers name, by id or by SKU.

use std::collections::HashMap;

use domain::id::{Id, Variant};
use entity::catalog::variant;
use store::{Fault, Read};

use super::{load::any_variants, rows::variants_by_sku};

/// How a variant is named.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Named {
    /// By its id.
    Id(Id<Variant>),
    /// By its SKU here.
    Sku(String),
}

/// The variants that some names name, whether they are shown or not.
#[derive(Debug, Default)]
pub struct Variants {
    by_id: HashMap<Id<Variant>, variant::Model>,
    by_sku: HashMap<String, variant::Model>,
}

impl Variants {
    /// Looks names up: two statements for all.
    pub async fn load<'n>(read: &Read, names: impl IntoIterator<Item = &'n Named>) -> Result<Self, Fault> {
        let (mut ids, mut skus) = (Vec::new(), Vec::new());
        for named in names {
            match named {
                Named::Id(id) => ids.push(*id),
                Named::Sku(sku) => skus.push(sku.as_str()),
            }
        }
        let by_id = if ids.is_empty() { HashMap::new() } else { any_variants(read, &ids).await? };
        let by_sku = if skus.is_empty() { Vec::new() } else { variants_by_sku(read, &skus).await? };
        Ok(Self { by_id, by_sku: by_sku.into_iter().map(|row| (row.sku.clone(), row)).collect() })
    }

    /// The variant of a name; `None` if there is none.
    pub fn of(&self, named: &Named) -> Option<&variant::Model> {
        match named {
            Named::Id(id) => self.by_id.get(id),
            Named::Sku(sku) => self.by_sku.get(sku),
        }
    }

    /// All of them; one that is named in both ways twice.
    pub fn ids(&self) -> impl Iterator<Item = Id<Variant>> {
        self.by_id.values().chain(self.by_sku.values()).map(|row| row.id)
    }
}
