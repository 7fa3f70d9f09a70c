//! The account that is signed in.

use serde_json::{Value, json};
use tests::{shop::Shop, tenant::PERMISSIONS};

const ME: &str = "{ me { kind email name phone language { tag direction } permissions
    permissionLabels { permission label } roles { code name } createdAt cart { id } } }";

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_is_nobody() {
    let shop = Shop::open().await;
    assert_eq!(shop.anonymous().run(ME, json!({})).await["me"], Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_may_nothing_and_has_a_cart_once_it_is_made() {
    let shop = Shop::open().await;
    let layla = shop.customer("layla");
    let wanted = json!({
        "kind": "CUSTOMER", "email": "layla@customer.example", "name": "ليلى أحمد", "phone": "+966512345678",
        "language": { "tag": "ar", "direction": "RTL" }, "permissions": [], "permissionLabels": [], "roles": [],
        "createdAt": "2026-03-01T09:00:00Z", "cart": null,
    });
    assert_eq!(layla.run(ME, json!({})).await["me"], wanted);

    let cart = layla.cart_ready(&[("TEA", 1)], "CARD").await;
    assert_eq!(layla.run(ME, json!({})).await["me"]["cart"]["id"], cart.as_str());
    assert_eq!(layla.clone().in_channel("app-sa").run(ME, json!({})).await["me"]["cart"], Value::Null);
    layla.checkout_by_card(&cart, "tok_approved").await;
    assert_eq!(layla.run(ME, json!({})).await["me"]["cart"], Value::Null, "it became an order");
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_see_what_they_may_in_their_language() {
    let shop = Shop::open().await;
    let all = shop.staff_all();
    let english = all.clone().in_language("en").run(ME, json!({})).await["me"].take();
    let mut has: Vec<_> = english["permissions"].as_array().unwrap().iter().map(|one| one.as_str().unwrap()).collect();
    let labelled: Vec<_> =
        english["permissionLabels"].as_array().unwrap().iter().map(|one| one["permission"].as_str().unwrap()).collect();
    assert_eq!(has, labelled);
    has.sort_unstable();
    let mut wanted = PERMISSIONS;
    wanted.sort_unstable();
    assert_eq!(has, wanted);
    assert_eq!((&english["kind"], &english["cart"]), (&json!("STAFF"), &Value::Null));
    assert_eq!(english["language"], json!({ "tag": "en", "direction": "LTR" }));
    let codes: Vec<_> =
        english["roles"].as_array().unwrap().iter().map(|role| role["code"].as_str().unwrap()).collect();
    let mut by_code = PERMISSIONS.map(|permission| permission.to_lowercase().replace('_', "-"));
    by_code.sort_unstable();
    assert_eq!(codes, by_code, "by code");
    assert_eq!(english["roles"][0]["name"], "Sees the audit trail");

    let arabic = all.in_language("ar").run(ME, json!({})).await["me"].take();
    assert_eq!(arabic["roles"][0]["name"], "قراءة السجل");
    assert_ne!(arabic["permissionLabels"][0]["label"], english["permissionLabels"][0]["label"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn each_of_the_staff_may_what_their_role_says_and_nothing_else() {
    let shop = Shop::open().await;
    for permission in PERMISSIONS {
        let me = shop.staff(permission).run("{ me { permissions roles { code } } }", json!({})).await;
        let role = permission.to_lowercase().replace('_', "-");
        assert_eq!(me["me"], json!({ "permissions": [permission], "roles": [{ "code": role }] }));
    }
}
