//! The most that an amount can be: no sum of what is sold at it fails.

use serde_json::json;
use tests::shop::Shop;

use super::{
    ask::{assign, cost, line, list, make, price, pricing, set, try_price},
    costs::try_cost,
    promotions::ask::{promote, try_promote},
};
use crate::{
    cart::{draft, refusal::wrong},
    fulfilment::ask::try_set,
    identity::groups::customer,
};

/// The most of a price in riyals, and a halala more.
const MOST: &str = "10000000000.00";
const MORE: &str = "10000000000.01";
const TOO_HIGH: &str = "AMOUNT_TOO_HIGH";

#[tokio::test(flavor = "multi_thread")]
async fn an_amount_above_the_most_is_refused_wherever_it_is_said() {
    let shop = Shop::open().await;
    let (sar, kwd) = (list(&shop, "sar").await, list(&shop, "kwd").await);
    for (list, amount, more, refusals) in [
        (&sar, MORE, json!({}), vec!["lines.0.price"]),
        (&sar, "90000000000000000", json!({}), vec!["lines.0.price"]),
        (&sar, "99999999999999999999", json!({}), vec!["lines.0.price"]),
        (&kwd, "1000000000.001", json!({}), vec!["lines.0.price"]),
        (&sar, "5.00", json!({ "compareAtPrice": MORE }), vec!["lines.0.compareAtPrice"]),
        (
            &sar,
            MORE,
            json!({ "tiers": [{ "fromQuantity": 2, "price": MORE }] }),
            vec!["lines.0.price", "lines.0.tiers.0.price"],
        ),
    ] {
        let lines = json!([line(&shop, "TEA", amount, more).await]);
        let refused = try_price(&shop, "priceListPricesSet", json!({ "priceList": list, "lines": lines })).await;
        let refusals: Vec<_> = refusals.iter().map(|path| format!("{TOO_HIGH} {path}")).collect();
        assert_eq!(wrong(&refused), refusals, "{amount}");
    }
    let adjusted = json!({ "priceList": sar, "amount": MORE });
    assert_eq!(wrong(&try_price(&shop, "priceListPricesAdjust", adjusted).await), ["AMOUNT_TOO_HIGH amount"]);
    let less = json!({ "priceList": sar, "amount": "-90000000000000000" });
    let less = wrong(&try_price(&shop, "priceListPricesAdjust", less).await);
    assert!(!less.is_empty() && less.iter().all(|one| one.starts_with("PRICE_NEGATIVE")), "{less:?}");
    let costs = json!([{ "variant": { "sku": "TEA" }, "cost": MORE, "floor": "9".repeat(20) }]);
    let costs = try_cost(&shop, costs, json!({})).await;
    assert_eq!(wrong(&costs), ["AMOUNT_TOO_HIGH lines.0.cost", "AMOUNT_TOO_HIGH lines.0.floor"]);
    let steep = json!({ "parent": sar, "rounding": { "toward": "UP", "step": MORE, "ending": "0" } });
    let steep = json!({ "code": "steep", "nameEn": "Steep", "currencyCode": "SAR", "rule": steep });
    assert_eq!(wrong(&try_price(&shop, "priceListCreate", steep).await), ["INVALID_ROUNDING rule.rounding"]);
    let off = json!({ "effect": { "order": { "tiers": [{ "atLeast": MORE, "off": { "amount": MORE } }] } } });
    let off = json!({ "code": "much", "nameEn": "Much", "currencyCode": "SAR", "rule": off });
    let refused = wrong(&try_promote(&shop, "promotionCreate", off).await);
    assert!(!refused.is_empty() && refused.iter().all(|one| one.starts_with(TOO_HIGH)), "{refused:?}");
    let cap = json!({ "channel": "web-sa", "amount": MORE });
    let cap = try_set(&shop.staff("PROMOTION_MANAGE"), "channelDiscountCapSet", "channel { code }", cap).await;
    assert_eq!(wrong(&cap), ["AMOUNT_TOO_HIGH amount"]);
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn credit_above_the_most_is_refused() {
    let shop = Shop::open().await;
    let (staff, layla) = (shop.staff_all(), customer(&shop, "layla").await);
    let issue = |amount: &str| json!({ "amount": amount, "currency": "SAR", "idempotencyKey": staff.key() });
    let card = "giftCards { giftCard { id } }";
    let issued = try_set(&staff, "giftCardsIssue", card, issue(MOST)).await;
    assert_eq!(wrong(&try_set(&staff, "giftCardsIssue", card, issue(MORE)).await), ["AMOUNT_TOO_HIGH amount"]);
    let card = &issued["giftCards"][0]["giftCard"]["id"];
    for name in ["giftCardTopUp", "giftCardWithdraw"] {
        let input = json!({ "giftCard": card, "amount": MORE, "idempotencyKey": staff.key() });
        assert_eq!(wrong(&try_set(&staff, name, "giftCard { id }", input).await), ["AMOUNT_TOO_HIGH amount"], "{name}");
    }
    for name in ["storeCreditGrant", "storeCreditWithdraw"] {
        let key = staff.key();
        let input = json!({ "customer": layla, "amount": MORE, "currency": "SAR", "idempotencyKey": key });
        let refused = try_set(&staff, name, "userErrors { code }", input).await;
        assert_eq!(wrong(&refused), ["AMOUNT_TOO_HIGH amount"], "{name}");
    }
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn as_many_pieces_as_can_be_at_the_most_are_priced_taxed_and_discounted() {
    let shop = Shop::open().await;
    let (sar, client) = (list(&shop, "sar").await, shop.anonymous());
    let found = client.run("{ products(page: { first: 20 }) { nodes { variants { id } } } }", json!({})).await;
    let variants = found["products"]["nodes"].as_array().unwrap().iter();
    let variants = variants.flat_map(|product| product["variants"].as_array().unwrap()).take(100);
    let variants: Vec<_> = variants.map(|variant| &variant["id"]).collect();
    assert!(5 < variants.len());
    let prices: Vec<_> = variants.iter().map(|id| json!({ "variant": id, "price": MOST })).collect();
    price(&shop, "priceListPricesSet", json!({ "priceList": sar, "lines": prices })).await;
    let tax = json!({ "country": "SA", "taxation": { "category": "STANDARD", "ratePercent": "100" } });
    assert_eq!(try_set(&shop.staff("TAX_MANAGE"), "taxRateSet", "taxRate { id }", tax).await["userErrors"], json!([]));
    for (code, off) in [("percent", json!({ "percent": "0.01" })), ("amount", json!({ "amount": "1" }))] {
        let rule = json!({ "effect": { "lines": { "off": off } } });
        promote(&shop, code, rule, json!({})).await;
    }
    for includes in [true, false] {
        let basis = json!({ "channel": "web-sa", "pricesIncludeTax": includes });
        try_set(&shop.staff("TAX_MANAGE"), "channelTaxesSet", "channel { code }", basis).await;
        let lines: Vec<_> = variants.iter().map(|id| json!({ "variant": { "id": id }, "quantity": 999 })).collect();
        let query = "query ($input: PriceQuoteInput!) { priceQuote(input: $input) { userErrors { code field }
            quote { lines { unitPrice { amount } discount { amount } } totals { total { amount } tax { amount } } } } }";
        let quote = shop.staff_all().run(query, json!({ "input": { "lines": lines } })).await;
        let quote = &quote["priceQuote"];
        assert_eq!(quote["userErrors"], json!([]));
        let lines = quote["quote"]["lines"].as_array().unwrap();
        assert_eq!(lines.len(), variants.len());
        for line in lines {
            assert_eq!(line["unitPrice"]["amount"], MOST);
            assert_ne!(line["discount"]["amount"], "0.00");
        }
        // Half of what includes it, and as much as what does not: thousands of thousands of millions of each line.
        let (tax, _) = quote["quote"]["totals"]["tax"]["amount"].as_str().unwrap().split_once('.').unwrap();
        assert!(1_000_000_000_000 * lines.len() < tax.parse().unwrap(), "{tax}");
        let cart = client.cart_ready(&[("TEA", 999), ("CUP", 999)], "CASH_ON_DELIVERY").await;
        let seen = "query ($id: ID!) { cart(id: $id) { totals { total { amount } tax { amount } } } }";
        let seen = client.run(seen, json!({ "id": cart })).await;
        assert!(seen["cart"]["totals"]["total"]["amount"].as_str().unwrap().len() > 15, "{seen}");
    }
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_price_that_follows_comes_to_the_most_and_not_to_more() {
    let shop = Shop::open().await;
    let sar = list(&shop, "sar").await;
    set(&shop, &sar, "TEA", MOST, json!({ "tiers": [{ "fromQuantity": 9, "price": "9999999999.99" }] })).await;
    // Each of seven lists asks eleven times as much.
    set(&shop, &sar, "CUP", "1000000.00", json!({})).await;
    let mut parent = sar;
    for n in 0..7 {
        let ending = json!({ "toward": "UP", "step": "1", "ending": "0.95" });
        parent = make(
            &shop,
            &format!("dear-{n}"),
            json!({ "parent": parent, "adjustmentPercent": "1000", "rounding": ending, "compareAt": "PARENT" }),
        )
        .await;
    }
    assign(&shop, &parent, json!({ "channel": "web-sa" })).await;
    let guest = shop.anonymous();
    assert_eq!([cost(&guest, "TEA", 1).await, cost(&guest, "TEA", 999).await], [MOST, MOST]);
    let seen = pricing(&guest, "TEA").await;
    let steps = seen["pricing"]["explanation"].as_array().unwrap();
    assert_eq!(steps.last().unwrap()["amount"]["amount"], MOST);
    assert_eq!(cost(&guest, "CUP", 999).await, MOST);
    guest.cart_ready(&[("TEA", 999), ("CUP", 999)], "CASH_ON_DELIVERY").await;
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_price_that_is_agreed_is_not_above_the_most() {
    let shop = Shop::open().await;
    let made = draft::ready(&shop, &[("TEA", 999)], "BANK_TRANSFER").await;
    let staff = shop.staff_all();
    let input = |price: &str| {
        json!({ "draft": made["id"], "line": made["cart"]["lines"][0]["id"], "price": price,
        "reason": "dear", "idempotencyKey": staff.key() })
    };
    for price in [MORE, "92233720368547758.07"] {
        let refused = draft::ask(&staff, "draftOrderLinePriceSet", input(price)).await;
        assert_eq!(wrong(&refused), ["AMOUNT_TOO_HIGH price"]);
    }
    let agreed = draft::ask(&staff, "draftOrderLinePriceSet", input(MOST)).await;
    // The shop takes five percent off what comes to so much.
    let line = &agreed["draft"]["cart"]["lines"][0];
    assert_eq!((&line["unitPrice"]["amount"], &line["total"]["amount"]), (&json!(MOST), &json!("9490500000000.00")));
    shop.close().await;
}
