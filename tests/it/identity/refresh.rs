//! Staying signed in.

use std::time::Duration;

use serde_json::{Value, json};
use tests::{at_once::at_once, shop::Shop};

use super::entering::{assert_nothing_handed, layla, n_audited, refresh, refusals, sign_in, text};

const DAY: Duration = Duration::from_hours(24);

fn ended() -> Vec<(String, String)> {
    vec![("refreshToken".to_owned(), "SESSION_ENDED".to_owned())]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refresh_token_is_traded_for_the_next_pair() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let first = sign_in(&guest, layla()).await;
    shop.later(Duration::from_mins(20));
    let second = refresh(&guest, &text(&first, "refreshToken")).await;
    assert_eq!(second["userErrors"], json!([]));
    assert_eq!(second["account"]["email"], "layla@customer.example");
    assert_ne!(second["refreshToken"], first["refreshToken"]);
    assert_eq!(second["accessTokenExpiresAt"], "2026-03-01T09:35:00Z");
    assert_eq!(second["refreshTokenExpiresAt"], "2026-03-31T09:20:00Z");
    let me = guest.bearing(&text(&second, "accessToken")).run("{ me { email } }", json!({})).await;
    assert_eq!(me["me"]["email"], "layla@customer.example");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refresh_token_that_comes_back_ends_the_session_for_whoever_has_it() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let first = sign_in(&guest, layla()).await;
    let second = refresh(&guest, &text(&first, "refreshToken")).await;
    let bearer = guest.clone().bearing(&text(&second, "accessToken"));
    bearer.run("{ me { id } }", json!({})).await;

    let stolen = refresh(&guest, &text(&first, "refreshToken")).await;
    assert_eq!(refusals(&stolen), ended());
    assert_nothing_handed(&stolen);
    assert_eq!(refusals(&refresh(&guest, &text(&second, "refreshToken")).await), ended());
    let reply = bearer.try_run("{ me { id } }", json!({})).await;
    assert_eq!((reply.status, reply.codes()), (401, vec!["TOKEN_INVALID"]));
    assert_eq!(n_audited(&shop.staff_all(), "account.session_revoked").await, 1);

    let elsewhere = sign_in(&guest, layla()).await;
    assert_eq!(elsewhere["userErrors"], json!([]), "the account itself is open");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refresh_token_that_is_used_many_times_at_once_is_used_once() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let token = text(&sign_in(&guest, layla()).await, "refreshToken");
    let answers = at_once(4, async |_| refresh(&guest, &token).await).await;
    let let_in: Vec<_> = answers.iter().filter(|answer| answer["refreshToken"].is_string()).collect();
    assert!(let_in.len() <= 1, "{answers:#?}");
    assert_eq!(answers.iter().filter(|answer| refusals(answer) == ended()).count(), 4 - let_in.len());
    for answer in let_in {
        assert_eq!(refusals(&refresh(&guest, &text(answer, "refreshToken")).await), ended(), "one was a thief");
    }
    assert_eq!(n_audited(&shop.staff_all(), "account.session_revoked").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_ends_when_it_is_not_used_for_its_days() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let mut token = text(&sign_in(&guest, layla()).await, "refreshToken");
    for _ in 0..2 {
        shop.later(DAY * 30 - Duration::from_secs(1));
        let next = refresh(&guest, &token).await;
        assert_eq!(next["userErrors"], json!([]), "each use is good for thirty days more");
        token = text(&next, "refreshToken");
    }
    shop.later(DAY * 30);
    assert_eq!(refusals(&refresh(&guest, &token).await), ended());
}

#[tokio::test(flavor = "multi_thread")]
async fn how_long_a_session_lasts_is_a_setting() {
    let shop = Shop::open_with(|flags| {
        flags.refresh_token_days = Some("1".to_owned());
        flags.access_token_minutes = Some("1".to_owned());
    });
    let shop = shop.await;
    let signed_in = sign_in(&shop.anonymous(), layla()).await;
    assert_eq!(signed_in["accessTokenExpiresAt"], "2026-03-01T09:01:00Z");
    assert_eq!(signed_in["refreshTokenExpiresAt"], "2026-03-02T09:00:00Z");
    shop.later(DAY);
    assert_eq!(refusals(&refresh(&shop.anonymous(), &text(&signed_in, "refreshToken")).await), ended());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_refresh_token_of_this_shop_ends_nothing() {
    let shop = Shop::open().await;
    let ours = sign_in(&shop.anonymous(), layla()).await;
    let theirs = sign_in(&shop.neighbour().anonymous(), layla()).await;
    let their_token = text(&theirs, "refreshToken");
    let (session, _) = their_token.split_once('.').unwrap();
    let guessed = format!("{session}.guessed");
    for wrong in ["", "x", ".", session, &guessed, &text(&ours, "accessToken"), &their_token] {
        let refused = refresh(&shop.anonymous(), wrong).await;
        assert_eq!(refusals(&refused), ended(), "{wrong:?}");
        assert_nothing_handed(&refused);
    }
    assert_eq!(n_audited(&shop.staff_all(), "account.session_revoked").await, 0);
    assert_eq!(n_audited(&shop.neighbour().staff_all(), "account.session_revoked").await, 0);
    assert_eq!(refresh(&shop.anonymous(), &text(&ours, "refreshToken")).await["userErrors"], json!([]));
    assert_eq!(refresh(&shop.neighbour().anonymous(), &their_token).await["userErrors"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_refresh_speaks_the_reader_s_language() {
    let shop = Shop::open().await;
    let said = |refused: &Value| text(&refused["userErrors"][0], "message");
    let english = refresh(&shop.anonymous().in_language("en"), "x").await;
    assert_eq!(said(&english), "Your session has ended. Please sign in again.");
    let arabic = refresh(&shop.anonymous(), "x").await;
    assert_eq!(said(&arabic), "انتهت جلستك. يُرجى تسجيل الدخول مرة أخرى.");
}
