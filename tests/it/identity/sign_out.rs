//! Signing out.

use serde_json::json;
use tests::shop::Shop;

use super::entering::{layla, n_audited, refresh, refusals, sign_in, sign_out, text};

#[tokio::test(flavor = "multi_thread")]
async fn signing_out_ends_the_session_and_its_access_tokens() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let signed_in = sign_in(&guest, layla()).await;
    let token = text(&signed_in, "refreshToken");
    let bearer = guest.clone().bearing(&text(&signed_in, "accessToken"));
    assert_eq!(sign_out(&bearer, &token).await["userErrors"], json!([]));

    let reply = bearer.try_run("{ me { id } }", json!({})).await;
    assert_eq!((reply.status, reply.codes()), (401, vec!["TOKEN_INVALID"]));
    let refused = refresh(&guest, &token).await;
    assert_eq!(refusals(&refused), [("refreshToken".to_owned(), "SESSION_ENDED".to_owned())]);
    assert_eq!(n_audited(&shop.staff_all(), "account.signed_out").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_out_twice_or_of_nothing_is_no_error() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let token = text(&sign_in(&guest, layla()).await, "refreshToken");
    let theirs = text(&sign_in(&shop.neighbour().anonymous(), layla()).await, "refreshToken");
    for token in [token.as_str(), token.as_str(), "", "x", "session_01h455vb4pex5vsknk084sn02q.x", theirs.as_str()] {
        assert_eq!(sign_out(&guest, token).await["userErrors"], json!([]), "{token:?}");
    }
    assert_eq!(n_audited(&shop.staff_all(), "account.signed_out").await, 1);
    let next = refresh(&shop.neighbour().anonymous(), &theirs).await;
    assert_eq!(next["userErrors"], json!([]), "the neighbour's session goes on");
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_out_with_a_used_token_ends_the_session_as_a_stolen_one() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let first = text(&sign_in(&guest, layla()).await, "refreshToken");
    let second = text(&refresh(&guest, &first).await, "refreshToken");
    assert_eq!(sign_out(&guest, &first).await["userErrors"], json!([]));
    assert_eq!(refusals(&refresh(&guest, &second).await)[0].1, "SESSION_ENDED");
    let staff = shop.staff_all();
    let audited = (n_audited(&staff, "account.signed_out").await, n_audited(&staff, "account.session_revoked").await);
    assert_eq!(audited, (0, 1));
}
