//! Which price goes: by example, and of generated lists.

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::pricing::{
    derive::{CompareAt, Toward},
    tax::Treatment,
};

fn sar(minor: i64) -> Money {
    Money::new(minor, Currency::SAR)
}

fn list(n: u128) -> Id<id::PriceList> {
    Id::new(Uuid::from_u128(n))
}

fn variant() -> Id<Variant> {
    Id::new(Uuid::from_u128(7))
}

fn at(millis: i64) -> Instant {
    Instant::from_millis(millis)
}

fn window(from: i64, until: i64) -> Validity {
    Validity { from: Some(at(from)), until: Some(at(until)) }
}

fn saudi() -> Country {
    Country::parse("SA").unwrap()
}

fn root() -> PriceList {
    PriceList { currency: Currency::SAR, validity: Validity::default(), rules: Vec::new() }
}

fn below(parent: u128, percent: &str, rounding: Option<Rounding>) -> PriceList {
    let adjustment = Adjustment::parse_percent(percent).unwrap();
    let derivation = Derivation { parent: list(parent), adjustment, rounding, compare_at: CompareAt::default() };
    PriceList { rules: vec![Rule { from: at(0), derivation: Some(derivation) }], ..root() }
}

fn fixed(minor: i64) -> Fixed {
    Fixed { tiers: Tiers::flat(sar(minor)), compare_at: None, validity: Validity::default(), is_temporary: false }
}

fn assigned(n: u128, because: Because) -> Assigned {
    Assigned { list: list(n), because, validity: Validity::default(), countries: Vec::new() }
}

fn book(
    assigned: Vec<Assigned>,
    lists: impl IntoIterator<Item = (u128, PriceList)>,
    prices: impl IntoIterator<Item = (u128, Vec<Fixed>)>,
) -> Book {
    let lists = lists.into_iter().map(|(n, of)| (list(n), of)).collect();
    let fixed = prices.into_iter().map(|(n, of)| ((list(n), variant()), of)).collect();
    Book { currency: Currency::SAR, assigned, known: Arc::new(Known { lists, fixed, ..Known::default() }) }
}

/// The same, where the variant has lowest prices.
fn with(mut book: Book, floors: Floors) -> Book {
    Arc::make_mut(&mut book.known).floors.insert(variant(), floors);
    book
}

fn ask() -> Ask {
    Ask { variant: variant(), quantity: 1, country: saudi(), at: at(1_000) }
}

fn amount(book: &Book, ask: Ask) -> Option<i64> {
    book.price(ask).unwrap().map(|found| found.amount.minor)
}

const GROUP: Because = Because::Group { group: Id::new(Uuid::from_u128(9)) };

#[test]
fn the_first_list_that_has_a_price_goes_and_says_which_were_passed() {
    let lists = [(1, root()), (2, PriceList { validity: window(2_000, 3_000), ..root() }), (3, root()), (4, root())];
    let given = vec![assigned(2, GROUP), assigned(3, GROUP), assigned(4, Because::Channel), assigned(1, Because::Base)];
    let prices = [(1, vec![fixed(1_000)]), (2, vec![fixed(1)]), (4, vec![fixed(900)])];
    let found = book(given, lists, prices).price(ask()).unwrap().unwrap();
    assert_eq!((found.amount, found.list), (sar(900), list(4)));
    let passed = |n, why| Step::Passed { list: list(n), because: GROUP, why };
    let fixed = Step::Fixed { list: list(4), from_quantity: 1, amount: sar(900) };
    let chosen = Step::Chosen { list: list(4), because: Because::Channel };
    assert_eq!(found.steps, [passed(2, Why::NotYet), passed(3, Why::NoPrice), chosen, fixed]);
}

#[test]
fn a_list_is_its_parent_but_for_what_it_has_itself() {
    let goals = Rounding::parse(Toward::Nearest, "1", "0.95", Currency::SAR);
    let lists = [(1, root()), (2, below(1, "-12", goals)), (3, below(2, "-5", None))];
    let of = |prices: Vec<(u128, Vec<Fixed>)>| {
        book(vec![assigned(3, Because::Channel)], lists.clone(), prices).price(ask()).unwrap().unwrap()
    };
    let found = of(vec![(1, vec![fixed(9_923)])]);
    // 99.23 − 12 % = 87.3224, to 86.95; − 5 % = 82.6025.
    assert_eq!((found.amount, found.list), (sar(8_260), list(3)));
    assert_eq!(found.steps.len(), 4);
    assert_eq!(of(vec![(1, vec![fixed(9_923)]), (2, vec![fixed(8_000)])]).amount, sar(7_600));
    assert_eq!(of(vec![(1, vec![fixed(9_923)]), (3, vec![fixed(8_000)])]).amount, sar(8_000));
}

#[test]
fn the_price_of_many_follows_as_that_of_one_does() {
    let tiers = Tiers::new(sar(1_000), vec![(10, sar(900)), (50, sar(700))]).unwrap();
    let lists = [(1, root()), (2, below(1, "-50", None))];
    let book = book(vec![assigned(2, GROUP)], lists, [(1, vec![Fixed { tiers, ..fixed(0) }])]);
    let of = |quantity| amount(&book, Ask { quantity, ..ask() });
    assert_eq!([1, 9, 10, 49, 50].map(of), [Some(500), Some(500), Some(450), Some(450), Some(350)]);
    assert_eq!(book.prices(ask()).unwrap(), [(1, sar(500)), (10, sar(450)), (50, sar(350))]);
}

#[test]
fn what_is_below_the_lowest_price_is_raised_to_it_and_says_so() {
    let tiers = Tiers::new(sar(1_000), vec![(10, sar(900)), (50, sar(700)), (99, sar(600))]).unwrap();
    let former = Fixed { tiers, compare_at: Some(sar(1_600)), ..fixed(0) };
    let of = |floor| {
        let book =
            book(vec![assigned(2, GROUP)], [(1, root()), (2, below(1, "-50", None))], [(1, vec![former.clone()])]);
        with(book, Floors::default().since(at(500), Some(floor)))
    };
    let found = of(400).price(ask()).unwrap().unwrap();
    assert_eq!((found.amount, found.compare_at, found.steps.len()), (sar(500), Some(sar(800)), 3), "it is higher");
    assert_eq!(of(400).prices(ask()).unwrap(), [(1, sar(500)), (10, sar(450)), (50, sar(400))], "tiers, too");
    let found = of(600).price(ask()).unwrap().unwrap();
    assert_eq!((found.amount, found.compare_at), (sar(600), Some(sar(800))));
    assert_eq!(found.steps.last(), Some(&Step::Raised { from: sar(500), to: sar(600) }));
    assert_eq!(replay(&found.steps), Ok(Some(sar(600))));
    let found = of(800).price(ask()).unwrap().unwrap();
    assert_eq!((found.amount, found.compare_at), (sar(800), None), "it is no former price any more");
    assert_eq!(of(800).prices(ask()).unwrap(), [(1, sar(800))]);
    assert_eq!(amount(&of(800), Ask { at: at(499), ..ask() }), Some(500), "before it was said");
    assert_eq!(replay(&[Step::Raised { from: sar(1), to: sar(2) }]), Ok(None));
}

#[test]
fn a_step_takes_the_tax_out_that_somebody_is_relieved_of() {
    let vat = TaxRate::from_bps(1_500);
    let relieved = Charged { relieved: Some(vat), ..Treatment::unknown().into() };
    let step = Step::untaxed(sar(11_900), &relieved, Basis::Inclusive).unwrap().unwrap();
    assert_eq!(step, Step::Untaxed { rate: vat, from: sar(11_900), to: sar(10_348) });
    assert_eq!(replay(&[Step::Agreed { amount: sar(11_900) }, step]), Ok(Some(sar(10_348))));
    assert_eq!(replay(&[step]), Ok(None), "of what, is not said");
    for (price, charged, basis) in [
        (sar(0), relieved.clone(), Basis::Inclusive),
        (sar(11_900), relieved, Basis::Exclusive),
        (sar(11_900), Treatment::at(vat).into(), Basis::Inclusive),
    ] {
        assert_eq!(Step::untaxed(price, &charged, basis), Ok(None), "{price:?} {basis:?}");
    }
}

#[test]
fn what_was_sold_below_the_lowest_price_before_it_was_said_is_the_lowest_before() {
    let book = book(vec![assigned(1, Because::Base)], [(1, root())], [(1, vec![fixed(500)])]);
    let book = with(book, Floors::default().since(at(500), Some(800)));
    assert_eq!(amount(&book, ask()), Some(800));
    assert_eq!(book.lowest_before(ask()), Ok(Some(sar(500))));
}

#[test]
fn of_prices_that_go_at_once_that_which_began_last_does_and_a_temporary_one_before_all() {
    let from = |from, minor| Fixed { validity: Validity { from, until: None }, ..fixed(minor) };
    let sale = Fixed { validity: window(1_000, 2_000), is_temporary: true, ..fixed(800) };
    let prices = vec![from(None, 1_000), from(Some(at(500)), 1_100), sale, from(Some(at(1_500)), 900)];
    let book = book(vec![assigned(1, Because::Base)], [(1, root())], [(1, prices)]);
    let of = |millis| amount(&book, Ask { at: at(millis), ..ask() });
    assert_eq!([499, 500, 1_000, 1_999, 2_000].map(of), [Some(1_000), Some(1_100), Some(800), Some(800), Some(900)]);
}

#[test]
fn what_does_not_go_for_the_buyer_is_passed() {
    let kuwait = Assigned { countries: vec![Country::parse("KW").unwrap()], ..assigned(2, Because::Channel) };
    let over = Assigned { validity: window(0, 1_000), ..assigned(2, GROUP) };
    let dinars = PriceList { currency: Currency::KWD, ..root() };
    let lists = [(1, root()), (2, root()), (3, dinars)];
    let given = vec![over, assigned(3, GROUP), kuwait, assigned(1, Because::Base)];
    let book = book(given, lists, [(1, vec![fixed(1_000)]), (2, vec![fixed(1)]), (3, vec![fixed(2)])]);
    let found = book.price(ask()).unwrap().unwrap();
    let why = |step: &Step| if let Step::Passed { why, .. } = step { Some(*why) } else { None };
    let why: Vec<_> = found.steps.iter().filter_map(why).collect();
    assert_eq!((found.amount, why), (sar(1_000), vec![Why::Over, Why::Currency, Why::Country]));
}

#[test]
fn a_rule_goes_from_its_instant_on_until_another_does() {
    let rule = |from, percent| Rule { from: at(from), ..below(1, percent, None).rules[0] };
    let none = Rule { from: at(300), derivation: None };
    let follows = PriceList { rules: vec![rule(200, "-20"), none, rule(100, "-10")], ..root() };
    let given = vec![assigned(2, Because::Channel)];
    let book = book(given, [(1, root()), (2, follows)], [(1, vec![fixed(1_000)])]);
    let of = |millis| amount(&book, Ask { at: at(millis), ..ask() });
    assert_eq!([99, 100, 199, 200, 299, 300].map(of), [None, Some(900), Some(900), Some(800), Some(800), None]);
}

#[test]
fn lists_that_follow_each_other_in_a_circle_have_no_price() {
    let lists = [(1, below(2, "0", None)), (2, below(1, "0", None))];
    assert_eq!(amount(&book(vec![assigned(1, Because::Base)], lists, []), ask()), None);
}

#[test]
fn beside_a_reduction_stands_the_lowest_price_of_the_thirty_days_before_it() {
    const DAY: i64 = 86_400_000;
    let day = |from: i64, until: i64, minor| {
        let validity = window(from * DAY, until * DAY);
        Fixed { validity, is_temporary: true, ..fixed(minor) }
    };
    let regular = Fixed { validity: Validity { from: Some(at(0)), until: None }, ..fixed(1_000) };
    let of = |prices: Vec<Fixed>, now: i64| {
        let book = book(vec![assigned(1, Because::Base)], [(1, root())], [(1, prices)]);
        book.lowest_before(Ask { at: at(now * DAY), ..ask() }).unwrap().map(|lowest| lowest.minor)
    };
    let sales = || vec![regular.clone(), day(40, 45, 700), day(60, 70, 800)];
    assert_eq!(of(sales(), 65), Some(700), "the sale of day 40 is within the thirty days");
    let late = || vec![regular.clone(), day(40, 45, 700), day(80, 90, 800)];
    assert_eq!(of(late(), 85), Some(1_000), "and now it is not");
    assert_eq!(of(sales(), 200), Some(700), "from day 40 on, before it rose on day 70");
    assert_eq!(of(vec![regular.clone()], 65), None, "it never was otherwise");
    let still = vec![regular.clone(), day(62, 70, 800), day(60, 62, 800)];
    assert_eq!(of(still, 65), Some(1_000), "two sales at one price are one");
    assert_eq!(of(vec![fixed(5)], 65), None);
}

fn any_fixed() -> impl Strategy<Value = Fixed> {
    let window = (prop::option::of(0_i64..8), prop::option::of(0_i64..8));
    let more = prop::collection::vec((1_u32..5, 1_i64..100), 0..3);
    (0_i64..100_000, more, prop::option::of(1_i64..50_000), window, any::<bool>()).prop_map(
        |(one, more, former, (from, until), is_temporary)| {
            let (mut n, mut minor, mut tiers) = (1, one, Vec::new());
            for (above, below) in more {
                (n, minor) = (n + above, minor - below);
                if 0 <= minor {
                    tiers.push((n, sar(minor)));
                }
            }
            let compare_at = former.map(|above| sar(one + above));
            let validity = Validity { from: from.map(at), until: until.map(at) };
            Fixed { tiers: Tiers::new(sar(one), tiers).unwrap(), compare_at, validity, is_temporary }
        },
    )
}

fn any_list(n: u128) -> impl Strategy<Value = PriceList> {
    let rounding = prop::option::of((1_i64..200, 0_i64..200, 0..3_usize)).prop_map(|goals| {
        let toward = [Toward::Nearest, Toward::Up, Toward::Down];
        goals.and_then(|(step, ending, way)| Rounding::new(toward[way], step, ending % step))
    });
    let compare_at = prop_oneof![Just(CompareAt::Adjusted), Just(CompareAt::Parent), Just(CompareAt::None)];
    let parent = prop::option::of((0..n.max(1), -10_000_i32..20_000, rounding, compare_at));
    (parent, prop::option::of(0_i64..8), any::<bool>(), 0_i64..4).prop_map(move |(parent, from, is_dinar, begins)| {
        let derivation = parent.filter(|_| 0 < n).map(|(parent, bps, rounding, compare_at)| Derivation {
            parent: list(parent),
            adjustment: Adjustment::from_bps(bps).unwrap(),
            rounding,
            compare_at,
        });
        let currency = if is_dinar && n % 5 == 4 { Currency::KWD } else { Currency::SAR };
        let validity = Validity { from: from.filter(|_| n % 2 == 1).map(at), until: None };
        PriceList { currency, validity, rules: vec![Rule { from: at(begins), derivation }] }
    })
}

fn any_floors() -> impl Strategy<Value = Floors> {
    let said = prop::collection::vec((0_i64..9, prop::option::of(0_i64..2_000)), 0..4);
    said.prop_map(|said| {
        said.into_iter().fold(Floors::default(), |floors, (since, floor)| floors.since(at(since), floor))
    })
}

fn any_book() -> impl Strategy<Value = Book> {
    let lists: Vec<_> = (0..6).map(any_list).collect();
    let prices = prop::collection::vec((0_u128..6, prop::collection::vec(any_fixed(), 0..3)), 0..6);
    let given = prop::collection::vec((0_u128..6, 0..3_usize, any::<bool>()), 0..5);
    (lists, prices, given, any_floors()).prop_map(|(lists, prices, given, floors)| {
        let kinds = [GROUP, Because::Channel, Because::Base];
        let abroad = Country::parse("KW").unwrap();
        let given = given.into_iter().map(|(n, kind, is_abroad)| Assigned {
            countries: if is_abroad { vec![abroad] } else { Vec::new() },
            ..assigned(n, kinds[kind])
        });
        with(book(given.collect(), (0_u128..).zip(lists), prices), floors)
    })
}

fn any_ask() -> impl Strategy<Value = Ask> {
    (1_u32..12, 0_i64..9).prop_map(|(quantity, millis)| Ask { quantity, at: at(millis), ..ask() })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn the_steps_replayed_give_the_price(book in any_book(), ask in any_ask()) {
        if let Some(found) = book.price(ask).unwrap() {
            prop_assert_eq!(replay(&found.steps), Ok(Some(found.amount)));
            prop_assert!(0 <= found.amount.minor);
            prop_assert!(found.compare_at.is_none_or(|former| found.amount.minor < former.minor));
            let chosen = found.steps.iter().filter(|step| matches!(step, Step::Chosen { list, .. } if *list == found.list));
            prop_assert_eq!(chosen.count(), 1);
        }
    }

    #[test]
    fn the_order_in_which_prices_are_given_makes_no_difference(book in any_book(), ask in any_ask()) {
        let mut turned = book.clone();
        for fixed in Arc::make_mut(&mut turned.known).fixed.values_mut() {
            fixed.reverse();
        }
        prop_assert_eq!(book.price(ask), turned.price(ask));
        prop_assert_eq!(book.lowest_before(ask), turned.lowest_before(ask));
    }

    #[test]
    fn a_list_without_a_price_changes_nothing(book in any_book(), ask in any_ask(), place in 0_usize..5) {
        let mut more = book.clone();
        Arc::make_mut(&mut more.known).lists.insert(list(99), root());
        more.assigned.insert(place.min(book.assigned.len()), assigned(99, GROUP));
        let amount = |book: &Book| book.price(ask).unwrap().map(|found| (found.amount, found.compare_at, found.list));
        prop_assert_eq!(amount(&book), amount(&more));
    }

    #[test]
    fn who_buys_more_pays_no_more_for_each(book in any_book(), ask in any_ask()) {
        let one = amount(&book, Ask { quantity: 1, ..ask });
        let many = amount(&book, ask);
        prop_assert_eq!(one.is_some(), many.is_some());
        prop_assert!(many <= one);
        let prices = book.prices(ask).unwrap();
        let of = prices.iter().rev().find(|(from, _)| *from <= ask.quantity).map(|(_, amount)| amount.minor);
        prop_assert_eq!(of, many);
    }

    #[test]
    fn no_price_is_below_the_lowest_and_without_one_nothing_is_raised(book in any_book(), ask in any_ask()) {
        let mut free = book.clone();
        Arc::make_mut(&mut free.known).floors.clear();
        let floor = book.known.floors[&variant()].at(ask.at).unwrap_or_default();
        let (found, without) = (book.price(ask).unwrap(), free.price(ask).unwrap());
        prop_assert_eq!(amount(&book, ask), amount(&free, ask).map(|minor| minor.max(floor)));
        let raised = |found: &Option<Resolved>| {
            found.iter().flat_map(|found| &found.steps).any(|step| matches!(step, Step::Raised { .. }))
        };
        prop_assert!(!raised(&without));
        prop_assert_eq!(raised(&found), amount(&free, ask).is_some_and(|minor| minor < floor));
        if !raised(&found) {
            prop_assert_eq!(found.map(|found| Resolved { floor: None, ..found }), without);
        }
    }

    #[test]
    fn the_lowest_price_is_one_that_went(book in any_book(), ask in any_ask()) {
        if let Some(lowest) = book.lowest_before(ask).unwrap() {
            let went = (-1..9).filter_map(|millis| amount(&book, Ask { at: at(millis), ..ask }));
            prop_assert!(went.min() <= Some(lowest.minor));
        }
    }
}
