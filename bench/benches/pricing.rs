//! What it takes to price a cart of 100 lines with 200 promotions that run: `cargo bench -p bench --bench pricing`.

use divan::{Bencher, black_box};
use domain::{
    cart::quantity::Quantity,
    id::{Collection, Id},
    identity::country::Country,
    money::{Currency, Money},
    pricing::{
        promotions::{
            Left, Promotion, Rule,
            condition::{Buyer, Condition, History},
            effect::{Effect, Get, Off, Part, Percent, Pick, Spend},
            selector::{Item, Selector},
        },
        quote::{Facts, LineFacts, quote},
        tax::TaxRate,
        validity::Validity,
    },
    time::Instant,
};
use uuid::Uuid;

fn main() {
    divan::main();
}

fn id<K>(n: u32) -> Id<K> {
    Id::new(Uuid::from_u128(u128::from(n)))
}

/// A line of one of ten collections, and of one that all are in.
fn line(n: u32) -> LineFacts {
    let collections: Vec<Id<Collection>> = vec![id(n % 10), id(99)];
    LineFacts {
        item: Item { variant: id(n), product: id(n), categories: Vec::new(), collections, attributes: Vec::new() },
        unit: Money::new(1_000 + i64::from(n) * 37, Currency::SAR),
        quantity: Quantity::parse(i64::from(1 + n % 5)).expect("a quantity"),
        tax_rate: TaxRate::from_bps(1_500),
    }
}

/// Promotions of every kind, most of which apply.
fn promotion(n: u32) -> Promotion {
    let of = Selector::Collections(vec![id(n % 10)]);
    let off =
        Off::Percent(Percent::from_bps(u16::try_from(100 + n % 7 * 50).expect("a small number")).expect("percent"));
    let effect = match n % 8 {
        0 => Effect::Catalogue { of: of.clone(), off },
        1 | 2 => Effect::Lines { of: of.clone(), off },
        3 => Effect::BuyGet {
            buy: of.clone(),
            buy_quantity: 2,
            get: Get::Same,
            get_quantity: 1,
            off,
            pick: Pick::Cheapest,
            times: None,
        },
        4 => Effect::Bundle {
            parts: vec![
                Part { of: of.clone(), quantity: 2 },
                Part { of: Selector::Collections(vec![id(99)]), quantity: 1 },
            ],
            off,
            times: Some(1),
        },
        5 | 6 => Effect::Order { tiers: vec![Spend { at_least: i64::from(n) * 100, off }] },
        _ => Effect::Delivery { off: Off::Amount(i64::from(n)) },
    };
    let amount = Condition::Amount { of, at_least: i64::from(n) * 500 };
    let condition = if n.is_multiple_of(8) { Condition::ALWAYS } else { amount };
    let rule = Rule {
        priority: i32::try_from(n % 5).expect("a small number"),
        group: n.is_multiple_of(3).then(|| format!("group {}", n % 12)),
        is_exclusive: n % 50 == 49,
        needs_coupon: false,
        condition,
        effect,
        cap: None,
    };
    Promotion { id: id(n), validity: Validity::default(), rule, left: Left::default() }
}

fn facts(lines: u32, promotions: u32) -> Facts {
    Facts {
        currency: Currency::SAR,
        lines: (0..lines).map(line).collect(),
        promotions: (0..promotions).map(promotion).collect(),
        buyer: Buyer {
            customer: None,
            groups: Vec::new(),
            history: History::default(),
            country: Country::parse("SA").expect("a country"),
            payment: None,
        },
        coupons: Vec::new(),
        cap: None,
        delivery: Some(Money::new(2_300, Currency::SAR)),
        fee: None,
        service_tax_rate: TaxRate::from_bps(1_500),
        at: Instant::from_millis(1),
    }
}

#[divan::bench(args = [0, 20, 200])]
fn a_cart_of_100_lines(bencher: Bencher<'_, '_>, promotions: u32) {
    let facts = facts(100, promotions);
    bencher.bench(|| quote(black_box(&facts)).expect("a quote"));
}

#[divan::bench(args = [1, 10, 100])]
fn with_200_promotions(bencher: Bencher<'_, '_>, lines: u32) {
    let facts = facts(lines, 200);
    bencher.bench(|| quote(black_box(&facts)).expect("a quote"));
}
