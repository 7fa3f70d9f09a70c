//! By class, place and date.

use std::time::Duration;

use serde_json::{Value, json};
use tests::{shop::Shop, world::riyadh};

use super::ask::{cart, class, classify, order, rate, tax, taxes, totals, try_tax, zero};
use crate::{cart::refusal::wrong, fulfilment::ask::text, inventory::ask::told};

#[tokio::test(flavor = "multi_thread")]
async fn a_class_is_taxed_as_its_rate_says_and_the_order_keeps_it() {
    let shop = Shop::open().await;
    let medicines = class(&shop, "medicines").await;
    classify(&shop, &medicines, "TEA").await;
    let client = shop.anonymous();
    let id = client.cart_ready(&[("TEA", 2), ("CUP", 1)], "CASH_ON_DELIVERY").await;

    // Nothing is said of the class yet: it is taxed as everything is. 15.00 fee and 18.00 delivery.
    let before = cart(&client, &id).await;
    assert_eq!(totals(&before, &["tax", "total"]), ["10.31", "79.00"]);
    assert_eq!(before["lines"][0]["taxation"]["category"], "STANDARD");

    rate(&shop, json!(medicines), zero(), Value::Null).await;
    let after = cart(&client, &id).await;
    assert_eq!(
        after["lines"][0]["taxation"],
        json!({ "category": "ZERO_RATED", "ratePercent": "0", "reasonCode": "VATEX-SA-35", "relievedRatePercent": null })
    );
    // What is shown is what is paid, whatever of it is tax.
    assert_eq!(totals(&after, &["tax", "total"]), ["7.31", "79.00"]);
    let standard = ("S".to_owned(), "15".to_owned(), "48.69".to_owned(), "7.31".to_owned());
    let medicine = ("Z".to_owned(), "0".to_owned(), "23.00".to_owned(), "0.00".to_owned());
    assert_eq!(taxes(&after), [standard.clone(), medicine.clone()]);

    let placed = client.checkout(&id).await;
    rate(&shop, json!(medicines), json!({ "category": "STANDARD", "ratePercent": "5" }), Value::Null).await;
    let kept = order(&shop, &placed.id).await;
    assert_eq!(
        (taxes(&kept), totals(&kept, &["tax", "total"])),
        (vec![standard, medicine], vec!["7.31".into(), "79.00".into()])
    );
    assert_eq!(kept["taxRounding"], "LINE_HALF_UP");
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rate_that_is_said_ahead_goes_by_itself_and_ends_when_another_does() {
    let shop = Shop::open().await;
    let client = shop.anonymous();
    let id = client.cart_ready(&[("TEA", 1)], "BANK_TRANSFER").await;
    let percent = json!({ "category": "STANDARD", "ratePercent": "20" });
    rate(&shop, Value::Null, percent, json!(shop.in_hours(24))).await;
    rate(&shop, Value::Null, json!({ "category": "STANDARD", "ratePercent": "5" }), json!(shop.in_hours(48))).await;
    let at = async || {
        let seen = cart(&client, &id).await;
        (text(&seen["lines"][0]["taxation"]["ratePercent"]), text(&seen["lines"][0]["tax"]["amount"]))
    };
    assert_eq!(at().await, ("15".to_owned(), "1.50".to_owned()));
    shop.later(Duration::from_secs(24 * 3600));
    assert_eq!(at().await, ("20".to_owned(), "1.92".to_owned()));
    shop.later(Duration::from_secs(24 * 3600));
    assert_eq!(at().await, ("5".to_owned(), "0.55".to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_region_has_rates_of_its_own_and_delivery_can_be_of_a_class() {
    let shop = Shop::open().await;
    let (client, services) = (shop.anonymous().in_channel("web-kw"), class(&shop, "services").await);
    let id = client.cart_ready(&[("TEA", 1)], "CASH_ON_DELIVERY").await;
    let set = async |class: Value, region: Value, percent: &str| {
        let taxation = json!({ "category": "STANDARD", "ratePercent": percent });
        let input = json!({ "country": "KW", "taxClass": class, "region": region, "taxation": taxation });
        tax(&shop, "taxRateSet", "taxRate { region taxClass { code } }", input).await
    };
    assert_eq!(totals(&cart(&client, &id).await, &["tax", "total"]), ["0.000", "4.000"]);
    set(Value::Null, json!("HAWALLI"), "10").await;
    assert_eq!(totals(&cart(&client, &id).await, &["tax"]), ["0.000"], "it goes to the capital");
    let go = async |region: Value| {
        let address = json!({ "name": "سارة", "phone": "+96551234567", "country": "KW", "region": region,
            "city": "السالمية", "line1": "Block 1" });
        client.steps(&id, json!([{ "shippingAddressSet": { "address": address } }])).await;
    };
    // The region is written as it is in the address, but for capital letters.
    go(json!("Hawalli")).await;
    assert_eq!(totals(&cart(&client, &id).await, &["tax"]), ["0.364"]);
    go(Value::Null).await;
    assert_eq!(totals(&cart(&client, &id).await, &["tax"]), ["0.000"]);

    set(json!(services), Value::Null, "25").await;
    let input = json!({ "channel": "web-kw", "serviceTaxClass": services });
    tax(&shop, "channelTaxesSet", "channel { code pricesIncludeTax }", input).await;
    // A fifth of 2.000 for the delivery and of 1.000 for the fee.
    assert_eq!(totals(&cart(&client, &id).await, &["tax", "total"]), ["0.600", "4.000"]);
    tax(&shop, "channelTaxesSet", "channel { code }", json!({ "channel": "web-kw", "serviceTaxClass": null })).await;
    assert_eq!(totals(&cart(&client, &id).await, &["tax"]), ["0.000"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_region_of_saudi_arabia_taxes_what_goes_there_as_it_is_quoted() {
    let shop = Shop::open().await;
    let client = shop.anonymous();
    let id = client.cart_ready(&[("TEA", 1)], "BANK_TRANSFER").await;
    let taxation = json!({ "category": "STANDARD", "ratePercent": "5" });
    let input = json!({ "country": "SA", "region": "منطقة تبوك", "taxation": taxation });
    tax(&shop, "taxRateSet", "taxRate { region }", input).await;
    let go = async |region: Value| {
        let mut address = riyadh();
        address["region"] = region;
        client.steps(&id, json!([{ "shippingAddressSet": { "address": address } }])).await;
    };
    let quoted = async |region: Value| {
        let query = "query ($input: PriceQuoteInput!) { priceQuote(input: $input) { quote {
            lines { taxRatePercent } totals { tax { amount } total { amount } } } } }";
        let input = json!({ "lines": [{ "variant": { "sku": "TEA" }, "quantity": 1 }], "country": "SA",
            "region": region, "city": "الرياض", "deliveryMethod": "standard", "paymentMethod": "BANK_TRANSFER" });
        shop.staff_all().run(query, json!({ "input": input })).await["priceQuote"]["quote"].take()
    };
    for (region, percent, tax) in [
        (Value::Null, "15", "3.85"),
        (json!(" منطقة تبوك"), "5", "1.41"),
        (json!("منطقة الرياض"), "15", "3.85"),
        (json!("منطقة تبوك"), "5", "1.41"),
    ] {
        go(region.clone()).await;
        let seen = cart(&client, &id).await;
        assert_eq!(seen["lines"][0]["taxation"]["ratePercent"], percent, "{region}");
        assert_eq!(totals(&seen, &["tax", "total"]), [tax, "29.50"], "{region}");
        let quote = quoted(region.clone()).await;
        assert_eq!(quote["lines"][0]["taxRatePercent"], percent, "{region}");
        assert_eq!(totals(&quote, &["tax", "total"]), [tax, "29.50"], "{region}");
    }
    let placed = client.checkout(&id).await;
    assert_eq!(totals(&order(&shop, &placed.id).await, &["tax"]), ["1.41"]);
    let query = "query ($id: ID!) { order(by: { id: $id }) { shippingAddress { region } } }";
    let kept = shop.staff_all().run(query, json!({ "id": placed.id })).await;
    assert_eq!(kept["order"]["shippingAddress"]["region"], "منطقة تبوك");
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_see_what_was_said_and_what_is_to_go() {
    let shop = Shop::open().await;
    let medicines = class(&shop, "medicines").await;
    classify(&shop, &medicines, "TEA").await;
    rate(&shop, json!(medicines), zero(), json!(shop.in_hours(1))).await;
    // Said again of the same instant: the first does not go.
    let exempt = json!({ "category": "EXEMPT", "reasonCode": "vatex-sa-29" });
    rate(&shop, json!(medicines), exempt, json!(shop.in_hours(1))).await;
    let staff = shop.staff("TAX_READ").in_language("en");
    let found = staff
        .run(
            "{ taxClasses { totalCount nodes { code name version } } taxRates(filter: { country: \"sa\" }) { nodes {
                taxClass { code } country region startsAt taxation { category reasonCode message } } }
                productVariant(by: { sku: \"TEA\" }) { product { taxClass { code } } } }",
            json!({}),
        )
        .await;
    let named = json!([{ "code": "medicines", "name": "medicines", "version": 1 }]);
    assert_eq!(found["taxClasses"], json!({ "totalCount": 1, "nodes": named }));
    assert_eq!(found["productVariant"]["product"]["taxClass"]["code"], "medicines");
    let rates = found["taxRates"]["nodes"].as_array().unwrap();
    let said: Vec<_> = rates.iter().map(|rate| (&rate["taxClass"]["code"], &rate["taxation"]["category"])).collect();
    assert_eq!(said, [(&Value::Null, &json!("STANDARD")), (&json!("medicines"), &json!("EXEMPT"))]);
    let message = text(&rates[1]["taxation"]["message"]).replace(['\u{2068}', '\u{2069}'], "");
    assert_eq!(message, "Exempt from tax (VATEX-SA-29)");
    let input = json!({ "taxClass": medicines, "nameEn": "Medicine", "expectedVersion": 1 });
    let renamed = tax(&shop, "taxClassUpdate", "taxClass { version }", input).await;
    assert_eq!(renamed["taxClass"]["version"], 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rate_that_did_not_begin_is_taken_back_and_one_that_did_is_not() {
    let shop = Shop::open().await;
    let client = shop.anonymous();
    let id = client.cart_ready(&[("TEA", 1)], "BANK_TRANSFER").await;
    let mut rates = Vec::new();
    for (hours, percent) in [(1, "20"), (2, "5")] {
        let taxation = json!({ "category": "STANDARD", "ratePercent": percent });
        let input = json!({ "country": "SA", "taxation": taxation, "startsAt": shop.in_hours(hours) });
        rates.push(tax(&shop, "taxRateSet", "taxRate { id }", input).await["taxRate"]["id"].take());
    }
    let remove = async |rate: &Value, more: Value| {
        let mut input = json!({ "taxRate": rate });
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        try_tax(&shop, "taxRateRemove", "removedTaxRate", input).await
    };
    let percent = async || text(&cart(&client, &id).await["lines"][0]["taxation"]["ratePercent"]);
    let tried = remove(&rates[1], json!({ "dryRun": true })).await;
    assert_eq!(tried, json!({ "removedTaxRate": null, "userErrors": [] }));
    shop.later(Duration::from_hours(1));
    assert_eq!(percent().await, "20");
    assert_eq!(wrong(&remove(&rates[0], json!({})).await), ["IN_THE_PAST taxRate"], "it goes from now on");
    let key = json!({ "idempotencyKey": "back" });
    for _time in 0..2 {
        let removed = remove(&rates[1], key.clone()).await;
        assert_eq!(removed, json!({ "removedTaxRate": rates[1], "userErrors": [] }));
    }
    assert_eq!(wrong(&remove(&rates[1], json!({})).await), ["NOT_FOUND taxRate"]);
    assert_eq!(wrong(&remove(&json!("nonsense"), json!({})).await), ["INVALID_ID taxRate"]);
    shop.later(Duration::from_hours(2));
    assert_eq!(percent().await, "20", "what went before goes on");
    let told = told(&shop, "tax_rate.removed").await;
    assert_eq!((told.len(), &told[0]["country"], &told[0]["rate_bps"]), (1, &json!("SA"), &json!(500)));
    let trail = "{ auditEntries(filter: { action: \"tax_rate.removed\" }, page: { first: 9 }) { totalCount } }";
    let trail = shop.staff("AUDIT_READ").run(trail, json!({})).await;
    assert_eq!(trail["auditEntries"]["totalCount"], 1);
}
