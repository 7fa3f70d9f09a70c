//! What a cart costs: by example, and whatever is in it.

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::{
    id::Id,
    identity::country::Country,
    pricing::promotions::{
        Left, Rule,
        condition::{Condition, History},
        effect::{Effect, Off, Percent, Spend},
        selector::Selector,
    },
    pricing::{
        tax::{Category, TaxRate, Treatment, reason::Reason},
        validity::Validity,
    },
};

const VAT: TaxRate = TaxRate::from_bps(1500);

fn taxed(rate: TaxRate) -> Charged {
    Treatment::at(rate).into()
}

fn sar(minor: i64) -> Money {
    Money::new(minor, Currency::SAR)
}

fn line(unit: i64, n: i64) -> LineFacts {
    let item = Item {
        variant: Id::new(Uuid::from_u128(1)),
        product: Id::new(Uuid::from_u128(2)),
        categories: Vec::new(),
        collections: Vec::new(),
        attributes: Vec::new(),
    };
    LineFacts { item, unit: sar(unit), floor: None, quantity: Quantity::parse(n).unwrap(), tax: taxed(VAT) }
}

fn promotion(n: u128, effect: Effect) -> Promotion {
    let rule = Rule {
        priority: 0,
        group: None,
        is_exclusive: false,
        needs_coupon: false,
        condition: Condition::ALWAYS,
        effect,
        cap: None,
    };
    Promotion { id: Id::new(Uuid::from_u128(n)), validity: Validity::default(), rule, left: Left::default() }
}

fn percent(text: &str) -> Off {
    Off::Percent(Percent::parse(text).unwrap())
}

fn off_order(text: &str) -> Effect {
    Effect::Order { tiers: vec![Spend { at_least: 0, off: percent(text) }] }
}

fn facts(lines: Vec<LineFacts>, promotions: Vec<Promotion>) -> Facts {
    Facts {
        currency: Currency::SAR,
        lines,
        promotions,
        buyer: Buyer {
            customer: None,
            groups: Vec::new(),
            organisation: None,
            history: History::default(),
            country: Country::parse("SA").unwrap(),
            payment: None,
        },
        coupons: Vec::new(),
        cap: None,
        delivery: Some(sar(2_300)),
        fee: Some(sar(1_150)),
        service_tax: taxed(VAT),
        basis: Basis::Inclusive,
        at: Instant::from_millis(1_000),
    }
}

#[test]
fn a_cart_without_promotions_costs_its_lines_its_delivery_and_its_fee() {
    let quote = quote(&facts(vec![line(11_500, 2), line(100, 3)], vec![])).unwrap();
    assert_eq!((quote.subtotal, quote.discount, quote.total), (sar(23_300), sar(0), sar(26_750)));
    let taxes: Vec<_> = quote.lines.iter().map(|line| line.tax.minor).collect();
    assert_eq!((taxes, quote.tax), (vec![3_000, 39], sar(3_000 + 39 + 300 + 150)));
}

#[test]
fn an_empty_cart_costs_nothing() {
    let nothing = Facts { delivery: None, fee: None, ..facts(vec![], vec![promotion(1, off_order("50"))]) };
    let quote = quote(&nothing).unwrap();
    assert_eq!((quote.total, quote.tax, quote.applied), (sar(0), sar(0), vec![]));
}

#[test]
fn tax_is_that_of_what_is_left() {
    let delivery = promotion(2, Effect::Delivery { off: percent("100") });
    let fee = promotion(3, Effect::Fee { off: Off::Amount(150) });
    let quote = quote(&facts(vec![line(11_500, 1)], vec![promotion(1, off_order("10")), delivery, fee])).unwrap();
    assert_eq!((quote.discount, quote.delivery_discount, quote.fee), (sar(1_150), sar(2_300), sar(1_000)));
    assert_eq!((quote.total, quote.tax), (sar(10_350 + 1_000), sar(1_350 + 130)));
}

#[test]
fn what_does_not_add_up_is_refused() {
    let dinars = LineFacts { unit: Money::new(1, Currency::KWD), ..line(1, 1) };
    assert_eq!(quote(&facts(vec![dinars], vec![])), Err(MoneyError::MixedCurrencies));
    let delivery = Some(Money::new(1, Currency::KWD));
    assert_eq!(quote(&Facts { delivery, ..facts(vec![], vec![]) }), Err(MoneyError::MixedCurrencies));
    assert_eq!(quote(&facts(vec![line(i64::MAX, 2)], vec![])), Err(MoneyError::Overflow));
}

#[test]
fn prices_without_tax_have_it_on_top() {
    let net = Facts { basis: Basis::Exclusive, ..facts(vec![line(10_000, 2)], vec![promotion(1, off_order("10"))]) };
    let quote = quote(&net).unwrap();
    assert_eq!(
        (quote.subtotal, quote.discount, quote.delivery, quote.fee),
        (sar(20_000), sar(2_000), sar(2_300), sar(1_150))
    );
    // 2,700 on the goods, 345 on the delivery, and 172.5 on the fee, which goes up.
    assert_eq!((quote.delivery_tax, quote.fee_tax, quote.tax), (sar(345), sar(173), sar(3_218)));
    assert_eq!(
        (quote.lines.iter().map(|line| line.total).collect::<Vec<_>>(), quote.total),
        (vec![sar(20_700)], sar(24_668))
    );
}

#[test]
fn who_is_relieved_of_tax_does_not_pay_what_is_in_the_price() {
    let zero = TaxRate::from_bps(0);
    let export = Treatment::new(Category::ZeroRated, zero, Reason::parse("VATEX-SA-32").ok()).unwrap();
    let relieved = Charged { relieved: Some(VAT), ..export.clone().into() };
    let lines = vec![LineFacts { tax: relieved.clone(), ..line(11_500, 2) }];
    let quote = quote(&Facts { service_tax: relieved, ..facts(lines, vec![promotion(1, off_order("50"))]) }).unwrap();
    assert_eq!((quote.subtotal, quote.discount, quote.tax), (sar(20_000), sar(10_000), sar(0)));
    assert_eq!((quote.delivery, quote.fee, quote.total), (sar(2_000), sar(1_000), sar(13_000)));
    assert_eq!(quote.taxes(), Ok(vec![Taxed { treatment: export, net: sar(13_000), tax: sar(0) }]));
}

#[test]
fn what_is_taxed_differently_is_summed_apart() {
    let half = LineFacts { tax: taxed(TaxRate::from_bps(500)), ..line(10_500, 1) };
    let quote = quote(&facts(vec![line(11_500, 1), half], vec![])).unwrap();
    let taxes = quote.taxes().unwrap();
    let found: Vec<_> = taxes.iter().map(|of| (of.treatment.rate().bps(), of.net.minor, of.tax.minor)).collect();
    assert_eq!(found, [(500, 10_000, 500), (1_500, 10_000 + 2_000 + 1_000, 1_500 + 300 + 150)]);
}

#[test]
fn the_lowest_price_is_asked_without_the_tax_that_a_buyer_is_relieved_of() {
    let sold = |tax: Charged| {
        let lines = vec![LineFacts { tax, floor: Some(sar(6_900)), ..line(11_500, 2) }];
        quote(&facts(lines, vec![promotion(1, off_order("50"))])).unwrap()
    };
    let export = Treatment::new(Category::ZeroRated, TaxRate::from_bps(0), Reason::parse("VATEX-SA-32").ok()).unwrap();
    let (taxed, relieved) = (sold(taxed(VAT)), sold(Charged { relieved: Some(VAT), ..export.into() }));
    assert_eq!((taxed.subtotal, taxed.discount), (sar(23_000), sar(9_200)));
    // 69 with the tax are 60 without it.
    assert_eq!((relieved.subtotal, relieved.discount), (sar(20_000), sar(8_000)));
    let dinars = LineFacts { floor: Some(Money::new(1, Currency::KWD)), ..line(1, 1) };
    assert_eq!(quote(&facts(vec![dinars], vec![])), Err(MoneyError::MixedCurrencies));
}

fn any_line() -> impl Strategy<Value = LineFacts> {
    let rate = prop_oneof![Just(0_u32), Just(500), Just(1500), 0_u32..20_000];
    let floor = prop::option::weighted(0.3, (0_i64..1_000_000).prop_map(sar));
    (0_i64..1_000_000, 1_i64..=999, rate, floor).prop_map(|(unit, n, bps, floor)| LineFacts {
        tax: taxed(TaxRate::from_bps(bps)),
        floor,
        ..line(unit, n)
    })
}

fn any_effect() -> impl Strategy<Value = Effect> {
    let off = || {
        prop_oneof![
            (1_u16..=10_000).prop_map(|bps| Off::Percent(Percent::from_bps(bps).unwrap())),
            (0_i64..100_000).prop_map(Off::Amount),
            (0_i64..100_000).prop_map(Off::Price),
        ]
    };
    prop_oneof![
        off().prop_map(|off| Effect::Catalogue { of: Selector::Everything, off }),
        off().prop_map(|off| Effect::Lines { of: Selector::Everything, off }),
        (0_i64..1_000_000, off()).prop_map(|(at_least, off)| Effect::Order { tiers: vec![Spend { at_least, off }] }),
        off().prop_map(|off| Effect::Delivery { off }),
        off().prop_map(|off| Effect::Fee { off }),
    ]
}

fn any_facts() -> impl Strategy<Value = Facts> {
    let promotions = prop::collection::vec(any_effect(), 0..8)
        .prop_map(|all| (1..).zip(all).map(|(n, effect)| promotion(n, effect)).collect::<Vec<_>>());
    let price = || prop::option::of((0_i64..10_000).prop_map(sar));
    let basis = any::<bool>().prop_map(Basis::of);
    (prop::collection::vec(any_line(), 0..8), promotions, price(), price(), basis).prop_map(
        |(lines, promotions, delivery, fee, basis)| Facts { delivery, fee, basis, ..facts(lines, promotions) },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn a_quote_closes_and_is_never_negative(facts in any_facts()) {
        let quote = quote(&facts).unwrap();
        let sum = |part: fn(&QuotedLine) -> Money| quote.lines.iter().map(|line| part(line).minor).sum::<i64>();
        prop_assert_eq!(sum(|line| line.subtotal), quote.subtotal.minor);
        prop_assert_eq!(sum(|line| line.discount), quote.discount.minor);
        let services = quote.delivery.minor - quote.delivery_discount.minor + quote.fee.minor;
        let (on_top, on_services) = match quote.basis {
            Basis::Inclusive => (0, 0),
            Basis::Exclusive => (quote.tax.minor, quote.delivery_tax.minor + quote.fee_tax.minor),
        };
        prop_assert_eq!(sum(|line| line.total) + services + on_services, quote.total.minor);
        prop_assert_eq!(sum(|line| line.tax) + quote.delivery_tax.minor + quote.fee_tax.minor, quote.tax.minor);
        let taxes = quote.taxes().unwrap();
        prop_assert_eq!(taxes.iter().map(|taxed| taxed.tax.minor).sum::<i64>(), quote.tax.minor);
        prop_assert_eq!(taxes.iter().map(|taxed| taxed.net.minor).sum::<i64>(), quote.total.minor - quote.tax.minor);
        prop_assert_eq!(quote.subtotal.minor - quote.discount.minor + services + on_top, quote.total.minor);
        let off_fee = facts.fee.map_or(0, |fee| fee.minor) - quote.fee.minor;
        let applied: i64 = quote.applied.iter().map(|applied| applied.amount).sum();
        prop_assert_eq!(applied, quote.discount.minor + quote.delivery_discount.minor + off_fee);
        prop_assert!(0 <= quote.tax.minor && quote.tax.minor <= quote.total.minor);
        prop_assert!(0 <= quote.fee.minor && quote.delivery_discount.minor <= quote.delivery.minor);
        // The explanation, replayed, yields the price of each line.
        for (index, line) in quote.lines.iter().enumerate() {
            let (unit, floor) = (facts.lines[index].unit.minor, facts.lines[index].floor.map_or(0, |floor| floor.minor));
            let least = floor.min(unit) * i64::from(line.quantity.get());
            prop_assert!(least <= line.subtotal.minor - line.discount.minor);
            let shares = quote.applied.iter().flat_map(|applied| &applied.shares).filter(|(of, _)| *of == index);
            let on_top = if line.basis.includes_tax() { 0 } else { line.tax.minor };
            prop_assert_eq!(line.subtotal.minor - shares.map(|(_, share)| share).sum::<i64>() + on_top, line.total.minor);
            prop_assert!(0 <= line.discount.minor && 0 <= line.tax.minor && line.tax.minor <= line.total.minor);
        }
    }

    #[test]
    fn all_off_is_exactly_zero(mut facts in any_facts()) {
        for line in &mut facts.lines {
            line.floor = None;
        }
        facts.promotions.push(promotion(99, off_order("100")));
        let quote = quote(&facts).unwrap();
        prop_assert_eq!(quote.discount, quote.subtotal);
        prop_assert!(quote.lines.iter().all(|line| line.total == sar(0) && line.tax == sar(0)));
    }
}
