//! Lists: a page of places and its total; what is found by a word; rows by what they belong to.

use std::{collections::HashMap, hash::Hash};

use sea_orm::sea_query::LikeExpr;
use store::Page;

/// A page of a list, and its total if that was asked for.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The places.
    pub page: Page,
    /// Rows in all, computed only when wanted.
    pub total: Option<u64>,
}

/// The pattern of texts that hold a word, whatever signs are in it.
pub(crate) fn containing(word: &str) -> LikeExpr {
    let escaped = word.replace('!', "!!").replace('%', "!%").replace('_', "!_");
    LikeExpr::new(format!("%{escaped}%")).escape('!')
}

/// Rows by what they belong to, in their order.
pub(crate) fn grouped<K: Eq + Hash, V>(rows: impl IntoIterator<Item = (K, V)>) -> HashMap<K, Vec<V>> {
    let mut groups: HashMap<K, Vec<V>> = HashMap::new();
    for (key, row) in rows {
        groups.entry(key).or_default().push(row);
    }
    groups
}
