//! What carts cost: tax, discounts, delivery and fees.

use serde_json::{Value, json};
use tests::{client::Client, shop::Shop};

use super::read::{lines, read, total};

/// An amount in minor units.
fn minor(money: &Value) -> i64 {
    money["amount"].as_str().unwrap().replace('.', "").parse().unwrap()
}

/// A cart of these lines, delivered by standard delivery. Its sums close.
async fn priced(client: &Client, wanted: &[(&str, u32)], payment: &str) -> Value {
    let id = client.cart_ready(wanted, payment).await;
    let cart = read(client, &id).await;
    let of = |field: &str| minor(&cart["totals"][field]);
    let goods = of("subtotal") - of("discount");
    assert_eq!(of("total"), goods + of("delivery") - of("deliveryDiscount") + of("paymentFee"), "{cart:#}");
    let over = |list: &str, part: fn(&Value) -> i64| cart[list].as_array().unwrap().iter().map(part).sum::<i64>();
    assert_eq!(of("subtotal"), over("lines", |line| minor(&line["subtotal"])));
    assert_eq!(of("discount"), over("lines", |line| minor(&line["discount"])));
    assert_eq!(goods, over("lines", |line| minor(&line["total"])));
    assert_eq!(of("discount") + of("deliveryDiscount"), over("promotions", |one| minor(&one["amount"])));
    for line in cart["lines"].as_array().unwrap() {
        assert_eq!(minor(&line["subtotal"]), minor(&line["unitPrice"]) * line["quantity"].as_i64().unwrap());
        assert_eq!(minor(&line["total"]), minor(&line["subtotal"]) - minor(&line["discount"]));
    }
    cart
}

/// subtotal − discount + delivery − discount of delivery + fee = total, tax within.
fn sums(cart: &Value) -> [&str; 7] {
    ["subtotal", "discount", "delivery", "deliveryDiscount", "paymentFee", "total", "tax"]
        .map(|field| total(cart, field))
}

/// The discounts: name and amount.
fn discounts(cart: &Value) -> Vec<(&str, &str)> {
    let text = |value: &'_ Value| value.as_str().unwrap().len();
    let promotions = cart["promotions"].as_array().unwrap();
    assert!(promotions.iter().all(|one| 0 < text(&one["name"])));
    promotions.iter().map(|one| (one["name"].as_str().unwrap(), one["amount"]["amount"].as_str().unwrap())).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn tax_is_within_every_amount_and_is_told() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let cart = priced(&guest, &[("TEA", 1), ("COFFEE-500-DARK", 1)], "BANK_TRANSFER").await;
    assert_eq!(sums(&cart), ["97.75", "0.00", "18.00", "0.00", "0.00", "115.75", "15.10"], "1.50 + 11.25 + 2.35");
    let line = &cart["lines"][1];
    assert_eq!((&line["tax"]["amount"], &line["taxRatePercent"]), (&json!("11.25"), &json!("15")));
    assert_eq!(cart["lines"][0]["tax"]["amount"], "1.50");

    let there = guest.in_channel("web-kw");
    let cart = priced(&there, &[("TEA", 2)], "CASH_ON_DELIVERY").await;
    assert_eq!(sums(&cart), ["2.000", "0.000", "2.000", "0.000", "1.000", "5.000", "0.000"], "Kuwait has none");
    assert_eq!(cart["lines"][0]["taxRatePercent"], "0");
}

#[tokio::test(flavor = "multi_thread")]
async fn cash_on_delivery_has_a_fee_with_its_tax() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    for (method, fee, sum, tax) in [
        ("CASH_ON_DELIVERY", "15.00", "44.50", "5.81"),
        ("CARD", "0.00", "29.50", "3.85"),
        ("BANK_TRANSFER", "0.00", "29.50", "3.85"),
    ] {
        let cart = priced(&guest, &[("TEA", 1)], method).await;
        assert_eq!(sums(&cart), ["11.50", "0.00", "18.00", "0.00", fee, sum, tax], "{method}");
        assert_eq!(cart["paymentMethod"], json!({ "method": method, "fee": { "amount": fee } }));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn gifts_are_ten_percent_off() {
    let shop = Shop::open().await;
    let cart = priced(&shop.anonymous(), &[("TEA", 1), ("DATES", 1)], "CARD").await;
    assert_eq!(sums(&cart), ["126.50", "11.50", "18.00", "0.00", "0.00", "133.00", "17.35"], "1.50 + 13.50 + 2.35");
    assert_eq!(discounts(&cart), [("خصم ١٠٪ على الهدايا", "11.50")]);
    assert_eq!((minor(&cart["lines"][0]["discount"]), minor(&cart["lines"][1]["discount"])), (0, 1150));

    let there = shop.anonymous().in_channel("web-kw").in_language("en");
    let cart = priced(&there, &[("DATES", 1)], "CARD").await;
    assert_eq!(sums(&cart), ["9.250", "0.925", "2.000", "0.000", "0.000", "10.325", "0.000"]);
    assert_eq!(discounts(&cart), [("10% off gifts", "0.925")]);
}

#[tokio::test(flavor = "multi_thread")]
async fn delivery_is_free_from_300_after_discounts() {
    let shop = Shop::open().await;
    let guest = shop.anonymous().in_language("en");
    let cart = priced(&guest, &[("TEA", 26)], "CARD").await;
    assert_eq!(sums(&cart), ["299.00", "0.00", "18.00", "0.00", "0.00", "317.00", "41.35"]);
    assert_eq!(discounts(&cart), []);
    let cart = priced(&guest, &[("TEA", 27)], "CARD").await;
    assert_eq!(sums(&cart), ["310.50", "0.00", "18.00", "18.00", "0.00", "310.50", "40.50"], "no tax on what is free");
    assert_eq!(discounts(&cart), [("Free delivery from 300 riyals", "18.00")]);
    let cart = priced(&guest, &[("DATES", 2), ("COFFEE-500-DARK", 1)], "CARD").await;
    assert_eq!(sums(&cart)[..4], ["316.25", "23.00", "18.00", "0.00"], "293.25 is left of 316.25");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_of_500_after_discounts_is_five_percent_off() {
    let shop = Shop::open().await;
    let guest = shop.anonymous().in_language("en");
    let cart = priced(&guest, &[("DATES", 2), ("COFFEE-500-DARK", 4)], "CASH_ON_DELIVERY").await;
    assert_eq!(sums(&cart), ["575.00", "50.60", "18.00", "18.00", "15.00", "539.40", "70.36"]);
    let wanted = [
        ("10% off gifts", "23.00"),
        ("5% off orders from 500 riyals", "27.60"),
        ("Free delivery from 300 riyals", "18.00"),
    ];
    assert_eq!(discounts(&cart), wanted);
    let amounts = |line: &Value| ["subtotal", "discount", "total", "tax"].map(|field| minor(&line[field]));
    assert_eq!(amounts(&cart["lines"][0]), [23000, 3335, 19665, 2565]);
    assert_eq!(amounts(&cart["lines"][1]), [34500, 1725, 32775, 4275]);

    let cart = priced(&guest, &[("DATES", 4), ("COFFEE-250-DARK", 1)], "CARD").await;
    assert_eq!(sums(&cart)[..2], ["506.00", "46.00"], "460.00 is left of 506.00");
}

#[tokio::test(flavor = "multi_thread")]
async fn discounts_are_shared_out_to_the_last_halala() {
    let shop = Shop::open().await;
    let wanted = [("TEA", 1), ("CUP", 1), ("COFFEE-500-DARK", 3), ("COFFEE-250-LIGHT", 5)];
    let cart = priced(&shop.anonymous(), &wanted, "CARD").await;
    assert_eq!(lines(&cart), wanted.map(|(sku, n)| (sku, i64::from(n))));
    assert_eq!(sums(&cart)[..2], ["523.25", "26.16"], "5% is 26.1625");
    let shares: Vec<_> = cart["lines"].as_array().unwrap().iter().map(|line| minor(&line["discount"])).collect();
    assert_eq!(shares, [57, 115, 1294, 1150], "0.575, 1.150, 12.938 and 11.500 before they are rounded to 26.16");
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_off_in_a_channel_that_the_promotion_is_not_for() {
    let shop = Shop::open().await;
    let there = shop.anonymous().in_channel("web-kw");
    let cart = priced(&there, &[("COFFEE-500-DARK", 99)], "CARD").await;
    assert_eq!(sums(&cart), ["693.000", "0.000", "2.000", "0.000", "0.000", "695.000", "0.000"]);
}
