//! Who is relieved of tax.

use std::time::Duration;

use serde_json::{Value, json};
use tests::{at_once::at_once, client::Client, shop::Shop, tenant::Tenant};

use super::ask::{cart, tax, totals, try_tax};
use crate::{
    cart::refusal::wrong,
    fulfilment::ask::text,
    http::asking::plain,
    identity::groups::group,
    orders::ask::me,
    organisations::ask::{company, unit},
};

fn diplomat() -> Value {
    json!({ "category": "ZERO_RATED", "reasonCode": "VATEX-SA-33" })
}

/// What relieves a customer.
pub fn granting(customer: &str) -> Value {
    json!({ "who": { "customer": customer }, "taxation": diplomat() })
}

/// An exemption of somebody's.
pub async fn granted(tenant: &Tenant) -> String {
    grant(tenant, json!({ "customer": me(&tenant.customer("layla")).await }), json!({})).await
}

/// An exemption of a company.
pub async fn company_granted(tenant: &Tenant, company: &str) -> String {
    grant(tenant, json!({ "organisation": company }), json!({})).await
}

async fn grant(tenant: &Tenant, who: Value, more: Value) -> String {
    let mut input = json!({ "who": who, "taxation": diplomat(), "certificate": "D-1" });
    let Value::Object(more) = more else { panic!("fields of an input, not {more}") };
    input.as_object_mut().unwrap().extend(more);
    text(&tax(tenant, "taxExemptionGrant", "taxExemption { id }", input).await["taxExemption"]["id"])
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_who_is_exempt_does_not_pay_the_tax_that_is_in_prices() {
    let shop = Shop::open().await;
    let (layla, guest) = (shop.customer("layla"), shop.anonymous());
    let exemption = grant(&shop, json!({ "customer": me(&layla).await }), json!({})).await;
    let hers = layla.cart_ready(&[("TEA", 2)], "BANK_TRANSFER").await;
    let others = guest.cart_ready(&[("TEA", 2)], "BANK_TRANSFER").await;
    let seen = cart(&layla, &hers).await;
    // 10.00 each, and of 18.00 for the delivery 15.65 without its tax.
    assert_eq!(totals(&seen, &["subtotal", "delivery", "tax", "total"]), ["20.00", "15.65", "0.00", "35.65"]);
    let taxation = json!({ "category": "ZERO_RATED", "ratePercent": "0", "reasonCode": "VATEX-SA-33", "relievedRatePercent": "15" });
    assert_eq!(seen["lines"][0]["taxation"], taxation);
    assert_eq!(totals(&cart(&guest, &others).await, &["tax", "total"]), ["5.35", "41.00"]);

    let placed = layla.checkout(&hers).await;
    tax(&shop, "taxExemptionEnd", "taxExemption { endsAt }", json!({ "taxExemption": exemption })).await;
    let kept = super::ask::order(&shop, &placed.id).await;
    assert_eq!((&kept["lines"][0]["taxation"], totals(&kept, &["total"])), (&taxation, vec!["35.65".to_owned()]));
    let again = layla.cart_ready(&[("TEA", 2)], "BANK_TRANSFER").await;
    assert_eq!(totals(&cart(&layla, &again).await, &["tax", "total"]), ["5.35", "41.00"]);
    let twice = try_tax(&shop, "taxExemptionEnd", "taxExemption { id }", json!({ "taxExemption": exemption })).await;
    assert_eq!(twice["userErrors"], json!([{ "code": "NOT_FOUND", "field": ["taxExemption"] }]));
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_are_relieved_in_the_same_way_once() {
    let shop = Shop::open().await;
    let (layla, omar) = (me(&shop.customer("layla")).await, me(&shop.customer("omar")).await);
    let wadi = company(&shop, "wadi").await;
    let branch = unit(&shop, &wadi, "branch", None).await;
    let loyal = group(&shop, "loyal", &["layla"]).await;
    let already = "TAX_EXEMPTION_GRANTED_ALREADY who";
    for who in [
        json!({ "customer": layla }),
        json!({ "customerGroup": loyal }),
        json!({ "organisation": wadi }),
        json!({ "organisationUnit": branch }),
    ] {
        let try_grant = async |more: Value| {
            let mut input = json!({ "who": who, "taxation": diplomat(), "country": "SA", "endsAt": shop.in_hours(9) });
            input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            wrong(&try_tax(&shop, "taxExemptionGrant", "taxExemption { id }", input).await)
        };
        // Of several at once one does.
        let mut said = at_once(4, async |_n| try_grant(json!({})).await.concat()).await;
        said.sort_unstable();
        assert_eq!(said, ["", already, already, already], "{who}");
        for more in [
            json!({ "endsAt": shop.in_hours(5) }),
            json!({ "startsAt": shop.in_hours(5), "certificate": "D-2" }),
            json!({ "startsAt": shop.in_hours(5), "endsAt": shop.in_hours(6), "dryRun": true }),
        ] {
            assert_eq!(try_grant(more.clone()).await, [already], "{who} {more}");
        }
        for more in [
            json!({ "endsAt": shop.in_hours(10) }),
            json!({ "country": "KW" }),
            json!({ "taxation": { "category": "ZERO_RATED", "reasonCode": "VATEX-SA-35" } }),
            json!({ "taxation": { "category": "REVERSE_CHARGE" } }),
            json!({ "country": null }),
        ] {
            assert_eq!(try_grant(more.clone()).await, Vec::<String>::new(), "{who} {more}");
            assert_eq!(try_grant(more.clone()).await, [already], "{who} {more}");
        }
        // What goes everywhere goes in each country.
        assert_eq!(try_grant(json!({ "country": "AE" })).await, [already], "{who}");
    }
    // Those of others, and of others of the same company, are others.
    let mut input = granting(&omar);
    tax(&shop, "taxExemptionGrant", "taxExemption { id }", input.clone()).await;
    let refused = try_tax(&shop, "taxExemptionGrant", "taxExemption { id }", input.clone()).await;
    assert_eq!((&refused["taxExemption"], wrong(&refused)), (&Value::Null, vec![already.to_owned()]));
    // Again once it is ended, and with the same key the answer of before.
    input["idempotencyKey"] = json!("again");
    let query = "query ($of: ID!) { taxExemptions(filter: { customer: $of }) { totalCount nodes { id } } }";
    let found = shop.staff_all().run(query, json!({ "of": omar })).await["taxExemptions"].take();
    assert_eq!(found["totalCount"], 1);
    shop.later(Duration::from_hours(1));
    tax(&shop, "taxExemptionEnd", "taxExemption { id }", json!({ "taxExemption": found["nodes"][0]["id"] })).await;
    for _ in 0..2 {
        tax(&shop, "taxExemptionGrant", "taxExemption { id }", input.clone()).await;
    }
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_steps_to_a_price_lead_to_what_who_is_relieved_pays() {
    let shop = Shop::open().await;
    let layla = shop.customer("layla").in_language("en");
    grant(&shop, json!({ "customer": me(&layla).await }), json!({})).await;
    let id = layla.cart_ready(&[("TEA", 2)], "BANK_TRANSFER").await;
    let fields = "lines { unitPrice { amount } pricing { explanation { kind message amount { amount } } } }";
    let query = format!("query ($id: ID!) {{ cart(id: $id) {{ warnings {{ code }} {fields} }} }}");
    let seen = layla.run(&query, json!({ "id": id })).await["cart"].take();
    assert_eq!(seen["warnings"], json!([]), "her price did not change: she is asked for no tax");
    let placed = layla.checkout(&id).await;
    let query = format!("query ($id: ID!) {{ order(by: {{ id: $id }}) {{ {fields} }} }}");
    let kept = layla.run(&query, json!({ "id": placed.id })).await["order"].take();
    for line in [&seen["lines"][0], &kept["lines"][0]] {
        let last = line["pricing"]["explanation"].as_array().unwrap().last().unwrap();
        assert_eq!((&last["kind"], &last["amount"]), (&json!("TAX_TAKEN_OUT"), &json!({ "amount": "10.00" })));
        assert_eq!(line["unitPrice"]["amount"], "10.00");
        let message = plain(&last["message"]).replace('\u{a0}', " ");
        assert_eq!(message, "SAR 11.50 without the 15 % tax in it: SAR 10.00");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_group_is_exempt_where_it_is_said_and_in_no_other_country() {
    let shop = Shop::open().await;
    let (layla, omar) = (shop.customer("layla"), shop.customer("omar"));
    let embassies = group(&shop, "embassies", &["layla"]).await;
    let hers = layla.cart_ready(&[("TEA", 1)], "BANK_TRANSFER").await;
    let his = omar.cart_ready(&[("TEA", 1)], "BANK_TRANSFER").await;
    let taxes = async || {
        let tax = async |client: &Client, id: &str| totals(&cart(client, id).await, &["tax"])[0].clone();
        (tax(&layla, &hers).await, tax(&omar, &his).await)
    };
    grant(
        &shop,
        json!({ "customerGroup": embassies }),
        json!({ "country": "AE", "taxation": { "category": "REVERSE_CHARGE" } }),
    )
    .await;
    assert_eq!(taxes().await, ("3.85".to_owned(), "3.85".to_owned()));
    grant(&shop, json!({ "customerGroup": embassies }), json!({ "country": "SA" })).await;
    assert_eq!(taxes().await, ("0.00".to_owned(), "3.85".to_owned()));
    let staff = shop.staff_all();
    let query = "{ taxExemptions { totalCount nodes { customer { id } customerGroup { code } country certificate
        taxation { invoiceCode } } } }";
    let found = staff.run(query, json!({})).await;
    assert_eq!(found["taxExemptions"]["totalCount"], 2);
    assert_eq!(
        found["taxExemptions"]["nodes"][1],
        json!({ "customer": null, "customerGroup": { "code": "embassies" }, "country": "SA", "certificate": "D-1",
            "taxation": { "invoiceCode": "Z" } })
    );
}
