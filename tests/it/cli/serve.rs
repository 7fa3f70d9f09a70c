//! `qafila serve`, for somebody who has just got it.

use std::{
    process::{Command, Stdio},
    thread,
    time::Duration,
};

use serde_json::{Value, json};

use super::{
    place::{Place, Said},
    served::Served,
};

const QUIET: [(&str, &str); 1] = [("QAFILA_LOG", "warn")];
const SIGN_IN: &str =
    "mutation ($email: String!, $password: String!) { signIn(input: { email: $email, password: $password }) {
    accessToken account { kind } userErrors { code } } }";
const CREATE: &str = "mutation ($variant: ID!) { cartCreate(input: { lines: [{ variant: $variant, quantity: 3 }] }) {
    cart { id } userErrors { code } } }";
const CART: &str = "query ($id: ID!) { cart(id: $id) { id lines { quantity variant { sku } } } }";

/// A token and the kind of who is printed at the start.
fn sign_in(server: &Served, who: &str) -> (String, String) {
    let (email, password) = server.sign_in_of(who);
    let mut signed_in = server.data(SIGN_IN, &json!({ "email": email, "password": password }), None)["signIn"].take();
    assert_eq!(signed_in["userErrors"], json!([]));
    let text = |value: Value| value.as_str().unwrap().to_owned();
    (text(signed_in["accessToken"].take()), text(signed_in["account"]["kind"].take()))
}

#[test]
fn from_nothing_it_makes_a_shop_and_says_how_to_look_at_it() {
    let place = Place::new();
    let server = Served::start(&place, &QUIET);
    assert!(place.has("data/qafila.db") && place.has("data/token-secret"));
    let url = server.url();
    for line in [format!("  GraphQL   {url}/graphql"), format!("  GraphiQL  {url}/")] {
        assert!(server.greeting.lines().any(|found| found == line), "{line} in\n{}", server.greeting);
    }
    for (who, kind) in [("customer", "CUSTOMER"), ("staff", "STAFF")] {
        assert_eq!(sign_in(&server, who).1, kind);
    }
    let line = server.greeting.lines().find(|line| line.trim().starts_with("curl ")).unwrap();
    let curl = Command::new("sh").args(["-c", line]).output().unwrap();
    let said: Value = serde_json::from_str(Said::of(&curl).well()).expect("JSON");
    let nodes = said["data"]["products"]["nodes"].as_array().unwrap();
    assert_eq!((nodes.len(), &said["extensions"]["context"]["language"]), (3, &json!("ar")));
    assert!(nodes.iter().all(|node| node["priceRange"]["lowest"]["formatted"].is_string()), "{said:#}");

    let shop = server.data("{ products { totalCount } channels { code currencyCode } }", &json!({}), None);
    assert_eq!(shop["products"]["totalCount"], 335);
    let channels = json!([
        { "code": "web-sa", "currencyCode": "SAR" }, { "code": "app-sa", "currencyCode": "SAR" },
        { "code": "web-kw", "currencyCode": "KWD" },
    ]);
    assert_eq!(shop["channels"], channels);
    let log = server.stop();
    assert!(log.is_empty(), "nothing to warn of: {log:#?}");
}

#[test]
fn a_second_start_finds_the_shop_as_it_was_left() {
    let place = Place::new();
    let first = Served::start(&place, &QUIET);
    let products = first.data("{ products(page: { first: 1 }) { nodes { variants { id sku } } } }", &json!({}), None);
    let variant = &products["products"]["nodes"][0]["variants"][0];
    let (token, _) = sign_in(&first, "customer");
    let made = first.data(CREATE, &json!({ "variant": variant["id"] }), Some(&token));
    let cart = made["cartCreate"]["cart"]["id"].clone();
    assert!(cart.is_string(), "{made:#}");
    first.stop();

    let second = Served::start(&place, &QUIET);
    let found = second.data(CART, &json!({ "id": cart }), Some(&token));
    let lines = json!([{ "quantity": 3, "variant": { "sku": variant["sku"] } }]);
    assert_eq!(found["cart"], json!({ "id": cart, "lines": lines }), "by the token of then");
    let again = second.data("{ products { totalCount } }", &json!({}), None);
    assert_eq!(again["products"]["totalCount"], 335, "the demo was not loaded again");
    second.stop();
    assert_eq!(place.run_with(&QUIET, &["verify"]).well().lines().count(), 1, "one tenant, no breach");
}

#[test]
fn who_wants_no_demo_gets_none() {
    let place = Place::new();
    let server = Served::start(&place, &[("QAFILA_DEMO", "false"), ("QAFILA_LOG", "warn")]);
    let answer = server.ask("{ __typename }", &json!({}), None);
    assert_eq!((answer.status, &answer.body["errors"][0]["extensions"]["code"]), (404, &json!("TENANT_UNKNOWN")));
    server.stop();
}

#[test]
fn logs_are_json_that_holds_no_secret() {
    let place = Place::new();
    place.copy_fixture("shop");
    place.run_with(&QUIET, &["seed", "--from", "shop"]).well();
    let server = Served::start(&place, &[("QAFILA_LOG", "debug")]);
    let (email, password) = ("layla@customer.example", tests::client::PASSWORD);
    let signed_in = server.data(SIGN_IN, &json!({ "email": email, "password": password }), None);
    let token = signed_in["signIn"]["accessToken"].as_str().unwrap().to_owned();
    server.data("{ me { phone } }", &json!({}), Some(&token));
    let register =
        "mutation ($password: String!) { customerRegister(input: { email: \"sara@customer.example\", name: \"Sara\",
        password: $password, phone: \"+966501234567\" }) { userErrors { code } } }";
    server.data(register, &json!({ "password": "a secret of hers" }), None);
    let log = server.stop();
    assert!(log.iter().any(|line| line.contains(r#""route":"/graphql""#)), "it logs requests: {log:#?}");
    for line in &log {
        serde_json::from_str::<Value>(line).unwrap_or_else(|_| panic!("not JSON: {line}"));
        for secret in [password, &token, "a secret of hers", "+966501234567", "+966512345678", "argon2id"] {
            assert!(!line.contains(secret), "{secret} in {line}");
        }
    }
}

#[test]
fn a_first_start_that_is_killed_is_made_good_by_the_second() {
    for millis in (5..=125).step_by(12) {
        let place = Place::new();
        let mut first = place.command(&["serve", "--listen", "127.0.0.1:0"]);
        let mut first = first.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("qafila starts");
        thread::sleep(Duration::from_millis(millis));
        first.kill().unwrap();
        first.wait().unwrap();
        let second = Served::start(&place, &QUIET);
        let shop = second.data("{ products { totalCount } }", &json!({}), None);
        assert_eq!(shop["products"]["totalCount"], 335, "killed after {millis} ms");
    }
}
