//! Lists never mix.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use tests::{client::Client, shop::Shop};

use super::things::Things;

const LISTS: &str = "{
    products(page: { first: 100 }) { totalCount nodes { id slug category { id slug parent { id } } collections { id slug }
        variants { id sku product { id } } } }
    categories { totalCount nodes { id slug parent { id } children { id } } }
    collections { totalCount nodes { id slug } }
    channels { code }
    orders { totalCount nodes { id number customer { id email } lines { id sku variant { id } }
        payment { id entries { id } } whereabouts { timeline { actor } } } }
    customers { totalCount nodes { id email groups { id code } } }
    giftCards { totalCount nodes { id entries { nodes { id } } } }
    promotions { totalCount nodes { id code coupons { totalCount nodes { id code } } } }
    priceLists { totalCount nodes { id code assignments { id customerGroup { id } } rules { parent { id } }
        variants { totalCount nodes { id sku } } } }
    taxClasses { totalCount nodes { id code } }
    taxRates { totalCount nodes { id taxClass { id } } }
    taxExemptions { totalCount nodes { id customer { id } customerGroup { id } organisation { id } organisationUnit { id } } }
    customerGroups { totalCount nodes { id code members { totalCount nodes { id email } } } }
    organisations { totalCount nodes { id code units { id code } members { totalCount nodes { customer { id email } } } } }
    externalSkus { totalCount nodes { id sku: externalSku variant { id } } }
    stockAlerts { totalCount nodes { id email variant { id } } }
    auditEntries(page: { first: 100 }) { totalCount nodes { id record actor } }
    webhooks { totalCount nodes { id } }
    webhookDeliveries { totalCount nodes { id webhook { id } } }
    me { id email roles { code } storeCredit { id } }
}";

/// What stands at these keys, wherever it is.
fn collect(value: &Value, keys: &[&str], into: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                match value {
                    Value::String(text) if keys.contains(&key.as_str()) => {
                        into.insert(text.clone());
                    }
                    _ => collect(value, keys, into),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, keys, into)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn ids(value: &Value) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    collect(value, &["id", "record", "actor"], &mut ids);
    ids.retain(|id| !["guest", "system"].contains(&id.as_str()));
    ids
}

fn names(value: &Value) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    collect(value, &["slug", "sku", "code", "number", "email"], &mut names);
    names
}

/// How long each list says it is.
fn totals(value: &Value) -> Vec<&Value> {
    value.as_object().unwrap().values().filter_map(|list| list.get("totalCount")).collect()
}

async fn listed(client: &Client) -> Value {
    client.run(LISTS, json!({})).await
}

#[tokio::test(flavor = "multi_thread")]
async fn two_shops_with_the_same_names_have_no_id_in_common() {
    let shop = Shop::open_with(|flags| flags.max_query_complexity = Some("1000000".to_owned())).await;
    Things::of(&shop).await;
    let alone = listed(&shop.staff_all()).await;
    Things::of(shop.neighbour()).await;
    let (ours, theirs) = (listed(&shop.staff_all()).await, listed(&shop.neighbour().staff_all()).await);
    assert_eq!(ours, alone, "what the neighbour does is not seen");
    assert_eq!(names(&ours), names(&theirs), "both have and did the same");
    assert_eq!(totals(&ours), totals(&theirs));
    let (our_ids, their_ids) = (ids(&ours), ids(&theirs));
    assert!(30 < our_ids.len(), "only {our_ids:?}");
    assert_eq!(our_ids.len(), their_ids.len());
    assert_eq!(our_ids.intersection(&their_ids).collect::<Vec<_>>(), Vec::<&String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_asked_by_a_name_that_both_have_is_ours() {
    let shop = Shop::open().await;
    let (ours, theirs) = (Things::of(&shop).await, Things::of(shop.neighbour()).await);
    let query = r#"{
        product(by: { slug: "dates" }) { id }
        productVariant(by: { sku: "DATES" }) { id }
        category(by: { slug: "food" }) { id }
        collection(by: { slug: "gifts" }) { id }
        products(filter: { skus: ["DATES"] }) { totalCount nodes { id } }
        orders(filter: { number: "W1001" }) { totalCount nodes { id } }
        mail: orders(filter: { email: "guest@customer.example" }) { totalCount }
        words: orders(filter: { search: "guest 966" }) { totalCount }
        customers(filter: { email: "layla@customer.example" }) { totalCount nodes { id } }
        giftCards(filter: { code: "MINE-2026-0001" }) { totalCount nodes { id } }
        customerGroup(by: { code: "loyal" }) { id members { nodes { id } } }
        organisation(by: { code: "wadi" }) { id members { nodes { customer { id } unit { id } } } }
    }"#;
    for (tenant, things) in [(&*shop, &ours), (shop.neighbour(), &theirs)] {
        let wanted = json!({
            "product": { "id": things.product }, "productVariant": { "id": things.variant },
            "category": { "id": things.category }, "collection": { "id": things.collection },
            "products": { "totalCount": 1, "nodes": [{ "id": things.product }] },
            "orders": { "totalCount": 1, "nodes": [{ "id": things.order.id }] },
            "mail": { "totalCount": 5 }, "words": { "totalCount": 5 },
            "customers": { "totalCount": 1, "nodes": [{ "id": things.customer }] },
            "organisation": { "id": things.organisation, "members": { "nodes": [
                { "customer": { "id": things.customer }, "unit": { "id": things.unit } }] } },
            "giftCards": { "totalCount": 1, "nodes": [{ "id": things.gift_card }] },
            "customerGroup": { "id": things.group, "members": { "nodes": [{ "id": things.customer }] } },
        });
        assert_eq!(tenant.staff_all().run(query, json!({})).await, wanted);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cursor_of_the_neighbour_leads_into_our_list() {
    let shop = Shop::open().await;
    let query = "query ($page: Paging!) { products(page: $page) { nodes { id } pageInfo { endCursor } } }";
    let theirs = shop.neighbour().anonymous().run(query, json!({ "page": { "first": 2 } })).await;
    let cursor = &theirs["products"]["pageInfo"]["endCursor"];
    let ours = shop.anonymous().run(query, json!({ "page": {} })).await;
    let after = shop.anonymous().run(query, json!({ "page": { "after": cursor } })).await;
    let (all, rest) = (ids(&ours), ids(&after));
    assert!(rest.is_subset(&all) && !rest.is_empty(), "{rest:?} of {all:?}");
}
