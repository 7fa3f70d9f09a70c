//! How what promotions took off is told, and what is missing for the others to.

use serde_json::{Value, json};

use super::ask::{change, off_order, plain, promote};
use crate::fulfilment::ask::text;

const STEPS: &str =
    "pricing { explanation { name message amount { amount } limitedBy missingAmount { amount } missingQuantity } }";

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
            "Buy one more to get “three”.",
            "You have earned “gift”: add the gift to the cart.",
            "Buy for SAR 54.00 more to get “spend”.",
            "Several more items, or items for more, are needed together to get “both”.",
        ]
    );
    let steps = &found["pricing"]["explanation"];
    assert_eq!(steps[0]["missingQuantity"], 1);
    assert_eq!(steps[2]["missingAmount"]["amount"], "54.00");
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
