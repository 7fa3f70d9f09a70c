//! What variants cost the shop, and how low their prices may be.

use serde_json::{Value, json};
use tests::{shop::Shop, tenant::Tenant};

use crate::{cart::refusal::wrong, fulfilment::ask::try_set, inventory::ask::told};

const SET: &str = "variantCostsSet";

/// Says costs and lowest prices in riyals as staff who may, and gives the payload.
pub async fn try_cost(tenant: &Tenant, lines: Value, more: Value) -> Value {
    let mut input = json!({ "currencyCode": "SAR", "lines": lines });
    let Value::Object(more) = more else { panic!("fields of an input, not {more}") };
    input.as_object_mut().unwrap().extend(more);
    try_set(&tenant.staff("COST_MANAGE"), SET, "variants { sku } warnings { code count }", input).await
}

/// What is said of a SKU: currency, cost and lowest price of each.
async fn said(tenant: &Tenant, sku: &str) -> Value {
    let query = "query ($sku: String!) { productVariant(by: { sku: $sku }) { costs {
        currencyCode cost { amount } floor { amount } } } }";
    let mut found = tenant.staff("COST_READ").run(query, json!({ "sku": sku })).await;
    let costs = found["productVariant"]["costs"].take();
    let shown = |one: &Value| json!([one["currencyCode"], one["cost"]["amount"], one["floor"]["amount"]]);
    costs.as_array().unwrap().iter().map(shown).collect()
}

fn of(sku: &str, more: Value) -> Value {
    let mut line = json!({ "variant": { "sku": sku } });
    let Value::Object(more) = more else { panic!("fields of a line, not {more}") };
    line.as_object_mut().unwrap().extend(more);
    line
}

#[tokio::test(flavor = "multi_thread")]
async fn costs_and_lowest_prices_are_kept_for_each_currency_and_what_is_left_out_stays() {
    let shop = Shop::open().await;
    assert_eq!(said(&shop, "TEA").await, json!([]));
    let tea = json!({ "variant": { "id": shop.variant("TEA").await }, "cost": "6", "floor": "9.50" });
    let done = try_cost(&shop, json!([tea, of("CUP", json!({ "cost": "7.25" }))]), json!({})).await;
    assert_eq!((&done["variants"], &done["userErrors"]), (&json!([{ "sku": "TEA" }, { "sku": "CUP" }]), &json!([])));
    let dinars = json!({ "currencyCode": "KWD" });
    try_cost(&shop, json!([of("TEA", json!({ "floor": "0.125" }))]), dinars.clone()).await;
    let both = json!([["KWD", null, "0.125"], ["SAR", "6.00", "9.50"]]);
    assert_eq!((said(&shop, "TEA").await, said(&shop, "CUP").await), (both, json!([["SAR", "7.25", null]])));
    try_cost(&shop, json!([of("TEA", json!({ "cost": "6.10" }))]), json!({})).await;
    assert_eq!(said(&shop, "TEA").await[1], json!(["SAR", "6.10", "9.50"]));
    try_cost(&shop, json!([of("TEA", json!({ "cost": null, "floor": "0" }))]), json!({})).await;
    try_cost(&shop, json!([of("TEA", json!({ "floor": null }))]), dinars).await;
    assert_eq!(said(&shop, "TEA").await, json!([["SAR", null, "0.00"]]));
    let told = told(&shop, "variant.cost_set").await;
    let amounts = |one: &Value| json!([one["currency"], one["cost_minor"], one["floor_minor"]]);
    let told: Vec<_> = told.iter().map(amounts).collect();
    assert_eq!(told.len(), 6);
    assert_eq!((&told[0], &told[5]), (&json!(["SAR", 600, 950]), &json!(["KWD", null, null])));
    let trail =
        "{ auditEntries(filter: { action: \"variant.cost_set\" }, page: { first: 9 }) { nodes { before after } } }";
    let trail = shop.staff("AUDIT_READ").run(trail, json!({})).await["auditEntries"]["nodes"].take();
    let changed = trail.as_array().unwrap().iter().find(|one| one["after"]["cost_minor"] == 610).unwrap();
    assert_eq!(changed["before"], json!({ "cost_minor": 600, "floor_minor": 950 }));
    assert_eq!(said(shop.neighbour(), "TEA").await, json!([]));
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn prices_that_stand_below_a_cost_are_told_of_when_it_is_said() {
    let shop = Shop::open().await;
    // Tea is 11.50, and a cup 23.00.
    let warned = async |tea: &str| {
        let lines = json!([of("TEA", json!({ "cost": tea })), of("CUP", json!({ "cost": "5" }))]);
        try_cost(&shop, lines, json!({})).await["warnings"].take()
    };
    assert_eq!(warned("11.50").await, json!([]));
    assert_eq!(warned("11.51").await, json!([{ "code": "PRICES_BELOW_COST", "count": 1 }]));
    let floor = try_cost(&shop, json!([of("TEA", json!({ "floor": "1" }))]), json!({})).await;
    assert_eq!(floor["warnings"], json!([]), "it was told when it was said");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_cost_is_refused_by_line_and_nothing_is_said() {
    let shop = Shop::open().await;
    let tea = shop.variant("TEA").await;
    let good = of("CUP", json!({ "cost": "5" }));
    for (line, refusals) in [
        (of("NOTHING", json!({ "cost": "5" })), vec!["NOT_FOUND lines.1.variant"]),
        (of("TEA", json!({})), vec!["REQUIRED lines.1.cost"]),
        (of("TEA", json!({ "cost": "-0.01" })), vec!["INVALID_AMOUNT lines.1.cost"]),
        (
            of("TEA", json!({ "cost": "1.005", "floor": "ten" })),
            vec!["INVALID_AMOUNT lines.1.cost", "INVALID_AMOUNT lines.1.floor"],
        ),
        (of("CUP", json!({ "floor": "5" })), vec!["DUPLICATE lines.1.variant"]),
        (json!({ "variant": { "id": "nonsense" }, "cost": "5" }), vec!["INVALID_ID lines.1.variant"]),
    ] {
        assert_eq!(wrong(&try_cost(&shop, json!([good, line]), json!({})).await), refusals, "{line}");
    }
    let dinars = json!([of("TEA", json!({ "cost": "1.2345" }))]);
    let refused = try_cost(&shop, dinars, json!({ "currencyCode": "KWD" })).await;
    assert_eq!(wrong(&refused), ["INVALID_AMOUNT lines.0.cost"]);
    let unknown = try_cost(&shop, json!([of("TEA", json!({}))]), json!({ "currencyCode": "RIYAL" })).await;
    assert_eq!(wrong(&unknown), ["UNSUPPORTED_CURRENCY currencyCode", "REQUIRED lines.0.cost"]);
    let dollars = try_cost(&shop, json!([good]), json!({ "currencyCode": "USD" })).await;
    assert_eq!(wrong(&dollars), ["UNSUPPORTED_CURRENCY currencyCode"], "no channel sells in it");
    let both = json!([{ "variant": { "id": tea }, "cost": "5" }, of("TEA", json!({ "cost": "5" }))]);
    assert_eq!(wrong(&try_cost(&shop, both, json!({})).await), ["DUPLICATE lines.1.variant"]);
    let many: Vec<_> = (0..501).map(|n| of(&format!("S-{n}"), json!({ "cost": "5" }))).collect();
    assert_eq!(wrong(&try_cost(&shop, json!(many), json!({})).await), ["TOO_LONG lines"]);
    assert_eq!(wrong(&try_cost(&shop, json!([]), json!({})).await), ["REQUIRED lines"]);
    let tried = try_cost(&shop, json!([good]), json!({ "dryRun": true })).await;
    assert_eq!((&tried["variants"], &tried["userErrors"]), (&json!([]), &json!([])));
    assert_eq!(said(&shop, "CUP").await, json!([]));
    assert!(told(&shop, "variant.cost_set").await.is_empty());
    for _time in 0..2 {
        let once = try_cost(&shop, json!([good]), json!({ "idempotencyKey": "once" })).await;
        assert_eq!(once["variants"], json!([{ "sku": "CUP" }]));
    }
    assert_eq!(told(&shop, "variant.cost_set").await.len(), 1);
    let other = try_cost(&shop, json!([of("TEA", json!({ "cost": "5" }))]), json!({ "idempotencyKey": "once" })).await;
    assert_eq!(wrong(&other), ["IDEMPOTENCY_KEY_REUSED idempotencyKey"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_sees_prices_sees_no_costs_and_many_costs_are_as_many_statements_as_one() {
    let shop = Shop::open().await;
    let query = "{ productVariant(by: { sku: \"TEA\" }) { costs { currencyCode } } }";
    for permission in ["PRICE_READ", "PRICE_MANAGE", "COST_MANAGE"] {
        assert_eq!(shop.staff(permission).try_run(query, json!({})).await.codes(), ["FORBIDDEN"], "{permission}");
    }
    let query = "{ products(page: { first: 9 }) { nodes { variants { id } } } }";
    let found = shop.anonymous().run(query, json!({})).await["products"]["nodes"].take();
    let lines: Vec<_> = found
        .as_array()
        .unwrap()
        .iter()
        .map(|one| json!({ "variant": { "id": one["variants"][0]["id"] }, "cost": "5", "floor": "6" }))
        .collect();
    // Who has signed in once need not again.
    try_cost(&shop, json!(lines[..1]), json!({})).await;
    let (_, few) = shop.counted(try_cost(&shop, json!(lines[..1]), json!({}))).await;
    let (done, many) = shop.counted(try_cost(&shop, json!(lines[1..]), json!({}))).await;
    assert_eq!((&done["userErrors"], few), (&json!([]), many));
    let query =
        "query ($n: Int!) { products(page: { first: $n }) { nodes { variants { costs { floor { amount } } } } } }";
    let staff = shop.staff("COST_READ");
    staff.run(query, json!({ "n": 1 })).await;
    let (_, few) = shop.counted(staff.run(query, json!({ "n": 1 }))).await;
    let (_, many) = shop.counted(staff.run(query, json!({ "n": 9 }))).await;
    assert_eq!(few, many);
}
