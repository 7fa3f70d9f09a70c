//! Who is connected is told what happens: through whichever process, and nothing that is not theirs to see.

use std::time::Duration;

use serde_json::{Value, json};
use tests::{shop::Shop, socket::Socket, world::Placed};

use crate::{
    inventory::ask::{line, place},
    orders::ask::text,
};

const ORDERS: &str = "subscription ($order: ID, $token: String) {
    orderChanged(order: $order, orderToken: $token) { event type at order { id number state } } }";
const STOCK: &str = "subscription ($variants: [ID!]) {
    stockChanged(variants: $variants) { type variant { sku availability { quantity } } } }";
const CART: &str = "subscription ($cart: ID!) { cartChanged(cart: $cart) { cart { version state email } } }";
const TICKET: &str = "subscription ($ticket: ID!) {
    checkoutTicketChanged(ticket: $ticket) { ticket { state order { number } } } }";

/// The next that an order's subscriber is told: what happened, of which order, and how it stands.
async fn order_told(socket: &mut Socket) -> (String, String, String) {
    let told = socket.data("o").await["orderChanged"].take();
    assert!(text(&told["event"]).starts_with("event_"));
    (text(&told["type"]), text(&told["order"]["id"]), text(&told["order"]["state"]))
}

fn change(name: &str, order: &Placed, state: &str) -> (String, String, String) {
    (name.to_owned(), order.id.clone(), state.to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_s_changes_are_told_to_staff_to_its_customer_and_to_who_knows_its_token() {
    let shop = Shop::open().await;
    let (guests, hers) = (shop.order(&[("TEA", 1)]).await, shop.customer("layla").order(&[("TEA", 1)]).await);
    let theirs = shop.neighbour().order(&[("TEA", 1)]).await;
    shop.work().await;
    let mut staff = shop.staff("ORDER_READ").socket().await;
    let mut layla = shop.customer("layla").socket().await;
    let mut guest = shop.anonymous().socket().await;
    let mut neighbour = shop.neighbour().staff("ORDER_READ").socket().await;
    for socket in [&mut staff, &mut layla, &mut neighbour] {
        socket.subscribe("o", ORDERS, json!({})).await;
        socket.is_heard().await;
    }
    guest.subscribe("o", ORDERS, json!({ "order": guests.id, "token": guests.token })).await;
    guest.is_heard().await;
    assert_eq!(shop.metric("qafila_subscriptions").await, 4);

    shop.make(&["orderConfirm"], &guests.id).await;
    shop.make(&["orderConfirm"], &hers.id).await;
    shop.neighbour().make(&["orderConfirm"], &theirs.id).await;
    shop.work().await;
    assert_eq!(order_told(&mut staff).await, change("order.confirmed", &guests, "CONFIRMED"));
    assert_eq!(order_told(&mut staff).await, change("order.confirmed", &hers, "CONFIRMED"));
    // Each one's first news are their own.
    assert_eq!(order_told(&mut layla).await, change("order.confirmed", &hers, "CONFIRMED"));
    assert_eq!(order_told(&mut guest).await, change("order.confirmed", &guests, "CONFIRMED"));
    assert_eq!(order_told(&mut neighbour).await, change("order.confirmed", &theirs, "CONFIRMED"));
    let next = shop.customer("layla").order(&[("CUP", 1)]).await;
    shop.work().await;
    assert_eq!(order_told(&mut layla).await, change("order.placed", &next, "PLACED"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_through_one_process_is_told_by_another() {
    let shop = Shop::open().await;
    let replica = shop.replica().await;
    let mut there = replica.staff("ORDER_READ").socket().await;
    there.subscribe("o", ORDERS, json!({})).await;
    there.is_heard().await;
    let order = shop.order(&[("TEA", 1)]).await;
    shop.work().await;
    assert_eq!(order_told(&mut there).await, change("order.placed", &order, "PLACED"));

    let guest = shop.anonymous();
    let cart = guest.cart_ready(&[("TEA", 1)], "CASH_ON_DELIVERY").await;
    there.subscribe("c", CART, json!({ "cart": cart })).await;
    there.is_heard().await;
    guest.steps(&cart, json!([{ "contactSet": { "email": "new@customer.example" } }])).await;
    assert_eq!(there.data("c").await["cartChanged"]["cart"]["email"], "new@customer.example");
    replica.close().await;
    assert_eq!(there.closed().await, 1001);
}

#[tokio::test(flavor = "multi_thread")]
async fn stock_is_told_by_variant_whoever_moves_it() {
    let shop = Shop::open().await;
    let (tea, cup) = (shop.variant("TEA").await, shop.variant("CUP").await);
    let mut guest = shop.anonymous().socket().await;
    guest.subscribe("s", STOCK, json!({ "variants": [tea] })).await;
    let mut staff = shop.staff("STOCK_READ").socket().await;
    staff.subscribe("s", STOCK, json!({})).await;
    guest.is_heard().await;
    staff.is_heard().await;
    shop.order(&[("CUP", 1)]).await;
    shop.order(&[("TEA", 2)]).await;
    shop.work().await;
    let told = guest.data("s").await["stockChanged"].take();
    assert_eq!((&told["type"], &told["variant"]["sku"]), (&json!("order.placed"), &json!("TEA")));
    let before = told["variant"]["availability"]["quantity"].as_i64().unwrap();
    let skus = [staff.data("s").await, staff.data("s").await].map(|told| text(&told["stockChanged"]["variant"]["sku"]));
    assert_eq!(skus, ["CUP", "TEA"]);

    let received = json!({ "lines": [{ "variant": tea, "location": place(&shop, "riyadh").await, "quantity": 4 }],
        "idempotencyKey": "k" });
    let receive = "mutation ($input: StockReceiveInput!) { stockReceive(input: $input) { userErrors { code } } }";
    shop.staff("STOCK_MANAGE").done(receive, json!({ "input": received })).await;
    shop.work().await;
    let told = guest.data("s").await["stockChanged"].take();
    assert_eq!((&told["type"], &told["variant"]["sku"]), (&json!("stock.received"), &json!("TEA")));
    assert_eq!(told["variant"]["availability"]["quantity"].as_i64().unwrap(), before + 4);
    assert!(!line(&shop, "CUP", "riyadh", json!({})).await["variant"].is_null() && !cup.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn carts_and_tickets_are_told_until_they_are_orders() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let cart = guest.cart_ready(&[("TEA", 1)], "CASH_ON_DELIVERY").await;
    let mut socket = guest.socket().await;
    socket.subscribe("c", CART, json!({ "cart": cart })).await;
    socket.is_heard().await;
    guest.steps(&cart, json!([{ "contactSet": { "email": "new@customer.example" } }])).await;
    let told = socket.data("c").await["cartChanged"]["cart"].take();
    assert_eq!((&told["email"], &told["state"]), (&json!("new@customer.example"), &json!("OPEN")));

    let submit = "mutation ($input: CheckoutSubmitInput!) {
        checkoutSubmit(input: $input) { ticket { id } userErrors { code } } }";
    let submitted = guest.done(submit, json!({ "input": { "cart": cart, "idempotencyKey": "k" } })).await;
    let ticket = text(&submitted["ticket"]["id"]);
    let mut waiting = guest.socket().await;
    waiting.subscribe("t", TICKET, json!({ "ticket": ticket })).await;
    waiting.is_heard().await;
    shop.work().await;
    let placed = json!({ "state": "PLACED", "order": { "number": "W1001" } });
    assert_eq!(waiting.data("t").await["checkoutTicketChanged"]["ticket"], placed);
    assert_eq!(socket.data("c").await["cartChanged"]["cart"]["state"], "COMPLETED");
    let mut late = guest.socket().await;
    late.subscribe("t", TICKET, json!({ "ticket": ticket })).await;
    assert_eq!(late.data("t").await["checkoutTicketChanged"]["ticket"], placed, "also who comes after it was decided");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_theirs_to_see_nobody_can_subscribe_to() {
    let shop = Shop::open().await;
    let hers = shop.customer("layla").order(&[("TEA", 1)]).await;
    let theirs = shop.neighbour().order(&[("TEA", 1)]).await;
    let (tea, their_tea) = (shop.variant("TEA").await, shop.neighbour().variant("TEA").await);
    let cart = shop.customer("layla").cart_ready(&[("TEA", 1)], "CASH_ON_DELIVERY").await;
    let their_cart = shop.neighbour().anonymous().cart_ready(&[("TEA", 1)], "CASH_ON_DELIVERY").await;
    let (down, up) = ("parent { ".repeat(20), " }".repeat(20));
    let deep = format!(
        "subscription {{ orderChanged {{ order {{ lines {{ variant {{ product {{ category {{ {down} slug {up} }} }} }} }} }} }} }}"
    );
    let in_arguments = format!(
        "subscription {{ stockChanged(variants: {}{}) {{ available }} }}",
        "[".repeat(2_000),
        "]".repeat(2_000)
    );
    let nobody = || shop.anonymous();
    for (client, query, variables, code) in [
        (nobody(), ORDERS, json!({}), "UNAUTHENTICATED"),
        (shop.staff("STOCK_READ"), ORDERS, json!({}), "FORBIDDEN"),
        (nobody(), ORDERS, json!({ "order": hers.id }), "NOT_FOUND"),
        (nobody(), ORDERS, json!({ "order": hers.id, "token": theirs.token }), "NOT_FOUND"),
        (shop.customer("omar"), ORDERS, json!({ "order": hers.id }), "NOT_FOUND"),
        (shop.staff("ORDER_READ"), ORDERS, json!({ "order": theirs.id }), "NOT_FOUND"),
        (shop.anonymous(), ORDERS, json!({ "order": theirs.id, "token": theirs.token }), "NOT_FOUND"),
        (nobody(), ORDERS, json!({ "order": "W1001" }), "INVALID_ID"),
        (nobody(), STOCK, json!({}), "UNAUTHENTICATED"),
        (shop.staff("ORDER_READ"), STOCK, json!({}), "FORBIDDEN"),
        (nobody(), STOCK, json!({ "variants": [their_tea] }), "NOT_FOUND"),
        (nobody(), STOCK, json!({ "variants": [] }), "REQUIRED"),
        (nobody(), STOCK, json!({ "variants": vec![tea.as_str(); 201] }), "TOO_LONG"),
        (nobody(), CART, json!({ "cart": cart }), "NOT_FOUND"),
        (shop.customer("omar"), CART, json!({ "cart": cart }), "NOT_FOUND"),
        (nobody(), CART, json!({ "cart": their_cart }), "NOT_FOUND"),
        (nobody(), TICKET, json!({ "ticket": "ticket_01h455vb4pex5vsknk084sn02q" }), "NOT_FOUND"),
        (nobody(), "subscription { nothingChanged }", json!({}), "MALFORMED_QUERY"),
        (nobody(), &deep, json!({}), "QUERY_TOO_DEEP"),
        (nobody(), &in_arguments, json!({}), "QUERY_TOO_DEEP"),
    ] {
        let mut socket = client.socket().await;
        socket.subscribe("1", query, variables.clone()).await;
        assert_eq!(socket.codes("1").await, [code], "{query} {variables}");
        socket.is_heard().await;
    }
    assert_eq!(shop.metric("qafila_subscriptions").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_signed_out_by_time_is_told_nothing_more() {
    let shop = Shop::open().await;
    let order = shop.order(&[("TEA", 1)]).await;
    let mut staff = shop.staff("ORDER_READ").socket().await;
    staff.subscribe("o", ORDERS, json!({ "order": order.id })).await;
    staff.is_heard().await;
    shop.later(Duration::from_mins(16));
    shop.make(&["orderConfirm"], &order.id).await;
    shop.work().await;
    assert_eq!(staff.codes("o").await, ["TOKEN_EXPIRED"]);
    staff.is_heard().await;
    assert_eq!(shop.metric("qafila_subscriptions").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_falls_behind_is_told_and_delays_nobody() {
    let shop = Shop::open_with(|flags| flags.subscription_backlog = Some("1".to_owned())).await;
    let mut staff = shop.staff("ORDER_READ").socket().await;
    staff.subscribe("o", ORDERS, json!({})).await;
    staff.is_heard().await;
    // All of it is told in one go, faster than any of it is read again.
    for _ in 0..4 {
        let order = shop.order(&[("CUP", 1)]).await;
        shop.make(&["orderConfirm", "orderAllocate", "orderShip", "orderDeliver"], &order.id).await;
    }
    shop.work().await;
    let mut message = staff.next().await;
    while message["type"] == "next" {
        message = staff.next().await;
    }
    assert_eq!(message["payload"][0]["extensions"]["code"], "SUBSCRIPTION_LAGGED");
    assert_eq!((shop.metric("qafila_subscriptions").await, shop.metric("qafila_subscriptions_lagged").await), (0, 1));
    staff.subscribe("o", ORDERS, json!({})).await;
    staff.is_heard().await;
    let order = shop.order(&[("CUP", 1)]).await;
    shop.work().await;
    assert_eq!(order_told(&mut staff).await, change("order.placed", &order, "PLACED"), "and may subscribe again");
}

#[tokio::test(flavor = "multi_thread")]
async fn there_are_so_many_subscriptions_and_no_more() {
    let shop = Shop::open_with(|flags| {
        flags.max_subscriptions = Some("3".to_owned());
        flags.max_subscriptions_per_connection = Some("2".to_owned());
    })
    .await;
    let (mut first, mut second) = (shop.staff("ORDER_READ").socket().await, shop.staff("ORDER_READ").socket().await);
    for id in ["1", "2"] {
        first.subscribe(id, ORDERS, json!({})).await;
    }
    first.subscribe("3", ORDERS, json!({})).await;
    assert_eq!(first.codes("3").await, ["SUBSCRIPTION_LIMIT_REACHED"]);
    second.subscribe("1", ORDERS, json!({})).await;
    second.is_heard().await;
    second.subscribe("2", ORDERS, json!({})).await;
    assert_eq!(second.codes("2").await, ["SUBSCRIPTION_LIMIT_REACHED"]);
    first.send(&json!({ "id": "1", "type": "complete" })).await;
    first.is_heard().await;
    while shop.metric("qafila_subscriptions").await == 3 {}
    second.subscribe("2", ORDERS, json!({})).await;
    second.is_heard().await;
    assert_eq!(shop.metric("qafila_subscriptions").await, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_protocol_is_kept_and_who_breaks_it_is_told_by_a_code() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let connect = || guest.connect(Some("graphql-transport-ws"));
    assert_eq!(guest.connect(None).await.closed().await, 4406);
    for (said, code) in [
        (json!("hello"), 4400),
        (json!({ "type": "start" }), 4400),
        (json!({ "type": "subscribe", "id": "1", "payload": { "query": "{ __typename }" } }), 4401),
        (json!({ "type": "connection_init", "payload": { "authorization": "Bearer forged" } }), 4403),
        (json!({ "type": "connection_init", "payload": { "channel": "nowhere" } }), 4403),
    ] {
        let mut socket = connect().await;
        socket.send(&said).await;
        assert_eq!(socket.closed().await, code, "{said}");
    }
    let mut twice = guest.socket().await;
    twice.send(&json!({ "type": "connection_init" })).await;
    assert_eq!(twice.closed().await, 4429);
    let cart = guest.cart_ready(&[("TEA", 1)], "CASH_ON_DELIVERY").await;
    let mut same = guest.socket().await;
    for _ in 0..2 {
        same.subscribe("1", CART, json!({ "cart": cart })).await;
    }
    assert_eq!(same.closed().await, 4409);
    let silent = connect().await;

    let mut socket = guest.in_channel("web-kw").socket().await;
    socket.send(&json!({ "type": "ping", "payload": { "n": 1 } })).await;
    assert_eq!(socket.next().await, json!({ "type": "pong", "payload": { "n": 1 } }));
    socket.subscribe("q", "{ __typename }", json!({})).await;
    let answer = socket.next().await;
    assert_eq!((&answer["type"], &answer["payload"]["data"]["__typename"]), (&json!("next"), &json!("Query")));
    assert_eq!(answer["payload"]["extensions"]["context"]["channel"], "web-kw", "in their channel");
    assert_eq!(socket.next().await, json!({ "type": "complete", "id": "q" }));
    assert_eq!(silent.closed().await, 4408);
}

/// The events of a stream that was sent whole.
fn events(body: &Value) -> Vec<(String, Value)> {
    let parts = body.as_str().expect("events").split("\n\n").filter(|part| !part.is_empty() && !part.starts_with(':'));
    let field = |part: &str, name: &str| {
        let line = part.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default();
        line.trim_start_matches(':').trim().to_owned()
    };
    parts.map(|part| (field(part, "event"), serde_json::from_str(&field(part, "data")).unwrap_or_default())).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_is_told_as_server_sent_events() {
    let shop = Shop::open().await;
    let replica = shop.replica().await;
    let order = shop.order(&[("TEA", 1)]).await;
    shop.work().await;
    let listening = replica.staff("ORDER_READ").with_header("accept", "text/event-stream");
    let body = json!({ "query": ORDERS, "variables": { "order": order.id } }).to_string();
    let request = listening.request(reqwest::Method::POST, "/graphql").await.body(body);
    let response = request.header("content-type", "application/json").send().await.unwrap();
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    shop.make(&["orderConfirm"], &order.id).await;
    shop.work().await;
    let mut response = response;
    let mut sent = String::new();
    while !sent.contains("\n\n") {
        sent += std::str::from_utf8(&response.chunk().await.unwrap().expect("more")).unwrap();
    }
    replica.close().await;
    while let Some(chunk) = response.chunk().await.unwrap() {
        sent += std::str::from_utf8(&chunk).unwrap();
    }
    let told = events(&json!(sent));
    assert_eq!(told.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["next", "complete"], "{sent}");
    assert_eq!(told[0].1["data"]["orderChanged"]["type"], "order.confirmed");

    let guest = shop.anonymous().with_header("accept", "text/event-stream");
    let answered = guest.get("/graphql?query=%7B__typename%7D").await;
    assert_eq!(events(&answered.body)[0].1["data"]["__typename"], "Query");
    let refused = guest.try_run(ORDERS, json!({})).await;
    assert_eq!(events(&refused.body)[0].1["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
    assert_eq!(events(&refused.body)[1].0, "complete");
    let without = shop.anonymous().try_run(ORDERS, json!({})).await;
    assert_eq!(without.codes(), ["MALFORMED_QUERY"], "not by a plain POST");
}
