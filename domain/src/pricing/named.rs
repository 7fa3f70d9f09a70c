//! What the things were called that an explanation names: an order keeps it, whatever they are called later.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::list::Step;
use crate::id::{Id, Organisation, OrganisationUnit, PriceList, Promotion};

/// What something is called, in the languages in which it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Called {
    /// In Arabic.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ar: Option<String>,
    /// In English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub en: Option<String>,
}

/// What promotions are called.
pub type Promotions = BTreeMap<Id<Promotion>, Called>;

/// What is called how of what the steps to a price name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Names {
    /// Price lists.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub lists: BTreeMap<Id<PriceList>, Called>,
    /// Companies with which prices were agreed on.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub companies: BTreeMap<Id<Organisation>, Called>,
    /// Units of companies with which prices were agreed on.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub units: BTreeMap<Id<OrganisationUnit>, Called>,
}

impl Names {
    /// Of these, those that some steps name.
    #[must_use]
    pub fn of(&self, steps: &[Step]) -> Self {
        let mut names = Self::default();
        for step in steps {
            names.lists.extend(step.list().and_then(|id| Some((id, self.lists.get(&id)?.clone()))));
            let Some((company, unit)) = step.contract() else { continue };
            names.companies.extend(self.companies.get(&company).map(|called| (company, called.clone())));
            names.units.extend(unit.and_then(|unit| Some((unit, self.units.get(&unit)?.clone()))));
        }
        names
    }
}
