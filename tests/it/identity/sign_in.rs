//! Signing in.

use serde_json::{Value, json};
use tests::{at_once::at_once, client::PASSWORD, shop::Shop};

use super::entering::{assert_nothing_handed, layla, n_audited, refresh, refusals, sign_in, text, with};

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_signs_in_and_is_told_until_when() {
    let shop = Shop::open().await;
    let before = n_audited(&shop.staff_all(), "account.signed_in").await;
    let signed_in = sign_in(&shop.anonymous(), layla()).await;
    assert_eq!(signed_in["userErrors"], json!([]));
    assert_eq!(signed_in["account"]["email"], "layla@customer.example");
    assert_eq!(signed_in["cart"], Value::Null, "no cart was given");
    assert_eq!(signed_in["accessTokenExpiresAt"], "2026-03-01T09:15:00Z");
    assert_eq!(signed_in["refreshTokenExpiresAt"], "2026-03-31T09:00:00Z");

    let theirs = shop.anonymous().bearing(&text(&signed_in, "accessToken"));
    let me = theirs.run("{ me { id email } }", json!({})).await;
    assert_eq!(me["me"], json!({ "id": signed_in["account"]["id"], "email": "layla@customer.example" }));
    assert_eq!(n_audited(&shop.staff_all(), "account.signed_in").await, before + 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_address_may_be_typed_in_capitals_and_with_spaces_and_the_password_may_not() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let typed = sign_in(&guest, with(layla(), "email", "  LAYLA@Customer.Example ")).await;
    assert_eq!(typed["account"]["email"], "layla@customer.example");
    for password in [PASSWORD.to_uppercase(), format!("{PASSWORD} "), String::new()] {
        let refused = sign_in(&guest, with(layla(), "password", password.as_str())).await;
        assert_eq!(refusals(&refused), [(String::new(), "BAD_CREDENTIALS".to_owned())], "{password:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_and_an_address_without_an_account_are_refused_in_the_same_words() {
    let shop = Shop::open().await;
    let staff = shop.staff_all();
    let before = n_audited(&staff, "account.signed_in").await;
    for language in ["ar", "en"] {
        let guest = shop.anonymous().in_language(language);
        let wrong = sign_in(&guest, with(layla(), "password", "not the password")).await;
        assert_eq!(refusals(&wrong), [(String::new(), "BAD_CREDENTIALS".to_owned())]);
        assert_eq!(wrong["userErrors"][0]["field"], Value::Null, "not even the field is told");
        assert_nothing_handed(&wrong);
        for unknown in ["nobody@customer.example", "not an address", "", "layla@customer.example\u{0}"] {
            assert_eq!(sign_in(&guest, with(layla(), "email", unknown)).await, wrong, "{unknown:?}");
        }
        let message = wrong["userErrors"][0]["message"].as_str().unwrap();
        let said = if language == "ar" { "البريد" } else { "The email address or password is not correct." };
        assert!(message.contains(said), "{message}");
    }
    assert_eq!(n_audited(&staff, "account.signed_in").await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_of_one_shop_is_none_of_another() {
    let shop = Shop::open().await;
    let only_there = with(super::entering::sara(), "email", "there@customer.example");
    let registered = super::entering::register(&shop.neighbour().anonymous(), only_there.clone()).await;
    assert_eq!(registered["userErrors"], json!([]));
    let input = json!({ "email": "there@customer.example", "password": only_there["password"] });
    let refused = sign_in(&shop.anonymous(), input.clone()).await;
    assert_eq!(refusals(&refused), [(String::new(), "BAD_CREDENTIALS".to_owned())]);
    assert_eq!(sign_in(&shop.neighbour().anonymous(), input).await["userErrors"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_sign_in_begins_a_session_of_its_own() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let (phone, laptop) = (sign_in(&guest, layla()).await, sign_in(&guest, layla()).await);
    assert_ne!(phone["refreshToken"], laptop["refreshToken"]);
    assert_eq!(super::entering::sign_out(&guest, &text(&phone, "refreshToken")).await["userErrors"], json!([]));
    assert_eq!(refresh(&guest, &text(&laptop, "refreshToken")).await["userErrors"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn one_is_not_signed_in_with_what_is_no_cart() {
    let shop = Shop::open().await;
    let tea = shop.variant("TEA").await;
    let before = n_audited(&shop.staff_all(), "account.signed_in").await;
    for wrong in ["", "cart", tea.as_str()] {
        let refused = sign_in(&shop.anonymous(), with(layla(), "cart", wrong)).await;
        assert_eq!(refusals(&refused), [("cart".to_owned(), "INVALID_ID".to_owned())], "{wrong:?}");
        assert_nothing_handed(&refused);
    }
    assert_eq!(n_audited(&shop.staff_all(), "account.signed_in").await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_and_a_token_stand_nowhere_in_the_audit_trail() {
    let shop = Shop::open().await;
    let signed_in = sign_in(&shop.anonymous(), layla()).await;
    let query = "{ auditEntries(page: { first: 100 }) { nodes { action actor record after } } }";
    let trail = shop.staff("AUDIT_READ").run(query, json!({})).await.to_string();
    assert!(trail.contains("account.signed_in") && trail.contains(&text(&signed_in["account"], "id")), "{trail}");
    for secret in [PASSWORD.to_owned(), text(&signed_in, "accessToken"), text(&signed_in, "refreshToken")] {
        assert!(!trail.contains(&secret), "{secret} in {trail}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_account_may_be_signed_in_to_many_times_at_once_and_each_time_is_told() {
    let shop = Shop::open().await;
    let before = n_audited(&shop.staff_all(), "account.signed_in").await;
    let answers = at_once(24, async |_| sign_in(&shop.anonymous(), layla()).await).await;
    assert!(answers.iter().all(|answer| answer["userErrors"] == json!([])), "{answers:#?}");
    assert_eq!(n_audited(&shop.staff_all(), "account.signed_in").await, before + 24);
}
