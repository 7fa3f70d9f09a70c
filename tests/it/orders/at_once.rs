//! Orders that are moved two ways at once.

use serde_json::json;
use tests::{at_once::at_once, client::codes, shop::Shop};

use super::ask::facts;

#[tokio::test(flavor = "multi_thread")]
async fn an_order_that_is_shipped_and_cancelled_at_once_is_one_of_both() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let mut orders = Vec::new();
    for _ in 0..8 {
        let cart = guest.cart_ready(&[("TEA", 1)], "CARD").await;
        let order = guest.checkout_by_card(&cart, "tok_approved").await;
        shop.make(&["orderConfirm", "orderAllocate"], &order.id).await;
        orders.push(order);
    }
    let staff = shop.staff_all();
    staff.token().await;
    let answers = at_once(16, async |n| {
        let mut input = json!({ "order": orders[n / 2].id, "idempotencyKey": staff.key() });
        let name = if n % 2 == 0 { "orderShip" } else { "orderCancel" };
        if name == "orderShip" {
            (input["carrier"], input["tracking"]) = (json!("سمسا"), json!("1"));
        }
        let kind = format!("O{}Input", &name[1..]);
        let query = format!("mutation ($input: {kind}!) {{ {name}(input: $input) {{ userErrors {{ code }} }} }}");
        staff.run(&query, json!({ "input": input })).await[name].take()
    })
    .await;
    for (order, pair) in orders.iter().zip(answers.chunks(2)) {
        let (shipped, cancelled) = (codes(&pair[0]), codes(&pair[1]));
        assert_ne!(shipped.is_empty(), cancelled.is_empty(), "{shipped:?} and {cancelled:?}");
        let refused = [shipped.clone(), cancelled.clone()].concat();
        assert!(["CONFLICT", "ORDER_TRANSITION_NOT_ALLOWED"].contains(&refused[0]), "{refused:?}");
        let state = if shipped.is_empty() { "SHIPPED" } else { "CANCELLED" };
        assert_eq!(facts(&shop, &order.id).await["order"]["state"], state);
    }
}
