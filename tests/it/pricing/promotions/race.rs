//! Many who want the last of a promotion.

use serde_json::{Value, json};
use tests::{at_once::at_once, shop::Shop};

use super::ask::{add_coupon, issue_for, off_order, plain, promote, steps, usage, with_coupons};
use crate::{
    cart::refusal::{try_it, wrong},
    inventory::ask::{changed, line},
};

/// Those who want it, and those who can have it.
const BUYERS: usize = 500;
const USES: usize = 100;

/// So many carts, each with the coupon: few at once, so that nobody is sent away.
async fn carts(shop: &Shop, n: usize) -> Vec<String> {
    let guest = shop.anonymous();
    let mut carts = Vec::with_capacity(n);
    while carts.len() < n {
        let more = at_once(20.min(n - carts.len()), |_| {
            let guest = guest.clone();
            async move {
                let cart = guest.cart_ready(&[("TEA", 1)], "CASH_ON_DELIVERY").await;
                assert_eq!(add_coupon(&guest, &cart, "EID").await["userErrors"], json!([]));
                cart
            }
        });
        carts.extend(more.await);
    }
    carts
}

/// What each says who completes a cart: none, if it is an order.
async fn complete(shop: &Shop, carts: &[String]) -> Vec<Vec<String>> {
    let guest = shop.anonymous();
    at_once(carts.len(), |n| {
        let (guest, cart) = (guest.clone(), carts[n].clone());
        async move {
            let input = json!({ "cart": cart, "idempotencyKey": cart });
            loop {
                let reply = guest.try_run(COMPLETE, json!({ "input": input })).await;
                // Whoever comes in too great a crowd comes again.
                let done = &reply.body["data"]["checkoutComplete"];
                if !done.is_null() {
                    return wrong(done);
                }
                tokio::time::sleep(std::time::Duration::from_millis(200)).await;
            }
        }
    })
    .await
}

const COMPLETE: &str = "mutation ($input: CheckoutCompleteInput!) { checkoutComplete(input: $input) {
    order { id } userErrors { code field } } }";

#[tokio::test(flavor = "multi_thread")]
async fn of_five_hundred_who_want_a_coupon_with_a_hundred_uses_a_hundred_have_it() {
    let shop = plain().await;
    let tea = line(&shop, "TEA", "riyadh", json!({ "quantity": 1_000 })).await;
    changed(&shop.staff("STOCK_MANAGE"), "stockReceive", json!({ "lines": [tea] })).await;
    let eid = with_coupons(&shop, "eid", "10").await;
    issue_for(&shop, &eid, json!({ "code": "EID" }), json!(USES)).await;
    let carts = carts(&shop, BUYERS).await;
    let said = complete(&shop, &carts).await;
    let refused: Vec<_> = said.iter().filter(|said| !said.is_empty()).collect();
    assert_eq!(refused.len(), BUYERS - USES);
    assert!(refused.iter().all(|said| **said == ["COUPON_USED_UP cart.coupons.EID"]), "{refused:?}");
    assert_eq!(usage(&shop, "eid").await, (i64::try_from(USES).unwrap(), "115.00".to_owned()), "1.15 each");
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_budget_is_not_overspent() {
    let shop = plain().await;
    // Ten percent of 11.50 is 1.15: four have it, and the fifth has what is left.
    promote(&shop, "budget", off_order("10"), json!({ "limits": { "budget": "5.00" } })).await;
    let guest = shop.anonymous();
    let mut carts = Vec::new();
    for _ in 0..12 {
        carts.push(guest.cart_ready(&[("TEA", 1)], "CASH_ON_DELIVERY").await);
    }
    let mut left = carts;
    while !left.is_empty() {
        let said = complete(&shop, &left).await;
        let mut next = Vec::new();
        for (cart, said) in left.into_iter().zip(said) {
            match said.as_slice() {
                [] => {}
                [one] if one == "PROMOTION_USED_UP cart" => {
                    // The key is of the call that was refused, which changed nothing: a new one.
                    next.push(cart);
                }
                other => panic!("{other:?}"),
            }
        }
        left = next;
    }
    assert_eq!(usage(&shop, "budget").await, (5, "5.00".to_owned()));
    let cart = guest.cart_ready(&[("TEA", 1)], "CASH_ON_DELIVERY").await;
    assert_eq!(steps(&guest, &cart).await.1, [("budget".to_owned(), "“budget” has been used up.".to_owned())]);
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_queue_gives_a_coupon_to_those_who_came_first() {
    let shop = plain().await;
    let eid = with_coupons(&shop, "eid", "10").await;
    issue_for(&shop, &eid, json!({ "code": "EID" }), json!(3)).await;
    let guest = shop.anonymous();
    let carts = carts(&shop, 8).await;
    let submit = "mutation ($input: CheckoutSubmitInput!) { checkoutSubmit(input: $input) { ticket { id } userErrors { code } } }";
    let mut tickets = Vec::new();
    for cart in &carts {
        let done = guest.done(submit, json!({ "input": { "cart": cart, "idempotencyKey": cart } })).await;
        tickets.push(done["ticket"]["id"].clone());
    }
    shop.work().await;
    let query = "query ($id: ID!) { checkoutTicket(id: $id) { state userErrors { code } } }";
    let mut outcomes = Vec::new();
    for ticket in tickets {
        for _ in 0..50 {
            let found = guest.run(query, json!({ "id": ticket })).await["checkoutTicket"].take();
            if found["userErrors"] != json!([]) || found["state"] == "PLACED" {
                outcomes.push(found["userErrors"][0]["code"].as_str().unwrap_or("PLACED").to_owned());
                break;
            }
            shop.work().await;
        }
    }
    assert_eq!(outcomes[..3], ["PLACED", "PLACED", "PLACED"]);
    assert_eq!(outcomes[3..], ["COUPON_USED_UP"; 5]);
    assert_eq!(usage(&shop, "eid").await.0, 3);
    let again = try_it(&guest, "checkoutComplete", json!({ "cart": carts[7], "idempotencyKey": "once more" })).await;
    assert_eq!((wrong(&again), &again["order"]), (vec!["COUPON_USED_UP cart.coupons.EID".to_owned()], &Value::Null));
    shop.verify().await;
}
