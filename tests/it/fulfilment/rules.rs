//! By which rules a channel chooses the places that its orders ship from.

use serde_json::{Value, json};
use tests::{at_once::at_once, client::codes, shop::Shop, world::alula};

use super::ask::{rules, serves, told, try_set};
use crate::{cart::refusal::wrong, inventory::ask::level};

const SOURCING: &str = "sourcing { rules allowSplit version }";

async fn complete(shop: &Shop, cart: &str) -> Value {
    let guest = shop.anonymous();
    let query = "mutation ($input: CheckoutCompleteInput!) { checkoutComplete(input: $input) {
        order { id } userErrors { code field } } }";
    let input = json!({ "cart": cart, "idempotencyKey": guest.key() });
    guest.run(query, json!({ "input": input })).await["checkoutComplete"].take()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_rules_of_a_channel_are_set_shown_and_only_looked_at() {
    let shop = Shop::open().await;
    let staff = shop.staff_all();
    let query = r#"{ channelSourcing(channel: "web-sa") { rules allowSplit version } none: channelSourcing(channel: "x") { version } }"#;
    let found = shop.staff("STOCK_READ").run(query, json!({})).await;
    let default = json!({ "rules": ["PRIORITY"], "allowSplit": true, "version": 0 });
    assert_eq!((&found["channelSourcing"], &found["none"]), (&default, &Value::Null));
    let rules = ["NEAREST_ZONE", "FEWEST_PARCELS", "LOWEST_COST"];
    let input = |more: Value| {
        let mut input = json!({ "channel": "web-sa", "rules": rules, "allowSplit": false });
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        input
    };
    let wanted = json!({ "rules": rules, "allowSplit": false, "version": 1 });
    let dry = try_set(&staff, "channelSourcingSet", SOURCING, input(json!({ "dryRun": true }))).await;
    assert_eq!(dry, json!({ "sourcing": wanted, "userErrors": [] }));
    assert_eq!(shop.staff("STOCK_READ").run(query, json!({})).await["channelSourcing"], default, "nothing was written");
    for _ in 0..2 {
        let once = input(json!({ "idempotencyKey": "rules", "expectedVersion": 0 }));
        let set = try_set(&staff, "channelSourcingSet", SOURCING, once).await;
        assert_eq!(set, json!({ "sourcing": wanted, "userErrors": [] }));
    }
    assert_eq!(shop.staff("STOCK_READ").run(query, json!({})).await["channelSourcing"], wanted);
    assert_eq!(crate::inventory::ask::told(&shop, "channel.sourcing_set").await.len(), 1);
    let refusals = [
        (input(json!({ "channel": "x" })), "NOT_FOUND channel"),
        (input(json!({ "rules": ["PRIORITY", "PRIORITY"] })), "DUPLICATE rules"),
        (input(json!({ "expectedVersion": 0 })), "CONFLICT expectedVersion"),
        (input(json!({ "idempotencyKey": "rules" })), "IDEMPOTENCY_KEY_REUSED idempotencyKey"),
    ];
    for (input, refusal) in refusals {
        assert_eq!(wrong(&try_set(&staff, "channelSourcingSet", SOURCING, input).await), [refusal]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn rules_that_many_set_at_once_are_each_counted() {
    let shop = Shop::open().await;
    let staff = shop.staff_all();
    staff.token().await;
    let answers = at_once(8, async |_| {
        let input = json!({ "channel": "web-sa", "rules": ["MOST_STOCK"], "expectedVersion": 0 });
        try_set(&staff, "channelSourcingSet", SOURCING, input).await
    });
    let answers = answers.await;
    let done = answers.iter().filter(|answer| codes(answer).is_empty()).count();
    assert_eq!((done, answers.iter().filter(|answer| codes(answer) == ["CONFLICT"]).count()), (1, 7));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_ships_from_where_the_rules_of_its_channel_say() {
    let shop = Shop::open().await;
    let order = shop.order(&[("TEA", 2), ("DATES", 4)]).await;
    let wanted = ["TEA riyadh 2 PRIORITY", "DATES riyadh 3 SPLIT", "DATES dammam 1 SPLIT"];
    assert_eq!(told(&shop, &order.id).await, wanted, "as ever, if nobody said anything");
    shop.make(&["orderCancel"], &order.id).await;

    rules(&shop, &["MOST_STOCK"], true).await;
    let staff = shop.staff_all();
    let line = crate::inventory::ask::line(&shop, "TEA", "dammam", json!({ "quantity": 30 })).await;
    crate::inventory::ask::changed(&staff, "stockReceive", json!({ "lines": [line] })).await;
    assert_eq!(told(&shop, &shop.order(&[("TEA", 2)]).await.id).await, ["TEA dammam 2 MOST_STOCK"]);
    assert_eq!(level(&shop, "TEA", "dammam").await, (32, 2, 30));

    // Riyadh has no dates and two cups then, Jeddah no dates at all, Dammam both.
    let line = crate::inventory::ask::line(&shop, "DATES", "riyadh", json!({ "quantity": 0 })).await;
    crate::inventory::ask::changed(&staff, "stockSet", json!({ "lines": [line], "reason": "x" })).await;
    rules(&shop, &["PRIORITY", "FEWEST_PARCELS"], true).await;
    let order = shop.order(&[("CUP", 1), ("DATES", 1)]).await;
    assert_eq!(told(&shop, &order.id).await, ["CUP riyadh 1 PRIORITY", "DATES dammam 1 ONLY_PLACE"]);
    shop.make(&["orderCancel"], &order.id).await;
    rules(&shop, &["FEWEST_PARCELS", "PRIORITY"], true).await;
    let order = shop.order(&[("CUP", 1), ("DATES", 1)]).await;
    assert_eq!(told(&shop, &order.id).await, ["CUP dammam 1 FEWEST_PARCELS", "DATES dammam 1 ONLY_PLACE"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_nearest_and_the_cheapest_place_depend_on_the_address() {
    let shop = Shop::open().await;
    serves(&shop, "riyadh", &[("sa-rest", 3, Some(2500)), ("sa-remote", 9, Some(900))]).await;
    serves(&shop, "jeddah", &[("sa-rest", 5, Some(2000)), ("sa-remote", 2, Some(4000))]).await;
    rules(&shop, &["NEAREST_ZONE"], true).await;
    let guest = shop.anonymous();
    let to_alula = async || {
        let cart = guest.cart_ready(&[("TEA", 1)], "CASH_ON_DELIVERY").await;
        guest.steps(&cart, json!([{ "shippingAddressSet": { "address": alula() } }])).await;
        let order = guest.checkout(&cart).await;
        told(&shop, &order.id).await
    };
    assert_eq!(told(&shop, &shop.order(&[("TEA", 1)]).await.id).await, ["TEA riyadh 1 NEAREST_ZONE"]);
    assert_eq!(to_alula().await, ["TEA jeddah 1 NEAREST_ZONE"], "its own zone counts, not the rest of the country");
    rules(&shop, &["LOWEST_COST"], true).await;
    assert_eq!(told(&shop, &shop.order(&[("TEA", 1)]).await.id).await, ["TEA jeddah 1 LOWEST_COST"]);
    assert_eq!(to_alula().await, ["TEA riyadh 1 LOWEST_COST"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_no_place_has_all_of_is_refused_if_the_channel_does_not_split() {
    let shop = Shop::open().await;
    rules(&shop, &[], false).await;
    let cart = shop.cart_ready(&[("TEA", 11)], "CASH_ON_DELIVERY").await;
    let refused = complete(&shop, &cart).await;
    assert_eq!(wrong(&refused), ["SPLIT_NOT_ALLOWED cart"]);
    assert_eq!(level(&shop, "TEA", "riyadh").await, (10, 0, 10), "nothing was promised");
    // Riyadh has too few dates for all of it, and Jeddah none.
    let order = shop.order(&[("CUP", 2), ("TEA", 2)]).await;
    assert_eq!(told(&shop, &order.id).await, ["CUP riyadh 2 PRIORITY", "TEA riyadh 2 PRIORITY"]);
    let next = shop.order(&[("CUP", 1), ("TEA", 3)]).await;
    let wanted = ["CUP jeddah 1 PRIORITY", "TEA jeddah 3 FEWEST_PARCELS"];
    assert_eq!(told(&shop, &next.id).await, wanted, "the cups of Riyadh are gone, so its tea is not taken either");
    let cart = shop.cart_ready(&[("TEA", 99)], "CASH_ON_DELIVERY").await;
    let short = complete(&shop, &cart).await;
    assert_eq!(codes(&short), ["OUT_OF_STOCK"], "that is another thing");
    rules(&shop, &[], true).await;
    let cart = shop.cart_ready(&[("TEA", 11)], "CASH_ON_DELIVERY").await;
    assert_eq!(codes(&complete(&shop, &cart).await), Vec::<&str>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn orders_at_once_are_sourced_by_the_rules_and_none_is_promised_twice() {
    let shop = Shop::open().await;
    rules(&shop, &["FEWEST_PARCELS", "MOST_STOCK"], true).await;
    let mut carts = Vec::new();
    for _ in 0..8 {
        carts.push(shop.cart_ready(&[("CUP", 1), ("TEA", 3)], "CASH_ON_DELIVERY").await);
    }
    let (shop, carts) = (&shop, &carts);
    let answers = at_once(8, async |n| complete(shop, &carts[n]).await).await;
    let done = answers.iter().filter(|answer| codes(answer).is_empty()).count();
    assert!((4..=5).contains(&done), "17 teas, 3 each, and 6 cups: {done}");
    let units: i64 = {
        let mut sum = 0;
        for answer in answers.iter().filter(|answer| codes(answer).is_empty()) {
            let id = answer["order"]["id"].as_str().unwrap();
            sum += super::ask::sources(shop, id).await.iter().map(|source| source.2).sum::<i64>();
        }
        sum
    };
    assert_eq!(units, i64::try_from(done).unwrap() * 4, "each unit has a decision");
}
