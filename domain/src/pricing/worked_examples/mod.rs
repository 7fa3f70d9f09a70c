//! The worked examples in `domain/worked_examples`: what is published by others, and figures of tax authorities, to the
//! minor unit.

mod cart;
mod measured;
mod price;
mod promotion;
mod split;

use std::collections::BTreeSet;

use serde::Deserialize;
use uuid::Uuid;

use crate::{
    id::Id,
    money::{Currency, Money},
};

/// The least number of examples.
const FEWEST: usize = 60;

/// Whose examples there must be.
const OF: [&str; 4] = ["Shopify", "commercetools", "Saleor", "ZATCA"];

/// The files.
const FILES: [(&str, &str); 7] = [
    ("measures", include_str!("../../../worked_examples/measures.toml")),
    ("prices", include_str!("../../../worked_examples/prices.toml")),
    ("promotions", include_str!("../../../worked_examples/promotions.toml")),
    ("splits", include_str!("../../../worked_examples/splits.toml")),
    ("stacking", include_str!("../../../worked_examples/stacking.toml")),
    ("taxes_added", include_str!("../../../worked_examples/taxes_added.toml")),
    ("taxes_included", include_str!("../../../worked_examples/taxes_included.toml")),
];

/// A file of examples.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    example: Vec<Example>,
}

/// An example, and where it is from. It is about one of the four.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Example {
    /// No two have the same.
    id: String,
    /// What it shows.
    title: String,
    /// Whose it is, and what it is called there.
    source: String,
    /// Where it is.
    url: String,
    /// How its figures were taken over; and where ours differ, why.
    taken: String,
    currency: String,
    cart: Option<cart::Cart>,
    prices: Option<price::PriceLists>,
    split: Option<split::Split>,
    measured: Option<measured::Measured>,
}

/// What an example's figures are compared with.
trait Worked {
    /// Where what is computed is not what is expected; nothing, if all is.
    fn differences(&self, currency: Currency) -> Vec<String>;
}

impl Example {
    /// What is wrong with it.
    fn differences(&self) -> Vec<String> {
        let texts = [&self.id, &self.title, &self.source, &self.url, &self.taken];
        if texts.iter().any(|text| text.trim().is_empty()) || !self.url.starts_with("http") {
            return vec!["no id, title, source, address or word on how it was taken over".to_owned()];
        }
        let Some(currency) = Currency::parse(&self.currency) else { return vec!["no currency".to_owned()] };
        match (&self.cart, &self.prices, &self.split, &self.measured) {
            (Some(cart), None, None, None) => cart.differences(currency),
            (None, Some(prices), None, None) => prices.differences(currency),
            (None, None, Some(split), None) => split.differences(currency),
            (None, None, None, Some(measured)) => measured.differences(currency),
            _ => vec!["it is about a cart, prices, a split or what so much costs".to_owned()],
        }
    }
}

/// All examples of all files.
fn all() -> Vec<Example> {
    let read = |(name, text): (&str, &str)| {
        let file: File = toml::from_str(text).unwrap_or_else(|error| panic!("{name}: {error}"));
        file.example
    };
    FILES.into_iter().flat_map(read).collect()
}

/// The id of what has a name.
fn id<K>(name: &str) -> Id<K> {
    let fold = |sum: u128, byte: u8| sum.wrapping_mul(257).wrapping_add(byte.into());
    Id::new(Uuid::from_u128(name.bytes().fold(1, fold)))
}

/// The id of what stands at a place: where ids decide between equals, the first does.
fn placed<K>(place: usize) -> Id<K> {
    Id::new(Uuid::from_u128(u128::try_from(place).unwrap() + 1))
}

fn money(text: &str, currency: Currency) -> Money {
    Money::parse(text, currency).unwrap_or_else(|| panic!("{text} is no amount of {}", currency.code()))
}

/// What differs, if it is expected at all.
fn compare(what: &str, expected: Option<&str>, found: Money) -> Option<String> {
    let expected = money(expected?, found.currency);
    (expected != found).then(|| format!("{what}: {expected} is expected, {found} was found"))
}

#[test]
fn every_worked_example_comes_to_its_figures() {
    let wrong = all().into_iter().map(|example| (example.differences(), example.id));
    let wrong: Vec<_> = wrong.filter(|(differences, _)| !differences.is_empty()).collect();
    let told: Vec<_> = wrong.iter().map(|(differences, id)| format!("{id}:\n  {}", differences.join("\n  "))).collect();
    assert!(told.is_empty(), "{}", told.join("\n"));
}

#[test]
fn there_are_enough_examples_and_each_has_its_source() {
    let all = all();
    assert!(FEWEST <= all.len(), "{} of {FEWEST}", all.len());
    let ids: BTreeSet<_> = all.iter().map(|example| example.id.as_str()).collect();
    assert_eq!(ids.len(), all.len(), "two of the same id");
    for whose in OF {
        assert!(all.iter().any(|example| example.source.contains(whose)), "none of {whose}");
    }
}
