//! An amount that is handed out in parts.

use serde::Deserialize;

use super::{Worked, compare, money};
use crate::money::Currency;

/// An amount, by what it is handed out, and the parts.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Split {
    amount: String,
    weights: Vec<i64>,
    parts: Vec<String>,
}

impl Worked for Split {
    fn differences(&self, currency: Currency) -> Vec<String> {
        let found = money(&self.amount, currency).allocate(&self.weights).unwrap();
        if found.len() != self.parts.len() {
            return vec![format!("{} parts", found.len())];
        }
        let both = self.parts.iter().zip(found);
        both.filter_map(|(expected, found)| compare("part", Some(expected), found)).collect()
    }
}
