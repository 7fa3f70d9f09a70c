//! Promotions that are changed: what is left out stays, and what comes of it is one that could be made.

use serde_json::{Value, json};
use tests::{shop::Shop, tenant::Tenant};

use super::ask::{change, off_order, plain, promote, steps, try_promote};
use crate::{cart::refusal::wrong, fulfilment::ask::text};

/// Version, currency, budget and channels of a promotion, and what is off from which amount on.
async fn seen(tenant: &Tenant, id: &str) -> String {
    let query = "query ($id: ID!) { promotion(by: { id: $id }) { version currencyCode channels
        usage { budget { amount currencyCode } } rule { effect { order { tiers { atLeast off { percent amount } } } } } } }";
    let promotion = tenant.staff("PROMOTION_READ").run(query, json!({ "id": id })).await["promotion"].take();
    let budget = &promotion["usage"]["budget"];
    let channels: Vec<_> = promotion["channels"].as_array().unwrap().iter().map(text).collect();
    let tier = &promotion["rule"]["effect"]["order"]["tiers"][0];
    let said = |value: &Value| value.as_str().map_or_else(|| "-".to_owned(), str::to_owned);
    let off = [&tier["atLeast"], &tier["off"]["percent"], &tier["off"]["amount"]].map(said).join(" ");
    let budget = [said(&budget["amount"]), said(&budget["currencyCode"])].join(" ");
    format!("{} {} {budget} [{}] {off}", promotion["version"], said(&promotion["currencyCode"]), channels.join(" "))
}

fn with(id: &str, more: &Value) -> Value {
    let mut input = json!({ "promotion": id });
    input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    input
}

/// So much off an order from an amount on.
fn off_from(at_least: &str, amount: &str) -> Value {
    json!({ "effect": { "order": { "tiers": [{ "atLeast": at_least, "off": { "amount": amount } }] } } })
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_left_out_of_a_change_stays_as_it_is() {
    let shop = plain().await;
    let made = json!({ "channels": ["web-sa"], "limits": { "budget": "40.00" } });
    for (number, (more, then)) in [
        (json!({ "rule": off_order("15") }), "2 SAR 40.00 SAR [web-sa] - 15 -"),
        (json!({ "rule": off_from("90", "5") }), "2 SAR 40.00 SAR [web-sa] 90.00 - 5.00"),
        (json!({ "limits": { "budget": "4.00" } }), "2 SAR 4.00 SAR [web-sa] - 10 -"),
        (json!({ "limits": {} }), "2 SAR - - [web-sa] - 10 -"),
        (json!({ "currencyCode": "SAR", "channels": [] }), "2 SAR 40.00 SAR [] - 10 -"),
        (
            json!({ "currencyCode": "KWD", "channels": ["web-kw"], "rule": off_order("5"), "limits": { "budget": "4" } }),
            "2 KWD 4.000 KWD [web-kw] - 5 -",
        ),
        (json!({ "currencyCode": null, "rule": off_order("5"), "limits": {} }), "2 - - - [web-sa] - 5 -"),
    ]
    .into_iter()
    .enumerate()
    {
        let id = promote(&shop, &format!("kept-{number}"), off_order("10"), made.clone()).await;
        change(&shop, &id, more.clone()).await;
        assert_eq!(seen(&shop, &id).await, then, "{more}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_to_what_could_not_be_made_is_refused() {
    let shop = plain().await;
    let sale = json!({ "effect": { "catalogue": { "off": { "percent": "10" } } } });
    let limited = json!({ "channels": ["web-sa"], "limits": { "budget": "40.00" } });
    let rule = off_order("10");
    let fixed = "PROMOTION_CURRENCY_FIXED currencyCode";
    for (number, (made, more, refusals)) in [
        (&limited, json!({ "currencyCode": "KWD", "channels": ["web-kw"], "rule": rule }), vec![fixed]),
        (&limited, json!({ "currencyCode": null, "rule": rule }), vec![fixed]),
        (&limited, json!({ "currencyCode": "KWD", "limits": { "budget": "4.000" } }), vec!["REQUIRED rule"]),
        (&limited, json!({ "currencyCode": "XYZ" }), vec!["UNSUPPORTED_CURRENCY currencyCode"]),
        (&limited, json!({ "channels": ["web-kw"] }), vec!["PROMOTION_CURRENCY channels.0"]),
        (
            &limited,
            json!({ "rule": off_from("90.001", "5") }),
            vec!["INVALID_AMOUNT rule.effect.order.tiers.0.atLeast"],
        ),
        (&limited, json!({ "rule": sale }), vec!["NOT_ALLOWED_HERE rule"]),
        (&json!({}), json!({ "currencyCode": "KWD" }), vec!["REQUIRED rule"]),
        (
            &json!({ "channels": ["web-sa"] }),
            json!({ "currencyCode": "KWD", "rule": rule }),
            vec!["PROMOTION_CURRENCY channels"],
        ),
        (&json!({ "rule": sale }), json!({ "limits": { "ordersMax": 5 } }), vec!["NOT_ALLOWED_HERE limits"]),
        (
            &json!({ "currencyCode": null }),
            json!({ "limits": { "budget": "5" } }),
            vec!["CURRENCY_REQUIRED limits.budget"],
        ),
    ]
    .into_iter()
    .enumerate()
    {
        let id = promote(&shop, &format!("made-{number}"), rule.clone(), made.clone()).await;
        let was = seen(&shop, &id).await;
        let done = try_promote(&shop, "promotionUpdate", with(&id, &more)).await;
        assert_eq!(wrong(&done), refusals, "{more}");
        assert_eq!(seen(&shop, &id).await, was, "{more}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_took_something_off_stays_in_its_currency() {
    let shop: Shop = plain().await;
    let guest = shop.anonymous();
    let id = promote(&shop, "counted", off_order("10"), json!({ "limits": { "ordersMax": 5 } })).await;
    let cart = guest.cart_ready(&[("CUP", 1)], "CASH_ON_DELIVERY").await;
    assert_eq!(steps(&guest, &cart).await.0.len(), 1);
    guest.checkout(&cart).await;
    let more = json!({ "currencyCode": "KWD", "rule": off_order("5"), "limits": {} });
    let done = try_promote(&shop, "promotionUpdate", with(&id, &more)).await;
    assert_eq!(wrong(&done), ["PROMOTION_CURRENCY_FIXED currencyCode"]);
}
