//! Which of the things in a cart a promotion is about.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{
    formula::{Form, Formula, contradict},
    overlap::Shelf,
};
use crate::id::{Category, Collection, Id, Product, Variant};

/// What is sold in a line, as far as promotions look at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The variant.
    pub variant: Id<Variant>,
    /// Its product.
    pub product: Id<Product>,
    /// The category of the product, and all above it.
    pub categories: Vec<Id<Category>>,
    /// The collections of the product.
    pub collections: Vec<Id<Collection>>,
    /// The attributes of the product: code and value.
    pub attributes: Vec<(String, String)>,
}

/// Which things; of several ids, any.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Selector {
    /// Whatever is sold.
    Everything,
    /// These variants.
    Variants(Vec<Id<Variant>>),
    /// These products.
    Products(Vec<Id<Product>>),
    /// What stands in these categories, or below them.
    Categories(Vec<Id<Category>>),
    /// What is in these collections.
    Collections(Vec<Id<Collection>>),
    /// Products with one of these values of an attribute.
    Attribute {
        /// Its code.
        code: String,
        /// The values.
        values: Vec<String>,
    },
    /// What each of these takes.
    All(Vec<Self>),
    /// What one of these takes.
    Any(Vec<Self>),
    /// What this does not take.
    Not(Box<Self>),
}

/// What selectors name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Named {
    /// Variants.
    pub variants: BTreeSet<Id<Variant>>,
    /// Products.
    pub products: BTreeSet<Id<Product>>,
    /// Categories.
    pub categories: BTreeSet<Id<Category>>,
    /// Collections.
    pub collections: BTreeSet<Id<Collection>>,
    /// Attributes, by code.
    pub attributes: BTreeSet<String>,
}

impl Selector {
    /// Adds what it names.
    pub fn name(&self, named: &mut Named) {
        for plain in self.plain() {
            match plain {
                Self::Variants(ids) => named.variants.extend(ids),
                Self::Products(ids) => named.products.extend(ids),
                Self::Categories(ids) => named.categories.extend(ids),
                Self::Collections(ids) => named.collections.extend(ids),
                Self::Attribute { code, .. } => named.attributes.extend([code.clone()]),
                Self::Everything | Self::All(_) | Self::Any(_) | Self::Not(_) => {}
            }
        }
    }

    /// Whether it takes a thing.
    pub fn takes(&self, item: &Item) -> bool {
        match self {
            Self::Everything => true,
            Self::Variants(ids) => ids.contains(&item.variant),
            Self::Products(ids) => ids.contains(&item.product),
            Self::Categories(ids) => item.categories.iter().any(|id| ids.contains(id)),
            Self::Collections(ids) => item.collections.iter().any(|id| ids.contains(id)),
            Self::Attribute { code, values } => {
                item.attributes.iter().any(|(of, value)| of == code && values.contains(value))
            }
            Self::All(all) => all.iter().all(|one| one.takes(item)),
            Self::Any(any) => any.iter().any(|one| one.takes(item)),
            Self::Not(not) => !not.takes(item),
        }
    }

    /// Whether it takes nothing, whatever is sold, as far as its form tells.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Everything => false,
            Self::Variants(ids) => ids.is_empty(),
            Self::Products(ids) => ids.is_empty(),
            Self::Categories(ids) => ids.is_empty(),
            Self::Collections(ids) => ids.is_empty(),
            Self::Attribute { values, .. } => values.is_empty(),
            Self::All(all) => {
                let is_denied = |one: &Self| all.iter().any(|other| matches!(other, Self::Not(not) if **not == *one));
                let unknown = Shelf::default();
                all.iter().any(|one| one.is_empty() || is_denied(one))
                    || contradict(all, |one, other| unknown.parts(one, other))
            }
            Self::Any(any) => any.iter().all(Self::is_empty),
            Self::Not(not) => not.is_everything(),
        }
    }

    /// How many things it names, each selector counted as one of them.
    pub fn size(&self) -> usize {
        let inside = match self {
            Self::Everything => 0,
            Self::Variants(ids) => ids.len(),
            Self::Products(ids) => ids.len(),
            Self::Categories(ids) => ids.len(),
            Self::Collections(ids) => ids.len(),
            Self::Attribute { values, .. } => values.len(),
            Self::All(some) | Self::Any(some) => some.iter().map(Self::size).fold(0, usize::saturating_add),
            Self::Not(not) => not.size(),
        };
        inside.saturating_add(1)
    }

    /// Whether it looks at attributes, which are not always loaded.
    pub fn asks_attributes(&self) -> bool {
        self.plain().into_iter().any(|one| matches!(one, Self::Attribute { .. }))
    }

    /// Whether it looks at categories, which are not always loaded.
    pub fn asks_categories(&self) -> bool {
        self.plain().into_iter().any(|one| matches!(one, Self::Categories(_)))
    }

    fn is_everything(&self) -> bool {
        match self {
            Self::Everything => true,
            Self::All(all) => all.iter().all(Self::is_everything),
            Self::Any(any) => any.iter().any(Self::is_everything),
            Self::Not(not) => not.is_empty(),
            Self::Variants(_)
            | Self::Products(_)
            | Self::Categories(_)
            | Self::Collections(_)
            | Self::Attribute { .. } => false,
        }
    }
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

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    const TEA: Id<Collection> = Id::new(Uuid::from_u128(1));
    const DATES: Id<Collection> = Id::new(Uuid::from_u128(2));

    fn item() -> Item {
        Item {
            variant: Id::new(Uuid::from_u128(11)),
            product: Id::new(Uuid::from_u128(12)),
            categories: vec![Id::new(Uuid::from_u128(13)), Id::new(Uuid::from_u128(14))],
            collections: vec![TEA],
            attributes: vec![("origin".to_owned(), "qassim".to_owned())],
        }
    }

    #[test]
    fn all_any_and_not_compose() {
        let (tea, dates) = (Selector::Collections(vec![TEA]), Selector::Collections(vec![DATES]));
        let attribute = |value: &str| Selector::Attribute { code: "origin".to_owned(), values: vec![value.to_owned()] };
        let takes = |selector: Selector| selector.takes(&item());
        assert!(takes(Selector::All(vec![tea.clone(), attribute("qassim")])));
        assert!(!takes(Selector::All(vec![tea.clone(), attribute("medina")])));
        assert!(takes(Selector::Any(vec![dates.clone(), tea.clone()])));
        assert!(takes(Selector::Not(Box::new(dates))) && !takes(Selector::Not(Box::new(tea))));
        assert!(takes(Selector::Categories(vec![Id::new(Uuid::from_u128(14))])));
        assert!(takes(Selector::All(vec![])) && !takes(Selector::Any(vec![])));
    }

    #[test]
    fn what_takes_nothing_is_known_by_its_form() {
        let tea = || Selector::Collections(vec![TEA]);
        let not = |selector| Selector::Not(Box::new(selector));
        let variants = |ids: &[u128]| Selector::Variants(ids.iter().map(|n| Id::new(Uuid::from_u128(*n))).collect());
        let empty = [
            Selector::Any(vec![]),
            Selector::Products(vec![]),
            not(Selector::Everything),
            not(Selector::All(vec![])),
            Selector::All(vec![tea(), not(tea())]),
            Selector::All(vec![variants(&[1]), tea(), variants(&[11, 2])]),
            Selector::All(vec![variants(&[11]), not(variants(&[11, 2]))]),
        ];
        assert!(empty.iter().all(|selector| selector.is_empty() && !selector.takes(&item())));
        let both = Selector::All(vec![variants(&[11, 1]), variants(&[11, 2])]);
        assert!(
            [Selector::Everything, tea(), not(tea()), Selector::All(vec![]), both].iter().all(|one| !one.is_empty())
        );
        assert_eq!(Selector::All(vec![tea(), not(tea())]).size(), 6);
    }
}
