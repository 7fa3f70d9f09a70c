//! A channel in which carts hold what is in them.

use std::time::Duration;

use serde_json::{Value, json};
use tests::{
    at_once::at_once,
    client::{Client, PASSWORD},
    shop::Shop,
};

use super::{
    read::{cart_with, line, lines, read},
    refusal::{refused, try_it, wrong},
};
use crate::inventory::ask::{available, level, told};

/// Lets the web shop hold what is in a cart for so many minutes; `None`: not at all.
async fn hold(shop: &Shop, minutes: Option<i64>) {
    let set = set(&shop.staff("STOCK_MANAGE"), json!({ "channel": "web-sa", "minutes": minutes })).await;
    assert_eq!(set, json!({ "minutes": minutes, "userErrors": [] }));
}

async fn set(staff: &Client, input: Value) -> Value {
    let query = "mutation ($input: ChannelCartReservationSetInput!) { channelCartReservationSet(input: $input) {
        minutes userErrors { code field } } }";
    staff.run(query, json!({ "input": input })).await["channelCartReservationSet"].take()
}

/// Until when a cart holds what is in it, and what it warns of.
async fn held(client: &Client, cart: &str) -> Value {
    let query = "query ($id: ID!) { cart(id: $id) { reservedUntil warnings { code reserved available } } }";
    let cart = client.run(query, json!({ "id": cart })).await["cart"].take();
    json!([cart["reservedUntil"], cart["warnings"]])
}

/// Units that are reserved in Riyadh, Jeddah and Dammam.
async fn reserved(shop: &Shop, sku: &str) -> (i64, i64, i64) {
    let (riyadh, jeddah, dammam) =
        (level(shop, sku, "riyadh").await, level(shop, sku, "jeddah").await, level(shop, sku, "dammam").await);
    (riyadh.1, jeddah.1, dammam.1)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_in_a_cart_is_held_as_long_as_it_is_in_and_becomes_the_orders() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    hold(&shop, Some(15)).await;
    let cart = guest.cart_ready(&[("TEA", 12)], "CASH_ON_DELIVERY").await;
    assert_eq!((reserved(&shop, "TEA").await, available(&guest, "TEA").await), ((10, 2, 0), 5));
    assert_eq!(held(&guest, &cart).await, json!(["2026-03-01T09:15:00Z", []]));
    shop.verify().await;
    let tea = line(&read(&guest, &cart).await, "TEA");
    let fewer = json!({ "cart": cart, "lines": [{ "line": tea, "quantity": 4 }] });
    assert_eq!(wrong(&try_it(&guest, "cartLinesUpdate", fewer).await), [""; 0]);
    assert_eq!(available(&guest, "TEA").await, 13);
    shop.verify().await;
    let more = json!({ "cart": cart, "lines": [{ "line": tea, "quantity": 17 }] });
    assert_eq!(wrong(&try_it(&guest, "cartLinesUpdate", more).await), [""; 0]);
    let other = cart_with(&guest, &[]).await;
    let wanted = json!([{ "variant": shop.variant("TEA").await, "quantity": 1 }]);
    refused(&guest, "cartLinesAdd", json!({ "cart": other, "lines": wanted }), &["OUT_OF_STOCK lines.0.quantity"])
        .await;
    let order = guest.checkout(&cart).await;
    assert_eq!(reserved(&shop, "TEA").await, (10, 5, 2));
    shop.verify().await;
    shop.db_execute("UPDATE cart_hold SET state = 'HELD' WHERE state = 'ORDERED'").await;
    let said = shop.try_verify().await.expect_err("a completed cart holds nothing");
    assert!(said.contains(&format!("{cart}: only an open cart holds stock")), "{said}");
    shop.db_execute("UPDATE cart_hold SET state = 'ORDERED' WHERE state = 'HELD'").await;
    shop.make(&["orderCancel"], &order.id).await;
    assert_eq!((reserved(&shop, "TEA").await, available(&guest, "TEA").await), ((0, 0, 0), 17));
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_refused_is_told_by_step_and_says_what_there_is() {
    let shop = Shop::open().await;
    let guest = shop.anonymous().in_language("en");
    hold(&shop, Some(15)).await;
    let cart = cart_with(&guest, &[("TEA", 7)]).await;
    let (tea, cup) = (shop.variant("TEA").await, shop.variant("CUP").await);
    let steps = json!([
        { "languageSet": { "language": "en" } },
        { "linesAdd": { "lines": [{ "variant": cup, "quantity": 1 }, { "variant": tea, "quantity": 11 }] } },
    ]);
    let payload = try_it(&guest, "cartUpdate", json!({ "cart": cart, "steps": steps })).await;
    assert_eq!(wrong(&payload), ["OUT_OF_STOCK steps.1.linesAdd.lines.1.quantity"]);
    assert_eq!(payload["userErrors"][0]["params"], json!([{ "name": "available", "value": "17" }]));
    assert_eq!(lines(&read(&guest, &cart).await), [("TEA", 7)]);
    assert_eq!(available(&guest, "TEA").await, 10);
    let removed = json!({ "cart": cart, "lines": [line(&read(&guest, &cart).await, "TEA")] });
    assert_eq!(wrong(&try_it(&guest, "cartLinesRemove", removed).await), [""; 0]);
    assert_eq!((available(&guest, "TEA").await, held(&guest, &cart).await), (17, json!([null, []])));
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deadline_that_passes_frees_the_units_once_and_leaves_the_line() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    hold(&shop, Some(15)).await;
    let cart = guest.cart_ready(&[("TEA", 12)], "CASH_ON_DELIVERY").await;
    let replica = shop.replica().await;
    let mut watching = guest.socket().await;
    let query = "subscription ($cart: ID!) { cartChanged(cart: $cart) { cart { warnings { code } } } }";
    watching.subscribe("cart", query, json!({ "cart": cart })).await;
    watching.is_heard().await;
    shop.later(Duration::from_mins(15).checked_sub(Duration::from_millis(1)).unwrap());
    shop.work().await;
    assert_eq!(available(&guest, "TEA").await, 5);
    shop.later(Duration::from_millis(1));
    at_once(4, async |_| shop.work().await).await;
    assert_eq!((reserved(&shop, "TEA").await, available(&guest, "TEA").await), ((0, 0, 0), 17));
    let warned = json!([null, [{ "code": "NOT_RESERVED", "reserved": 0, "available": null }]]);
    assert_eq!(held(&guest, &cart).await, warned);
    let news = watching.data("cart").await;
    assert_eq!(news["cartChanged"]["cart"]["warnings"], json!([{ "code": "NOT_RESERVED" }]));
    let told = told(&shop, "cart.reservation_expired").await;
    assert_eq!((told.len(), &told[0]["lines"][0]["quantity"]), (1, &json!(12)));
    shop.verify().await;
    replica.close().await;

    let tea = line(&read(&guest, &cart).await, "TEA");
    let again = json!({ "cart": cart, "lines": [{ "line": tea, "quantity": 12 }] });
    assert_eq!(wrong(&try_it(&guest, "cartLinesUpdate", again).await), [""; 0]);
    assert_eq!(held(&guest, &cart).await, json!(["2026-03-01T09:30:00Z", []]));
    shop.later(Duration::from_hours(1));
    shop.work().await;
    shop.order(&[("TEA", 10)]).await;
    let short = json!([null, [{ "code": "SHORT_OF_STOCK", "reserved": null, "available": 7 }]]);
    assert_eq!(held(&guest, &cart).await, short);
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_fifty_carts_at_once_as_many_hold_a_unit_as_there_are() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    hold(&shop, Some(10)).await;
    let tea = shop.variant("TEA").await;
    let input = json!({ "lines": [{ "variant": tea, "quantity": 1 }] });
    let answers = at_once(50, async |_| try_it(&guest, "cartCreate", input.clone()).await).await;
    let refused: Vec<_> = answers.iter().map(wrong).filter(|wrong| !wrong.is_empty()).collect();
    assert!(refused.iter().all(|wrong| *wrong == ["OUT_OF_STOCK lines.0.quantity"]), "{refused:?}");
    assert_eq!((refused.len(), available(&guest, "TEA").await), (33, 0));
    shop.verify().await;
    shop.later(Duration::from_mins(10));
    shop.work().await;
    assert_eq!((reserved(&shop, "TEA").await, available(&guest, "TEA").await), ((0, 0, 0), 17));
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cart_that_is_ordered_while_its_deadline_passes_has_its_units_or_is_told_that_it_has_not() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    hold(&shop, Some(10)).await;
    for _round in 0..4 {
        let cart = guest.cart_ready(&[("TEA", 3)], "CASH_ON_DELIVERY").await;
        shop.later(Duration::from_mins(10));
        let work = async |n: usize| match n {
            0 => {
                guest.checkout(&cart).await;
            }
            _ => shop.work().await,
        };
        at_once(4, work).await;
        shop.verify().await;
    }
    assert_eq!(available(&guest, "TEA").await, 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cart_keeps_what_it_holds_in_the_queue_and_when_its_shopper_signs_in() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    hold(&shop, Some(10)).await;
    let cart = guest.cart_ready(&[("TEA", 16)], "CASH_ON_DELIVERY").await;
    hold(&shop, None).await;
    let greedy = guest.cart_ready(&[("TEA", 2)], "CASH_ON_DELIVERY").await;
    let submit = "mutation ($input: CheckoutSubmitInput!) { checkoutSubmit(input: $input) { ticket { id } userErrors { code field } } }";
    let mut tickets = Vec::new();
    for cart in [&greedy, &cart] {
        let input = json!({ "cart": cart, "idempotencyKey": guest.key() });
        tickets.push(guest.done(submit, json!({ "input": input })).await["ticket"]["id"].take());
    }
    shop.later(Duration::from_mins(1));
    shop.work().await;
    let mut states = Vec::new();
    for ticket in tickets {
        let query = "query ($id: ID!) { checkoutTicket(id: $id) { state } }";
        states.push(guest.run(query, json!({ "id": ticket })).await["checkoutTicket"]["state"].take());
    }
    assert_eq!(states, ["REFUSED", "PLACED"], "who came first finds one unit; fifteen others are held");
    shop.verify().await;

    hold(&shop, Some(10)).await;
    let layla = shop.customer("layla");
    let hers = cart_with(&layla, &[("DATES", 1)]).await;
    let guests = cart_with(&guest, &[("TEA", 1)]).await;
    assert_eq!(available(&guest, "TEA").await, 0);
    let sign_in = "mutation ($input: SignInInput!) { signIn(input: $input) { cart { id } userErrors { code field } } }";
    let input = json!({ "email": "layla@customer.example", "password": PASSWORD, "cart": guests });
    guest.done(sign_in, json!({ "input": input })).await;
    assert_eq!(lines(&read(&layla, &hers).await), [("DATES", 1), ("TEA", 1)]);
    assert_eq!(held(&layla, &hers).await, json!(["2026-03-01T09:11:00Z", []]));
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn for_how_long_is_checked() {
    let shop = Shop::open().await;
    let staff = shop.staff("STOCK_MANAGE");
    for (minutes, code) in [(0, "QUANTITY_NOT_POSITIVE"), (-1, "QUANTITY_NOT_POSITIVE"), (10_081, "QUANTITY_TOO_LARGE")]
    {
        let refused = set(&staff, json!({ "channel": "web-sa", "minutes": minutes })).await;
        assert_eq!(wrong(&refused), [format!("{code} minutes")]);
    }
    assert_eq!(wrong(&set(&staff, json!({ "channel": "none", "minutes": 5 })).await), ["NOT_FOUND channel"]);
    let dry = json!({ "channel": "web-sa", "minutes": 5, "dryRun": true });
    assert_eq!(set(&staff, dry).await, json!({ "minutes": 5, "userErrors": [] }));
    let query = "{ channels { code cartReservationMinutes } }";
    let channels = shop.anonymous().run(query, json!({})).await["channels"].take();
    assert!(channels.as_array().unwrap().iter().all(|one| one["cartReservationMinutes"].is_null()), "{channels}");
    hold(&shop, Some(7)).await;
    hold(&shop, Some(9)).await;
    let told = told(&shop, "channel.cart_reservation_set").await;
    assert_eq!(
        told.iter().map(|one| (&one["was"], &one["minutes"])).collect::<Vec<_>>(),
        [(&Value::Null, &json!(7)), (&json!(7), &json!(9))]
    );
}
