//! Companies are noted and changed.

use serde_json::{Value, json};
use tests::{at_once::at_once, shop::Shop};

use super::ask::{company, new, try_company};
use crate::{cart::refusal::wrong, identity::entering::with, inventory::ask::told};

const SHOWN: &str = "organisation { id code name registrationNumber vatNumber country city isSuspended version }";

#[tokio::test(flavor = "multi_thread")]
async fn a_company_is_noted_changed_and_found() {
    let shop = Shop::open().await;
    let input = with(new("wadi"), "idempotencyKey", "wadi");
    let mut made = try_company(&shop, "organisationCreate", SHOWN, input.clone()).await["organisation"].take();
    let again = try_company(&shop, "organisationCreate", SHOWN, input).await["organisation"].take();
    assert_eq!(made, again, "the same key makes it once");
    let id = made["id"].take();
    let shown = json!({ "id": null, "code": "wadi", "name": "شركة wadi", "registrationNumber": "1010999009",
        "vatNumber": "300999000900003", "country": "SA", "city": "الرياض", "isSuspended": false, "version": 1 });
    assert_eq!(made, shown);

    let change = json!({ "organisation": id, "code": "wadi-oman", "country": "OM", "vatNumber": "OM 1100006812",
        "city": "مسقط", "isSuspended": true, "expectedVersion": 1 });
    let changed = try_company(&shop, "organisationUpdate", SHOWN, change.clone()).await;
    let wanted = json!({ "id": id, "code": "wadi-oman", "name": "شركة wadi", "registrationNumber": "1010999009",
        "vatNumber": "OM1100006812", "country": "OM", "city": "مسقط", "isSuspended": true, "version": 2 });
    assert_eq!((&changed["organisation"], &changed["userErrors"]), (&wanted, &json!([])));
    assert_eq!(wrong(&try_company(&shop, "organisationUpdate", SHOWN, change).await), ["CONFLICT expectedVersion"]);
    let none = json!({ "organisation": id, "vatNumber": null });
    let none = try_company(&shop, "organisationUpdate", SHOWN, none).await;
    assert_eq!((&none["organisation"]["vatNumber"], &none["organisation"]["version"]), (&Value::Null, &json!(3)));

    let query = "query ($id: ID!) { byId: organisation(by: { id: $id }) { code } node(id: $id) { id }
        byCode: organisation(by: { code: \"wadi-oman\" }) { id } none: organisation(by: { code: \"wadi\" }) { id }
        suspended: organisations(filter: { isSuspended: true }) { totalCount nodes { id } }
        numbered: organisations(filter: { registrationNumber: \"1010999001\" }) { nodes { code } }
        taxed: organisations(filter: { vatNumber: \"300999000100003\", isSuspended: true }) { totalCount } }";
    let found = shop.staff("CUSTOMER_READ").run(query, json!({ "id": id })).await;
    let wanted = json!({ "byId": { "code": "wadi-oman" }, "byCode": { "id": id }, "none": null, "node": { "id": id },
        "suspended": { "totalCount": 1, "nodes": [{ "id": id }] }, "numbered": { "nodes": [{ "code": "rimal" }] },
        "taxed": { "totalCount": 0 } });
    assert_eq!(found, wanted);
    let events = told(&shop, "organisation.updated").await;
    assert_eq!((told(&shop, "organisation.created").await.len(), events.len()), (1, 2));
    let query = "query ($id: ID!) { auditEntries(filter: { record: $id, action: \"organisation.updated\" }) {
        nodes { before after } } }";
    let entry = shop.staff("AUDIT_READ").run(query, json!({ "id": id })).await["auditEntries"]["nodes"][1].take();
    assert_eq!((&entry["before"]["country"], &entry["after"]["country"]), (&json!("SA"), &json!("OM")));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_meant_of_a_company_is_refused_by_field_and_tried_alike() {
    let shop = Shop::open().await;
    let wadi = company(&shop, "wadi").await;
    let nobodys = "organisation_01h455vb4pex5vsknk084sn02q";
    let of = |field: &str, value: Value| with(new("new"), field, value);
    for (name, input, refusals) in [
        ("organisationCreate", of("code", json!("Wadi!")), vec!["INVALID_SLUG code"]),
        ("organisationCreate", of("code", json!("wadi")), vec!["ORGANISATION_CODE_TAKEN code"]),
        ("organisationCreate", of("vatNumber", json!("300999000900004")), vec!["INVALID_VAT_NUMBER vatNumber"]),
        ("organisationCreate", of("country", json!("AE")), vec![]),
        ("organisationCreate", of("country", json!("Oman")), vec!["INVALID_COUNTRY country"]),
        (
            "organisationCreate",
            json!({ "code": "", "city": " ", "registrationNumber": "12", "vatNumber": "12" }),
            vec![
                "REQUIRED code",
                "REQUIRED nameEn",
                "REQUIRED city",
                "INVALID_REGISTRATION_NUMBER registrationNumber",
                "INVALID_VAT_NUMBER vatNumber",
            ],
        ),
        ("organisationUpdate", json!({ "organisation": nobodys, "city": "x" }), vec!["NOT_FOUND organisation"]),
        ("organisationUpdate", json!({ "organisation": "wadi" }), vec!["INVALID_ID organisation"]),
        ("organisationUpdate", json!({ "organisation": wadi, "code": "rimal" }), vec!["ORGANISATION_CODE_TAKEN code"]),
        ("organisationUpdate", json!({ "organisation": wadi, "country": "OM" }), vec!["INVALID_VAT_NUMBER vatNumber"]),
        (
            "organisationUpdate",
            json!({ "organisation": wadi, "registrationNumber": "1", "vatNumber": "1" }),
            vec!["INVALID_REGISTRATION_NUMBER registrationNumber", "INVALID_VAT_NUMBER vatNumber"],
        ),
    ] {
        let dry = with(input.clone(), "dryRun", true);
        let tried = try_company(&shop, name, SHOWN, dry).await;
        assert_eq!((wrong(&tried), &tried["organisation"]), (texts(&refusals), &Value::Null), "{input}");
        if !refusals.is_empty() {
            let refused = try_company(&shop, name, SHOWN, input.clone()).await;
            assert_eq!((wrong(&refused), &refused["organisation"]), (texts(&refusals), &Value::Null), "{input}");
        }
    }
    let list = shop.staff("CUSTOMER_READ").run("{ organisations { totalCount } }", json!({})).await;
    assert_eq!(list["organisations"]["totalCount"], 2, "that of the fixture, and the one that was made");
    assert_eq!(told(&shop, "organisation.updated").await.len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_those_who_take_a_code_at_once_one_has_it() {
    let shop = Shop::open().await;
    let ids = [company(&shop, "one").await, company(&shop, "two").await];
    let made = at_once(6, async |n| {
        let (name, input) = if n < 4 {
            ("organisationCreate", new("wadi"))
        } else {
            ("organisationUpdate", json!({ "organisation": ids[n - 4], "code": "wadi" }))
        };
        wrong(&try_company(&shop, name, SHOWN, input).await)
    });
    let made = made.await;
    assert_eq!(made.iter().filter(|said| said.is_empty()).count(), 1, "{made:?}");
    assert!(made.iter().flatten().all(|said| said == "ORGANISATION_CODE_TAKEN code"), "{made:?}");
    let rename = json!({ "organisation": ids[0], "city": "جدة", "expectedVersion": 1 });
    let version = shop
        .staff("CUSTOMER_READ")
        .run("query ($id: ID!) { organisation(by: { id: $id }) { version } }", json!({ "id": ids[0] }))
        .await;
    let rename = with(rename, "expectedVersion", version["organisation"]["version"].clone());
    let renamed = at_once(6, async |_| wrong(&try_company(&shop, "organisationUpdate", SHOWN, rename.clone()).await));
    assert_eq!(renamed.await.iter().filter(|said| said.is_empty()).count(), 1, "the version that was seen is one");
}

fn texts(all: &[&str]) -> Vec<String> {
    all.iter().map(ToString::to_string).collect()
}
