//! A cart of 100 lines, 200 promotions that run, and a book of price lists: always the same.

pub mod book;
pub mod promotions;

use domain::{
    cart::quantity::Quantity,
    id::Id,
    identity::country::Country,
    money::{Currency, Money},
    payments::method::Method,
    pricing::{
        promotions::{
            Coupon, Promotion,
            condition::{Buyer, History},
            selector::Item,
        },
        quote::{Facts, LineFacts},
        tax::{Basis, Charged, TaxRate, Treatment},
    },
    time::Instant,
};
use uuid::Uuid;

/// Lines of the cart.
pub const LINES: u128 = 100;

/// The instant of everything: a Sunday morning in Riyadh.
pub fn now() -> Instant {
    Instant::parse("2026-11-22T10:30:00+03:00").unwrap()
}

/// The id of the n-th thing of a kind.
pub fn id<K>(n: u128) -> Id<K> {
    Id::new(Uuid::from_u128(n))
}

/// The n-th thing that is sold: in one of 20 categories that lie two deep under one of 5, in two of 17 collections, and with
/// three attributes.
pub fn item(n: u128) -> Item {
    let attribute = |code: &str, of: u128| (code.to_owned(), format!("{code}-{}", n % of));
    Item {
        variant: id(1_000 + n),
        product: id(2_000 + n / 2),
        categories: vec![id(n % 20), id(100 + n % 5), id(200)],
        collections: vec![id(n % 10), id(50 + n % 7)],
        attributes: vec![attribute("brand", 12), attribute("colour", 8), attribute("origin", 6)],
    }
}

/// The same, of so many pieces a line.
pub fn cart_of(pieces: i64, promotions: Vec<Promotion>) -> Facts {
    let mut facts = cart(promotions, Vec::new());
    for line in &mut facts.lines {
        line.quantity = Quantity::parse(pieces).unwrap();
    }
    facts
}

/// A cart of 100 lines that somebody with such coupons and promotions has.
pub fn cart(promotions: Vec<Promotion>, coupons: Vec<Coupon>) -> Facts {
    let vat = || Charged::from(Treatment::at(TaxRate::from_bps(1_500)));
    let sar = |minor| Money::new(minor, Currency::SAR);
    let line = |n: u128| {
        // From 5.00 to 495.95 in no order.
        let unit = 500 + 495 * i64::try_from(n * 37 % 100).unwrap();
        let quantity = Quantity::parse(i64::try_from(1 + n % 6).unwrap()).unwrap();
        LineFacts { item: item(n), unit: sar(unit), floor: Some(sar(unit - 400)), quantity, tax: vat() }
    };
    Facts {
        currency: Currency::SAR,
        lines: (0..LINES).map(line).collect(),
        promotions,
        buyer: Buyer {
            customer: Some(id(1)),
            groups: vec![id(7), id(8)],
            organisation: None,
            history: History { orders: 3, spent: 100_000 },
            country: Country::parse("SA").unwrap(),
            payment: Some(Method::CashOnDelivery),
        },
        coupons,
        cap: None,
        delivery: Some(sar(2_500)),
        fee: Some(sar(1_500)),
        service_tax: vat(),
        basis: Basis::Inclusive,
        at: now(),
    }
}
