//! What marketplaces and channels call variants.

use serde_json::{Value, json};
use tests::{at_once::at_once, client::Client, shop::Shop, tenant::Tenant};

use crate::{
    cart::refusal::wrong,
    inventory::ask::told,
    orders::import::{import, old},
};

const SET: &str = "mutation ($input: ExternalSkusSetInput!) { externalSkusSet(input: $input) {
    results { line externalSku isChanged variant { sku } } userErrors { code field message params { name value } } } }";

/// Says what SKUs of a marketplace are, and gives the payload.
pub async fn set(client: &Client, marketplace: &str, lines: Value, more: Value) -> Value {
    let mut input = json!({ "marketplace": marketplace, "lines": lines });
    input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    client.run(SET, json!({ "input": input })).await["externalSkusSet"].take()
}

/// A SKU there that is one of ours here.
pub fn name(external: &str, sku: &str) -> Value {
    json!({ "externalSku": external, "variant": { "sku": sku } })
}

/// All names, by SKU there: the marketplace, the SKU there, and ours.
async fn names(tenant: &Tenant, filter: Value) -> Vec<String> {
    let query = "query ($filter: ExternalSkuFilter!) { externalSkus(filter: $filter) {
        totalCount nodes { marketplace externalSku variant { sku } } } }";
    let found = tenant.staff("STOCK_READ").run(query, json!({ "filter": filter })).await["externalSkus"].take();
    let nodes = found["nodes"].as_array().unwrap();
    assert_eq!(found["totalCount"], nodes.len());
    let line = |node: &Value| {
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        [&node["marketplace"], &node["externalSku"], &node["variant"]["sku"]].map(text).join(" ")
    };
    nodes.iter().map(line).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sku_of_a_marketplace_is_a_variant_here_until_it_is_another_or_none() {
    let shop = Shop::open().await;
    let staff = shop.staff("STOCK_MANAGE");
    let by_id = json!({ "externalSku": "N-2 أ", "variant": { "id": shop.variant("CUP").await } });
    let done = set(&staff, "noon-sa", json!([name("N-1", "TEA"), by_id]), json!({})).await;
    let result = |line: i64, external: &str, sku: Value, is_changed: bool| {
        let variant = if sku.is_null() { Value::Null } else { json!({ "sku": sku }) };
        json!({ "line": line, "externalSku": external, "isChanged": is_changed, "variant": variant })
    };
    let results = json!([result(0, "N-1", json!("TEA"), true), result(1, "N-2 أ", json!("CUP"), true)]);
    assert_eq!(done, json!({ "results": results, "userErrors": [] }));
    set(&staff, "web-kw", json!([name("N-1", "DATES"), name("n-1", "TEA")]), json!({})).await;
    assert_eq!(
        names(&shop, json!({})).await,
        ["noon-sa N-1 TEA", "web-kw N-1 DATES", "noon-sa N-2 أ CUP", "web-kw n-1 TEA"].map(str::to_owned)
    );

    let again = json!([json!({ "externalSku": "N-2 أ" }), name("N-1", "CUP"), json!({ "externalSku": "N-9" })]);
    let dry = set(&staff, "noon-sa", again.clone(), json!({ "dryRun": true })).await;
    let results = json!([
        result(0, "N-2 أ", Value::Null, true),
        result(1, "N-1", json!("CUP"), true),
        result(2, "N-9", Value::Null, false)
    ]);
    assert_eq!(dry, json!({ "results": results, "userErrors": [] }));
    assert_eq!(names(&shop, json!({ "marketplace": "noon-sa" })).await.len(), 2, "nothing was changed");
    assert_eq!(set(&staff, "noon-sa", again.clone(), json!({})).await, dry);
    assert_eq!(names(&shop, json!({ "marketplace": "noon-sa" })).await, ["noon-sa N-1 CUP"]);
    let third = set(&staff, "noon-sa", again, json!({})).await;
    assert!(third["results"].as_array().unwrap().iter().all(|one| one["isChanged"] == false), "{third}");

    let set_to = told(&shop, "external_sku.set").await;
    assert_eq!(set_to.len(), 5, "{set_to:#?}");
    assert_eq!((&set_to[4]["marketplace"], &set_to[4]["sku"]), (&json!("noon-sa"), &json!("N-1")));
    assert_eq!(set_to[4]["variant"], shop.variant("CUP").await);
    assert_eq!(told(&shop, "external_sku.removed").await.len(), 1);
    let query = r#"{ auditEntries(filter: { action: "external_sku.set" }, page: { first: 1 }) { nodes { before } } }"#;
    let audit = shop.staff("AUDIT_READ").run(query, json!({})).await["auditEntries"]["nodes"][0]["before"].take();
    assert_eq!(audit, json!({ "variant": shop.variant("TEA").await }), "what it was before");
}

#[tokio::test(flavor = "multi_thread")]
async fn names_are_found_by_marketplace_and_sku_and_stand_at_their_variant() {
    let shop = Shop::open().await;
    let staff = shop.staff("STOCK_MANAGE");
    set(&staff, "noon-sa", json!([name("N-1", "TEA"), name("N-2", "TEA"), name("N-3", "CUP")]), json!({})).await;
    set(&staff, "amazon-sa", json!([name("N-1", "CUP")]), json!({})).await;
    let filter = json!({ "marketplace": "noon-sa", "externalSkus": ["N-1", "N-3", "N-7"] });
    assert_eq!(names(&shop, filter).await, ["noon-sa N-1 TEA", "noon-sa N-3 CUP"]);
    let cups = json!({ "variants": [shop.variant("CUP").await] });
    assert_eq!(names(&shop, cups).await, ["amazon-sa N-1 CUP", "noon-sa N-3 CUP"]);
    assert_eq!(names(shop.neighbour(), json!({})).await, Vec::<String>::new());
    let query = r#"{ productVariant(by: { sku: "TEA" }) { externalSkus { marketplace externalSku } } }"#;
    let found = shop.staff("STOCK_READ").run(query, json!({})).await["productVariant"]["externalSkus"].take();
    let of = |sku: &str| json!({ "marketplace": "noon-sa", "externalSku": sku });
    assert_eq!(found, json!([of("N-1"), of("N-2")]));
    let many = "query ($skus: [String!]!) { externalSkus(filter: { externalSkus: $skus }) { totalCount } }";
    let reply = shop.staff("STOCK_READ").try_run(many, json!({ "skus": vec!["x"; 201] })).await;
    assert_eq!(reply.codes(), ["TOO_LONG"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_lines_are_told_by_field_and_left_out_if_so_wanted() {
    let shop = Shop::open().await;
    let staff = shop.staff("STOCK_MANAGE");
    let theirs = shop.neighbour().variant("TEA").await;
    let lines = json!([
        name("N-1", "TEA"),
        name("", "TEA"),
        name(&"x".repeat(101), "TEA"),
        name("N-1", "CUP"),
        { "externalSku": "N-2", "variant": { "id": "tea" } },
        name("N-3", "T T"),
        name("a\u{0}b", "TEA"),
    ]);
    let parsed = [
        "REQUIRED lines.1.externalSku",
        "TOO_LONG lines.2.externalSku",
        "DUPLICATE lines.3.externalSku",
        "INVALID_ID lines.4.variant",
        "INVALID_ID lines.5.variant",
        "CONTROL_CHARACTER lines.6.externalSku",
    ];
    assert_eq!(wrong(&set(&staff, "noon-sa", lines.clone(), json!({})).await), parsed);
    let unknown = json!([
        name("N-1", "TEA"), name("N-2", "NO-SUCH"), { "externalSku": "N-3", "variant": { "id": theirs } },
    ]);
    let refused = ["NOT_FOUND lines.1.variant", "NOT_FOUND lines.2.variant"];
    assert_eq!(wrong(&set(&staff, "noon-sa", unknown.clone(), json!({})).await), refused);
    assert_eq!(names(&shop, json!({})).await, Vec::<String>::new(), "nothing was changed");
    for (marketplace, code) in [("", "REQUIRED"), ("Noon SA", "INVALID_SLUG")] {
        let payload = set(&staff, marketplace, json!([name("N-1", "TEA")]), json!({})).await;
        assert_eq!(wrong(&payload), [format!("{code} marketplace")]);
    }
    assert_eq!(wrong(&set(&staff, "noon-sa", json!([]), json!({})).await), ["REQUIRED lines"]);
    let too_many: Vec<_> = (0..501).map(|n| name(&n.to_string(), "TEA")).collect();
    assert_eq!(wrong(&set(&staff, "noon-sa", json!(too_many), json!({})).await), ["TOO_LONG lines"]);

    let skip = json!({ "onFailure": "SKIP_FAILED" });
    assert_eq!(wrong(&set(&staff, "noon-sa", lines, skip.clone()).await), parsed);
    assert_eq!(wrong(&set(&staff, "amazon-sa", unknown, skip).await), refused);
    assert_eq!(names(&shop, json!({})).await, ["noon-sa N-1 TEA", "amazon-sa N-1 TEA"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_variant_has_two_hundred_names_and_no_more() {
    let shop = Shop::open().await;
    let staff = shop.staff("STOCK_MANAGE");
    let many: Vec<_> = (0..200).map(|n| name(&format!("N-{n:03}"), "TEA")).collect();
    assert_eq!(wrong(&set(&staff, "noon-sa", json!(many), json!({})).await), Vec::<String>::new());
    assert_eq!(
        wrong(&set(&staff, "noon-sa", json!(many), json!({})).await),
        Vec::<String>::new(),
        "these are the same"
    );
    let more = json!([name("N-007", "CUP"), name("X-1", "TEA")]);
    let payload = set(&staff, "noon-sa", more, json!({})).await;
    assert_eq!(wrong(&payload), ["TOO_LONG lines.1.variant"]);
    assert_eq!(payload["userErrors"][0]["params"], json!([{ "name": "max", "value": "200" }]));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_key_sets_names_once() {
    let shop = Shop::open().await;
    let staff = shop.staff("STOCK_MANAGE");
    let key = json!({ "idempotencyKey": "a" });
    let first = set(&staff, "noon-sa", json!([name("N-1", "TEA")]), key.clone()).await;
    set(&staff, "noon-sa", json!([name("N-1", "CUP")]), json!({})).await;
    assert_eq!(set(&staff, "noon-sa", json!([name("N-1", "TEA")]), key.clone()).await, first);
    assert_eq!(names(&shop, json!({})).await, ["noon-sa N-1 CUP"]);
    let other = set(&staff, "noon-sa", json!([name("N-1", "DATES")]), key).await;
    assert_eq!(wrong(&other), ["IDEMPOTENCY_KEY_REUSED idempotencyKey"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_who_set_the_same_sku_one_is_right_and_nobody_breaks() {
    let shop = Shop::open().await;
    let staff = shop.staff("STOCK_MANAGE");
    staff.token().await;
    let skus = ["TEA", "CUP", "DATES"];
    let answers = at_once(12, async |n| {
        // Some name them forwards, some backwards.
        let mut lines: Vec<_> = (0..6).map(|i| name(&format!("N-{i}"), skus[n % 3])).collect();
        if n % 2 == 0 {
            lines.reverse();
        }
        set(&staff, "noon-sa", json!(lines), json!({})).await
    });
    let mut n_done = 0;
    for answer in answers.await {
        let wrong = wrong(&answer);
        assert!(wrong.iter().all(|one| one.starts_with("CONFLICT lines.")), "{wrong:?}");
        n_done += usize::from(wrong.is_empty());
    }
    assert!(0 < n_done);
    let names = names(&shop, json!({})).await;
    let said: Vec<_> = names.iter().map(|name| name.rsplit(' ').next().unwrap()).collect();
    assert!(said.len() == 6 && said.iter().all(|sku| *sku == said[0]), "all of one call, or none: {names:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_that_comes_over_is_of_what_its_channel_calls_so() {
    let shop = Shop::open().await;
    let staff = shop.staff_all();
    set(&staff, "web-sa", json!([name("GONE-1", "CUP"), name("TEA", "DATES")]), json!({})).await;
    set(&staff, "web-kw", json!([name("GONE-1", "DATES")]), json!({})).await;
    let done = import(&staff, json!([old("1")]), json!({})).await;
    assert_eq!(done["userErrors"], json!([]));
    let query = "query ($id: ID!) { order(by: { id: $id }) { lines { sku variant { sku } } } }";
    let order = staff.run(query, json!({ "id": done["results"][0]["order"]["id"] })).await["order"].take();
    let line = |sku: &str, ours: &str| json!({ "sku": sku, "variant": { "sku": ours } });
    assert_eq!(order["lines"], json!([line("TEA", "TEA"), line("GONE-1", "CUP")]), "our own SKU comes first");
}
