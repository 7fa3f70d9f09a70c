//! How what promotions took off is told, and what is missing for the others to.

use serde_json::{Value, json};

use super::ask::{change, off_order, plain, promote};
use crate::fulfilment::ask::text;

const STEPS: &str = "pricing { explanation { name message reason by amount { amount } limitedBy missingAmount { amount } missingQuantity } }";

/// The messages of steps, without what keeps names of the other direction apart.
fn messages(priced: &Value) -> Vec<String> {
    let steps = priced["pricing"]["explanation"].as_array().unwrap();
    let message = |step: &Value| text(&step["message"]).replace(['\u{2068}', '\u{2069}'], "").replace('\u{a0}', " ");
    steps.iter().map(message).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_missing_for_something_to_be_taken_off_is_told() {
    let shop = plain().await;
    let (tea, cup) =
        (json!({ "variants": [shop.variant("TEA").await] }), json!({ "variants": [shop.variant("CUP").await] }));
    let parts = json!([{ "of": cup, "quantity": 3 }]);
    let three = json!({ "effect": { "bundle": { "parts": parts, "off": { "price": "50.00" } } } });
    promote(&shop, "three", three, json!({})).await;
    promote(&shop, "gift", json!({ "effect": { "gift": { "of": tea } } }), json!({})).await;
    let tiers = json!([{ "atLeast": "100.00", "off": { "percent": "10" } }]);
    promote(&shop, "spend", json!({ "effect": { "order": { "tiers": tiers } } }), json!({})).await;
    let mut both = off_order("10");
    both["condition"] = json!({ "all": [{ "quantity": { "atLeast": 9 } }, { "amount": { "atLeast": "900.00" } }] });
    promote(&shop, "both", both, json!({})).await;
    let guest = shop.anonymous().in_language("en");
    let cart = guest.cart_ready(&[("CUP", 2)], "CARD").await;
    let query = format!("query ($id: ID!) {{ cart(id: $id) {{ {STEPS} }} }}");
    let found = guest.run(&query, json!({ "id": cart })).await["cart"].take();
    assert_eq!(
        messages(&found),
        [
            "Buy one more of what counts towards “three” to get it.",
            "You have earned “gift”: add the gift to the cart.",
            "Buy for SAR 54.00 more of what counts towards “spend” to get it.",
            "Several more items, or items for more, are needed together to get “both”.",
        ]
    );
    let steps = &found["pricing"]["explanation"];
    assert_eq!(steps[0]["missingQuantity"], 1);
    assert_eq!(steps[2]["missingAmount"]["amount"], "54.00");
    let reasons: Vec<_> = steps.as_array().unwrap().iter().map(|step| &step["reason"]).collect();
    assert_eq!(reasons, ["MISSING_QUANTITY", "GIFT_NOT_IN_CART", "MISSING_AMOUNT", "MISSING_SEVERAL"]);
    assert_eq!((&steps[3]["missingAmount"], &steps[3]["missingQuantity"]), (&json!(null), &json!(null)));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_promotion_gave_and_what_limited_it_is_told_and_an_order_keeps_it() {
    let shop = plain().await;
    let mut capped = off_order("10");
    capped["maxDiscount"] = json!("1.00");
    let ten = promote(&shop, "ten", capped, json!({})).await;
    promote(&shop, "five", off_order("5"), json!({ "limits": { "budget": "0.50" } })).await;
    let expected = [
        "“ten” (10 % off): SAR 1.00 off, the most that it takes off an order",
        "“five” (5 % off): SAR 0.50 off, all that is left of it",
    ];
    let placed = shop.order(&[("CUP", 1)]).await;
    change(&shop, &ten, json!({ "rule": off_order("20"), "currencyCode": "SAR" })).await;
    let query = format!("query ($id: ID!) {{ order(by: {{ id: $id }}) {{ {STEPS} }} }}");
    let order = shop.staff_all().in_language("en").run(&query, json!({ "id": placed.id })).await["order"].take();
    assert_eq!(messages(&order), expected);
    let limits: Vec<_> =
        order["pricing"]["explanation"].as_array().unwrap().iter().map(|step| &step["limitedBy"]).collect();
    assert_eq!(limits, ["MAX_DISCOUNT", "BUDGET"]);
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_keeps_a_promotion_from_applying_is_a_code_and_the_one_that_did_in_its_stead() {
    let shop = plain().await;
    let mut grouped = off_order("10");
    grouped["group"] = json!("eid");
    let ten = promote(&shop, "ten", grouped.clone(), json!({})).await;
    grouped["effect"] = off_order("5")["effect"].clone();
    promote(&shop, "five", grouped, json!({})).await;
    let mut by_card = off_order("1");
    by_card["condition"] = json!({ "paymentMethods": ["CARD"] });
    promote(&shop, "card", by_card, json!({})).await;
    let guest = shop.anonymous().in_language("en");
    let told = async |cart: &str| {
        let query = format!("query ($id: ID!) {{ cart(id: $id) {{ {STEPS} }} }}");
        let found = guest.run(&query, json!({ "id": cart })).await["cart"]["pricing"]["explanation"].take();
        let refused = found.as_array().unwrap().iter().filter(|step| step["amount"].is_null());
        refused.map(|step| json!([step["name"], step["reason"], step["by"]])).collect::<Vec<_>>()
    };
    let five = json!(["five", "BETTER_IN_GROUP", ten]);
    let cash = guest.cart_ready(&[("CUP", 1)], "CASH_ON_DELIVERY").await;
    assert_eq!(told(&cash).await, [five.clone(), json!(["card", "OTHER_PAYMENT", null])]);
    let input = json!({ "lines": [{ "variant": guest.variant("CUP").await, "quantity": 1 }] });
    let create =
        "mutation ($input: CartCreateInput!) { cartCreate(input: $input) { cart { id } userErrors { code } } }";
    let open = text(&guest.done(create, json!({ "input": input })).await["cart"]["id"]);
    assert_eq!(told(&open).await, [five, json!(["card", "NO_PAYMENT", null])]);
}
