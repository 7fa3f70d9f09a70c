//! Whether two selectors can take the same.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    super::selector::Selector,
    formula::{Form, Formula, Known},
};
use crate::id::{Category, Id, Product, Variant};

/// What is known of the things that selectors name. What is not known of one makes nothing certain.
#[derive(Clone, Debug, Default)]
pub struct Shelf {
    /// The product of each variant.
    pub products: BTreeMap<Id<Variant>, Id<Product>>,
    /// Each category with all above it. A product stands in one.
    pub above: BTreeMap<Id<Category>, BTreeSet<Id<Category>>>,
}

impl Formula for Selector {
    fn form(&self) -> Form<'_, Self> {
        match self {
            Self::All(all) => Form::All(all),
            Self::Any(some) => Form::Any(some),
            Self::Not(not) => Form::Not(not),
            Self::Everything
            | Self::Variants(_)
            | Self::Products(_)
            | Self::Categories(_)
            | Self::Collections(_)
            | Self::Attribute { .. } => Form::Plain,
        }
    }
}

impl Shelf {
    /// Whether nothing that is sold is taken by both.
    pub(super) fn parts(&self, one: &Selector, other: &Selector) -> bool {
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
                variants.iter().all(|id| self.products.get(id).is_some_and(|product| !products.contains(product)))
            }
            (Selector::Categories(some), Selector::Categories(others)) => {
                some.iter().all(|one| others.iter().all(|other| self.are_apart(*one, *other)))
            }
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
                variants.iter().all(|id| self.products.get(id).is_some_and(|product| products.contains(product)))
            }
            (Selector::Categories(some), Selector::Categories(others)) => {
                let is_below =
                    |id| self.above.get(id).is_some_and(|above| others.iter().any(|one| above.contains(one)));
                some.iter().all(|id| others.contains(id) || is_below(id))
            }
            (Selector::Collections(some), Selector::Collections(others)) => are_within(some, others),
            (Selector::Attribute { code, values }, Selector::Attribute { code: of, values: others }) => {
                code == of && are_within(values, others)
            }
            _ => one.is_empty(),
        }
    }

    /// Whether neither of two categories is the other, or above it.
    fn are_apart(&self, one: Id<Category>, other: Id<Category>) -> bool {
        let is_not_below = |id, of| self.above.get(&id).is_some_and(|above| id != of && !above.contains(&of));
        is_not_below(one, other) && is_not_below(other, one)
    }
}

/// Whether something is among both.
pub(super) fn have_common<T: PartialEq>(some: &[T], others: &[T]) -> bool {
    some.iter().any(|one| others.contains(one))
}

/// Whether each of some is among the others.
pub(super) fn are_within<T: PartialEq>(some: &[T], others: &[T]) -> bool {
    some.iter().all(|one| others.contains(one))
}
