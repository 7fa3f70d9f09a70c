//! The units of companies.

use serde_json::{Value, json};
use tests::{at_once::at_once, shop::Shop};

use super::ask::{company, join, leave, try_company, unit};
use crate::{cart::refusal::wrong, identity::entering::with, inventory::ask::told};

const SHOWN: &str = "unit { id code name parent { code } version }";

#[tokio::test(flavor = "multi_thread")]
async fn units_are_made_renamed_moved_and_removed() {
    let shop = Shop::open().await;
    let wadi = company(&shop, "wadi").await;
    let (north, south) = (unit(&shop, &wadi, "north", None).await, unit(&shop, &wadi, "south", None).await);
    let store = unit(&shop, &wadi, "store", Some(&north)).await;
    let change = json!({ "unit": store, "parent": south, "nameAr": "المتجر", "code": "shop", "expectedVersion": 1 });
    let moved = try_company(&shop, "organisationUnitUpdate", SHOWN, change.clone()).await;
    let wanted = json!({ "id": store, "code": "shop", "name": "المتجر", "parent": { "code": "south" }, "version": 2 });
    assert_eq!((&moved["unit"], &moved["userErrors"]), (&wanted, &json!([])));
    assert_eq!(wrong(&try_company(&shop, "organisationUnitUpdate", SHOWN, change).await), ["CONFLICT expectedVersion"]);
    let top = json!({ "unit": store, "parent": null });
    let top = try_company(&shop, "organisationUnitUpdate", SHOWN, top).await["unit"].take();
    assert_eq!((&top["parent"], &top["version"]), (&Value::Null, &json!(3)));
    let query = "query ($id: ID!) { organisation(by: { id: $id }) { units { code parent { code } } } }";
    let units =
        async || shop.staff("CUSTOMER_READ").run(query, json!({ "id": wadi })).await["organisation"]["units"].take();
    let at_top = |code: &str| json!({ "code": code, "parent": null });
    assert_eq!(units().await, json!([at_top("north"), at_top("shop"), at_top("south")]));

    let delete = async |unit: &str, more: Value| {
        let mut input = json!({ "unit": unit });
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        try_company(&shop, "organisationUnitDelete", "deletedUnit", input).await
    };
    try_company(&shop, "organisationUnitUpdate", SHOWN, json!({ "unit": store, "parent": south })).await;
    assert_eq!(wrong(&delete(&south, json!({})).await), ["ORGANISATION_UNIT_IN_USE unit"], "something is below it");
    join(&shop, &wadi, Some(&store), &["layla"]).await;
    assert_eq!(wrong(&delete(&store, json!({})).await), ["ORGANISATION_UNIT_IN_USE unit"], "somebody is in it");
    leave(&shop, &wadi, &["layla"]).await;
    assert_eq!(wrong(&delete(&store, json!({ "expectedVersion": 1 })).await), ["CONFLICT expectedVersion"]);
    assert_eq!(delete(&store, json!({ "dryRun": true })).await["deletedUnit"], store);
    assert_eq!(units().await.as_array().unwrap().len(), 3, "it was only tried");
    assert_eq!(delete(&store, json!({})).await, json!({ "deletedUnit": store, "userErrors": [] }));
    assert_eq!(wrong(&delete(&store, json!({})).await), ["NOT_FOUND unit"]);
    assert_eq!(units().await, json!([at_top("north"), at_top("south")]));
    let told = async |name: &str| told(&shop, &format!("organisation.unit_{name}")).await.len();
    assert_eq!((told("created").await, told("updated").await, told("deleted").await), (3, 3, 1));
    let query = "query ($id: ID!) { auditEntries(filter: { record: $id, action: \"organisation.unit_deleted\" }) {
        nodes { before } } }";
    let entries = shop.staff("AUDIT_READ").run(query, json!({ "id": wadi })).await["auditEntries"]["nodes"].take();
    assert_eq!(entries[0]["before"]["code"], "shop");
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_unit_is_below_itself_nor_too_deep_nor_in_two_companies() {
    let shop = Shop::open().await;
    let (wadi, other) = (company(&shop, "wadi").await, company(&shop, "other").await);
    let mut line = vec![unit(&shop, &wadi, "u0", None).await];
    for n in 1..8 {
        let parent = line.last().unwrap().clone();
        line.push(unit(&shop, &wadi, &format!("u{n}"), Some(&parent)).await);
    }
    let (foreign, free) = (unit(&shop, &other, "u0", None).await, unit(&shop, &wadi, "free", None).await);
    let below = unit(&shop, &wadi, "below", Some(&free)).await;
    let nobodys = "organisationunit_01h455vb4pex5vsknk084sn02q";
    let theirs = unit(shop.neighbour(), &company(shop.neighbour(), "wadi").await, "u0", None).await;
    let make = |more: Value| {
        let mut input = json!({ "organisation": wadi, "code": "new", "nameEn": "New" });
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        ("organisationUnitCreate", input)
    };
    let put = |unit: &str, parent: &str| ("organisationUnitUpdate", json!({ "unit": unit, "parent": parent }));
    for ((name, input), refusal) in [
        (make(json!({ "parent": line[7] })), "ORGANISATION_UNIT_TOO_DEEP parent"),
        (make(json!({ "code": "u0" })), "ORGANISATION_UNIT_CODE_TAKEN code"),
        (make(json!({ "parent": foreign })), "NOT_FOUND parent"),
        (make(json!({ "parent": nobodys })), "NOT_FOUND parent"),
        (make(json!({ "parent": theirs })), "NOT_FOUND parent"),
        (make(json!({ "organisation": "organisation_01h455vb4pex5vsknk084sn02q" })), "NOT_FOUND organisation"),
        (make(json!({ "nameEn": " " })), "REQUIRED nameEn"),
        (put(&line[0], &line[0]), "ORGANISATION_UNIT_LOOP parent"),
        (put(&line[0], &line[7]), "ORGANISATION_UNIT_LOOP parent"),
        (put(&free, &below), "ORGANISATION_UNIT_LOOP parent"),
        (put(&free, &line[6]), "ORGANISATION_UNIT_TOO_DEEP parent"),
        (put(&free, &foreign), "NOT_FOUND parent"),
        (put(nobodys, &free), "NOT_FOUND unit"),
        (put(&theirs, &free), "NOT_FOUND unit"),
        (("organisationUnitUpdate", json!({ "unit": free, "code": "u3" })), "ORGANISATION_UNIT_CODE_TAKEN code"),
    ] {
        for input in [with(input.clone(), "dryRun", true), input] {
            let refused = try_company(&shop, name, SHOWN, input.clone()).await;
            assert_eq!((wrong(&refused), &refused["unit"]), (vec![refusal.to_owned()], &Value::Null), "{name} {input}");
        }
    }
    let fits = try_company(&shop, "organisationUnitUpdate", SHOWN, put(&free, &line[5]).1).await;
    assert_eq!(fits["userErrors"], json!([]), "seven above what is below it");
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_moves_at_once_that_make_a_circle_one_fails() {
    let shop = Shop::open().await;
    let wadi = company(&shop, "wadi").await;
    let units = [unit(&shop, &wadi, "a", None).await, unit(&shop, &wadi, "b", None).await];
    let moved = at_once(2, async |n| {
        let input = json!({ "unit": units[n], "parent": units[1 - n] });
        wrong(&try_company(&shop, "organisationUnitUpdate", SHOWN, input).await)
    });
    let mut moved = moved.await;
    moved.sort();
    assert_eq!(moved, [vec![], vec!["ORGANISATION_UNIT_LOOP parent".to_owned()]]);
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_company_has_so_many_units_and_no_more() {
    let shop = Shop::open().await;
    company(&shop, "other").await;
    let wadi = company(&shop, "wadi").await;
    let last = unit(&shop, &wadi, "last", None).await;
    let fill = if shop.database_url().starts_with("sqlite:") {
        "INSERT INTO organisation_unit (tenant_id, id, organisation_id, code, name_en, version)
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 999)
         SELECT u.tenant_id, randomblob(16), u.organisation_id, 'u' || i, 'u', 1 FROM organisation_unit u, n"
    } else {
        "INSERT INTO organisation_unit (tenant_id, id, organisation_id, code, name_en, version)
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 999)
         SELECT u.tenant_id, gen_random_uuid(), u.organisation_id, 'u' || i, 'u', 1 FROM organisation_unit u, n"
    };
    assert_eq!(shop.db_execute(fill).await, 999);
    let one_more = json!({ "organisation": wadi, "code": "more", "nameEn": "More" });
    let refused = try_company(&shop, "organisationUnitCreate", SHOWN, one_more.clone()).await;
    assert_eq!(wrong(&refused), ["ORGANISATION_UNITS_TOO_MANY organisation"]);
    try_company(&shop, "organisationUnitDelete", "deletedUnit", json!({ "unit": last })).await;
    let made = try_company(&shop, "organisationUnitCreate", SHOWN, one_more).await;
    assert_eq!((&made["userErrors"], &made["unit"]["code"]), (&json!([]), &json!("more")));
    shop.verify().await;
}
