//! Opening an account.

use serde_json::{Value, json};
use tests::{at_once::at_once, shop::Shop};

use super::entering::{assert_nothing_handed, n_audited, n_customers, refusals, register, sara, sign_in, text, with};

fn at(field: &str, code: &str) -> (String, String) {
    (field.to_owned(), code.to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_opens_an_account_and_is_signed_in() {
    let shop = Shop::open().await;
    let input = json!({
        "email": " Sara@Customer.Example ", "password": "  عشرة أحرف ", "name": " سارة العتيبي ",
        "phone": "٠٥٠١٢٣٤٥٦٧", "language": "en",
    });
    let registered = register(&shop.anonymous(), input).await;
    assert_eq!(registered["userErrors"], json!([]));
    let wanted = json!({
        "id": registered["account"]["id"], "kind": "CUSTOMER", "email": "sara@customer.example", "name": "سارة العتيبي",
        "phone": "+966501234567", "language": { "tag": "en" }, "permissions": [], "cart": null,
    });
    assert_eq!(registered["account"], wanted);
    let me = shop.anonymous().bearing(&text(&registered, "accessToken")).run("{ me { id } }", json!({})).await;
    assert_eq!(me["me"]["id"], registered["account"]["id"]);

    let again = json!({ "email": "sara@customer.example", "password": "  عشرة أحرف " });
    let signed_in = sign_in(&shop.anonymous(), again).await;
    assert_eq!(signed_in["account"]["id"], registered["account"]["id"], "the password is not trimmed");
    assert_eq!(n_customers(&shop.staff_all()).await, 3);
    assert_eq!(n_audited(&shop.staff_all(), "account.registered").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_says_no_language_is_written_to_in_that_of_the_request() {
    let shop = Shop::open().await;
    for (n, language) in ["ar", "en"].into_iter().enumerate() {
        let input = with(sara(), "email", format!("sara-{n}@customer.example"));
        let registered = register(&shop.anonymous().in_language(language), input).await;
        assert_eq!(registered["account"]["language"]["tag"], language);
        assert_eq!(registered["account"]["phone"], Value::Null);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn all_that_is_wrong_with_a_registration_is_told_at_once_and_nothing_is_opened() {
    let shop = Shop::open().await;
    let staff = shop.staff_all();
    let input = json!({
        "email": "sara at customer.example", "password": "too short", "name": " \u{200F} ", "phone": "12",
        "language": "fr", "cart": "product_01h455vb4pex5vsknk084sn02q", "idempotencyKey": "k".repeat(101),
    });
    let wanted = [
        at("idempotencyKey", "TOO_LONG"),
        at("email", "INVALID_EMAIL"),
        at("password", "TOO_SHORT"),
        at("name", "REQUIRED"),
        at("phone", "INVALID_PHONE"),
        at("language", "UNSUPPORTED_LANGUAGE"),
        at("cart", "INVALID_ID"),
    ];
    for (language, said) in [("ar", "10 أحرف"), ("en", "Please enter at least 10 characters.")] {
        let refused = register(&shop.anonymous().in_language(language), input.clone()).await;
        assert_eq!(refusals(&refused), wanted);
        assert_nothing_handed(&refused);
        let too_short = &refused["userErrors"][2];
        let message = too_short["message"].as_str().unwrap().replace(['\u{2068}', '\u{2069}'], "");
        assert!(message.contains(said), "{message}");
        assert_eq!(too_short["params"], json!([{ "name": "min", "value": "10" }]));
    }
    assert_eq!(n_customers(&staff).await, 2);
    assert_eq!(n_audited(&staff, "account.registered").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_and_a_password_have_their_bounds() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    for (key, value, code) in [
        ("name", "س".repeat(101), "TOO_LONG"),
        ("name", "سارة\u{0}".to_owned(), "CONTROL_CHARACTER"),
        ("name", "سارة\u{202E}".to_owned(), "DIRECTION_OVERRIDE"),
        ("email", format!("{}@customer.example", "s".repeat(250)), "TOO_LONG"),
        ("email", String::new(), "REQUIRED"),
        ("email", "sara\u{0}@customer.example".to_owned(), "CONTROL_CHARACTER"),
        ("password", "ق".repeat(9), "TOO_SHORT"),
        ("password", "ق".repeat(201), "TOO_LONG"),
        ("phone", "+96651234567".to_owned(), "INVALID_PHONE"),
    ] {
        let refused = register(&guest, with(sara(), key, value.as_str())).await;
        assert_eq!(refusals(&refused), [at(key, code)], "{value:?}");
    }
    assert_eq!(n_customers(&shop.staff_all()).await, 2);
    let longest = with(with(sara(), "name", "س".repeat(100)), "password", "ق".repeat(200));
    assert_eq!(register(&guest, longest).await["userErrors"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_has_one_account() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    for taken in ["layla@customer.example", "LAYLA@customer.example", "all@staff.example"] {
        let refused = register(&guest, with(sara(), "email", taken)).await;
        assert_eq!(refusals(&refused), [at("email", "ACCOUNT_EXISTS")], "{taken}");
        assert_nothing_handed(&refused);
    }
    let layla = sign_in(&guest, super::entering::layla()).await;
    assert_eq!(layla["account"]["name"], "ليلى أحمد", "she keeps her name and her password");
    assert_eq!(n_customers(&shop.staff_all()).await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_address_may_have_an_account_in_each_shop() {
    let shop = Shop::open().await;
    let ours = register(&shop.anonymous(), sara()).await;
    let theirs = register(&shop.neighbour().anonymous(), sara()).await;
    assert_eq!((&ours["userErrors"], &theirs["userErrors"]), (&json!([]), &json!([])));
    assert_ne!(ours["account"]["id"], theirs["account"]["id"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_who_take_an_address_at_once_one_gets_it() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let answers = at_once(4, async |n| register(&guest, with(sara(), "name", format!("Sara {n}"))).await).await;
    let opened = answers.iter().filter(|answer| answer["account"]["kind"] == "CUSTOMER").count();
    let refused = answers.iter().filter(|answer| refusals(answer) == [at("email", "ACCOUNT_EXISTS")]).count();
    assert_eq!((opened, refused), (1, 3), "{answers:#?}");
    assert_eq!(n_customers(&shop.staff_all()).await, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repeated_registration_opens_one_account_and_signs_in_again() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let input = with(sara(), "idempotencyKey", "sara opens her account");
    let once = register(&guest, input.clone()).await;
    let twice = register(&guest, input.clone()).await;
    assert_eq!((&once["userErrors"], &twice["userErrors"]), (&json!([]), &json!([])));
    assert_eq!(once["account"]["id"], twice["account"]["id"]);
    assert_ne!(once["refreshToken"], twice["refreshToken"]);

    let other = register(&guest, with(input.clone(), "name", "سارة")).await;
    assert_eq!(refusals(&other), [at("idempotencyKey", "IDEMPOTENCY_KEY_REUSED")]);
    let stranger = register(&guest, with(input, "password", "another password")).await;
    assert_eq!(refusals(&stranger), [at("", "BAD_CREDENTIALS")], "a key is no password");
    assert_nothing_handed(&stranger);
    assert_eq!(n_customers(&shop.staff_all()).await, 3);
    assert_eq!(n_audited(&shop.staff_all(), "account.registered").await, 1);
}
