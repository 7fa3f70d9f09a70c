//! What overlaps what: by example, and held against what promotions do to carts.

use proptest::prelude::*;
use uuid::Uuid;

use super::{
    super::{
        Applied, Coupon, Left, Why,
        condition::{Buyer, Condition, History, Hours},
        effect::{Effect, Get, Off, Part, Percent, Pick, Spend},
        evaluate::{Basket, BasketLine, Outcome, evaluate},
        selector::Item,
    },
    *,
};
use crate::{
    identity::country::Country,
    money::{Currency, Money},
    payments::method::Method,
    pricing::validity::Validity,
    time::Instant,
};

fn id<K>(n: u128) -> Id<K> {
    Id::new(Uuid::from_u128(n))
}

/// Categories 2 and 3 stand below 1, and 4 below 2.
fn above(category: u128) -> Vec<u128> {
    match category {
        4 => vec![4, 2, 1],
        2 | 3 => vec![category, 1],
        one => vec![one],
    }
}

/// Of each product two variants; each product stands in one category.
fn product(variant: u128) -> u128 {
    variant.div_ceil(2)
}

fn shelf() -> Shelf {
    Shelf {
        products: (1..=8).map(|variant| (id(variant), id(product(variant)))).collect(),
        above: (1..=4).map(|category| (id(category), above(category).into_iter().map(id).collect())).collect(),
    }
}

fn item(variant: u128, collections: &[u128]) -> Item {
    Item {
        variant: id(variant),
        product: id(product(variant)),
        categories: above(product(variant)).into_iter().map(id).collect(),
        collections: collections.iter().copied().map(id).collect(),
        attributes: vec![("origin".to_owned(), format!("v{}", product(variant) % 2))],
    }
}

fn variants(ids: &[u128]) -> Selector {
    Selector::Variants(ids.iter().copied().map(id).collect())
}

fn products(ids: &[u128]) -> Selector {
    Selector::Products(ids.iter().copied().map(id).collect())
}

fn categories(ids: &[u128]) -> Selector {
    Selector::Categories(ids.iter().copied().map(id).collect())
}

fn not<T>(one: T, make: impl FnOnce(Box<T>) -> T) -> T {
    make(Box::new(one))
}

fn promotion(n: u128, effect: Effect) -> Promotion {
    let condition = Condition::ALWAYS;
    let (priority, group, cap) = (0, None, None);
    let rule = Rule { priority, group, is_exclusive: false, needs_coupon: false, condition, effect, cap };
    Promotion { id: id(n), validity: Validity::default(), rule, left: Left::default() }
}

fn lines(of: Selector) -> Effect {
    Effect::Lines { of, off: Off::Amount(10) }
}

fn off_order() -> Effect {
    Effect::Order { tiers: vec![Spend { at_least: 0, off: Off::Amount(10) }] }
}

fn found(one: &Promotion, other: &Promotion) -> Option<Overlap> {
    overlap(one, other, &shelf())
}

#[test]
fn what_happens_depends_on_stage_group_and_who_goes_alone() {
    let both = |effect: Effect, change: fn(&mut Rule)| {
        let (one, mut other) = (promotion(1, effect.clone()), promotion(2, effect));
        change(&mut other.rule);
        found(&one, &other)
    };
    let first = Some(id(1));
    assert_eq!(both(off_order(), |_| {}), Some(Overlap::Stack { first }));
    assert_eq!(both(off_order(), |rule| rule.priority = -1), Some(Overlap::Stack { first: Some(id(2)) }));
    assert_eq!(both(off_order(), |rule| rule.is_exclusive = true), Some(Overlap::Exclusive));
    let grouped = |rule: &mut Rule| rule.group = Some("eid".to_owned());
    assert_eq!(both(off_order(), grouped), Some(Overlap::Stack { first: None }), "others of the group may be first");
    assert_eq!(both(off_order(), |rule| rule.effect = Effect::Fee { off: Off::Amount(1) }), None);
    let gift = Effect::Gift { of: Selector::Everything, quantity: 1 };
    assert_eq!(both(gift, |_| {}), Some(Overlap::OtherPieces { first }));
    let sale = Effect::Catalogue { of: Selector::Everything, off: Off::Amount(1) };
    assert_eq!(both(sale, |_| {}), Some(Overlap::BestPrice));
    let mut grouped = [promotion(1, off_order()), promotion(2, off_order())];
    for one in &mut grouped {
        one.rule.group = Some("eid".to_owned());
    }
    assert_eq!(found(&grouped[0], &grouped[1]), Some(Overlap::BestOfGroup));
    grouped[1].rule.effect = Effect::Fee { off: Off::Amount(1) };
    assert_eq!(found(&grouped[0], &grouped[1]), Some(Overlap::BestOfGroup), "of whatever stages");
}

#[test]
fn what_takes_something_off_the_same_at_several_stages_stacks() {
    let tea = variants(&[1]);
    let off = || Off::Amount(10);
    let sale = promotion(9, Effect::Catalogue { of: tea.clone(), off: off() });
    let tea_off = promotion(8, lines(tea.clone()));
    let part = |of: &Selector| Part { of: of.clone(), quantity: 1 };
    let parts = vec![part(&tea), part(&variants(&[3]))];
    let bundle = promotion(7, Effect::Bundle { parts, off: off(), times: None });
    let order = promotion(6, off_order());
    let all = [sale, tea_off, bundle, order];
    for (index, earlier) in all.iter().enumerate() {
        for later in &all[index + 1..] {
            let first = Some(earlier.id);
            assert_eq!(found(earlier, later), Some(Overlap::Stack { first }), "{:?}", earlier.rule.effect.stage());
        }
        let cup = promotion(1, lines(variants(&[4])));
        assert_eq!(found(earlier, &cup).is_some(), earlier.rule.effect.stage() == Stage::Order);
        let fee = promotion(1, Effect::Fee { off: off() });
        assert_eq!((found(earlier, &fee), found(&fee, earlier)), (None, None));
    }
    let get = Get::Other(variants(&[4]));
    let (buy, pick) = (tea, Pick::Cheapest);
    let cup_for_tea =
        promotion(1, Effect::BuyGet { buy, buy_quantity: 1, get, get_quantity: 1, off: off(), pick, times: None });
    assert_eq!(found(&cup_for_tea, &all[1]), None, "nothing is off what is bought for it");
    assert!(found(&cup_for_tea, &promotion(2, lines(variants(&[4])))).is_some());
    let grouped = |mut of: Promotion| {
        of.rule.group = Some("eid".to_owned());
        of
    };
    let order = grouped(all[3].clone());
    assert_eq!(found(&all[1], &order), Some(Overlap::Stack { first: None }), "others of the group may be of lines");
    assert_eq!(found(&all[0], &order), Some(Overlap::Stack { first: Some(id(9)) }));
}

#[test]
fn what_keeps_another_from_applying_overlaps_whatever_each_is_about() {
    let (tea, cup) = (promotion(1, lines(variants(&[1]))), promotion(2, lines(variants(&[2]))));
    let delivered = promotion(2, Effect::Delivery { off: Off::Amount(10) });
    assert_eq!((found(&tea, &cup), found(&tea, &delivered)), (None, None));
    let alone = |mut of: Promotion| {
        of.rule.is_exclusive = true;
        of
    };
    assert_eq!(found(&alone(tea.clone()), &cup), Some(Overlap::Exclusive));
    assert_eq!(found(&tea, &alone(delivered)), Some(Overlap::Exclusive));
    let sale = promotion(2, Effect::Catalogue { of: Selector::Everything, off: Off::Amount(1) });
    let first = Some(id(2));
    assert_eq!(
        found(&alone(tea.clone()), &sale),
        Some(Overlap::Stack { first }),
        "it goes with what is seen while browsing"
    );
    let grouped = [tea, cup].map(|mut one| {
        one.rule.group = Some("eid".to_owned());
        one
    });
    assert_eq!(found(&grouped[0], &grouped[1]), Some(Overlap::BestOfGroup));
}

#[test]
fn what_takes_other_things_does_not_overlap() {
    let meet = |mine: Selector, theirs| found(&promotion(1, lines(mine)), &promotion(2, lines(theirs))).is_some();
    assert!(meet(variants(&[1, 2]), variants(&[2, 3])) && !meet(variants(&[1]), variants(&[2, 3])));
    assert!(meet(variants(&[1]), products(&[1])) && !meet(variants(&[1, 2]), products(&[2])));
    assert!(meet(variants(&[99]), products(&[2])), "nobody knows of what product it is");
    assert!(meet(categories(&[1]), categories(&[4])) && !meet(categories(&[3]), categories(&[4])));
    assert!(meet(Selector::Collections(vec![id(1)]), Selector::Collections(vec![id(2)])), "a product can be in both");
    assert!(!meet(categories(&[4]), not(categories(&[2]), Selector::Not)));
    assert!(meet(categories(&[2]), not(categories(&[4]), Selector::Not)));
    let but = Selector::All(vec![Selector::Everything, not(products(&[1]), Selector::Not)]);
    assert!(!meet(but.clone(), variants(&[1, 2])) && meet(but, variants(&[1, 3])));
    let part = |of| Part { of, quantity: 1 };
    let bundle = |parts| promotion(1, Effect::Bundle { parts, off: Off::Amount(1), times: None });
    let gift = promotion(2, Effect::Gift { of: products(&[2]), quantity: 1 });
    assert!(found(&bundle(vec![part(products(&[1])), part(variants(&[3]))]), &gift).is_some());
    assert_eq!(found(&bundle(vec![part(products(&[1])), part(variants(&[5]))]), &gift), None);
}

#[test]
fn what_is_for_others_or_at_another_time_does_not_overlap() {
    let meet = |mine: Condition, theirs| {
        let when = |n, condition| {
            let mut promotion = promotion(n, off_order());
            promotion.rule.condition = condition;
            promotion
        };
        found(&when(1, mine), &when(2, theirs)).is_some()
    };
    let not = |one| not(one, Condition::Not);
    let all = |some: &[Condition]| Condition::All(some.to_vec());
    assert!(!meet(Condition::SignedIn, not(Condition::SignedIn)));
    assert!(!meet(Condition::FirstOrder, not(Condition::SignedIn)));
    assert!(!meet(Condition::FirstOrder, Condition::Orders { at_least: 1 }));
    assert!(meet(Condition::FirstOrder, Condition::Orders { at_least: 0 }));
    let card = || Condition::Payment(vec![Method::Card]);
    let cash = || Condition::Payment(vec![Method::CashOnDelivery]);
    assert!(!meet(card(), cash()) && meet(card(), Condition::SignedIn));
    assert!(!meet(all(&[Condition::SignedIn, card()]), Condition::Any(vec![cash(), not(Condition::SignedIn)])));
    let some = |at_least| Condition::Quantity { of: products(&[1]), at_least };
    assert!(!meet(some(3), not(some(2))) && meet(some(2), not(some(3))));
    let amount = |at_least| Condition::Amount { of: Selector::Everything, at_least };
    assert!(meet(amount(100), not(amount(100))), "the first takes so much off that the second has its turn");
    let on = |day| Condition::Hours(Hours { days: vec![day], from: 0, until: 600 });
    assert!(!meet(on(1), on(2)) && meet(on(1), Condition::Any(vec![on(1), on(3)])));
    let groups = |n| Condition::Groups(vec![id(n)]);
    assert!(meet(groups(1), groups(2)), "somebody can be in both");
    assert!(!meet(groups(1), not(Condition::Groups(vec![id(1), id(2)]))));
    let run = |from, until| {
        let at = |millis| Some(Instant::from_millis(millis));
        Promotion { validity: Validity { from: at(from), until: at(until) }, ..promotion(1, off_order()) }
    };
    let other = Promotion { id: id(2), ..run(20, 30) };
    assert_eq!(
        [run(10, 20), run(10, 21), run(29, 99), run(30, 99)].map(|one| found(&one, &other).is_some()),
        [false, true, true, false]
    );
}

// ── Whatever the rules and the cart ──────────────────────────────────────────────────────────────

/// How something is put together of others.
struct Makes<T> {
    all: fn(Vec<T>) -> T,
    any: fn(Vec<T>) -> T,
    not: fn(Box<T>) -> T,
}

fn composed<T: Clone + std::fmt::Debug + 'static>(
    leaf: impl Strategy<Value = T> + 'static,
    Makes { all, any, not }: Makes<T>,
) -> impl Strategy<Value = T> {
    leaf.prop_recursive(3, 8, 3, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(all),
            prop::collection::vec(inner.clone(), 0..4).prop_map(any),
            inner.prop_map(move |one| not(Box::new(one))),
        ]
    })
}

fn any_selector() -> impl Strategy<Value = Selector> {
    let some = |from: u128, until: u128| prop::collection::vec(from..until, 1..4);
    let leaf = prop_oneof![
        1 => Just(Selector::Everything),
        // 9 and 5 are on no shelf.
        3 => some(1, 10).prop_map(|ids| variants(&ids)),
        2 => some(1, 5).prop_map(|ids| products(&ids)),
        2 => some(1, 6).prop_map(|ids| categories(&ids)),
        1 => some(1, 4).prop_map(|ids| Selector::Collections(ids.into_iter().map(id).collect())),
        1 => some(0, 2).prop_map(|ids| Selector::Attribute {
            code: "origin".to_owned(), values: ids.into_iter().map(|n| format!("v{n}")).collect(),
        }),
    ];
    prop_oneof![2 => leaf.clone(), 1 => composed(leaf, Makes { all: Selector::All, any: Selector::Any, not: Selector::Not })]
}

fn any_off() -> impl Strategy<Value = Off> {
    prop_oneof![
        (1_u16..=10_000).prop_map(|bps| Off::Percent(Percent::from_bps(bps).unwrap())),
        (0_i64..900).prop_map(Off::Amount),
        (0_i64..900).prop_map(Off::Price),
    ]
}

fn any_effect() -> impl Strategy<Value = Effect> {
    let get = prop_oneof![Just(Get::Same), Just(Get::SameVariant), any_selector().prop_map(Get::Other)];
    let part = (any_selector(), 1_u32..3).prop_map(|(of, quantity)| Part { of, quantity });
    let (pick, times) = (Pick::Cheapest, None);
    prop_oneof![
        2 => (any_selector(), any_off()).prop_map(|(of, off)| Effect::Catalogue { of, off }),
        3 => (any_selector(), any_off()).prop_map(|(of, off)| Effect::Lines { of, off }),
        1 => (any_selector(), get, any_off()).prop_map(move |(buy, get, off)| {
            Effect::BuyGet { buy, buy_quantity: 1, get, get_quantity: 1, off, pick, times }
        }),
        1 => (prop::collection::vec(part, 1..3), any_off())
            .prop_map(move |(parts, off)| Effect::Bundle { parts, off, times }),
        1 => any_selector().prop_map(|of| Effect::Gift { of, quantity: 1 }),
        2 => any_off().prop_map(|off| Effect::Order { tiers: vec![Spend { at_least: 0, off }] }),
        1 => any_off().prop_map(|off| Effect::Delivery { off }),
        1 => any_off().prop_map(|off| Effect::Fee { off }),
    ]
}

fn any_condition() -> impl Strategy<Value = Condition> {
    let ids = || prop::collection::vec(1_u128..4, 1..3);
    let methods = prop::sample::subsequence(vec![Method::Card, Method::CashOnDelivery, Method::BankTransfer], 1..3);
    let countries = prop::sample::subsequence(vec!["SA", "KW", "AE"], 1..3);
    let hours = (prop::collection::vec(0_u8..7, 0..3), 0_u16..1_440, 0_u16..1_440);
    let leaf = prop_oneof![
        Just(Condition::ALWAYS),
        (any_selector(), 0_u32..4).prop_map(|(of, at_least)| Condition::Quantity { of, at_least }),
        (any_selector(), 0_i64..3_000).prop_map(|(of, at_least)| Condition::Amount { of, at_least }),
        ids().prop_map(|ids| Condition::Groups(ids.into_iter().map(id).collect())),
        ids().prop_map(|ids| Condition::Organisations(ids.into_iter().map(id).collect())),
        Just(Condition::SignedIn),
        Just(Condition::FirstOrder),
        (0_u32..3).prop_map(|at_least| Condition::Orders { at_least }),
        (0_i64..300).prop_map(|at_least| Condition::Spent { at_least }),
        methods.prop_map(Condition::Payment),
        countries.prop_map(|all| Condition::Countries(all.into_iter().flat_map(Country::parse).collect())),
        hours.prop_map(|(days, from, until)| Condition::Hours(Hours { days, from, until })),
    ];
    prop_oneof![1 => Just(Condition::ALWAYS), 1 => composed(leaf, Makes { all: Condition::All, any: Condition::Any, not: Condition::Not })]
}

fn any_promotion(n: u128) -> impl Strategy<Value = Promotion> {
    let group = prop_oneof![2 => Just(None), 1 => Just(Some("a".to_owned()))];
    let instant = || prop::option::weighted(0.3, (0_i64..10).prop_map(|day| Instant::from_millis(day * 86_400_000)));
    let flags = (prop::bool::weighted(0.15), prop::bool::weighted(0.15));
    (any_effect(), any_condition(), group, 0_i32..3, flags, (instant(), instant())).prop_map(
        move |(effect, condition, group, priority, (is_exclusive, needs_coupon), (from, until))| {
            let rule = Rule { priority, group, is_exclusive, needs_coupon, condition, effect, cap: None };
            Promotion { id: id(n), validity: Validity { from, until }, rule, left: Left::default() }
        },
    )
}

/// Two of them: alike but for what of each is its own, or not.
fn any_two() -> impl Strategy<Value = (Promotion, Promotion)> {
    (any_promotion(1), any_promotion(2), prop::bool::ANY).prop_map(|(one, mut other, are_of_one_effect)| {
        if are_of_one_effect
            && let (Effect::Lines { off, .. }, Effect::Lines { of, .. }) = (&one.rule.effect, &other.rule.effect)
        {
            other.rule.effect = Effect::Lines { of: of.clone(), off: *off };
        } else if are_of_one_effect {
            other.rule.effect = one.rule.effect.clone();
        }
        (one, other)
    })
}

#[derive(Debug)]
struct Cart {
    items: Vec<(Item, i64, u32)>,
    buyer: Buyer,
    at: Instant,
}

fn any_cart() -> impl Strategy<Value = Cart> {
    let collections = prop::sample::subsequence(vec![1_u128, 2, 3], 0..3);
    let line = (1_u128..9, collections, 1_i64..1_000, 1_u32..6);
    let customer = (prop::bool::ANY, prop::sample::subsequence(vec![1_u128, 2, 3], 0..3), prop::option::of(1_u128..4));
    let methods = prop::sample::select(vec![Method::Card, Method::CashOnDelivery, Method::BankTransfer]);
    let country = prop::sample::select(vec!["SA", "KW", "AE"]);
    let history = (0_u32..4, 0_i64..400);
    let at = (0_i64..10 * 1_440).prop_map(|minute| Instant::from_millis(minute * 60_000));
    (prop::collection::vec(line, 1..8), customer, prop::option::of(methods), country, history, at).prop_map(
        |(lines, (is_signed_in, groups, organisation), payment, country, (orders, spent), at)| Cart {
            items: lines.into_iter().map(|(n, within, unit, pieces)| (item(n, &within), unit, pieces)).collect(),
            buyer: Buyer {
                customer: is_signed_in.then(|| id(1)),
                groups: groups.into_iter().map(id).collect(),
                organisation: organisation.map(id),
                history: History { orders, spent },
                country: Country::parse(country).unwrap(),
                payment,
            },
            at,
        },
    )
}

impl Cart {
    fn of(&self, promotions: &[Promotion]) -> Vec<Applied> {
        self.outcome(promotions).applied
    }

    fn outcome(&self, promotions: &[Promotion]) -> Outcome {
        let sar = |minor| Money::new(minor, Currency::SAR);
        let line = |(item, unit, quantity): &'_ (Item, i64, u32)| (item.clone(), sar(*unit), *quantity);
        let lines: Vec<_> = self.items.iter().map(line).collect();
        let coupons = [1, 2].map(|n| Coupon { code: format!("C{n}"), promotion: id(n) });
        let basket = Basket {
            currency: Currency::SAR,
            lines: lines
                .iter()
                .map(|(item, unit, quantity)| BasketLine { item, unit: *unit, quantity: *quantity, floor: None })
                .collect(),
            delivery: Some(2_000),
            fee: 1_000,
            buyer: &self.buyer,
            coupons: &coupons,
            cap: None,
            at: self.at,
        };
        evaluate(promotions, &basket).unwrap()
    }
}

/// Whether two took something off the same.
fn are_of_one(mine: &Applied, theirs: &Applied) -> bool {
    let is_common = |(line, _): &(usize, i64)| theirs.shares.iter().any(|(other, _)| line == other);
    let is_of_goods = |one: &Applied| !matches!(one.stage, Stage::Delivery | Stage::Fee);
    if is_of_goods(mine) && is_of_goods(theirs) {
        mine.shares.iter().any(is_common)
    } else {
        mine.stage == theirs.stage
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20_000))]

    #[test]
    fn which_is_which_makes_no_difference((one, other) in any_two()) {
        prop_assert_eq!(found(&one, &other), found(&other, &one));
    }

    #[test]
    fn what_takes_something_off_the_same_overlaps((one, other) in any_two(), cart in any_cart()) {
        let verdict = found(&one, &other);
        let alone = [&one, &other].map(|promotion| cart.of(std::slice::from_ref(promotion)).pop());
        if let [Some(mine), Some(theirs)] = &alone && are_of_one(mine, theirs) {
            prop_assert!(verdict.is_some(), "each takes something off the same");
        }
        let Outcome { applied, refused } = cart.outcome(&[one, other]);
        if verdict.is_none() {
            let kept = |why| matches!(why, Why::Exclusive { .. } | Why::BetterTogether { .. } | Why::BetterInGroup { .. });
            prop_assert!(!refused.iter().any(|one| kept(one.why)), "one keeps the other from applying: {refused:?}");
        }
        let [first, second] = applied.as_slice() else { return Ok(()) };
        let are_of_one = are_of_one(first, second);
        match verdict {
            None => prop_assert!(!are_of_one),
            Some(Overlap::Stack { first: before } | Overlap::OtherPieces { first: before }) => {
                prop_assert!(before.is_none_or(|before| first.promotion == before));
            }
            Some(Overlap::BestPrice) => prop_assert!(!are_of_one),
            Some(Overlap::Exclusive | Overlap::BestOfGroup) => prop_assert!(false, "both applied"),
        }
    }

    #[test]
    fn what_parts_two_selectors_parts_whatever_is_sold(
        one in any_selector(), other in any_selector(), n in 1_u128..9, within in prop::sample::subsequence(vec![1_u128, 2, 3], 0..3),
    ) {
        let item = item(n, &within);
        let take_it = one.takes(&item) && other.takes(&item);
        prop_assert!(!(shelf().parts(&one, &other) && take_it), "{one:?} and {other:?} take it");
    }

    #[test]
    fn what_can_never_apply_does_not(one in any_promotion(1), also in any_condition(), narrow in any_selector(), cart in any_cart()) {
        let mut both = one.clone();
        both.rule.condition = Condition::All(vec![one.rule.condition.clone(), also]);
        if let Effect::Lines { of, .. } = &mut both.rule.effect {
            *of = Selector::All(vec![of.clone(), narrow]);
        }
        for promotion in [one, both] {
            prop_assert!(!promotion.rule.is_never() || cart.of(std::slice::from_ref(&promotion)).is_empty());
        }
    }
}
