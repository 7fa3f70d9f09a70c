//! Companies that are relieved of tax.

use serde_json::{Value, json};
use tests::{client::Client, shop::Shop};

use super::ask::{cart, tax, totals};
use crate::{
    fulfilment::ask::text,
    identity::groups::group,
    inventory::ask::told,
    orders::ask::me,
    organisations::ask::{buying_for, company, join, leave, suspend, unit},
};

/// Relieves somebody by reverse charge, and gives the exemption's id.
async fn grant(shop: &Shop, who: Value) -> String {
    let input = json!({ "who": who, "taxation": { "category": "REVERSE_CHARGE" }, "certificate": "C-1" });
    text(&tax(shop, "taxExemptionGrant", "taxExemption { id }", input).await["taxExemption"]["id"])
}

/// The tax of a cart.
async fn taxed(client: &Client, cart_id: &str) -> String {
    totals(&cart(client, cart_id).await, &["tax"])[0].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_bought_for_a_company_that_is_exempt_has_no_tax_and_what_the_member_buys_has() {
    let shop = Shop::open().await;
    let wadi = company(&shop, "wadi").await;
    join(&shop, &wadi, None, &["layla", "omar"]).await;
    let (himself, buyer) = (shop.customer("omar"), buying_for(shop.customer("layla"), &wadi));
    let for_wadi = buyer.cart_ready(&[("TEA", 2)], "BANK_TRANSFER").await;
    let his_own = himself.cart_ready(&[("TEA", 2)], "BANK_TRANSFER").await;
    assert_eq!(taxed(&buyer, &for_wadi).await, "5.35");
    let exemption = grant(&shop, json!({ "organisation": wadi })).await;
    let seen = cart(&buyer, &for_wadi).await;
    // 10.00 each, and of 18.00 for the delivery 15.65 without its tax.
    assert_eq!(totals(&seen, &["subtotal", "delivery", "tax", "total"]), ["20.00", "15.65", "0.00", "35.65"]);
    assert_eq!(
        seen["lines"][0]["taxation"],
        json!({ "category": "REVERSE_CHARGE", "ratePercent": "0", "reasonCode": null, "relievedRatePercent": "15" })
    );
    assert_eq!(taxed(&himself, &his_own).await, "5.35", "a member, for himself");
    let seen_while_browsing = async |client: &Client| {
        let query = "{ productVariant(by: { sku: \"TEA\" }) { pricing { taxed { taxation { category } } } } }";
        text(&client.run(query, json!({})).await["productVariant"]["pricing"]["taxed"]["taxation"]["category"])
    };
    assert_eq!(
        (seen_while_browsing(&buyer).await, seen_while_browsing(&himself).await),
        ("REVERSE_CHARGE".to_owned(), "STANDARD".to_owned())
    );

    let placed = buyer.checkout(&for_wadi).await;
    tax(&shop, "taxExemptionEnd", "taxExemption { id }", json!({ "taxExemption": exemption })).await;
    let kept = super::ask::order(&shop, &placed.id).await;
    assert_eq!(totals(&kept, &["tax", "total"]), ["0.00", "35.65"], "the order keeps it");
    let events = told(&shop, "tax_exemption.granted").await;
    assert_eq!((&events[0]["organisation"], &events[0]["organisation_unit"]), (&json!(wadi), &Value::Null));
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_unit_and_those_below_it_are_exempt_and_those_beside_and_above_are_not() {
    let shop = Shop::open().await;
    let wadi = company(&shop, "wadi").await;
    let region = unit(&shop, &wadi, "region", None).await;
    let branch = unit(&shop, &wadi, "branch", Some(&region)).await;
    let aside = unit(&shop, &wadi, "aside", None).await;
    let buyer = buying_for(shop.customer("layla"), &wadi);
    join(&shop, &wadi, Some(&branch), &["layla"]).await;
    let id = buyer.cart_ready(&[("TEA", 1)], "BANK_TRANSFER").await;
    grant(&shop, json!({ "organisationUnit": region })).await;
    let mut seen = vec![taxed(&buyer, &id).await];
    for unit in [Some(region.as_str()), Some(aside.as_str()), None] {
        join(&shop, &wadi, unit, &["layla"]).await;
        seen.push(taxed(&buyer, &id).await);
    }
    assert_eq!(seen, ["0.00", "0.00", "3.85", "3.85"], "below it, in it, beside it and above it");

    let query = "query ($of: ID!) { taxExemptions(filter: { organisation: $of }) { totalCount nodes {
        organisation { code } organisationUnit { code } customer { id } customerGroup { id } } } }";
    let found = shop.staff_all().run(query, json!({ "of": wadi })).await["taxExemptions"].take();
    let one = json!({ "organisation": { "code": "wadi" }, "organisationUnit": { "code": "region" }, "customer": null,
        "customerGroup": null });
    assert_eq!(found, json!({ "totalCount": 1, "nodes": [one] }));
    let other = company(&shop, "other").await;
    let none = shop.staff_all().run(query, json!({ "of": other })).await["taxExemptions"].take();
    assert_eq!(none["totalCount"], 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_left_an_exempt_company_or_whose_company_is_suspended_is_taxed_like_everybody() {
    let shop = Shop::open().await;
    let wadi = company(&shop, "wadi").await;
    let buyer = buying_for(shop.customer("layla"), &wadi);
    join(&shop, &wadi, None, &["layla"]).await;
    let id = buyer.cart_ready(&[("TEA", 1)], "BANK_TRANSFER").await;
    grant(&shop, json!({ "organisation": wadi })).await;
    let layla = shop.customer("layla");
    assert_eq!(taxed(&buyer, &id).await, "0.00");
    suspend(&shop, &wadi, true).await;
    assert_eq!(taxed(&layla, &id).await, "3.85", "suspended");
    suspend(&shop, &wadi, false).await;
    assert_eq!(taxed(&layla, &id).await, "0.00");
    leave(&shop, &wadi, &["layla"]).await;
    assert_eq!(taxed(&layla, &id).await, "3.85", "she left");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_relieves_the_member_or_their_group_does_not_relieve_the_company() {
    let shop = Shop::open().await;
    let wadi = company(&shop, "wadi").await;
    join(&shop, &wadi, None, &["layla", "omar"]).await;
    let embassies = group(&shop, "embassies", &["omar"]).await;
    let (layla, omar) = (shop.customer("layla"), shop.customer("omar"));
    grant(&shop, json!({ "customer": me(&layla).await })).await;
    grant(&shop, json!({ "customerGroup": embassies })).await;
    for client in [layla, omar] {
        let for_wadi = buying_for(client.clone(), &wadi);
        let theirs = client.cart_ready(&[("TEA", 1)], "BANK_TRANSFER").await;
        assert_eq!(taxed(&client, &theirs).await, "0.00");
        // A customer has one open cart.
        client.checkout(&theirs).await;
        let companys = for_wadi.cart_ready(&[("TEA", 1)], "BANK_TRANSFER").await;
        assert_eq!(taxed(&for_wadi, &companys).await, "3.85");
    }
}
