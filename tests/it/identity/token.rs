//! Access tokens: how long they are good for, and what is none.

use std::time::Duration;

use serde_json::{Value, json};
use tests::shop::Shop;

use super::entering::{layla, refresh, sign_in, text};

const ME: &str = "{ me { email } }";

#[tokio::test(flavor = "multi_thread")]
async fn an_access_token_is_good_until_its_last_second() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let signed_in = sign_in(&guest, layla()).await;
    let bearer = guest.clone().bearing(&text(&signed_in, "accessToken"));
    shop.later(Duration::from_mins(15) - Duration::from_millis(1));
    assert_eq!(bearer.run(ME, json!({})).await["me"]["email"], "layla@customer.example");
    shop.later(Duration::from_millis(1));
    for (language, message) in [
        ("ar", "انتهت مدة رمز الدخول. يُرجى تجديده أو تسجيل الدخول مرة أخرى."),
        ("en", "The access token has expired. Please renew it or sign in again."),
    ] {
        let reply = bearer.clone().with_header("accept-language", language).try_run(ME, json!({})).await;
        assert_eq!((reply.status, reply.codes()), (401, vec!["TOKEN_EXPIRED"]));
        assert_eq!(reply.body["errors"][0]["message"], message);
        assert_eq!(reply.header("content-language"), language);
        assert_eq!(reply.body["data"], Value::Null);
    }

    let token = text(&signed_in, "refreshToken");
    let query = "mutation ($t: String!) { tokenRefresh(input: { refreshToken: $t }) { accessToken } }";
    let reply = bearer.try_run(query, json!({ "t": token })).await;
    assert_eq!(reply.codes(), ["TOKEN_EXPIRED"], "one refreshes without the old token");
    let next = refresh(&guest, &token).await;
    assert_eq!(next["userErrors"], json!([]), "the refused request did not use the refresh token up");
    let bearer = guest.bearing(&text(&next, "accessToken"));
    assert_eq!(bearer.run(ME, json!({})).await["me"]["email"], "layla@customer.example");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_we_did_not_sign_is_no_token() {
    let shop = Shop::open().await;
    let token = shop.staff_all().token().await.unwrap();
    let customer = shop.customer("layla").token().await.unwrap();
    let [head, body, signature]: [&str; 3] = token.split('.').collect::<Vec<_>>().try_into().unwrap();
    let others_body = customer.split('.').nth(1).unwrap();
    // {"alg":"none","typ":"JWT"}
    let unsigned = "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0";
    let tampered = signature.chars().rev().collect::<String>();
    for wrong in [
        format!("{head}.{others_body}.{signature}"),
        format!("{head}.{body}.{tampered}"),
        format!("{head}.{body}."),
        format!("{head}.{body}"),
        format!("{unsigned}.{body}."),
        format!("{unsigned}.{body}.{signature}"),
        "x".to_owned(),
        "a.b.c".to_owned(),
        text(&sign_in(&shop.anonymous(), layla()).await, "refreshToken"),
    ] {
        let reply = shop.anonymous().bearing(&wrong).try_run(ME, json!({})).await;
        assert_eq!((reply.status, reply.codes()), (401, vec!["TOKEN_INVALID"]), "{wrong}");
        assert_eq!(reply.body["errors"][0]["message"], "رمز الدخول غير صالح. يُرجى تسجيل الدخول مرة أخرى.");
    }
    let right = shop.anonymous().bearing(&token).run(ME, json!({})).await;
    assert_eq!(right["me"]["email"], "all@staff.example");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_of_another_server_is_none_here_whether_it_shares_the_secret_or_not() {
    let shop = Shop::open().await;
    let alike = Shop::open().await;
    let foreign = Shop::open_with(|flags| flags.token_secret = Some("the secret of quite another server".to_owned()));
    let foreign = foreign.await;
    for other in [&alike, &foreign] {
        let token = other.staff_all().token().await.unwrap();
        let reply = shop.anonymous().bearing(&token).try_run(ME, json!({})).await;
        assert_eq!((reply.status, reply.codes()), (401, vec!["TOKEN_INVALID"]));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_changes_nothing_while_it_is_refused() {
    let shop = Shop::open().await;
    let token = shop.neighbour().customer("layla").token().await.unwrap();
    let intruder = shop.anonymous().bearing(&token);
    let reply = intruder.try_run("mutation { cartCreate(input: {}) { cart { id } } }", json!({})).await;
    assert_eq!((reply.status, reply.codes()), (401, vec!["TOKEN_INVALID"]));
    assert_eq!(reply.body["data"], Value::Null);
}
