//! 200 promotions that run, of every kind.

use domain::{
    identity::country::Country,
    pricing::{
        promotions::{
            Coupon, Left, Promotion, Rule,
            condition::{Condition, Hours},
            effect::{Effect, Get, Off, Part, Percent, Pick, Spend, Stage},
            selector::Selector,
        },
        validity::Validity,
    },
};

use crate::id;

/// How many promotions run.
pub const PROMOTIONS: u128 = 200;

/// Of how many lines they take something off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applying {
    /// Most of what is named is in the cart, and conditions hold.
    Many,
    /// What is named is not in the cart, or the condition does not hold, but for one in twenty.
    Few,
}

/// As many as run: a tenth of each kind, a quarter of them in groups, a twentieth exclusive, a tenth for coupons.
pub fn promotions(applying: Applying) -> Vec<Promotion> {
    (0..PROMOTIONS).map(|n| promotion(n, applying == Applying::Many || n % 20 == n / 20)).collect()
}

/// Ten bundles of eight parts, as many as a bundle has.
pub fn bundles() -> Vec<Promotion> {
    let part = |n: u128| Part { of: Selector::Collections(vec![id(n % 10), id(50 + n % 7)]), quantity: 1 };
    let parts = |n| (n..n + 8).map(part).collect();
    (0..10).map(|n| bundle(n, Effect::Bundle { parts: parts(n), off: percent(1_000), times: Some(2) })).collect()
}

/// A bundle of eight parts at a price that the cheaper half of the lines do not reach, as often as there are pieces for it: how
/// often that is worth it is sought among thousands. The most that one promotion asks of a cart.
pub fn bundle_at_a_price() -> Vec<Promotion> {
    let part = |n: u128| Part { of: Selector::Collections(vec![id(n), id(n + 1), id(50 + n % 7)]), quantity: 1 };
    let effect = Effect::Bundle { parts: (0..8).map(part).collect(), off: Off::Price(8 * 25_000), times: None };
    vec![bundle(0, effect)]
}

/// Always, for all, by itself.
fn bundle(n: u128, effect: Effect) -> Promotion {
    let (condition, group) = (Condition::ALWAYS, None);
    let rule = Rule { priority: 0, group, is_exclusive: false, needs_coupon: false, condition, effect, cap: None };
    Promotion { id: id(n), validity: Validity::default(), rule, left: Left::default() }
}

/// The coupons for those that need one.
pub fn coupons() -> Vec<Coupon> {
    let needing = (0..PROMOTIONS).filter(|n| needs_coupon(*n));
    needing.map(|n| Coupon { code: format!("EID-{n}"), promotion: id(n) }).collect()
}

fn needs_coupon(n: u128) -> bool {
    n % 10 == 4
}

fn promotion(n: u128, applies: bool) -> Promotion {
    let effect = effect(n, applies);
    // What is seen while browsing is neither grouped, nor exclusive, nor asks for the cart.
    let is_of_cart = effect.stage() != Stage::Catalogue;
    let rule = Rule {
        priority: i32::try_from(n % 7).unwrap(),
        group: (is_of_cart && n % 4 == 1).then(|| format!("group-{}", n % 16)),
        is_exclusive: is_of_cart && n % 20 == 13,
        needs_coupon: needs_coupon(n),
        condition: if is_of_cart { condition(n, applies) } else { Condition::Countries(countries(applies)) },
        effect,
        cap: (is_of_cart && n.is_multiple_of(3)).then_some(50_000),
    };
    let left = Left { budget: (n.is_multiple_of(5)).then_some(10_000_000), orders: Some(1_000), ..Left::default() };
    Promotion { id: id(n), validity: Validity::default(), rule, left }
}

fn percent(bps: u128) -> Off {
    Off::Percent(Percent::from_bps(u16::try_from(bps).unwrap()).unwrap())
}

fn countries(applies: bool) -> Vec<Country> {
    let codes = if applies { ["SA", "AE"] } else { ["KW", "BH"] };
    codes.into_iter().filter_map(|code| Country::parse(code).ok()).collect()
}

/// Ten kinds; what one is about that does not apply is nowhere in the cart.
fn effect(n: u128, applies: bool) -> Effect {
    let off = if applies { 0 } else { 10_000 };
    let category = |one: u128| Selector::Categories(vec![id(off + one % 20), id(off + 300 + one)]);
    let parent = |one: u128| Selector::Categories(vec![id(off + 100 + one % 5)]);
    let collection = |one: u128| Selector::Collections(vec![id(off + one % 10), id(off + 50 + one % 7)]);
    let brand = |one: u128| {
        let values = vec![format!("brand-{}", off + one % 12), format!("brand-{}", off + (one + 5) % 12)];
        Selector::Attribute { code: "brand".to_owned(), values }
    };
    let kind = n / 10;
    match n % 10 {
        0 => Effect::Catalogue { of: category(kind), off: percent(500 + 100 * (kind % 10)) },
        1 => Effect::Lines { of: category(kind), off: percent(300 + 50 * kind) },
        2 => Effect::Lines { of: collection(kind), off: Off::Amount(25 + i64::try_from(kind).unwrap()) },
        3 => Effect::Lines {
            of: Selector::All(vec![parent(kind), brand(kind), Selector::Not(Box::new(collection(kind + 1)))]),
            off: percent(1_000),
        },
        4 => Effect::BuyGet {
            buy: category(kind),
            buy_quantity: 2,
            get: Get::Same,
            get_quantity: 1,
            off: percent(10_000),
            pick: Pick::Cheapest,
            times: Some(3),
        },
        5 => Effect::BuyGet {
            buy: collection(kind),
            buy_quantity: 3,
            get: Get::Other(category(kind + 1)),
            get_quantity: 1,
            off: percent(5_000),
            pick: Pick::MostExpensive,
            times: Some(2),
        },
        6 => {
            let parts = [category(kind), collection(kind + 1), parent(kind + 2)];
            let parts = parts.into_iter().map(|of| Part { of, quantity: 1 }).collect();
            Effect::Bundle { parts, off: percent(1_500), times: Some(2) }
        }
        7 => {
            let tier = |at_least, bps| Spend { at_least, off: percent(bps) };
            let first = if applies { 0 } else { 1_000_000_000 };
            Effect::Order { tiers: vec![tier(first, 100), tier(first + 500_000, 200), tier(first + 2_000_000, 300)] }
        }
        8 if kind.is_multiple_of(2) => Effect::Delivery { off: percent(1_000) },
        8 => Effect::Fee { off: percent(1_000) },
        _ => Effect::Gift { of: Selector::Any(vec![brand(kind), category(kind)]), quantity: 1 },
    }
}

/// Conditions that are all, any and not of others.
fn condition(n: u128, applies: bool) -> Condition {
    let missing: i64 = if applies { 0 } else { 1_000_000_000 };
    let amount = |of, at_least: i64| Condition::Amount { of, at_least: at_least + missing };
    match n % 6 {
        0 => Condition::ALWAYS,
        1 => amount(Selector::Everything, 10_000),
        2 => Condition::All(vec![
            Condition::Countries(countries(applies)),
            Condition::Quantity { of: Selector::Categories(vec![id(100 + n % 5)]), at_least: 2 },
        ]),
        3 => Condition::Any(vec![
            Condition::Groups(vec![id(if applies { 7 } else { 99 })]),
            amount(Selector::Collections(vec![id(n % 10)]), 5_000),
        ]),
        4 => Condition::All(vec![
            Condition::Not(Box::new(Condition::Groups(vec![id(if applies { 99 } else { 7 })]))),
            Condition::Any(vec![Condition::Orders { at_least: 10 }, amount(Selector::Everything, 50_000)]),
        ]),
        _ => Condition::All(vec![
            Condition::Hours(Hours { days: vec![0, 1, 2, 3, 4], from: 8 * 60, until: 22 * 60 }),
            Condition::SignedIn,
            amount(Selector::Not(Box::new(Selector::Categories(vec![id(n % 20)]))), 20_000),
        ]),
    }
}
