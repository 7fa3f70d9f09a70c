//! Groups of customers, and who is in them.

use serde_json::{Value, json};
use tests::{at_once::at_once, client::Client, shop::Shop, tenant::Tenant};

use super::entering::{register, text, with};
use crate::{cart::refusal::wrong, fulfilment::ask::try_set, inventory::ask::told};

const GROUP: &str = "group { id code name version }";
const MEMBERS: &str = "group { code version } changedCustomers";
const NOBODY: &str = "account_01h455vb4pex5vsknk084sn02q";

/// The id of a customer of the fixture.
pub(crate) async fn customer(tenant: &Tenant, name: &str) -> String {
    text(&tenant.customer(name).run("{ me { id } }", json!({})).await["me"], "id")
}

/// Makes a group of a code with these customers of the fixture in it, and gives its id.
pub(crate) async fn group(tenant: &Tenant, code: &str, names: &[&str]) -> String {
    let staff = tenant.staff("CUSTOMER_MANAGE");
    let made = try_set(&staff, "customerGroupCreate", GROUP, json!({ "code": code, "nameEn": code })).await;
    let id = text(&made["group"], "id");
    let mut customers = Vec::new();
    for name in names {
        customers.push(customer(tenant, name).await);
    }
    if !customers.is_empty() {
        let done = change(&staff, "customerGroupMembersAdd", &id, json!(customers)).await;
        assert_eq!(done["changedCustomers"], json!(customers));
    }
    id
}

/// Puts customers into a group, or takes them out of it.
async fn change(staff: &Client, name: &str, group: &str, customers: Value) -> Value {
    try_set(staff, name, MEMBERS, json!({ "group": group, "customers": customers })).await
}

/// The e-mail addresses of who is in a group, and how many it says there are.
async fn members(tenant: &Tenant, group: &str) -> (Vec<String>, u64) {
    let query = "query ($id: ID!) { customerGroup(by: { id: $id }) { members { totalCount nodes { email } } } }";
    let found = tenant.staff("CUSTOMER_READ").run(query, json!({ "id": group })).await["customerGroup"].take();
    let mut emails: Vec<_> =
        found["members"]["nodes"].as_array().unwrap().iter().map(|one| text(one, "email")).collect();
    emails.sort_unstable();
    (emails, found["members"]["totalCount"].as_u64().unwrap())
}

/// Before and after, by the last entry of an action.
async fn last(shop: &Shop, action: &str) -> (Value, Value) {
    let query = "query ($action: String!) { auditEntries(filter: { action: $action }) { nodes { before after } } }";
    let mut found = shop.staff("AUDIT_READ").run(query, json!({ "action": action })).await;
    let mut entry = found["auditEntries"]["nodes"][0].take();
    (entry["before"].take(), entry["after"].take())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_group_is_made_renamed_found_and_removed() {
    let shop = Shop::open().await;
    let staff = shop.staff("CUSTOMER_MANAGE").in_language("en");
    let input = json!({ "code": "loyal", "nameAr": "الأوفياء", "nameEn": "Loyal", "idempotencyKey": "loyal" });
    let made = try_set(&staff, "customerGroupCreate", GROUP, input.clone()).await;
    assert_eq!(made["userErrors"], json!([]));
    let id = made["group"]["id"].clone();
    assert_eq!(made["group"], json!({ "id": id, "code": "loyal", "name": "Loyal", "version": 1 }));
    let again = try_set(&staff, "customerGroupCreate", GROUP, input).await;
    assert_eq!(again["group"]["id"], id, "the same key makes it once");

    let rename = json!({ "group": id, "nameEn": "Most loyal", "expectedVersion": 1 });
    let changed = try_set(&staff, "customerGroupUpdate", GROUP, rename.clone()).await;
    assert_eq!(changed["group"], json!({ "id": id, "code": "loyal", "name": "Most loyal", "version": 2 }));
    let stale = try_set(&staff, "customerGroupUpdate", GROUP, rename).await;
    assert_eq!(wrong(&stale), ["CONFLICT expectedVersion"]);
    let (before, after) = last(&shop, "customer_group.updated").await;
    assert_eq!((&before["name_en"], &after["name_en"]), (&json!("Loyal"), &json!("Most loyal")));
    assert_eq!((&after["name_ar"], &after["version"]), (&json!("الأوفياء"), &json!(2)), "what was not said stays");

    group(&shop, "big-spenders", &[]).await;
    let query = "query ($id: ID!) {
        customerGroups(page: { first: 5 }) { totalCount nodes { code name } }
        byId: customerGroup(by: { id: $id }) { code } byCode: customerGroup(by: { code: \"loyal\" }) { id }
        none: customerGroup(by: { code: \"LOYAL\" }) { id } node(id: $id) { id ... on CustomerGroup { name } } }";
    let found = shop.staff("CUSTOMER_READ").in_language("ar").run(query, json!({ "id": id })).await;
    let nodes = json!([{ "code": "big-spenders", "name": "big-spenders" }, { "code": "loyal", "name": "الأوفياء" }]);
    let wanted = json!({
        "customerGroups": { "totalCount": 2, "nodes": nodes }, "byId": { "code": "loyal" }, "byCode": { "id": id },
        "none": null, "node": { "id": id, "name": "الأوفياء" },
    });
    assert_eq!(found, wanted);
    for other in [shop.anonymous(), shop.customer("layla"), shop.staff("CUSTOMER_MANAGE")] {
        let node = other.run("query ($id: ID!) { node(id: $id) { id } }", json!({ "id": id })).await;
        assert_eq!(node["node"], Value::Null);
    }

    let layla = customer(&shop, "layla").await;
    change(&staff, "customerGroupMembersAdd", id.as_str().unwrap(), json!([layla])).await;
    let gone = json!({ "group": id, "idempotencyKey": "gone" });
    for _ in 0..2 {
        let removed = try_set(&staff, "customerGroupDelete", "deletedCustomerGroup", gone.clone()).await;
        assert_eq!(removed, json!({ "deletedCustomerGroup": id, "userErrors": [] }), "once, and told again");
    }
    let (before, after) = last(&shop, "customer_group.deleted").await;
    assert_eq!((&before["code"], &after["group"]), (&json!("loyal"), &id));
    let found = shop.staff("CUSTOMER_READ").run(query, json!({ "id": id })).await;
    assert_eq!((&found["byId"], &found["byCode"], &found["node"]), (&Value::Null, &Value::Null, &Value::Null));
    assert_eq!(found["customerGroups"]["totalCount"], 1);
    let told = async |name: &str| told(&shop, &format!("customer_group.{name}")).await.len();
    assert_eq!((told("created").await, told("updated").await, told("deleted").await), (2, 1, 1));
    assert_eq!(told("members_removed").await, 0, "the end of the group says it");
    assert_eq!(members(&shop, &group(&shop, "loyal", &[]).await).await.1, 0, "the code is free again");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_meant_of_a_group_is_refused_by_field() {
    let shop = Shop::open().await;
    let staff = shop.staff("CUSTOMER_MANAGE");
    let loyal = group(&shop, "loyal", &[]).await;
    let none = "customergroup_01h455vb4pex5vsknk084sn02q";
    for (name, input, refusals) in [
        ("customerGroupCreate", json!({ "code": "Loyal!" }), vec!["INVALID_SLUG code", "REQUIRED nameEn"]),
        ("customerGroupCreate", json!({ "code": "x", "nameEn": " " }), vec!["REQUIRED nameEn"]),
        ("customerGroupCreate", json!({ "code": "x", "nameAr": "x".repeat(201) }), vec!["TOO_LONG nameAr"]),
        ("customerGroupCreate", json!({ "code": "loyal", "nameEn": "x" }), vec!["CUSTOMER_GROUP_CODE_TAKEN code"]),
        ("customerGroupUpdate", json!({ "group": "loyal" }), vec!["INVALID_ID group", "REQUIRED nameEn"]),
        ("customerGroupUpdate", json!({ "group": loyal }), vec!["REQUIRED nameEn"]),
        ("customerGroupUpdate", json!({ "group": none, "nameEn": "x" }), vec!["NOT_FOUND group"]),
    ] {
        let refused = try_set(&staff, name, GROUP, input.clone()).await;
        assert_eq!(
            (wrong(&refused), &refused["group"]),
            (refusals.iter().map(ToString::to_string).collect(), &Value::Null)
        );
        let mut dry = input;
        dry["dryRun"] = json!(true);
        assert_eq!(wrong(&try_set(&staff, name, GROUP, dry).await), refusals, "a dry run refuses alike");
    }
    let gone = try_set(&staff, "customerGroupDelete", "deletedCustomerGroup", json!({ "group": none })).await;
    assert_eq!((wrong(&gone), &gone["deletedCustomerGroup"]), (vec!["NOT_FOUND group".to_owned()], &Value::Null));
    let query = "{ customerGroup(by: { id: \"zone_01h455vb4pex5vsknk084sn02q\" }) { id } }";
    assert_eq!(shop.staff("CUSTOMER_READ").try_run(query, json!({})).await.codes(), ["INVALID_ID"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn customers_come_and_leave_and_only_they_are_told_of() {
    let shop = Shop::open().await;
    let staff = shop.staff("CUSTOMER_MANAGE");
    let (layla, omar) = (customer(&shop, "layla").await, customer(&shop, "omar").await);
    let id = group(&shop, "loyal", &["layla"]).await;
    let both = json!([omar, layla]);
    let added = change(&staff, "customerGroupMembersAdd", &id, both.clone()).await;
    let loyal = json!({ "code": "loyal", "version": 1 });
    assert_eq!(added, json!({ "group": loyal, "changedCustomers": [omar], "userErrors": [] }), "layla was there");
    let emails = ["layla@customer.example".to_owned(), "omar@customer.example".to_owned()];
    assert_eq!(members(&shop, &id).await, (emails.to_vec(), 2));
    let (before, after) = last(&shop, "customer_group.members_added").await;
    assert_eq!((&before["customers"], &before["n_members"]), (&json!([]), &json!(1)));
    assert_eq!((&after["customers"], &after["n_members"], &after["group"]), (&json!([omar]), &json!(2), &json!(id)));
    let idle = change(&staff, "customerGroupMembersAdd", &id, both.clone()).await;
    assert_eq!((&idle["changedCustomers"], &idle["userErrors"]), (&json!([]), &json!([])));
    assert_eq!(told(&shop, "customer_group.members_added").await.len(), 2);

    let left = change(&staff, "customerGroupMembersRemove", &id, json!([layla])).await;
    assert_eq!(left["changedCustomers"], json!([layla]));
    let left = change(&staff, "customerGroupMembersRemove", &id, both.clone()).await;
    assert_eq!(left["changedCustomers"], json!([omar]), "layla was out");
    let (before, after) = last(&shop, "customer_group.members_removed").await;
    assert_eq!((&before["n_members"], &after["n_members"]), (&json!(1), &json!(0)));
    let idle = change(&staff, "customerGroupMembersRemove", &id, both).await;
    assert_eq!((&idle["changedCustomers"], &idle["userErrors"]), (&json!([]), &json!([])));
    assert_eq!(told(&shop, "customer_group.members_removed").await.len(), 2);
    assert_eq!(members(&shop, &id).await, (Vec::new(), 0));

    let once = json!({ "group": id, "customers": [omar], "idempotencyKey": "omar" });
    try_set(&staff, "customerGroupMembersAdd", MEMBERS, once.clone()).await;
    change(&staff, "customerGroupMembersRemove", &id, json!([omar])).await;
    let again = try_set(&staff, "customerGroupMembersAdd", MEMBERS, once.clone()).await;
    assert_eq!(again["changedCustomers"], json!([omar]), "the first answer");
    assert_eq!(members(&shop, &id).await.1, 0, "a key is used once");
    let other = try_set(&staff, "customerGroupMembersAdd", MEMBERS, with(once, "customers", json!([layla]))).await;
    assert_eq!(wrong(&other), ["IDEMPOTENCY_KEY_REUSED idempotencyKey"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_no_customer_of_the_shop_is_refused_and_nobody_comes() {
    let shop = Shop::open().await;
    let (staff, id) = (shop.staff("CUSTOMER_MANAGE"), group(&shop, "loyal", &["omar"]).await);
    let layla = customer(&shop, "layla").await;
    let me = text(&staff.run("{ me { id } }", json!({})).await["me"], "id");
    let theirs = customer(shop.neighbour(), "layla").await;
    for name in ["customerGroupMembersAdd", "customerGroupMembersRemove"] {
        for (customers, refusals) in [
            (
                json!([layla, NOBODY, me, theirs]),
                vec!["NOT_FOUND customers.1", "NOT_FOUND customers.2", "NOT_FOUND customers.3"],
            ),
            (json!([layla, layla, "layla"]), vec!["DUPLICATE customers.1", "INVALID_ID customers.2"]),
            (json!([]), vec!["REQUIRED customers"]),
            (json!(vec![&layla; 501]), vec!["TOO_LONG customers"]),
        ] {
            let refused = change(&staff, name, &id, customers).await;
            assert_eq!(wrong(&refused), refusals, "{name}");
            assert_eq!((&refused["group"], &refused["changedCustomers"]), (&Value::Null, &json!([])));
        }
        let nowhere = change(&staff, name, "customergroup_01h455vb4pex5vsknk084sn02q", json!([layla])).await;
        assert_eq!(wrong(&nowhere), ["NOT_FOUND group"]);
    }
    assert_eq!(members(&shop, &id).await, (vec!["omar@customer.example".to_owned()], 1));
    assert_eq!(told(&shop, "customer_group.members_added").await.len(), 1);
    assert_eq!(told(&shop, "customer_group.members_removed").await.len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dry_run_tells_what_would_be_and_changes_nothing() {
    let shop = Shop::open().await;
    let staff = shop.staff("CUSTOMER_MANAGE");
    let (id, layla) = (group(&shop, "loyal", &["omar"]).await, customer(&shop, "layla").await);
    let omar = customer(&shop, "omar").await;
    let all = "{ customerGroups { totalCount nodes { code name version members { nodes { id } } } }
        auditEntries(filter: { record: $id }) { totalCount } }";
    let all = format!("query ($id: ID!) {all}");
    let seen = async || shop.staff_all().run(&all, json!({ "id": id })).await;
    let before = seen().await;
    let dry = |mut input: Value| {
        input["dryRun"] = json!(true);
        input["idempotencyKey"] = json!("dry");
        input
    };
    let made = try_set(&staff, "customerGroupCreate", GROUP, dry(json!({ "code": "new", "nameEn": "New" }))).await;
    assert_eq!(made, json!({ "group": null, "userErrors": [] }), "what was not made has no id");
    let renamed = try_set(&staff, "customerGroupUpdate", GROUP, dry(json!({ "group": id, "nameEn": "New" }))).await;
    assert_eq!((&renamed["group"]["name"], &renamed["group"]["version"]), (&json!("New"), &json!(2)));
    let both = json!([layla, omar]);
    for (name, who) in [("customerGroupMembersAdd", &layla), ("customerGroupMembersRemove", &omar)] {
        let told = try_set(&staff, name, MEMBERS, dry(json!({ "group": id, "customers": both }))).await;
        assert_eq!((&told["changedCustomers"], &told["userErrors"]), (&json!([who]), &json!([])), "{name}");
    }
    let gone = try_set(&staff, "customerGroupDelete", "deletedCustomerGroup", dry(json!({ "group": id }))).await;
    assert_eq!(gone, json!({ "deletedCustomerGroup": id, "userErrors": [] }));
    assert_eq!(seen().await, before);
    let meant = json!({ "code": "new", "nameEn": "New", "idempotencyKey": "dry" });
    let made = try_set(&staff, "customerGroupCreate", GROUP, meant).await;
    assert_eq!(made["group"]["code"], "new", "a dry run leaves its key to the call that is meant");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_those_who_come_at_once_each_comes_once() {
    let shop = Shop::open().await;
    let staff = shop.staff("CUSTOMER_MANAGE");
    staff.token().await;
    let made = at_once(8, async |_| {
        try_set(&staff, "customerGroupCreate", GROUP, json!({ "code": "loyal", "nameEn": "Loyal" })).await
    });
    let made = made.await;
    let first: Vec<_> = made.iter().filter(|one| one["group"] != Value::Null).collect();
    assert_eq!(first.len(), 1, "of a code there is one");
    let id = text(&first[0]["group"], "id");
    let both = json!([customer(&shop, "layla").await, customer(&shop, "omar").await]);
    for (name, n_left) in [("customerGroupMembersAdd", 2), ("customerGroupMembersRemove", 0)] {
        let done = at_once(8, async |_| change(&staff, name, &id, both.clone()).await).await;
        assert!(done.iter().all(|one| wrong(one).is_empty()), "{name}: {done:?}");
        let n_changed: usize = done.iter().map(|one| one["changedCustomers"].as_array().unwrap().len()).sum();
        assert_eq!((n_changed, members(&shop, &id).await.1), (2, n_left), "{name}");
    }
    for event in ["customer_group.members_added", "customer_group.members_removed"] {
        assert_eq!(told(&shop, event).await.len(), 1, "{event}");
    }
    let rename = json!({ "group": id, "nameEn": "Most loyal", "expectedVersion": 1 });
    let renamed = at_once(8, async |_| try_set(&staff, "customerGroupUpdate", GROUP, rename.clone()).await).await;
    assert_eq!(renamed.iter().filter(|one| wrong(one).is_empty()).count(), 1, "the version that was seen is one");
    let ends = at_once(8, async |n| {
        if n % 2 == 0 {
            let gone = json!({ "group": id });
            try_set(&staff, "customerGroupDelete", "deletedCustomerGroup", gone).await
        } else {
            change(&staff, "customerGroupMembersAdd", &id, both.clone()).await
        }
    });
    for end in ends.await {
        assert!(wrong(&end).is_empty() || wrong(&end) == ["NOT_FOUND group"], "{end}");
    }
    assert_eq!(told(&shop, "customer_group.deleted").await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_groups_of_many_customers_cost_as_many_statements_as_those_of_one() {
    let shop = Shop::open().await;
    let staff = shop.staff_all();
    for n in 0..6 {
        let email = format!("new-{n}@customer.example");
        register(&shop.anonymous(), with(super::entering::sara(), "email", email)).await;
    }
    let found = staff.run("{ customers { nodes { id } } }", json!({})).await["customers"]["nodes"].take();
    let all: Vec<_> = found.as_array().unwrap().iter().map(|one| one["id"].clone()).collect();
    for code in ["new", "loyal", "wholesale"] {
        let id = group(&shop, code, &[]).await;
        change(&staff, "customerGroupMembersAdd", &id, json!(all)).await;
    }
    let query = "query ($first: Int!) { customers(page: { first: $first }) { nodes { groups { code } } } }";
    let mut costs = Vec::new();
    for first in [1, 3, 8] {
        let (list, n_statements) = shop.counted(staff.run(query, json!({ "first": first }))).await;
        let nodes = list["customers"]["nodes"].as_array().unwrap();
        let codes = json!({ "groups": [{ "code": "loyal" }, { "code": "new" }, { "code": "wholesale" }] });
        assert_eq!(*nodes, vec![codes; first]);
        costs.push(n_statements);
    }
    assert_eq!(costs, [costs[0]; 3]);

    let query = "query ($page: Paging!) { customerGroup(by: { code: \"new\" }) {
        members(page: $page) { totalCount nodes { id } pageInfo { hasNextPage endCursor } } } }";
    let page = async |page: Value| staff.run(query, json!({ "page": page })).await["customerGroup"]["members"].take();
    let first = page(json!({ "first": 5 })).await;
    assert_eq!((&first["totalCount"], &first["pageInfo"]["hasNextPage"]), (&json!(8), &json!(true)));
    let second = page(json!({ "first": 5, "after": first["pageInfo"]["endCursor"] })).await;
    let ids = [&first, &second].into_iter().flat_map(|page| page["nodes"].as_array().unwrap());
    assert_eq!(ids.map(|one| one["id"].clone()).collect::<Vec<_>>(), all, "in the order of the customers");
}
