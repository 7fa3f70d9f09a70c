//! What lines cost somebody at an instant, without a cart.

use std::time::Duration;

use serde_json::{Value, json};
use tests::{client::Client, shop::Shop, tenant::Tenant};

use super::{
    ask::{assign, list, make, set},
    promotions::ask::{add_coupon, change, issue, off_order, plain, promote, with_coupons},
};
use crate::{
    fulfilment::ask::try_set,
    identity::groups::{customer, group},
    organisations::ask::{buying_for, company, join, suspend, unit},
};

const QUOTE: &str = "query ($input: PriceQuoteInput!) { priceQuote(input: $input) { userErrors { code field } quote {
    at channel { code } promotions { name amount { amount } coupon }
    lines { line quantity productName variant { sku } unitPrice { amount } subtotal { amount } discount { amount }
        total { amount } tax { amount } taxRatePercent pricing { explanation { kind message priceList amount { amount } } } }
    pricing { explanation { kind message coupon amount { amount } missingAmount { amount } lines { line amount { amount } } } }
    totals { subtotal { amount } discount { amount } delivery { amount } deliveryDiscount { amount }
        paymentFee { amount } tax { amount } total { amount } } } } }";

const CART: &str = "query ($id: ID!) { cart(id: $id) { promotions { name amount { amount } coupon }
    lines { id quantity productName variant { sku } unitPrice { amount } subtotal { amount } discount { amount }
        total { amount } tax { amount } taxRatePercent pricing { explanation { kind message priceList amount { amount } } } }
    pricing { explanation { kind message coupon amount { amount } missingAmount { amount } lines { line amount { amount } } } }
    totals { subtotal { amount } discount { amount } delivery { amount } deliveryDiscount { amount }
        paymentFee { amount } tax { amount } total { amount } } } }";

/// The lines of SKUs.
fn lines(wanted: &[(&str, u32)]) -> Value {
    wanted.iter().map(|(sku, quantity)| json!({ "variant": { "sku": sku }, "quantity": quantity })).collect()
}

/// Asks what it costs, as a partner who may see prices.
async fn try_quote(tenant: &Tenant, input: Value) -> Value {
    let partner = tenant.staff_all().in_language("en");
    partner.run(QUOTE, json!({ "input": input })).await["priceQuote"].take()
}

/// The same, and nothing is wrong.
async fn quote(tenant: &Tenant, input: Value) -> Value {
    let mut done = try_quote(tenant, input).await;
    assert_eq!(done["userErrors"], json!([]));
    done["quote"].take()
}

/// What one TEA costs somebody: by the list, and with discounts.
async fn tea(tenant: &Tenant, more: Value) -> (String, String) {
    let mut input = json!({ "lines": lines(&[("TEA", 1)]) });
    let Value::Object(more) = more else { panic!("fields of an input, not {more}") };
    input.as_object_mut().unwrap().extend(more);
    let line = quote(tenant, input).await["lines"][0].take();
    let amount = |field: &str| line[field]["amount"].as_str().unwrap().to_owned();
    (amount("unitPrice"), amount("total"))
}

/// A cart as staff who may everything see it, without what only a cart has.
async fn cart(client: &Client, staff: &Client, wanted: &[(&str, u32)], coupon: Option<&str>) -> Value {
    let id = client.cart_ready(wanted, "CASH_ON_DELIVERY").await;
    if let Some(code) = coupon {
        assert_eq!(add_coupon(client, &id, code).await["userErrors"], json!([]));
    }
    // Whoever knows it sees a guest's cart; a customer's the customer alone.
    let mut seen = staff.run(CART, json!({ "id": id })).await["cart"].take();
    if seen.is_null() {
        seen = client.clone().in_language("en").run(CART, json!({ "id": id })).await["cart"].take();
    }
    let ids: Vec<_> = seen["lines"].as_array().unwrap().iter().map(|line| line["id"].clone()).collect();
    for line in seen["lines"].as_array_mut().unwrap() {
        line.as_object_mut().unwrap().remove("id");
    }
    for step in seen["pricing"]["explanation"].as_array_mut().unwrap() {
        for share in step["lines"].as_array_mut().unwrap() {
            let place = ids.iter().position(|id| *id == share["line"]).unwrap();
            share["line"] = json!(place.to_string());
        }
    }
    seen
}

#[tokio::test(flavor = "multi_thread")]
async fn a_quote_is_what_a_cart_of_the_same_buyer_costs() {
    let shop = Shop::open().await;
    let loyal = group(&shop, "loyal", &["layla"]).await;
    let wholesale =
        make(&shop, "wholesale", json!({ "parent": list(&shop, "sar").await, "adjustmentPercent": "-20" })).await;
    assign(&shop, &wholesale, json!({ "customerGroup": loyal })).await;
    let mut of_loyal = off_order("3");
    of_loyal["condition"] = json!({ "customerGroups": [loyal] });
    promote(&shop, "of-loyal", of_loyal, json!({})).await;
    let mut first = off_order("2");
    first["condition"] = json!({ "firstOrder": true });
    promote(&shop, "first", first, json!({})).await;
    let eid = with_coupons(&shop, "eid", "7").await;
    issue(&shop, &eid, json!({ "code": "EID7" })).await;
    let (staff, wanted) = (shop.staff_all().in_language("en"), [("TEA", 3), ("CUP", 1), ("DATES", 2)]);
    let layla = customer(&shop, "layla").await;
    let guest_and_customer = [
        (shop.anonymous(), Value::Null, None),
        (shop.anonymous(), Value::Null, Some("EID7")),
        (shop.customer("layla"), json!({ "customer": layla }), Some("EID7")),
    ];
    let mut totals = Vec::new();
    for (client, buyer, coupon) in guest_and_customer {
        let input = json!({
            "lines": lines(&wanted), "buyer": buyer, "country": "SA", "city": "الرياض", "deliveryMethod": "standard",
            "paymentMethod": "CASH_ON_DELIVERY", "coupons": coupon.into_iter().collect::<Vec<_>>(),
        });
        let mut quoted = quote(&shop, input).await;
        let expected = cart(&client, &staff, &wanted, coupon).await;
        for (place, line) in quoted["lines"].as_array_mut().unwrap().iter_mut().enumerate() {
            assert_eq!(line.as_object_mut().unwrap().remove("line"), Some(json!(place.to_string())));
        }
        for field in ["lines", "totals", "promotions"] {
            assert_eq!(quoted[field], expected[field], "{field}");
        }
        let applied = |of: &Value| {
            let steps = of["pricing"]["explanation"].as_array().unwrap().clone();
            steps.into_iter().filter(|step| step["kind"] == "APPLIED").collect::<Vec<_>>()
        };
        assert_eq!(applied(&quoted), applied(&expected));
        assert!(!applied(&quoted).is_empty());
        totals.push(quoted["totals"]["total"]["amount"].clone());
    }
    assert!(totals[0] != totals[1] && totals[1] != totals[2], "{totals:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_in_groups_pays_what_these_pay_and_is_no_customer() {
    let shop = plain().await;
    let loyal = group(&shop, "loyal", &[]).await;
    let theirs = make(&shop, "theirs", Value::Null).await;
    set(&shop, &theirs, "TEA", "9.00", json!({})).await;
    assign(&shop, &theirs, json!({ "customerGroup": loyal })).await;
    let mut rule = off_order("10");
    rule["condition"] = json!({ "customerGroups": [loyal] });
    promote(&shop, "of-groups", rule, json!({})).await;
    let mut rule = off_order("50");
    rule["condition"] = json!({ "signedIn": true });
    promote(&shop, "signed-in", rule, json!({})).await;
    assert_eq!(tea(&shop, json!({})).await, ("11.50".to_owned(), "11.50".to_owned()));
    let members = json!({ "buyer": { "customerGroups": [loyal] } });
    assert_eq!(tea(&shop, members).await, ("9.00".to_owned(), "8.10".to_owned()));
    assert_eq!(tea(&shop, json!({ "channel": "web-kw" })).await.0, "1.000", "in another channel");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_quote_of_another_instant_has_the_prices_and_promotions_of_then() {
    let shop = plain().await;
    let (sar, was) = (list(&shop, "sar").await, shop.in_hours(0));
    shop.later(Duration::from_hours(2));
    set(&shop, &sar, "TEA", "20.00", json!({})).await;
    set(&shop, &sar, "TEA", "15.00", json!({ "startsAt": shop.in_hours(5), "endsAt": shop.in_hours(6) })).await;
    let sale = promote(&shop, "sale", off_order("10"), json!({ "endsAt": shop.in_hours(4) })).await;
    let at = async |at: String| tea(&shop, json!({ "at": at })).await;
    let pair = |unit: &str, total: &str| (unit.to_owned(), total.to_owned());
    assert_eq!(at(shop.in_hours(0)).await, pair("20.00", "18.00"));
    assert_eq!(at(shop.in_hours(4)).await, pair("20.00", "20.00"), "the promotion is over then");
    assert_eq!(at(shop.in_hours(5)).await, pair("15.00", "15.00"));
    assert_eq!(at(shop.in_hours(6)).await, pair("20.00", "20.00"));
    assert_eq!(at(was.clone()).await, pair("11.50", "10.35"), "a promotion without a beginning always ran");
    change(&shop, &sale, json!({ "startsAt": shop.in_hours(0) })).await;
    assert_eq!(at(was).await, pair("11.50", "11.50"));
    let mut none = try_quote(&shop, json!({ "lines": lines(&[("TEA", 1)]), "at": "2001-01-01T00:00:00Z" })).await;
    assert_eq!(
        none["userErrors"].take(),
        json!([{ "code": "VARIANT_NOT_SOLD_HERE", "field": ["lines", "0", "variant"] }])
    );
    assert_eq!(none["quote"], Value::Null, "nothing was sold then");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_sold_and_what_is_no_coupon_is_left_out_and_named() {
    let shop = plain().await;
    let input = json!({
        "lines": lines(&[("TEA", 2), ("NOTHING", 1), ("CUP", 1)]), "channel": "web-kw", "coupons": ["NO-SUCH"],
    });
    let done = try_quote(&shop, input).await;
    assert_eq!(
        done["userErrors"],
        json!([
            { "code": "NOT_FOUND", "field": ["lines", "1", "variant"] },
            { "code": "VARIANT_NOT_SOLD_HERE", "field": ["lines", "2", "variant"] },
            { "code": "COUPON_NOT_FOUND", "field": ["coupons", "0"] },
        ])
    );
    let quoted = &done["quote"];
    assert_eq!((quoted["lines"].as_array().unwrap().len(), &quoted["lines"][0]["line"]), (1, &json!("0")));
    assert_eq!(quoted["totals"]["total"]["amount"], "2.000");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_buys_where_and_how_must_be_right() {
    let shop = plain().await;
    let tea = shop.variant("TEA").await;
    let both = json!([{ "variant": { "sku": "TEA" }, "quantity": 1 }, { "variant": { "id": tea }, "quantity": 2 }]);
    let one = lines(&[("TEA", 1)]);
    let many: Vec<_> = (0..101).map(|_| json!({ "variant": { "sku": "TEA" }, "quantity": 1 })).collect();
    let eleven: Vec<_> = (0..11).map(|n| format!("CODE-{n}")).collect();
    for (input, code, field) in [
        (json!({ "lines": one, "channel": "nowhere" }), "NOT_FOUND", vec!["channel"]),
        (json!({ "lines": one, "deliveryMethod": "by-camel" }), "DELIVERY_METHOD_UNAVAILABLE", vec!["deliveryMethod"]),
        (
            json!({ "lines": one, "country": "FR", "deliveryMethod": "standard" }),
            "DELIVERY_METHOD_UNAVAILABLE",
            vec!["deliveryMethod"],
        ),
        (json!({ "lines": both }), "DUPLICATE", vec!["lines", "1", "variant"]),
        (json!({ "lines": [] }), "REQUIRED", vec!["lines"]),
        (json!({ "lines": many }), "TOO_LONG", vec!["lines"]),
        (json!({ "lines": lines(&[("TEA", 0)]) }), "QUANTITY_NOT_POSITIVE", vec!["lines", "0", "quantity"]),
        (json!({ "lines": one, "country": "Saudi" }), "INVALID_COUNTRY", vec!["country"]),
        (json!({ "lines": one, "buyer": { "customer": tea } }), "INVALID_ID", vec!["buyer", "customer"]),
        (json!({ "lines": one, "coupons": ["a b c"] }), "INVALID_CODE", vec!["coupons", "0"]),
        (json!({ "lines": one, "coupons": eleven }), "TOO_MANY_COUPONS", vec!["coupons"]),
    ] {
        let done = try_quote(&shop, input.clone()).await;
        assert_eq!(done["userErrors"][0], json!({ "code": code, "field": field }), "{input}");
        assert_eq!(done["quote"], Value::Null, "{input}");
    }
    let staff = json!({ "customer": shop.staff_all().run("{ me { id } }", json!({})).await["me"]["id"] });
    let refused = try_quote(&shop, json!({ "lines": one, "buyer": staff })).await;
    assert_eq!(refused["userErrors"], json!([{ "code": "NOT_FOUND", "field": ["buyer", "customer"] }]));
}

#[tokio::test(flavor = "multi_thread")]
async fn one_line_and_many_cost_as_many_statements() {
    let shop = plain().await;
    promote(&shop, "ten", off_order("10"), json!({})).await;
    let skus = ["TEA", "CUP", "DATES", "COFFEE-250-DARK", "COFFEE-500-LIGHT", "COFFEE-500-DARK", "COFFEE-250-LIGHT"];
    let all: Vec<_> = skus.iter().map(|sku| (*sku, 2)).collect();
    let coupons = ["ABC-1", "ABC-2"];
    try_quote(&shop, json!({ "lines": lines(&all) })).await;
    let totals = "query ($input: PriceQuoteInput!) { priceQuote(input: $input) { quote { lines { line }
        pricing { explanation { message } } promotions { name } totals { total { amount } } } } }";
    let mut counts = Vec::new();
    for wanted in [&all[..1], &all[..]] {
        let input = json!({ "input": { "lines": lines(wanted), "coupons": coupons } });
        let (done, n) = shop.counted(shop.staff_all().run(totals, input)).await;
        assert_eq!(done["priceQuote"]["quote"]["lines"].as_array().unwrap().len(), wanted.len());
        counts.push(n);
    }
    assert_eq!(counts[0], counts[1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_company_and_its_units_are_told_their_contract_prices_promotions_and_taxes() {
    let shop = Shop::open().await;
    let wadi = company(&shop, "wadi").await;
    let (region, aside) = (unit(&shop, &wadi, "region", None).await, unit(&shop, &wadi, "aside", None).await);
    let branch = unit(&shop, &wadi, "branch", Some(&region)).await;
    for (code, amount, whom) in [
        ("of-wadi", "9.20", json!({ "organisation": wadi })),
        ("of-region", "6.90", json!({ "organisationUnit": region })),
    ] {
        let made = make(&shop, code, Value::Null).await;
        set(&shop, &made, "TEA", amount, json!({})).await;
        assign(&shop, &made, whom).await;
    }
    let mut of_wadi = off_order("10");
    of_wadi["condition"] = json!({ "organisations": [wadi] });
    promote(&shop, "of-wadi", of_wadi, json!({})).await;
    let relieved = json!({ "who": { "organisationUnit": branch }, "taxation": { "category": "REVERSE_CHARGE" } });
    let granted = try_set(&shop.staff("TAX_MANAGE"), "taxExemptionGrant", "taxExemption { id }", relieved).await;
    assert_eq!(granted["userErrors"], json!([]));
    let mut seen = Vec::new();
    for buyer in [
        Value::Null,
        json!({ "organisation": wadi }),
        json!({ "organisationUnit": aside }),
        json!({ "organisationUnit": region }),
        json!({ "organisationUnit": branch }),
    ] {
        seen.push(tea(&shop, json!({ "buyer": buyer })).await);
    }
    let amounts = |unit: &str, total: &str| (unit.to_owned(), total.to_owned());
    let of_company = amounts("9.20", "8.28");
    // Of the 6.90 6.00 are without the tax.
    let wanted =
        [amounts("11.50", "11.50"), of_company.clone(), of_company, amounts("6.90", "6.21"), amounts("6.00", "5.40")];
    assert_eq!(seen, wanted);

    // A cart of a member costs the same.
    join(&shop, &wadi, Some(&branch), &["layla"]).await;
    let buyer = buying_for(shop.customer("layla"), &wadi).in_language("en");
    let id = buyer.cart_ready(&[("TEA", 1)], "BANK_TRANSFER").await;
    let cart = buyer.run(CART, json!({ "id": id })).await["cart"].take();
    let input = json!({ "lines": lines(&[("TEA", 1)]), "buyer": { "organisationUnit": branch }, "country": "SA",
        "city": "الرياض", "deliveryMethod": "standard", "paymentMethod": "BANK_TRANSFER" });
    assert_eq!(quote(&shop, input).await["totals"], cart["totals"]);

    suspend(&shop, &wadi, true).await;
    let suspended = tea(&shop, json!({ "buyer": { "organisation": wadi } })).await;
    assert_eq!(suspended, amounts("11.50", "11.50"), "what everybody has");
    let mut nobody = json!({ "lines": lines(&[("TEA", 1)]), "buyer": { "organisation": branch } });
    let wrong = try_quote(&shop, nobody.clone()).await;
    assert_eq!(wrong["userErrors"], json!([{ "code": "INVALID_ID", "field": ["buyer", "organisation"] }]));
    nobody["buyer"] = json!({ "organisation": wadi });
    let refused = shop.customer("layla").try_run(QUOTE, json!({ "input": nobody })).await;
    assert_eq!(refused.codes(), ["FORBIDDEN"], "a member has no more rights to ask than any customer");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_quote_is_taxed_as_in_the_region_that_it_names() {
    let shop = Shop::open().await;
    let input =
        json!({ "country": "SA", "region": "NEOM", "taxation": { "category": "STANDARD", "ratePercent": "5" } });
    let set = try_set(&shop.staff("TAX_MANAGE"), "taxRateSet", "taxRate { id }", input).await;
    assert_eq!(set["userErrors"], json!([]));
    let rate = async |more: Value| {
        let mut input = json!({ "lines": lines(&[("TEA", 1)]), "country": "SA" });
        input["region"] = more;
        quote(&shop, input).await["lines"][0]["taxRatePercent"].take()
    };
    assert_eq!([rate(json!("neom")).await, rate(json!("Najran")).await, rate(Value::Null).await], ["5", "15", "15"]);
}
