//! What a cart costs.

use serde::Deserialize;

use super::{Worked, compare, id, money, placed, promotion::Promotion};
use crate::{
    cart::quantity::Quantity,
    identity::country::Country,
    money::{Currency, Money},
    payments::method::Method,
    pricing::{
        promotions::{
            Coupon, DiscountCap,
            condition::{Buyer, History},
            effect::Percent,
            selector::Item,
        },
        quote::{Facts, LineFacts, Quote, quote},
        tax::{Basis, Charged, TaxRate, Treatment},
    },
    time::Instant,
};

/// A cart, the promotions that run, and what it comes to.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Cart {
    #[serde(default)]
    prices: Prices,
    lines: Vec<Line>,
    #[serde(default)]
    promotions: Vec<Promotion>,
    /// What is written on the coupons that whoever buys has.
    #[serde(default)]
    coupons: Vec<String>,
    delivery: Option<String>,
    fee: Option<String>,
    /// Percent of tax of the delivery and of the fee.
    service_tax: Option<String>,
    payment: Option<String>,
    /// How much promotions may take off the lines at most: `50%` of them, or `175.00`.
    cap: Option<String>,
    expect: Expect,
}

/// Whether the prices of a cart have the tax in them.
#[derive(Clone, Copy, Default, Deserialize)]
enum Prices {
    #[default]
    #[serde(rename = "with tax")]
    WithTax,
    #[serde(rename = "without tax")]
    WithoutTax,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    /// What it is; lines of the same are of one variant.
    what: String,
    /// What kinds of thing it is.
    #[serde(default)]
    kinds: Vec<String>,
    price: String,
    pieces: Option<i64>,
    /// The lowest price of a piece.
    floor: Option<String>,
    /// Percent of tax; none said: none.
    tax: Option<String>,
}

/// What is expected; of what is not said, nothing is. `lines` are what is left to pay of each, with tax.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expect {
    total: String,
    subtotal: Option<String>,
    discount: Option<String>,
    delivery: Option<String>,
    fee: Option<String>,
    tax: Option<String>,
    lines: Option<Vec<String>>,
    discounts: Option<Vec<String>>,
    taxes: Option<Vec<String>>,
    /// The promotions that took something off, in their order: `name amount`.
    applied: Option<Vec<String>>,
}

/// Taxed at such percent; out of scope, if none are said.
fn taxed(percent: Option<&String>) -> Charged {
    let rate = |text: &String| TaxRate::parse_percent(text).unwrap_or_else(|| panic!("{text} is no percent"));
    percent.map_or(Treatment::unknown(), |text| Treatment::at(rate(text))).into()
}

fn cap(text: &str, currency: Currency) -> DiscountCap {
    match text.strip_suffix('%') {
        Some(percent) => DiscountCap { percent: Some(Percent::parse(percent).unwrap()), amount: None },
        None => DiscountCap { percent: None, amount: Some(money(text, currency).minor) },
    }
}

impl Line {
    fn facts(&self, variant: usize, currency: Currency) -> LineFacts {
        let collections = self.kinds.iter().chain([&self.what]).map(|name| id(name)).collect();
        let (variant, product) = (placed(variant), placed(variant));
        let item = Item { variant, product, categories: vec![], collections, attributes: vec![] };
        LineFacts {
            item,
            unit: money(&self.price, currency),
            floor: self.floor.as_deref().map(|floor| money(floor, currency)),
            quantity: Quantity::parse(self.pieces.unwrap_or(1)).unwrap(),
            tax: taxed(self.tax.as_ref()),
        }
    }
}

impl Cart {
    fn facts(&self, currency: Currency) -> Facts {
        let coupon = |(place, promotion): (usize, &Promotion)| {
            let code = promotion.coupon.clone().filter(|code| self.coupons.contains(code))?;
            Some(Coupon { code, promotion: placed(place) })
        };
        let variant = |line: &Line| self.lines.iter().position(|other| other.what == line.what).unwrap();
        let promotions = self.promotions.iter().enumerate();
        Facts {
            currency,
            lines: self.lines.iter().map(|line| line.facts(variant(line), currency)).collect(),
            promotions: promotions.clone().map(|(place, promotion)| promotion.promotion(place, currency)).collect(),
            buyer: Buyer {
                customer: None,
                groups: Vec::new(),
                organisation: None,
                history: History::default(),
                country: Country::parse("SA").unwrap(),
                payment: self.payment.as_deref().map(|code| Method::parse(code).unwrap()),
            },
            coupons: promotions.filter_map(coupon).collect(),
            cap: self.cap.as_deref().map(|text| cap(text, currency)),
            delivery: self.delivery.as_deref().map(|text| money(text, currency)),
            fee: self.fee.as_deref().map(|text| money(text, currency)),
            service_tax: taxed(self.service_tax.as_ref()),
            basis: match self.prices {
                Prices::WithTax => Basis::Inclusive,
                Prices::WithoutTax => Basis::Exclusive,
            },
            at: Instant::from_millis(0),
        }
    }
}

impl Worked for Cart {
    fn differences(&self, currency: Currency) -> Vec<String> {
        let quote = quote(&self.facts(currency)).unwrap();
        let Expect { total, subtotal, discount, delivery, fee, tax, lines, discounts, taxes, applied } = &self.expect;
        let delivered = quote.delivery.minus(quote.delivery_discount).unwrap();
        let sums = [
            ("total", Some(total), quote.total),
            ("subtotal", subtotal.as_ref(), quote.subtotal),
            ("discount", discount.as_ref(), quote.discount),
            ("delivery", delivery.as_ref(), delivered),
            ("fee", fee.as_ref(), quote.fee),
            ("tax", tax.as_ref(), quote.tax),
        ];
        let sums =
            sums.into_iter().filter_map(|(what, expected, found)| compare(what, expected.map(String::as_str), found));
        let mut wrong: Vec<_> = sums.collect();
        wrong.extend(each("line", lines.as_ref(), quote.lines.iter().map(|line| line.total)));
        wrong.extend(each("discount of line", discounts.as_ref(), quote.lines.iter().map(|line| line.discount)));
        wrong.extend(each("tax of line", taxes.as_ref(), quote.lines.iter().map(|line| line.tax)));
        let told = self.applied(&quote);
        if let Some(expected) = applied.as_ref().filter(|expected| **expected != told) {
            wrong.push(format!("applied: {expected:?} are expected, {told:?} were found"));
        }
        wrong
    }
}

impl Cart {
    fn applied(&self, quote: &Quote) -> Vec<String> {
        let told = quote.applied.iter().map(|one| {
            let place = (0..self.promotions.len()).find(|place| placed(*place) == one.promotion).unwrap();
            let amount = Money::new(one.amount, quote.total.currency);
            format!("{} {}", self.promotions[place].name, amount.decimal())
        });
        told.collect()
    }
}

fn each(what: &str, expected: Option<&Vec<String>>, found: impl Iterator<Item = Money>) -> Vec<String> {
    let Some(expected) = expected else { return Vec::new() };
    let found: Vec<_> = found.collect();
    if expected.len() != found.len() {
        return vec![format!("{what}: {} are expected, {} were found", expected.len(), found.len())];
    }
    let both = (1..).zip(expected.iter().zip(found));
    both.filter_map(|(n, (expected, found))| compare(&format!("{what} {n}"), Some(expected), found)).collect()
}
