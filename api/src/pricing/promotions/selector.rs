//! Which things a promotion is about: as it is said, and as it is shown.

use async_graphql::{ID, InputObject, SimpleObject};
use domain::{
    id::{Id, Kind},
    invalid::{Check, Invalid, Problem},
    pricing::promotions::selector::Selector,
};

use super::rule::one_of;
use crate::graphql::input;

/// Which things. Exactly one field is given; none: whatever is sold. Of several ids, any.
#[derive(InputObject, SimpleObject, Clone, Debug, Default)]
#[graphql(input_name = "PromotionSelectorInput")]
pub struct PromotionSelector {
    /// These variants.
    pub variants: Option<Vec<ID>>,
    /// These products.
    pub products: Option<Vec<ID>>,
    /// What stands in these categories, or below them.
    pub categories: Option<Vec<ID>>,
    /// What is in these collections.
    pub collections: Option<Vec<ID>>,
    /// Products with a value of an attribute.
    pub attribute: Option<PromotionAttribute>,
    /// What each of these takes.
    pub all: Option<Vec<PromotionSelector>>,
    /// What one of these takes.
    pub any: Option<Vec<PromotionSelector>>,
    /// What this does not take.
    pub not: Option<Box<PromotionSelector>>,
}

/// Products with a value of an attribute.
#[derive(InputObject, SimpleObject, Clone, Debug, Default)]
#[graphql(input_name = "PromotionAttributeInput")]
pub struct PromotionAttribute {
    /// The code of the attribute.
    pub code: String,
    /// The values, in Arabic or English; one of them is enough.
    pub values: Vec<String>,
}

impl PromotionSelector {
    /// Checks every field.
    pub fn parse(self) -> Result<Selector, Invalid> {
        let Self { variants, products, categories, collections, attribute, all, any, not } = self;
        let attribute = attribute.map(|PromotionAttribute { code, values }| Ok(Selector::Attribute { code, values }));
        let said = [
            variants.map(|given| ids("variants", given).map(Selector::Variants)),
            products.map(|given| ids("products", given).map(Selector::Products)),
            categories.map(|given| ids("categories", given).map(Selector::Categories)),
            collections.map(|given| ids("collections", given).map(Selector::Collections)),
            attribute,
            all.map(|some| each("all", some, Self::parse).map(Selector::All)),
            any.map(|some| each("any", some, Self::parse).map(Selector::Any)),
            not.map(|not| not.parse().map(|not| Selector::Not(Box::new(not))).map_err(|invalid| invalid.under("not"))),
        ];
        if said.iter().all(Option::is_none) {
            return Ok(Selector::Everything);
        }
        one_of(said)
    }
}

/// As it is shown.
impl From<&Selector> for PromotionSelector {
    fn from(selector: &Selector) -> Self {
        let some = |selectors: &[Selector]| Some(selectors.iter().map(Self::from).collect());
        match selector {
            Selector::Everything => Self::default(),
            Selector::Variants(ids) => Self { variants: shown(ids), ..Self::default() },
            Selector::Products(ids) => Self { products: shown(ids), ..Self::default() },
            Selector::Categories(ids) => Self { categories: shown(ids), ..Self::default() },
            Selector::Collections(ids) => Self { collections: shown(ids), ..Self::default() },
            Selector::Attribute { code, values } => {
                let attribute = PromotionAttribute { code: code.clone(), values: values.clone() };
                Self { attribute: Some(attribute), ..Self::default() }
            }
            Selector::All(all) => Self { all: some(all), ..Self::default() },
            Selector::Any(any) => Self { any: some(any), ..Self::default() },
            Selector::Not(not) => Self { not: Some(Box::new(Self::from(&**not))), ..Self::default() },
        }
    }
}

/// Ids, as they are shown.
#[expect(clippy::unnecessary_wraps, reason = "the fields are optional")]
pub(super) fn shown<K: Kind>(ids: &[Id<K>]) -> Option<Vec<ID>> {
    Some(ids.iter().map(|id| ID(id.to_string())).collect())
}

/// Ids of one kind, each at its place.
pub(super) fn ids<K: Kind>(field: &str, given: Vec<ID>) -> Result<Vec<Id<K>>, Invalid> {
    each(field, given, |id| input::id(&id).map_err(Invalid::here))
}

/// Parses each of a list, at its place.
pub(super) fn each<T, P>(
    field: &str,
    given: Vec<T>,
    parse: impl Fn(T) -> Result<P, Invalid>,
) -> Result<Vec<P>, Invalid> {
    let given = input::items(given).map_err(|problem: Problem| Invalid::at(field, problem))?;
    let mut check = Check::default();
    let mut parsed = Vec::with_capacity(given.len());
    for (index, one) in given.into_iter().enumerate() {
        parsed.extend(check.nested(field, parse(one).map_err(|invalid| invalid.under(&index.to_string()))));
    }
    check.done(Some(parsed))
}
