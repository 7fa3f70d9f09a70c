//! Staff issue gift cards, give store credit, and take either back.

use serde_json::{Value, json};
use tests::shop::Shop;

use super::ask::{CARD, STORE_CREDIT, add, issue, ledger};
use crate::{
    cart::refusal::{refused, wrong},
    fulfilment::ask::try_set,
    identity::groups::customer,
    inventory::ask::told,
};

#[tokio::test(flavor = "multi_thread")]
async fn gift_cards_are_issued_once_and_their_codes_told_again_to_who_repeats_the_call() {
    let shop = Shop::open().await;
    let staff = shop.staff("CREDIT_MANAGE");
    let input = json!({
        "amount": "100.00", "currency": "SAR", "count": 3, "note": "حملة رمضان", "expiresAt": "2027-03-01T00:00:00Z",
        "idempotencyKey": "ramadan",
    });
    let select =
        "giftCards { code giftCard { id lastCharacters balance { amount currencyCode } note expiresAt version } }";
    let issued = try_set(&staff, "giftCardsIssue", select, input.clone()).await;
    let cards = issued["giftCards"].as_array().unwrap();
    assert_eq!(cards.len(), 3);
    for card in cards {
        let code = card["code"].as_str().unwrap();
        assert_eq!((code.len(), code.split('-').count()), (19, 4), "four times four");
        assert_eq!(card["giftCard"]["lastCharacters"], code[15..]);
        assert_eq!(card["giftCard"]["balance"], json!({ "amount": "100.00", "currencyCode": "SAR" }));
    }
    assert_eq!(try_set(&staff, "giftCardsIssue", select, input).await, issued);
    let told = told(&shop, "gift_card.issued").await;
    assert_eq!(told.len(), 3);
    let all = serde_json::to_string(&told).unwrap();
    assert!(
        cards.iter().all(|card| !all.contains(&card["code"].as_str().unwrap().replace('-', ""))),
        "no event has a code"
    );

    let own = json!({ "amount": "5", "currency": "SAR", "code": "eid-2026-00001", "idempotencyKey": "own" });
    let own = try_set(&staff, "giftCardsIssue", select, own).await;
    assert_eq!(own["giftCards"][0]["code"], "EID2-0260-0001");
    let query =
        "query ($filter: GiftCardFilter!) { giftCards(filter: $filter) { totalCount nodes { lastCharacters } } }";
    let reader = shop.staff("CREDIT_READ");
    for (filter, count) in [
        (json!({}), 4),
        (json!({ "code": "EID2 0260 0001" }), 1),
        (json!({ "code": "?" }), 0),
        (json!({ "lastCharacters": "0001" }), 1),
        (json!({ "isBlocked": true }), 0),
        (json!({ "customer": customer(&shop, "layla").await }), 0),
    ] {
        let found = reader.run(query, json!({ "filter": filter })).await;
        assert_eq!(found["giftCards"]["totalCount"], count, "{filter}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_on_a_card_is_raised_and_lowered_and_a_blocked_one_is_good_for_nothing() {
    let shop = Shop::open().await;
    let staff = shop.staff("CREDIT_MANAGE");
    let guest = shop.anonymous();
    let (card, code) = issue(&shop, "50.00").await;
    let up = json!({ "giftCard": card, "amount": "25.50", "reason": "goodwill", "idempotencyKey": "up" });
    for _ in 0..2 {
        let topped = try_set(&staff, "giftCardTopUp", CARD, up.clone()).await;
        assert_eq!(topped["giftCard"]["balance"]["amount"], "75.50", "once");
    }
    let down = json!({ "giftCard": card, "amount": "75.51", "idempotencyKey": "down" });
    assert_eq!(wrong(&try_set(&staff, "giftCardWithdraw", CARD, down).await), ["BALANCE_TOO_LOW amount"]);
    let down = json!({ "giftCard": card, "amount": "70.50", "idempotencyKey": "down-2" });
    let lowered = try_set(&staff, "giftCardWithdraw", CARD, down).await;
    assert_eq!(lowered["giftCard"]["balance"]["amount"], "5.00");
    let moves = ["ISSUED 50.00", "TOPPED_UP 25.50", "WITHDRAWN -50.00", "WITHDRAWN -20.50"];
    assert_eq!(ledger(&shop, &card).await.1, moves);

    let cart = guest.cart_ready(&[("TEA", 1)], "CASH_ON_DELIVERY").await;
    add(&guest, &cart, &code).await;
    let block = json!({ "giftCard": card, "reason": "lost", "expectedVersion": 1 });
    let blocked = try_set(&staff, "giftCardBlock", CARD, block.clone()).await;
    assert_eq!((&blocked["giftCard"]["isBlocked"], &blocked["giftCard"]["version"]), (&json!(true), &json!(2)));
    assert_eq!(wrong(&try_set(&staff, "giftCardBlock", CARD, block).await), ["CONFLICT expectedVersion"]);
    let path = format!("GIFT_CARD_BLOCKED cart.giftCards.{card}");
    refused(&guest, "checkoutComplete", json!({ "cart": cart, "idempotencyKey": "blocked" }), &[&path]).await;
    let good = try_set(&staff, "giftCardUnblock", CARD, json!({ "giftCard": card })).await;
    assert_eq!(good["giftCard"]["isBlocked"], false);
    guest.checkout(&cart).await;
    let names = ["gift_card.topped_up", "gift_card.withdrawn", "gift_card.blocked", "gift_card.unblocked"];
    for name in names {
        assert_eq!(told(&shop, name).await.len(), 1, "{name}");
    }
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn store_credit_is_given_and_taken_and_seen_by_whose_it_is_and_by_who_may() {
    let shop = Shop::open().await;
    let staff = shop.staff("CREDIT_MANAGE");
    let layla = customer(&shop, "layla").await;
    let with = |amount: &str, currency: &str, key: &str| json!({ "customer": layla, "amount": amount, "currency": currency, "idempotencyKey": key });
    let given = try_set(&staff, "storeCreditGrant", STORE_CREDIT, with("20.00", "SAR", "a")).await;
    let id = given["storeCredit"]["id"].clone();
    let more = try_set(&staff, "storeCreditGrant", STORE_CREDIT, with("1.234", "KWD", "b")).await;
    assert_eq!(more["storeCredit"]["balance"], json!({ "amount": "1.234", "currencyCode": "KWD" }));
    assert_ne!(more["storeCredit"]["id"], id, "one of each currency");
    let taken = try_set(&staff, "storeCreditWithdraw", STORE_CREDIT, with("5.00", "SAR", "c")).await;
    assert_eq!(taken["storeCredit"]["balance"]["amount"], "15.00");
    let refused = try_set(&staff, "storeCreditWithdraw", STORE_CREDIT, with("15.01", "SAR", "d")).await;
    assert_eq!(wrong(&refused), ["BALANCE_TOO_LOW amount"]);
    assert_eq!(told(&shop, "store_credit.granted").await.len(), 2);
    assert_eq!(told(&shop, "store_credit.withdrawn").await.len(), 1);

    let own = shop.customer("layla").run("{ me { storeCredit { balance { amount currencyCode } } } }", json!({})).await;
    let both = json!([{ "balance": { "amount": "1.234", "currencyCode": "KWD" } }, { "balance": { "amount": "15.00", "currencyCode": "SAR" } }]);
    assert_eq!(own["me"]["storeCredit"], both);
    let node = "query ($id: ID!) { node(id: $id) { id } }";
    for (caller, sees) in [
        (shop.customer("layla"), true),
        (shop.staff("CREDIT_READ"), true),
        (shop.customer("omar"), false),
        (shop.anonymous(), false),
        (shop.staff("CUSTOMER_READ"), false),
    ] {
        let found = caller.run(node, json!({ "id": id })).await["node"].take();
        assert_eq!(found == Value::Null, !sees);
    }
    let (card, _) = issue(&shop, "5.00").await;
    assert_eq!(shop.staff("CREDIT_READ").run(node, json!({ "id": card })).await["node"]["id"], card);
    assert_eq!(shop.customer("layla").run(node, json!({ "id": card })).await["node"], Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_only_tried_moves_no_balance_and_is_refused_as_it_would_be() {
    let shop = Shop::open().await;
    let (card, _) = issue(&shop, "50.00").await;
    let layla = customer(&shop, "layla").await;
    let staff = shop.staff("CREDIT_MANAGE");
    let tries = [
        ("giftCardsIssue", "giftCards { code }", json!({ "amount": "5.00", "currency": "SAR" })),
        ("giftCardTopUp", "giftCard { id }", json!({ "giftCard": card, "amount": "5.00" })),
        ("giftCardWithdraw", "giftCard { id }", json!({ "giftCard": card, "amount": "5.00" })),
        ("giftCardBlock", "giftCard { id }", json!({ "giftCard": card })),
        ("storeCreditGrant", "storeCredit { id }", json!({ "customer": layla, "amount": "5.00", "currency": "SAR" })),
    ];
    for (name, select, input) in tries {
        let mut input = input;
        input["dryRun"] = json!(true);
        input["idempotencyKey"] = json!("tried");
        let tried = try_set(&staff, name, select, input.clone()).await;
        assert_eq!(tried["userErrors"], json!([]), "{name}");
        let shown = select.split(' ').next().unwrap();
        assert!(tried[shown].is_null() || tried[shown] == json!([]), "{name}: {tried}");
    }
    let too_much = json!({ "giftCard": card, "amount": "50.01", "dryRun": true, "idempotencyKey": "much" });
    let refused = try_set(&staff, "giftCardWithdraw", "giftCard { id }", too_much).await;
    assert_eq!(refused["userErrors"][0]["code"], "BALANCE_TOO_LOW");
    let reader = shop.staff("CREDIT_READ");
    let seen = reader.run(
        "query ($id: ID!) { giftCard(id: $id) { balance { amount } isBlocked } giftCards { totalCount } }",
        json!({ "id": card }),
    );
    let seen = seen.await;
    assert_eq!(seen["giftCard"], json!({ "balance": { "amount": "50.00" }, "isBlocked": false }));
    assert_eq!(seen["giftCards"]["totalCount"], 1);
    // The key is left for the call that is meant.
    let meant = json!({ "giftCard": card, "amount": "1.00", "idempotencyKey": "tried" });
    let done = try_set(&staff, "giftCardWithdraw", "giftCard { balance { amount } }", meant).await;
    assert_eq!(done["giftCard"]["balance"]["amount"], "49.00");
    shop.verify().await;
}
