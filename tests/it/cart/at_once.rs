//! Changes of one cart in the same moment.

use serde_json::json;
use tests::{
    at_once::at_once,
    client::{PASSWORD, codes},
    shop::Shop,
};

use super::{
    read::{cart_with, lines, read},
    refusal::try_it,
};

#[tokio::test(flavor = "multi_thread")]
async fn no_change_is_lost() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let id = cart_with(&guest, &[("TEA", 1)]).await;
    let tea = shop.variant("TEA").await;
    let more = json!({ "cart": id, "lines": [{ "variant": tea, "quantity": 1 }] });
    for answer in at_once(16, async |_| try_it(&guest, "cartLinesAdd", more.clone()).await).await {
        assert_eq!(codes(&answer), [""; 0]);
    }
    let cart = read(&guest, &id).await;
    assert_eq!((lines(&cart), &cart["version"]), (vec![("TEA", 17)], &json!(17)));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_who_saw_the_same_version_one_changes_it() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let id = cart_with(&guest, &[]).await;
    let tea = shop.variant("TEA").await;
    let more = json!({ "cart": id, "lines": [{ "variant": tea, "quantity": 1 }], "expectedVersion": 1 });
    let answers = at_once(8, async |_| try_it(&guest, "cartLinesAdd", more.clone()).await).await;
    let done = answers.iter().filter(|answer| codes(answer).is_empty()).count();
    let refused = answers.iter().filter(|answer| codes(answer) == ["CONFLICT"]).count();
    assert_eq!((done, refused), (1, 7), "{answers:#?}");
    assert_eq!(lines(&read(&guest, &id).await), [("TEA", 1)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_who_begins_many_carts_at_once_has_one() {
    let shop = Shop::open().await;
    let layla = shop.customer("layla");
    let tea = shop.variant("TEA").await;
    layla.run("{ me { id } }", json!({})).await;
    let create = json!({ "lines": [{ "variant": tea, "quantity": 1 }] });
    let answers = at_once(8, async |_| try_it(&layla, "cartCreate", create.clone()).await).await;
    assert!(answers.iter().all(|answer| answer["cart"]["id"] == answers[0]["cart"]["id"]), "{answers:#?}");
    let cart = read(&layla, answers[0]["cart"]["id"].as_str().unwrap()).await;
    assert_eq!(lines(&cart), [("TEA", 8)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_is_used_many_times_at_once_is_used_once() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let tea = shop.variant("TEA").await;
    let create = json!({ "lines": [{ "variant": tea, "quantity": 1 }], "idempotencyKey": "one" });
    let answers = at_once(8, async |_| try_it(&guest, "cartCreate", create.clone()).await).await;
    let id = answers[0]["cart"]["id"].as_str().unwrap();
    assert!(answers.iter().all(|answer| answer["cart"]["id"] == id), "{answers:#?}");

    let more = json!({ "cart": id, "lines": [{ "variant": tea, "quantity": 2 }], "idempotencyKey": "two" });
    for answer in at_once(8, async |_| try_it(&guest, "cartLinesAdd", more.clone()).await).await {
        assert_eq!((codes(&answer), &answer["cart"]["version"]), (vec![], &json!(2)));
    }
    assert_eq!(lines(&read(&guest, id).await), [("TEA", 3)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_who_signs_in_with_many_carts_at_once_has_all_their_lines_in_one() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let mut carts = Vec::new();
    for sku in ["TEA", "CUP", "DATES", "DALLAH"] {
        carts.push(cart_with(&guest, &[(sku, 1), ("COFFEE-250-DARK", 1)]).await);
    }
    let query = "mutation ($input: SignInInput!) { signIn(input: $input) { cart { id } userErrors { code } } }";
    let answers = at_once(carts.len(), async |n| {
        let input = json!({ "email": "layla@customer.example", "password": PASSWORD, "cart": carts[n] });
        guest.done(query, json!({ "input": input })).await
    });
    let answers = answers.await;
    assert!(answers.iter().all(|answer| answer["cart"]["id"] == answers[0]["cart"]["id"]), "{answers:#?}");
    let cart = read(&shop.customer("layla"), answers[0]["cart"]["id"].as_str().unwrap()).await;
    let mut lines = lines(&cart);
    lines.sort_unstable();
    assert_eq!(lines, [("COFFEE-250-DARK", 4), ("CUP", 1), ("DALLAH", 1), ("DATES", 1), ("TEA", 1)]);
}
