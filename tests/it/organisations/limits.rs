//! Promotions for companies, and how often each uses them.

use serde_json::{Value, json};
use tests::{at_once::at_once, client::Client, shop::Shop};

use super::ask::{buying_for, company, join, leave};
use crate::{
    cart::refusal::{try_it, wrong},
    identity::entering::{register, sara, with},
    orders::ask::done,
    pricing::promotions::ask::{add_coupon, change, issue, off_order, plain, promote, steps, try_promote, usage},
};

/// New customers, who buy for a company.
async fn buyers(shop: &Shop, company: &str, n: usize) -> Vec<Client> {
    let mut buyers = Vec::new();
    for n in 0..n {
        let email = format!("buyer-{n}@customer.example");
        let new = with(with(sara(), "email", email.clone()), "password", tests::client::PASSWORD);
        register(&shop.anonymous(), new).await;
        let input = json!({ "organisation": company, "customers": [{ "email": email }] });
        let done = super::ask::try_company(shop, "organisationMembersAdd", "changedCustomers", input).await;
        assert_eq!(done["userErrors"], json!([]));
        buyers.push(buying_for(shop.anonymous().signed_in_as(&email), company));
    }
    buyers
}

#[tokio::test(flavor = "multi_thread")]
async fn a_promotion_can_be_for_those_who_buy_for_a_company() {
    let shop = plain().await;
    let (wadi, other) = (company(&shop, "wadi").await, company(&shop, "other").await);
    join(&shop, &wadi, None, &["layla"]).await;
    join(&shop, &other, None, &["layla"]).await;
    let mut rule = off_order("10");
    rule["condition"] = json!({ "organisations": [wadi] });
    promote(&shop, "wadi", rule, json!({})).await;
    let sale =
        json!({ "condition": { "organisations": [wadi] }, "effect": { "catalogue": { "off": { "percent": "20" } } } });
    promote(&shop, "sale", sale, json!({})).await;
    let layla = shop.customer("layla");
    let price = async |client: &Client| {
        let query =
            "{ productVariant(by: { sku: \"TEA\" }) { pricing { price { amount } discounted { price { amount } } } } }";
        let pricing = client.run(query, json!({})).await["productVariant"]["pricing"].take();
        let shown = pricing["discounted"].as_object().map_or(&pricing["price"], |discounted| &discounted["price"]);
        shown["amount"].clone()
    };
    let cart = buying_for(layla.clone(), &wadi).cart_ready(&[("TEA", 1)], "CASH_ON_DELIVERY").await;
    // 20 % of 11.50 while browsing, then 10 % of 9.20.
    let taken = [("sale".to_owned(), "2.30".to_owned()), ("wadi".to_owned(), "0.92".to_owned())];
    assert_eq!(steps(&layla, &cart).await.0, taken);
    assert_eq!(price(&buying_for(layla.clone(), &wadi)).await, "9.20");
    assert_eq!(
        (price(&layla).await, price(&buying_for(layla.clone(), &other)).await),
        (json!("11.50"), json!("11.50"))
    );
    leave(&shop, &wadi, &["layla"]).await;
    assert_eq!(steps(&layla, &cart).await.0, [], "not for her any more");

    let query = "{ promotion(by: { code: \"wadi\" }) { rule { condition { organisations } } } }";
    let shown = shop.staff("PROMOTION_READ").run(query, json!({})).await["promotion"]["rule"]["condition"].take();
    assert_eq!(shown["organisations"], json!([wadi]));
    let theirs = company(shop.neighbour(), "wadi").await;
    for (given, refusal) in [
        (json!([theirs]), "NOT_FOUND rule.condition.organisations.0"),
        (json!([]), "REQUIRED rule.condition.organisations"),
        (json!(["wadi"]), "INVALID_ID rule.condition.organisations.0"),
    ] {
        let mut rule = off_order("10");
        rule["condition"] = json!({ "organisations": given });
        let input = json!({ "code": "x", "nameEn": "x", "currencyCode": "SAR", "rule": rule });
        assert_eq!(wrong(&try_promote(&shop, "promotionCreate", input).await), [refusal]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_limit_for_each_company_is_kept_by_all_who_buy_for_it_at_once() {
    let shop = plain().await;
    let (wadi, other) = (company(&shop, "wadi").await, company(&shop, "other").await);
    let mut rule = off_order("10");
    rule["needsCoupon"] = json!(true);
    let limits = json!({ "limits": { "ordersMaxPerOrganisation": 2, "ordersMaxPerCustomer": 2 } });
    let eid = promote(&shop, "eid", rule, limits).await;
    issue(&shop, &eid, json!({ "code": "EID" })).await;
    let buyers = buyers(&shop, &wadi, 6).await;
    let mut carts = Vec::new();
    for buyer in &buyers {
        let cart = buyer.cart_ready(&[("TEA", 1)], "CASH_ON_DELIVERY").await;
        assert_eq!(add_coupon(buyer, &cart, "EID").await["userErrors"], json!([]));
        carts.push(cart);
    }
    let complete = async |buyer: &Client, cart: &str| {
        let input = json!({ "cart": cart, "idempotencyKey": format!("{cart}-{}", buyer.key()) });
        try_it(buyer, "checkoutComplete", input).await
    };
    let placed = at_once(6, async |n| complete(&buyers[n], &carts[n]).await).await;
    let orders: Vec<_> = placed.iter().filter(|one| !one["order"].is_null()).collect();
    assert_eq!((orders.len(), usage(&shop, "eid").await), (2, (2, "2.30".to_owned())));
    for one in placed.iter().filter(|one| one["order"].is_null()) {
        assert_eq!(wrong(one), ["COUPON_USED_UP cart.coupons.EID"]);
    }
    let left = placed.iter().position(|one| one["order"].is_null()).unwrap();
    let (buyer, cart) = (&buyers[left], &carts[left]);
    let said = [("eid".to_owned(), "“eid” has already been used for your company.".to_owned())];
    assert_eq!(steps(buyer, cart).await.1, said);
    // Another company has its own count, and who buys for none is not counted.
    let omar = shop.customer("omar");
    join(&shop, &other, None, &["omar"]).await;
    for buyer in [buying_for(omar.clone(), &other), omar] {
        let cart = buyer.cart_ready(&[("TEA", 1)], "CASH_ON_DELIVERY").await;
        assert_eq!(add_coupon(&buyer, &cart, "EID").await["userErrors"], json!([]));
        assert_eq!(complete(&buyer, &cart).await["userErrors"], json!([]));
    }
    shop.verify().await;
    // What a cancelled order used is given back, once.
    let cancelled = orders[0]["order"]["id"].as_str().unwrap();
    done(&shop.staff_all(), "orderCancel", cancelled, json!({})).await;
    shop.verify().await;
    assert_eq!(steps(buyer, cart).await.1, []);
    assert_eq!(complete(buyer, cart).await["userErrors"], json!([]));
    let rest = placed.iter().rposition(|one| one["order"].is_null()).unwrap();
    assert_ne!(rest, left);
    assert_eq!(wrong(&complete(&buyers[rest], &carts[rest]).await), ["COUPON_USED_UP cart.coupons.EID"]);
    let query =
        "{ promotion(by: { code: \"eid\" }) { usage { ordersMaxPerOrganisation ordersMaxPerCustomer orders } } }";
    let shown = shop.staff("PROMOTION_READ").run(query, json!({})).await["promotion"]["usage"].take();
    assert_eq!(shown, json!({ "ordersMaxPerOrganisation": 2, "ordersMaxPerCustomer": 2, "orders": 4 }));
    change(&shop, &eid, json!({ "limits": { "ordersMaxPerOrganisation": 3 } })).await;
    assert_eq!(complete(&buyers[rest], &carts[rest]).await["userErrors"], json!([]));
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_limit_for_each_company_that_is_none_is_refused() {
    let shop = plain().await;
    let input = json!({ "code": "x", "nameEn": "x", "currencyCode": "SAR", "rule": off_order("10"),
        "limits": { "ordersMaxPerOrganisation": 0 } });
    let refused = try_promote(&shop, "promotionCreate", input).await;
    assert_eq!(wrong(&refused), ["QUANTITY_NOT_POSITIVE limits.ordersMaxPerOrganisation"]);
    assert_eq!(refused["promotion"], Value::Null);
}
