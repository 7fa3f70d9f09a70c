//! What so much of a thing costs.

use serde::Deserialize;

use super::{Worked, compare, money};
use crate::{
    catalog::measure::{Content, Measure, Unit},
    money::Currency,
};

/// What a thing costs, how much is in it, and what other quantities cost.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Measured {
    price: String,
    content: Much,
    asked: Vec<Asked>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Much {
    quantity: String,
    unit: Unit,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    quantity: String,
    unit: Unit,
    price: String,
}

impl Worked for Measured {
    fn differences(&self, currency: Currency) -> Vec<String> {
        let content = Content::parse(&self.content.quantity, self.content.unit).unwrap();
        let differs = |asked: &Asked| {
            let reference = Content::parse(&asked.quantity, asked.unit).unwrap();
            let measure = Measure::new(content, Some(reference)).unwrap();
            let found = measure.unit_price(money(&self.price, currency)).unwrap();
            compare(&format!("{} {:?}", asked.quantity, asked.unit), Some(&asked.price), found)
        };
        self.asked.iter().filter_map(differs).collect()
    }
}
