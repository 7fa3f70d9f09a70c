//! Prices without tax.

use serde_json::json;
use tests::shop::Shop;

use super::ask::{cart, order, tax, taxes, totals};
use crate::{
    fulfilment::ask::text,
    orders::{
        ask as orders,
        returns::{alike, returning, told},
    },
    pricing::promotions::ask::plain,
};

/// A shop of whose web shop prices are without tax, and which has no promotion.
async fn net() -> Shop {
    let shop = plain().await;
    let input = json!({ "channel": "web-sa", "pricesIncludeTax": false });
    let set = tax(&shop, "channelTaxesSet", "channel { pricesIncludeTax }", input).await;
    assert_eq!(set["channel"]["pricesIncludeTax"], false);
    shop
}

#[tokio::test(flavor = "multi_thread")]
async fn tax_comes_on_top_and_every_figure_closes() {
    let shop = net().await;
    let client = shop.anonymous();
    let id = client.cart_ready(&[("TEA", 3), ("CUP", 1)], "CASH_ON_DELIVERY").await;
    let seen = cart(&client, &id).await;
    // 34.50 and 23.00: 5.175 and 3.45 of tax, the first rounded up; 2.70 on the delivery, 2.25 on the fee.
    let names = ["subtotal", "delivery", "paymentFee", "tax", "total"];
    assert_eq!(totals(&seen, &names), ["57.50", "18.00", "15.00", "13.58", "104.08"]);
    let lines: Vec<_> = seen["lines"].as_array().unwrap().iter().map(|line| text(&line["total"]["amount"])).collect();
    assert_eq!(lines, ["39.68", "26.45"]);
    assert_eq!(taxes(&seen), [("S".into(), "15".into(), "90.50".into(), "13.58".into())]);
    assert_eq!(seen["totals"]["pricesIncludeTax"], false);

    let placed = client.checkout(&id).await;
    let kept = order(&shop, &placed.id).await;
    assert_eq!((totals(&kept, &names), taxes(&kept)), (totals(&seen, &names), taxes(&seen)));
    shop.verify().await;

    // The channel changes its mind: the order stays as it was, and a cart is priced anew.
    tax(&shop, "channelTaxesSet", "channel { code }", json!({ "channel": "web-sa", "pricesIncludeTax": true })).await;
    let other = client.cart_ready(&[("TEA", 3), ("CUP", 1)], "CASH_ON_DELIVERY").await;
    assert_eq!(totals(&cart(&client, &other).await, &["tax", "total"]), ["11.81", "90.50"]);
    assert_eq!(totals(&order(&shop, &placed.id).await, &names), totals(&seen, &names));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_falls_away_of_such_an_order_goes_with_its_tax() {
    let shop = net().await;
    let client = shop.anonymous();
    let id = client.cart_ready(&[("TEA", 3), ("CUP", 1)], "CASH_ON_DELIVERY").await;
    let placed = client.checkout(&id).await;
    let staff = shop.staff_all();
    let line = orders::line_of(&shop, &placed.id, "TEA").await;
    let input = json!({ "lines": [{ "line": line, "quantity": 1 }] });
    orders::done(&staff, "orderLinesCancel", &placed.id, input).await;
    let query =
        "query ($id: ID!) { order(by: { id: $id }) { cancellations { amount { amount } lines { tax { amount } } }
        balance { due { amount } } } }";
    let seen = staff.run(query, json!({ "id": placed.id })).await;
    let gone = &seen["order"]["cancellations"][0];
    assert_eq!(
        (text(&gone["amount"]["amount"]), text(&gone["lines"][0]["tax"]["amount"])),
        ("13.23".into(), "1.73".into())
    );
    assert_eq!(seen["order"]["balance"]["due"]["amount"], "90.85");
    orders::done(&staff, "orderCancel", &placed.id, json!({})).await;
    let seen = staff.run(query, json!({ "id": placed.id })).await;
    assert_eq!(seen["order"]["balance"]["due"]["amount"], "0.00");
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_variant_tells_what_it_costs_with_and_without_tax() {
    let shop = net().await;
    let query = "{ productVariant(by: { sku: \"TEA\" }) { pricing { price { amount }
        taxed { net { amount } tax { amount } gross { amount } taxation { category ratePercent } } } } }";
    let taxed = async || {
        let found = shop.anonymous().run(query, json!({})).await["productVariant"]["pricing"].take();
        let amount = |name: &str| text(&found["taxed"][name]["amount"]);
        (text(&found["price"]["amount"]), [amount("net"), amount("tax"), amount("gross")])
    };
    assert_eq!(taxed().await, ("11.50".into(), ["11.50", "1.73", "13.23"].map(String::from)));
    tax(&shop, "channelTaxesSet", "channel { code }", json!({ "channel": "web-sa", "pricesIncludeTax": true })).await;
    assert_eq!(taxed().await, ("11.50".into(), ["10.00", "1.50", "11.50"].map(String::from)));
}

#[tokio::test(flavor = "multi_thread")]
async fn goods_of_such_an_order_come_back_and_are_exchanged_with_their_tax() {
    let shop = net().await;
    // 46.00 and 6.90 each.
    let (_, order, _) = returning(&shop, "REFUNDED", 1).await;
    let staff = shop.staff_all();
    let query = "query ($id: ID!) { order(by: { id: $id }) { returns { refunded { amount } } } }";
    let seen = staff.run(query, json!({ "id": order.id })).await;
    assert_eq!(seen["order"]["returns"][0]["refunded"]["amount"], "52.90");

    let (id, order, _) = returning(&shop, "INSPECTED", 1).await;
    let mut input = alike(&shop, 1).await;
    input["orderReturn"] = json!(id);
    told(&staff, "returnExchange", input).await;
    let query =
        "query ($id: ID!) { order(by: { id: $id }) { lines { subtotal { amount } discount { amount } total { amount }
        tax { amount } } } }";
    let seen = staff.run(query, json!({ "id": order.id })).await;
    let again = &seen["order"]["lines"].as_array().unwrap().last().unwrap();
    let amount = |name: &str| text(&again[name]["amount"]);
    assert_eq!(["subtotal", "discount", "total", "tax"].map(amount), ["46.00", "0.00", "52.90", "6.90"]);
    shop.verify().await;
}
