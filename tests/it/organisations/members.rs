//! Who buys for which company.

use serde_json::{Value, json};
use tests::{at_once::at_once, shop::Shop};

use super::ask::{company, join, leave, named, try_company, unit};
use crate::{
    cart::refusal::wrong,
    identity::{entering::with, groups::customer},
    inventory::ask::told,
};

const CHANGED: &str = "organisation { code } changedCustomers";

#[tokio::test(flavor = "multi_thread")]
async fn customers_come_move_and_leave_and_each_is_in_one_unit_of_a_company() {
    let shop = Shop::open().await;
    let (wadi, rimal) = (company(&shop, "wadi").await, company(&shop, "sahel").await);
    let north = unit(&shop, &wadi, "north", None).await;
    let (layla, omar) = (customer(&shop, "layla").await, customer(&shop, "omar").await);
    let both = json!([{ "id": omar }, { "email": "LAYLA@customer.example" }]);
    let input = json!({ "organisation": wadi, "customers": both });
    let added = try_company(&shop, "organisationMembersAdd", CHANGED, input.clone()).await;
    let wanted = json!({ "organisation": { "code": "wadi" }, "changedCustomers": [omar, layla], "userErrors": [] });
    assert_eq!(added, wanted);
    let idle = try_company(&shop, "organisationMembersAdd", CHANGED, input).await;
    assert_eq!((&idle["changedCustomers"], &idle["userErrors"]), (&json!([]), &json!([])));
    join(&shop, &wadi, Some(&north), &["layla"]).await;
    join(&shop, &rimal, None, &["layla"]).await;
    let mine = "{ me { organisations { organisation { id code } unit { code } } } }";
    let mine = shop.customer("layla").run(mine, json!({})).await["me"]["organisations"].take();
    let first = json!({ "organisation": { "id": wadi, "code": "wadi" }, "unit": { "code": "north" } });
    let second = json!({ "organisation": { "id": rimal, "code": "sahel" }, "unit": null });
    assert_eq!(mine, json!([first, second]));
    let query = "query ($id: ID!) { organisation(by: { id: $id }) { members { totalCount nodes {
        customer { email organisations { organisation { code } } } unit { code } } } } }";
    let members = shop.staff("CUSTOMER_READ").run(query, json!({ "id": wadi })).await["organisation"]["members"].take();
    assert_eq!(members["totalCount"], 2);
    let nodes = members["nodes"].as_array().unwrap();
    let hers = nodes.iter().find(|one| one["customer"]["email"] == "layla@customer.example").unwrap();
    let both = json!([{ "organisation": { "code": "wadi" } }, { "organisation": { "code": "sahel" } }]);
    assert_eq!((&hers["unit"]["code"], &hers["customer"]["organisations"]), (&json!("north"), &both));
    let his = nodes.iter().find(|one| one["customer"]["email"] == "omar@customer.example").unwrap();
    assert_eq!(his["unit"], Value::Null);

    leave(&shop, &wadi, &["layla"]).await;
    let gone = json!({ "organisation": wadi, "customers": [named("layla")] });
    let idle = try_company(&shop, "organisationMembersRemove", CHANGED, gone).await;
    assert_eq!((&idle["changedCustomers"], &idle["userErrors"]), (&json!([]), &json!([])), "she was out");
    let mine = "{ me { organisations { organisation { code } } } }";
    let mine = shop.customer("layla").run(mine, json!({})).await["me"]["organisations"].take();
    assert_eq!(mine, json!([{ "organisation": { "code": "sahel" } }]));
    assert_eq!(told(&shop, "organisation.members_added").await.len(), 3);
    assert_eq!(told(&shop, "organisation.members_removed").await.len(), 1);
    let query = "query ($id: ID!) { auditEntries(filter: { record: $id, action: \"organisation.members_removed\" }) {
        nodes { before after } } }";
    let entry = shop.staff("AUDIT_READ").run(query, json!({ "id": wadi })).await["auditEntries"]["nodes"][0].take();
    assert_eq!((&entry["before"]["n_members"], &entry["after"]["n_members"]), (&json!(2), &json!(1)));
    assert_eq!(entry["after"]["customers"], json!([layla]));
    let staff = shop.staff_all().run("{ me { organisations { unit { id } } } }", json!({})).await;
    assert_eq!(staff["me"]["organisations"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_no_customer_of_the_shop_buys_for_nobody() {
    let shop = Shop::open().await;
    let (wadi, other) = (company(&shop, "wadi").await, company(&shop, "other").await);
    let foreign = unit(&shop, &other, "north", None).await;
    let layla = customer(&shop, "layla").await;
    let theirs = customer(shop.neighbour(), "layla").await;
    let staff = shop.staff("CUSTOMER_MANAGE").run("{ me { id email } }", json!({})).await["me"].take();
    let nobody = json!({ "email": "nobody@customer.example" });
    for name in ["organisationMembersAdd", "organisationMembersRemove"] {
        for (customers, refusals) in [
            (
                json!([{ "id": layla }, nobody, { "id": staff["id"] }, { "email": staff["email"] }, { "id": theirs }]),
                vec![
                    "NOT_FOUND customers.1",
                    "NOT_FOUND customers.2",
                    "NOT_FOUND customers.3",
                    "NOT_FOUND customers.4",
                ],
            ),
            (
                json!([{ "id": layla }, { "id": layla }, { "id": "layla" }, { "email": "layla" }]),
                vec!["DUPLICATE customers.1", "INVALID_ID customers.2", "INVALID_EMAIL customers.3"],
            ),
            (json!([]), vec!["REQUIRED customers"]),
            (json!(vec![json!({ "id": layla }); 501]), vec!["TOO_LONG customers"]),
        ] {
            let input = json!({ "organisation": wadi, "customers": customers });
            let refused = try_company(&shop, name, CHANGED, input).await;
            assert_eq!(wrong(&refused), refusals, "{name}");
            assert_eq!((&refused["organisation"], &refused["changedCustomers"]), (&Value::Null, &json!([])));
        }
        let nowhere =
            json!({ "organisation": "organisation_01h455vb4pex5vsknk084sn02q", "customers": [named("layla")] });
        assert_eq!(wrong(&try_company(&shop, name, CHANGED, nowhere).await), ["NOT_FOUND organisation"]);
    }
    let input = json!({ "organisation": wadi, "unit": foreign, "customers": [named("layla")] });
    assert_eq!(wrong(&try_company(&shop, "organisationMembersAdd", CHANGED, input).await), ["NOT_FOUND unit"]);
    assert_eq!(told(&shop, "organisation.members_added").await.len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_named_by_both_comes_once_and_a_dry_run_changes_nothing() {
    let shop = Shop::open().await;
    let wadi = company(&shop, "wadi").await;
    let layla = customer(&shop, "layla").await;
    let input =
        json!({ "organisation": wadi, "customers": [{ "id": layla }, named("layla")], "idempotencyKey": "both" });
    let tried = try_company(&shop, "organisationMembersAdd", CHANGED, with(input.clone(), "dryRun", true)).await;
    assert_eq!(
        (&tried["changedCustomers"], told(&shop, "organisation.members_added").await.len()),
        (&json!([layla]), 0)
    );
    for _ in 0..2 {
        let done = try_company(&shop, "organisationMembersAdd", CHANGED, input.clone()).await;
        assert_eq!(done["changedCustomers"], json!([layla]), "once, and told again");
    }
    assert_eq!(told(&shop, "organisation.members_added").await.len(), 1);
    let units = [unit(&shop, &wadi, "north", None).await, unit(&shop, &wadi, "south", None).await];
    let moved = at_once(8, async |n| {
        let input = json!({ "organisation": wadi, "unit": units[n % 2], "customers": [{ "id": layla }] });
        wrong(&try_company(&shop, "organisationMembersAdd", CHANGED, input).await)
    });
    assert_eq!(moved.await, vec![Vec::<String>::new(); 8]);
    let mine = "{ me { organisations { unit { code } } } }";
    let mine = shop.customer("layla").run(mine, json!({})).await["me"]["organisations"].take();
    assert_eq!(mine.as_array().unwrap().len(), 1, "in one of them");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_companies_of_many_cost_as_many_statements_as_those_of_one() {
    let shop = Shop::open().await;
    for n in 0..4 {
        let id = company(&shop, &format!("c{n}")).await;
        let north = unit(&shop, &id, "north", None).await;
        join(&shop, &id, Some(&north), &["layla", "omar"]).await;
    }
    let staff = shop.staff_all();
    let query =
        "query ($first: Int!) { organisations(page: { first: $first }) { nodes { code units { code parent { id } } } }
        customers(page: { first: $first }) { nodes { organisations { organisation { code } unit { code } } } } }";
    let mut costs = Vec::new();
    // Staff sign in.
    staff.run(query, json!({ "first": 1 })).await;
    for first in [1, 2, 5] {
        let (found, n_statements) = shop.counted(staff.run(query, json!({ "first": first }))).await;
        assert_eq!(found["organisations"]["nodes"].as_array().unwrap().len(), first);
        assert_eq!(found["customers"]["nodes"][0]["organisations"].as_array().unwrap().len(), 4);
        costs.push(n_statements);
    }
    assert_eq!(costs, [costs[0]; 3]);
}
