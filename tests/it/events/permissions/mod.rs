//! What `@requires` says of a field holds, for each field of the schema.

mod catalog;
mod credit;
mod drafts;
mod events;
mod fulfilment;
mod identity;
mod inventory;
mod orders;
mod organisations;
mod payments;
mod pricing;
mod promotions;
mod returns;
mod taxes;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use tests::{
    client::{Client, Reply},
    shop::Shop,
    tenant::PERMISSIONS,
    world::alula,
};

use super::contract::fields;
use crate::orders::ask::{done, facts, one_of, standing};

/// An operation that uses a field.
struct Example {
    query: String,
    variables: Value,
    /// What is there, if the caller may.
    shown: &'static str,
    /// The order that it would change.
    order: Option<String>,
}
/// An operation for each field that requires a permission. Callers see orders by their tokens here, so that nothing
/// but the field itself stands in their way.
async fn example(shop: &Shop, field: &str) -> Example {
    if let Some(example) = orders::example(shop, field).await {
        return example;
    }
    if let Some(example) = identity::example(shop, field).await {
        return example;
    }
    if let Some(example) = pricing::example(shop, field).await {
        return example;
    }
    if let Some(example) = promotions::example(shop, field).await {
        return example;
    }
    if let Some(example) = credit::example(shop, field).await {
        return example;
    }
    if let Some(example) = taxes::example(shop, field).await {
        return example;
    }
    if let Some(example) = organisations::example(shop, field).await {
        return example;
    }
    if let Some(example) = inventory::example(shop, field).await {
        return example;
    }
    if let Some(example) = catalog::example(field) {
        return example;
    }
    if let Some(example) = fulfilment::example(shop, field).await {
        return example;
    }
    if let Some(example) = payments::example(shop, field).await {
        return example;
    }
    if let Some(example) = drafts::example(shop, field).await {
        return example;
    }
    if let Some(example) = returns::example(shop, field).await {
        return example;
    }
    events::example(shop, field).await.unwrap_or_else(|| panic!("give {field} an example operation"))
}

/// A query without variables.
fn query(query: &str, shown: &'static str) -> Example {
    Example { query: query.to_owned(), variables: json!({}), shown, order: None }
}

/// A mutation under a key.
fn mutation(name: &str, select: &str, mut input: Value, shown: &'static str) -> Example {
    input["idempotencyKey"] = json!("k");
    let kind = format!("{}{}Input", name[..1].to_uppercase(), &name[1..]);
    let query = format!("mutation ($input: {kind}!) {{ {name}(input: $input) {{ {select} userErrors {{ code }} }} }}");
    Example { query, variables: json!({ "input": input }), shown, order: None }
}

/// An operation that looks at a part of an order that was delivered.
async fn by_token(shop: &Shop, fields: &str, shown: &'static str) -> Example {
    let order = standing(shop, "DELIVERED").await;
    done(&shop.staff_all(), "orderNoteAdd", &order.id, json!({ "text": "a", "isVisibleToCustomer": true })).await;
    let by = json!({ "guest": { "number": order.number, "token": order.token } });
    let query = format!("query ($by: OrderBy!) {{ order(by: $by) {{ {fields} }} }}");
    Example { query, variables: json!({ "by": by }), shown, order: None }
}

/// An operation that moves an order.
async fn moving(shop: &Shop, name: &str, state: &str) -> Example {
    let order = standing(shop, state).await.id;
    let kind = format!("O{}Input", &name[1..]);
    let query = format!("mutation ($input: {kind}!) {{ {name}(input: $input) {{ userErrors {{ code }} }} }}");
    let mut input = json!({ "order": order, "idempotencyKey": "k" });
    let more = match name {
        "orderShip" => json!({ "carrier": "SMSA", "tracking": "29" }),
        "orderLinesCancel" => one_of(shop, &order).await,
        "orderReSource" => json!({ "location": "riyadh" }),
        "orderEdit" => json!({ "steps": [{ "add": { "variant": shop.variant("TEA").await, "quantity": 1 } }] }),
        "orderShippingAddressSet" => json!({ "address": alula() }),
        "orderHold" => json!({ "kind": "FRAUD" }),
        "orderNoteAdd" => json!({ "text": "a" }),
        "orderTagsAdd" | "orderTagsRemove" => json!({ "tags": ["vip"] }),
        _ => json!({}),
    };
    input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    Example { query, variables: json!({ "input": input }), shown: "", order: Some(order) }
}

async fn run(client: &Client, example: &Example) -> Reply {
    client.try_run(&example.query, example.variables.clone()).await
}

fn guarded() -> BTreeMap<String, String> {
    fields().into_iter().filter_map(|field| Some((field.name, field.permission?))).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_field_works_with_its_permission_alone_and_without_it_for_nobody() {
    let shop = Shop::open().await;
    let guarded = guarded();
    assert!(guarded.len() >= 14, "{guarded:?}");
    for (field, permission) in guarded {
        assert!(PERMISSIONS.contains(&permission.as_str()), "{field} requires {permission}");
        let example = example(&shop, &field).await;
        let before = match &example.order {
            Some(order) => Some(facts(&shop, order).await),
            None => None,
        };
        let mut refused = vec![("UNAUTHENTICATED", shop.anonymous()), ("FORBIDDEN", shop.customer("layla"))];
        let others = PERMISSIONS.into_iter().filter(|other| *other != permission);
        refused.extend(others.map(|other| ("FORBIDDEN", shop.staff(other))));
        for (code, client) in refused {
            let reply = run(&client, &example).await;
            let codes: BTreeSet<_> = reply.codes().into_iter().collect();
            assert_eq!(codes, BTreeSet::from([code]), "{field}: {reply}");
            if !example.shown.is_empty() {
                let shown = reply.body["data"].pointer(example.shown).unwrap_or(&Value::Null);
                assert_eq!(*shown, Value::Null, "{field}: {reply}");
            }
        }
        if let (Some(order), Some(before)) = (&example.order, before) {
            assert_eq!(facts(&shop, order).await, before, "{field}");
        }
        let reply = run(&shop.staff(&permission), &example).await;
        assert_eq!(reply.codes(), Vec::<&str>::new(), "{field}: {reply}");
        if let Some(order) = &example.order {
            let name = field.strip_prefix("Mutation.").unwrap();
            assert_eq!(reply.body["data"][name]["userErrors"], json!([]), "{field}");
            assert_ne!(facts(&shop, order).await["order"]["version"], json!(1), "{field}");
        } else {
            let shown = reply.body["data"].pointer(example.shown);
            assert!(shown.is_some_and(|shown| *shown != Value::Null), "{field}: {reply}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_for_want_of_a_permission_is_in_the_readers_language() {
    let shop = Shop::open().await;
    let table = [
        (shop.anonymous(), "يُرجى تسجيل الدخول أولًا.", "Please sign in first."),
        (shop.staff("STOCK_READ"), "ليست لديك صلاحية لهذا الإجراء.", "You do not have permission to do this."),
    ];
    let operations = [
        "{ orders { nodes { id } } }",
        r#"mutation { orderConfirm(input: { order: "x", idempotencyKey: "" }) { userErrors { code } } }"#,
        r#"mutation { orderMarkAsPaid(input: { order: "x", idempotencyKey: "" }) { userErrors { code } } }"#,
    ];
    for (client, ar, en) in table {
        for query in operations {
            for (language, said) in [("ar", ar), ("en", en)] {
                let reply = client.clone().in_language(language).try_run(query, json!({})).await;
                assert_eq!(reply.body["errors"][0]["message"], said, "{query}: before its input is looked at");
                assert_eq!(reply.body["data"], Value::Null);
            }
        }
    }
}

/// The fields of the schema as a caller is shown it.
async fn shown_to(client: &Client) -> BTreeSet<String> {
    let query = "{ __schema { types { name fields { name } } } }";
    let types = client.run(query, json!({})).await["__schema"]["types"].take();
    let mut shown = BTreeSet::new();
    for one in types.as_array().unwrap() {
        for field in one["fields"].as_array().into_iter().flatten() {
            shown.insert(format!("{}.{}", one["name"].as_str().unwrap(), field["name"].as_str().unwrap()));
        }
    }
    shown
}

#[tokio::test(flavor = "multi_thread")]
async fn introspection_shows_a_caller_what_they_may_use_and_no_more() {
    let shop = Shop::open().await;
    let guarded = guarded();
    let everything: BTreeSet<_> = fields().into_iter().map(|field| field.name).collect();
    let mut callers = vec![(vec![], shop.anonymous()), (vec![], shop.customer("layla"))];
    callers.extend(PERMISSIONS.map(|permission| (vec![permission], shop.staff(permission))));
    callers.push((PERMISSIONS.to_vec(), shop.staff_all()));
    for (has, client) in callers {
        let shown = shown_to(&client).await;
        for (field, permission) in &guarded {
            // What is beneath a field that is not shown need not be shown.
            let may = has.contains(&permission.as_str());
            assert_eq!(shown.contains(field), may, "{field} to who has {has:?}");
        }
        for root in ["Query.", "Mutation."] {
            let open = everything.iter().filter(|field| field.starts_with(root) && !guarded.contains_key(*field));
            let hidden: Vec<_> = open.filter(|field| !shown.contains(*field)).collect();
            assert_eq!(hidden, Vec::<&String>::new(), "to who has {has:?}");
        }
        let sees_entries = shown.iter().any(|field| field.starts_with("AuditEntry."));
        assert_eq!(sees_entries, has.contains(&"AUDIT_READ"), "a type that nothing leads to, to who has {has:?}");
    }
    let all = shown_to(&shop.staff_all()).await;
    let missing: Vec<_> = everything.difference(&all).collect();
    assert_eq!(missing, Vec::<&String>::new(), "the contract is what is served");
}
