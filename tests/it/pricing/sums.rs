//! How what is paid came about, step by step.

use serde_json::{Value, json};
use tests::{client::Client, shop::Shop};

use super::{
    promotions::ask::{off_order, plain, promote},
    taxes::ask::{class, classify, rate, tax, zero},
};
use crate::http::asking;

const SUMS: &str =
    "lines { total { amount } pricing { totalExplanation { kind message amount { amount } total { amount } } } }
    totals { total { amount } explanation { kind message amount { amount } total { amount } } }";

/// A cart of three teas and a cup, paid on delivery, at ten percent off.
async fn priced(shop: &Shop, client: &Client) -> String {
    promote(shop, "ten", off_order("10"), json!({})).await;
    client.cart_ready(&[("TEA", 3), ("CUP", 1)], "CASH_ON_DELIVERY").await
}

async fn seen(client: &Client, what: &str, id: &str) -> Value {
    let by = if what == "cart" { "id: $id" } else { "by: { id: $id }" };
    let query = format!("query ($id: ID!) {{ {what}({by}) {{ {SUMS} }} }}");
    client.run(&query, json!({ "id": id })).await[what].take()
}

/// Kind, amount and what it comes to then.
fn steps(of: &Value) -> Vec<[&str; 3]> {
    of.as_array().unwrap().iter().map(told).collect()
}

fn told(step: &Value) -> [&str; 3] {
    [&step["kind"], &step["amount"]["amount"], &step["total"]["amount"]].map(|one| one.as_str().unwrap())
}

/// What is told to the reader.
fn messages(of: &Value) -> Vec<String> {
    of.as_array().unwrap().iter().map(|step| asking::plain(&step["message"]).replace('\u{a0}', " ")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_steps_to_a_total_are_told_of_lines_and_of_all_and_an_order_keeps_them() {
    let shop = plain().await;
    let client = shop.anonymous().in_language("en");
    let id = priced(&shop, &client).await;
    let cart = seen(&client, "cart", &id).await;
    let tea = &cart["lines"][0];
    // 31.05 × 15 ÷ 115 is 4.05; 34.50 and 23.00 less a tenth are 51.75, in which there are 4.05 and 2.70.
    assert_eq!(
        steps(&tea["pricing"]["totalExplanation"]),
        [["UNITS", "34.50", "34.50"], ["DISCOUNT", "3.45", "31.05"], ["TAX_INCLUDED", "4.05", "31.05"]]
    );
    assert_eq!(
        messages(&tea["pricing"]["totalExplanation"]),
        [
            "3 × SAR 11.50: SAR 34.50",
            "Discounts: SAR 3.45 off",
            "Taxed at 15 %: SAR 4.05 of it is tax, rounded half up"
        ]
    );
    // 18.00 and 15.00 have 2.35 and 1.96 of tax in them.
    assert_eq!(
        steps(&cart["totals"]["explanation"]),
        [
            ["LINES", "57.50", "57.50"],
            ["DISCOUNT", "5.75", "51.75"],
            ["DELIVERY", "18.00", "69.75"],
            ["PAYMENT_FEE", "15.00", "84.75"],
            ["TAX_INCLUDED", "11.06", "84.75"],
        ]
    );
    assert_eq!((&tea["total"]["amount"], &cart["totals"]["total"]["amount"]), (&json!("31.05"), &json!("84.75")));
    let placed = client.checkout(&id).await;
    assert_eq!(seen(&shop.staff("ORDER_READ").in_language("en"), "order", &placed.id).await, cart);
    let arabic = seen(&shop.staff("ORDER_READ").in_language("ar"), "order", &placed.id).await;
    assert!(messages(&arabic["totals"]["explanation"])[2].starts_with("التوصيل"), "{arabic}");
}

#[tokio::test(flavor = "multi_thread")]
async fn tax_that_comes_on_top_is_the_last_step() {
    let shop = plain().await;
    let input = json!({ "channel": "web-sa", "pricesIncludeTax": false });
    tax(&shop, "channelTaxesSet", "channel { code }", input).await;
    let client = shop.anonymous().in_language("en");
    let id = priced(&shop, &client).await;
    let cart = seen(&client, "cart", &id).await;
    // 31.05 × 0.15 is 4.6575, 20.70 × 0.15 is 3.105: 4.66, 3.11, and 2.70 and 2.25.
    let tea = &cart["lines"][0]["pricing"]["totalExplanation"];
    assert_eq!(
        steps(tea),
        [["UNITS", "34.50", "34.50"], ["DISCOUNT", "3.45", "31.05"], ["TAX_ADDED", "4.66", "35.71"]]
    );
    assert_eq!(messages(tea)[2], "Taxed at 15 %: SAR 4.66 of tax on top, rounded half up");
    let zero_rated = class(&shop, "medicines").await;
    classify(&shop, &zero_rated, "CUP").await;
    rate(&shop, json!(zero_rated), zero(), Value::Null).await;
    let cart = seen(&client, "cart", &id).await;
    let cup = &cart["lines"][1]["pricing"]["totalExplanation"];
    assert_eq!(
        steps(cup),
        [["UNITS", "23.00", "23.00"], ["DISCOUNT", "2.30", "20.70"], ["TAX_ADDED", "0.00", "20.70"]]
    );
    assert_eq!(messages(cup)[2], "Tax: Zero-rated (VATEX-SA-35)");
    let all = &cart["totals"]["explanation"];
    assert_eq!(steps(all).last(), Some(&["TAX_ADDED", "9.61", "94.36"]));
    assert_eq!(cart["totals"]["total"]["amount"], "94.36");
    let input = json!({ "lines": [{ "variant": { "sku": "TEA" }, "quantity": 3 }] });
    let query = format!("query ($input: PriceQuoteInput!) {{ priceQuote(input: $input) {{ quote {{ {SUMS} }} }} }}");
    let quoted = shop.staff("PRICE_READ").in_language("en").run(&query, json!({ "input": input })).await;
    assert_eq!(steps(&quoted["priceQuote"]["quote"]["lines"][0]["pricing"]["totalExplanation"]), steps(tea));
}
