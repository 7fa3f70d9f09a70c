//! What a thing costs by price lists.

use std::{collections::HashMap, sync::Arc};

use serde::Deserialize;

use super::{Worked, compare, id, money};
use crate::{
    identity::country::Country,
    money::Currency,
    pricing::{
        derive::{Adjustment, CompareAt, Derivation, Rounding, Toward},
        floor::Floors,
        list::{Ask, Assigned, Because, Book, Fixed, Known, PriceList, Resolved, Rule, replay},
        tiers::Tiers,
        validity::Validity,
    },
    time::Instant,
};

/// Price lists, what is fixed in them, and what a thing costs whom.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PriceLists {
    lists: Vec<List>,
    prices: Vec<FixedPrice>,
    /// The lowest price of a piece.
    floor: Option<String>,
    /// Questions with their answers.
    asked: Vec<Asked>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    name: String,
    currency: Option<String>,
    from: Option<String>,
    until: Option<String>,
    countries: Option<Vec<String>>,
    /// The list from whose prices this one's follow, such percent higher or lower, rounded.
    follows: Option<String>,
    percent: Option<String>,
    round: Option<Round>,
    former: Option<Former>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Round {
    to: String,
    ending: Option<String>,
    toward: Direction,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Direction {
    Nearest,
    Up,
    Down,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Former {
    Adjusted,
    Parent,
    None,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FixedPrice {
    list: String,
    price: String,
    #[serde(default)]
    tiers: Vec<Tier>,
    former: Option<String>,
    from: Option<String>,
    until: Option<String>,
    #[serde(default)]
    temporary: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Tier {
    from: u32,
    price: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    /// The lists that whoever buys is given, in the order in which they are asked.
    given: Vec<String>,
    pieces: Option<u32>,
    country: Option<String>,
    at: Option<String>,
    /// The answer: the price of a piece, and what stands beside it.
    price: String,
    list: Option<String>,
    former: Option<String>,
    no_former: Option<bool>,
    lowest: Option<String>,
}

fn instant(text: &str) -> Instant {
    Instant::parse(text).unwrap_or_else(|| panic!("{text} is no instant"))
}

fn validity(from: Option<&String>, until: Option<&String>) -> Validity {
    Validity { from: from.map(|text| instant(text)), until: until.map(|text| instant(text)) }
}

impl List {
    fn known(&self, currency: Currency) -> PriceList {
        let currency = self.currency.as_deref().map_or(currency, |code| Currency::parse(code).unwrap());
        let derivation = self.follows.as_deref().map(|parent| Derivation {
            parent: id(parent),
            adjustment: Adjustment::parse_percent(self.percent.as_deref().unwrap_or("0")).unwrap(),
            rounding: self.round.as_ref().map(|round| round.parse(currency)),
            compare_at: match self.former {
                None | Some(Former::Adjusted) => CompareAt::Adjusted,
                Some(Former::Parent) => CompareAt::Parent,
                Some(Former::None) => CompareAt::None,
            },
        });
        let rules = vec![Rule { from: Instant::from_millis(0), derivation }];
        PriceList { currency, validity: validity(self.from.as_ref(), self.until.as_ref()), rules }
    }
}

impl Round {
    fn parse(&self, currency: Currency) -> Rounding {
        let toward = match self.toward {
            Direction::Nearest => Toward::Nearest,
            Direction::Up => Toward::Up,
            Direction::Down => Toward::Down,
        };
        Rounding::parse(toward, &self.to, self.ending.as_deref().unwrap_or("0"), currency).unwrap()
    }
}

impl FixedPrice {
    fn fixed(&self, currency: Currency) -> Fixed {
        let more = self.tiers.iter().map(|tier| (tier.from, money(&tier.price, currency)));
        Fixed {
            tiers: Tiers::new(money(&self.price, currency), more.collect()).unwrap(),
            compare_at: self.former.as_deref().map(|former| money(former, currency)),
            validity: validity(self.from.as_ref(), self.until.as_ref()),
            is_temporary: self.temporary,
        }
    }
}

impl PriceLists {
    fn book(&self, given: &[String], currency: Currency) -> Book {
        let lists = self.lists.iter().map(|list| (id(&list.name), list.known(currency))).collect();
        let mut fixed: HashMap<_, Vec<_>> = HashMap::new();
        for price in &self.prices {
            let list = self.lists.iter().find(|list| list.name == price.list).unwrap();
            let currency = list.currency.as_deref().map_or(currency, |code| Currency::parse(code).unwrap());
            fixed.entry((id(&price.list), id("it"))).or_default().push(price.fixed(currency));
        }
        let assigned = |name: &String| {
            let list = self.lists.iter().find(|list| list.name == *name).unwrap_or_else(|| panic!("no list {name}"));
            let countries = list.countries.iter().flatten().map(|code| Country::parse(code).unwrap()).collect();
            Assigned { list: id(name), because: Because::Channel, validity: Validity::default(), countries }
        };
        let assigned = given.iter().map(assigned).collect();
        let floor = self.floor.as_deref().map(|floor| money(floor, currency).minor);
        let floors = HashMap::from([(id("it"), Floors::default().since(Instant::from_millis(0), floor))]);
        Book { currency, assigned, known: Arc::new(Known { lists, fixed, floors, ..Known::default() }) }
    }
}

impl Worked for PriceLists {
    fn differences(&self, currency: Currency) -> Vec<String> {
        let mut wrong = Vec::new();
        if self.asked.is_empty() {
            wrong.push("nothing is asked".to_owned());
        }
        for (index, asked) in self.asked.iter().enumerate() {
            let book = self.book(&asked.given, currency);
            let ask = Ask {
                variant: id("it"),
                quantity: asked.pieces.unwrap_or(1),
                country: Country::parse(asked.country.as_deref().unwrap_or("SA")).unwrap(),
                at: instant(asked.at.as_deref().unwrap_or("2026-11-22T12:00:00+03:00")),
            };
            let lowest = book.lowest_before(ask).unwrap();
            match book.price(ask).unwrap() {
                Some(found) => wrong.extend(
                    asked
                        .differences(&found)
                        .into_iter()
                        .chain(asked.lowest.as_deref().and_then(|expected| match lowest {
                            Some(lowest) => compare("lowest", Some(expected), lowest),
                            None => Some(format!("lowest: {expected} is expected, there is none")),
                        }))
                        .map(|text| format!("question {}: {text}", index + 1)),
                ),
                None => wrong.push(format!("question {}: no price", index + 1)),
            }
        }
        wrong
    }
}

impl Asked {
    fn differences(&self, found: &Resolved) -> Vec<String> {
        let mut wrong: Vec<_> = compare("price", Some(&self.price), found.amount).into_iter().collect();
        if self.list.as_deref().is_some_and(|list| id(list) != found.list) {
            wrong.push("another list goes".to_owned());
        }
        match (self.former.as_deref(), found.compare_at) {
            (Some(expected), Some(former)) => wrong.extend(compare("former price", Some(expected), former)),
            (Some(expected), None) => wrong.push(format!("former price: {expected} is expected, there is none")),
            (None, Some(former)) if self.no_former == Some(true) => wrong.push(format!("former price: {former}")),
            (None, _) => {}
        }
        if replay(&found.steps) != Ok(Some(found.amount)) {
            wrong.push("the steps do not lead to the price".to_owned());
        }
        wrong
    }
}
