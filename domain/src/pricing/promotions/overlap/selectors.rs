//! Whether two selectors can take the same.

use std::collections::{BTreeMap, BTreeSet};

use super::super::{formula::Known, selector::Selector};
use crate::id::{Category, Id, Product, Variant};

/// What is known of the things that selectors name. What is not known of one makes nothing certain.
#[derive(Clone, Debug, Default)]
pub struct Shelf {
    /// The product of each variant.
    pub products: BTreeMap<Id<Variant>, Id<Product>>,
    /// Each category with all above it. A product stands in one.
    pub above: BTreeMap<Id<Category>, BTreeSet<Id<Category>>>,
}

impl Shelf {
    /// Whether nothing that is sold is taken by both.
    pub(in super::super) fn parts(&self, one: &Selector, other: &Selector) -> bool {
        let excludes = |one: &Selector, other: &Selector| self.plain_parts(one, other);
        let implies = |one: &Selector, other: &Selector| self.plain_within(one, other);
        Known { excludes: &excludes, implies: &implies }.exclude_each_other(one, other)
    }

    fn plain_parts(&self, one: &Selector, other: &Selector) -> bool {
        match (one, other) {
            (Selector::Variants(some), Selector::Variants(others)) => !have_common(some, others),
            (Selector::Products(some), Selector::Products(others)) => !have_common(some, others),
            (Selector::Variants(variants), Selector::Products(products))
            | (Selector::Products(products), Selector::Variants(variants)) => {
                let products: BTreeSet<_> = products.iter().collect();
                variants.iter().all(|id| self.products.get(id).is_some_and(|product| !products.contains(product)))
            }
            (Selector::Categories(some), Selector::Categories(others)) => self.are_apart(some, others),
            // A product is in any number of collections, and has several values of an attribute.
            _ => one.is_empty() || other.is_empty(),
        }
    }

    fn plain_within(&self, one: &Selector, other: &Selector) -> bool {
        match (one, other) {
            (_, Selector::Everything) => true,
            (Selector::Variants(some), Selector::Variants(others)) => are_within(some, others),
            (Selector::Products(some), Selector::Products(others)) => are_within(some, others),
            (Selector::Variants(variants), Selector::Products(products)) => {
                let products: BTreeSet<_> = products.iter().collect();
                variants.iter().all(|id| self.products.get(id).is_some_and(|product| products.contains(product)))
            }
            (Selector::Categories(some), Selector::Categories(others)) => {
                let others: BTreeSet<_> = others.iter().copied().collect();
                let is_below = |id| self.above.get(id).is_some_and(|above| !above.is_disjoint(&others));
                some.iter().all(|id| others.contains(id) || is_below(id))
            }
            (Selector::Collections(some), Selector::Collections(others)) => are_within(some, others),
            (Selector::Attribute { code, values }, Selector::Attribute { code: of, values: others }) => {
                code == of && are_within(values, others)
            }
            _ => one.is_empty(),
        }
    }

    /// Whether no category of some is among the others, or above or below one of them.
    fn are_apart(&self, some: &[Id<Category>], others: &[Id<Category>]) -> bool {
        let (some, others): (BTreeSet<_>, BTreeSet<_>) = (some.iter().collect(), others.iter().collect());
        let is_not_below = |id: &&Id<Category>, of: &BTreeSet<&Id<Category>>| {
            self.above.get(*id).is_some_and(|above| above.iter().all(|above| !of.contains(above)))
        };
        if some.is_empty() || others.is_empty() {
            return true;
        }
        some.is_disjoint(&others)
            && some.iter().all(|id| is_not_below(id, &others))
            && others.iter().all(|id| is_not_below(id, &some))
    }
}

/// Whether something is among both.
pub(super) fn have_common<T: Ord>(some: &[T], others: &[T]) -> bool {
    let others: BTreeSet<_> = others.iter().collect();
    some.iter().any(|one| others.contains(one))
}

/// Whether each of some is among the others.
pub(super) fn are_within<T: Ord>(some: &[T], others: &[T]) -> bool {
    let others: BTreeSet<_> = others.iter().collect();
    some.iter().all(|one| others.contains(one))
}
