//! What cannot be done with gift cards and store credit.

use serde_json::json;
use tests::shop::Shop;

use super::ask::{CARD, STORE_CREDIT, add, grant, issue, issue_with, ledger};
use crate::{
    cart::refusal::{refused, wrong},
    fulfilment::ask::try_set,
    identity::groups::customer,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_card_that_is_good_for_nothing_does_not_come_into_a_cart() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let cart = guest.cart_ready(&[("TEA", 1)], "CASH_ON_DELIVERY").await;
    let (_, dinars) = issue_with(&shop, json!({ "amount": "1.234", "currency": "KWD" })).await;
    let (spent, empty) = issue(&shop, "29.50").await;
    let other = guest.cart_ready(&[("TEA", 1)], "CASH_ON_DELIVERY").await;
    add(&guest, &other, &empty).await;
    guest.checkout(&other).await;
    assert_eq!(ledger(&shop, &spent).await.0, "0.00");
    for (code, wanted) in [
        ("ABCD-EFGH-1234", "GIFT_CARD_NOT_FOUND code"),
        ("ABC", "TOO_SHORT code"),
        ("ABCDEFGH123?", "INVALID_CODE code"),
        (&dinars, "GIFT_CARD_CURRENCY_MISMATCH code"),
        (&empty, "GIFT_CARD_EMPTY code"),
    ] {
        refused(&guest, "cartGiftCardAdd", json!({ "cart": cart, "code": code }), &[wanted]).await;
    }
    let none = "giftcard_01h455vb4pex5vsknk084sn02q";
    refused(&guest, "cartGiftCardRemove", json!({ "cart": cart, "giftCard": none }), &["NOT_FOUND giftCard"]).await;
    refused(&guest, "cartGiftCardRemove", json!({ "cart": cart, "giftCard": "x" }), &["INVALID_ID giftCard"]).await;
    refused(&guest, "cartStoreCreditSet", json!({ "cart": cart, "use": true }), &["CUSTOMER_REQUIRED use"]).await;
    let layla = shop.customer("layla");
    let hers = layla.cart_ready(&[("TEA", 1)], "CASH_ON_DELIVERY").await;
    for max in ["0", "-1", "1.234", "x"] {
        let input = json!({ "cart": hers, "use": true, "maxAmount": max });
        refused(&layla, "cartStoreCreditSet", input, &["INVALID_AMOUNT maxAmount"]).await;
    }
    for n in 0..11 {
        let (_, code) = issue(&shop, "1.00").await;
        if n < 10 {
            add(&guest, &cart, &code).await;
        } else {
            refused(&guest, "cartGiftCardAdd", json!({ "cart": cart, "code": code }), &["TOO_MANY_GIFT_CARDS code"])
                .await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_balance_that_changed_is_told_before_anybody_pays_more_than_they_saw() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let (card, code) = issue(&shop, "40.00").await;
    let cart = guest.cart_ready(&[("TEA", 1)], "CASH_ON_DELIVERY").await;
    add(&guest, &cart, &code).await;
    let down = json!({ "giftCard": card, "amount": "30.00", "idempotencyKey": "down" });
    try_set(&shop.staff("CREDIT_MANAGE"), "giftCardWithdraw", CARD, down).await;
    let input = |due: &str| json!({ "cart": cart, "expectedDue": due, "idempotencyKey": guest.key() });
    refused(&guest, "checkoutComplete", input("0.00"), &["DUE_CHANGED expectedDue"]).await;
    refused(&guest, "checkoutComplete", input("x"), &["INVALID_AMOUNT expectedDue"]).await;
    let submit = json!({ "cart": cart, "expectedDue": "0.00", "idempotencyKey": guest.key() });
    let ticket = try_set(&guest, "checkoutSubmit", "ticket { id }", submit).await["ticket"]["id"].take();
    shop.work().await;
    let query =
        "query ($id: ID!) { checkoutTicket(id: $id) { order { id } userErrors { code field params { name value } } } }";
    let outcome = guest.run(query, json!({ "id": ticket })).await["checkoutTicket"].take();
    assert_eq!(wrong(&outcome), ["DUE_CHANGED expectedDue"]);
    assert_eq!(ledger(&shop, &card).await.0, "10.00");
    // 11.50 + 18.00 + 15.00 − 10.00
    let done = crate::cart::refusal::try_it(&guest, "checkoutComplete", input("34.50")).await;
    assert_eq!(wrong(&done), Vec::<String>::new());
    assert_eq!(ledger(&shop, &card).await.0, "0.00");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_meant_of_a_balance_is_refused_by_field() {
    let shop = Shop::open().await;
    let staff = shop.staff("CREDIT_MANAGE");
    let (card, _) = issue_with(&shop, json!({ "amount": "5", "code": "TAKEN-2026-001" })).await;
    grant(&shop, "layla", "5.00").await;
    let layla = customer(&shop, "layla").await;
    let none = "account_01h455vb4pex5vsknk084sn02q";
    let staff_id = crate::orders::ask::me(&staff).await;
    let issue = "giftCards { code }";
    for (name, select, input, wanted) in [
        ("giftCardsIssue", issue, json!({ "amount": "0", "currency": "SAR" }), vec!["AMOUNT_NOT_POSITIVE amount"]),
        ("giftCardsIssue", issue, json!({ "amount": "1.234", "currency": "SAR" }), vec!["INVALID_AMOUNT amount"]),
        ("giftCardsIssue", issue, json!({ "amount": "1", "currency": "XX" }), vec!["UNSUPPORTED_CURRENCY currency"]),
        ("giftCardsIssue", issue, json!({ "amount": "1", "currency": "USD" }), vec!["UNSUPPORTED_CURRENCY currency"]),
        (
            "storeCreditGrant",
            STORE_CREDIT,
            json!({ "customer": layla, "amount": "1", "currency": "USD" }),
            vec!["UNSUPPORTED_CURRENCY currency"],
        ),
        (
            "giftCardsIssue",
            issue,
            json!({ "amount": "1", "currency": "SAR", "count": 0 }),
            vec!["QUANTITY_NOT_POSITIVE count"],
        ),
        (
            "giftCardsIssue",
            issue,
            json!({ "amount": "1", "currency": "SAR", "count": 101 }),
            vec!["NUMBER_TOO_LARGE count"],
        ),
        (
            "giftCardsIssue",
            issue,
            json!({ "amount": "-1", "currency": "SAR", "count": 2, "code": "GOOD-2026-0001", "note": "x".repeat(501), "customer": "x" }),
            vec!["INVALID_AMOUNT amount", "NOT_ALLOWED_HERE code", "INVALID_ID customer", "TOO_LONG note"],
        ),
        (
            "giftCardsIssue",
            issue,
            json!({ "amount": "1", "currency": "SAR", "code": "taken 2026 001" }),
            vec!["GIFT_CARD_CODE_TAKEN code"],
        ),
        (
            "giftCardsIssue",
            issue,
            json!({ "amount": "1", "currency": "SAR", "customer": none }),
            vec!["NOT_FOUND customer"],
        ),
        (
            "giftCardsIssue",
            issue,
            json!({ "amount": "1", "currency": "SAR", "expiresAt": "2026-03-01T09:00:00Z" }),
            vec!["IN_THE_PAST expiresAt"],
        ),
        ("giftCardTopUp", CARD, json!({ "giftCard": card, "amount": "0" }), vec!["AMOUNT_NOT_POSITIVE amount"]),
        ("giftCardTopUp", CARD, json!({ "giftCard": none, "amount": "1" }), vec!["INVALID_ID giftCard"]),
        (
            "giftCardTopUp",
            CARD,
            json!({ "giftCard": card, "amount": "1", "expiresAt": "2026-03-01T08:59:59Z" }),
            vec!["IN_THE_PAST expiresAt"],
        ),
        (
            "giftCardWithdraw",
            CARD,
            json!({ "giftCard": "giftcard_01h455vb4pex5vsknk084sn02q", "amount": "1" }),
            vec!["NOT_FOUND giftCard"],
        ),
        (
            "storeCreditGrant",
            STORE_CREDIT,
            json!({ "customer": none, "amount": "1", "currency": "SAR" }),
            vec!["NOT_FOUND customer"],
        ),
        (
            "storeCreditGrant",
            STORE_CREDIT,
            json!({ "customer": staff_id, "amount": "1", "currency": "SAR" }),
            vec!["NOT_FOUND customer"],
        ),
        (
            "storeCreditGrant",
            STORE_CREDIT,
            json!({ "customer": layla, "amount": "1.2345", "currency": "KWD" }),
            vec!["INVALID_AMOUNT amount"],
        ),
        (
            "storeCreditWithdraw",
            STORE_CREDIT,
            json!({ "customer": layla, "amount": "1", "currency": "AED" }),
            vec!["BALANCE_TOO_LOW amount"],
        ),
    ] {
        let mut input = input;
        input["idempotencyKey"] = json!(staff.key());
        let payload = try_set(&staff, name, select, input.clone()).await;
        assert_eq!(wrong(&payload), wanted, "{name} {input:#}");
    }
    assert_eq!(ledger(&shop, &card).await.1, ["ISSUED 5.00"]);
    shop.verify().await;
}
