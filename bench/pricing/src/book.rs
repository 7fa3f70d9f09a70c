//! A book of price lists of which most prices follow from another list's.

use std::{collections::HashMap, sync::Arc};

use domain::{
    id::{Id, PriceList as ListId},
    identity::country::Country,
    money::{Currency, Money},
    pricing::{
        derive::{Adjustment, CompareAt, Derivation, Rounding, Toward},
        list::{Ask, Assigned, Because, Book, Fixed, Known, PriceList, Rule},
        tiers::Tiers,
        validity::Validity,
    },
    time::Instant,
};

use crate::{LINES, id, now};

const BASE: u128 = 1;
const CHANNEL: u128 = 2;
const TRADE: u128 = 3;
const GROUP: u128 = 4;

/// What a buyer of one group is given: the group's list, which follows that of the trade, which follows that of the channel,
/// which follows the base list. All 100 prices are fixed in the base list, each with two tiers, and 5 in the group's own.
pub fn book() -> Book {
    let follows = [(GROUP, TRADE, -300), (TRADE, CHANNEL, -1_200), (CHANNEL, BASE, 500)];
    let mut lists: HashMap<_, _> = follows.into_iter().map(|(list, of, bps)| (id(list), derived(of, bps))).collect();
    lists.insert(id(BASE), list(Vec::new()));
    let mut fixed = HashMap::new();
    for n in 0..LINES {
        fixed.insert((id(BASE), id(1_000 + n)), vec![price(500 + 495 * i64::try_from(n).unwrap())]);
        if n.is_multiple_of(20) {
            fixed.insert((id(GROUP), id(1_000 + n)), vec![price(450 + 400 * i64::try_from(n).unwrap())]);
        }
    }
    let given = |list, because| Assigned { list: id(list), because, validity: Validity::default(), countries: vec![] };
    let of_group = given(GROUP, Because::Group { group: id(7) });
    let assigned = vec![of_group, given(CHANNEL, Because::Channel), given(BASE, Because::Base)];
    Book { currency: Currency::SAR, assigned, known: Arc::new(Known { lists, fixed, ..Known::default() }) }
}

/// What is asked of it: the prices of 100 variants, now.
pub fn asks() -> Vec<Ask> {
    let country = Country::parse("SA").unwrap();
    let ask = |n| Ask { variant: id(1_000 + n), quantity: u32::try_from(1 + n % 12).unwrap(), country, at: now() };
    (0..LINES).map(ask).collect()
}

fn list(rules: Vec<Rule>) -> PriceList {
    PriceList { currency: Currency::SAR, validity: Validity::default(), rules }
}

fn derived(parent: u128, bps: i32) -> PriceList {
    let parent: Id<ListId> = id(parent);
    let rounding = Rounding::parse(Toward::Nearest, "1", "0.95", Currency::SAR);
    let adjustment = Adjustment::from_bps(bps).unwrap();
    let derivation = Derivation { parent, adjustment, rounding, compare_at: CompareAt::Adjusted };
    list(vec![Rule { from: Instant::from_millis(0), derivation: Some(derivation) }])
}

fn price(minor: i64) -> Fixed {
    let sar = |minor| Money::new(minor, Currency::SAR);
    let tiers = Tiers::new(sar(minor), vec![(5, sar(minor - 50)), (10, sar(minor - 100))]).unwrap();
    Fixed { tiers, compare_at: None, validity: Validity::default(), is_temporary: false }
}
