//! Who is relieved of tax.

use serde_json::{Value, json};
use tests::{client::Client, shop::Shop, tenant::Tenant};

use super::ask::{cart, tax, totals, try_tax};
use crate::{fulfilment::ask::text, http::asking::plain, identity::groups::group, orders::ask::me};

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
