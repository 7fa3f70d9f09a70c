//! Carts that are handed in, and become orders when their turn comes.

use serde_json::{Value, json};
use tests::{
    at_once::at_once,
    client::{Client, codes},
    shop::Shop,
    tenant::Tenant,
};

use crate::{
    cart::{read::read, refusal::wrong},
    orders::ask::{facts, kinds, stock, text},
};

const TICKET: &str =
    "id state position acceptedAt decidedAt order { id number } orderToken userErrors { code field params { value } }";

/// Hands a cart in, and gives the payload.
async fn try_submit(client: &Client, input: Value) -> Value {
    let query = format!(
        "mutation ($input: CheckoutSubmitInput!) {{ checkoutSubmit(input: $input) {{ ticket {{ {TICKET} }} userErrors {{ code field message }} }} }}"
    );
    client.run(&query, json!({ "input": input })).await["checkoutSubmit"].take()
}

/// Hands a cart in, and gives the ticket's id.
pub async fn submit(client: &Client, cart: &str) -> String {
    let done = try_submit(client, json!({ "cart": cart, "idempotencyKey": client.key() })).await;
    assert_eq!(codes(&done), [""; 0]);
    text(&done["ticket"]["id"])
}

/// A ticket.
pub async fn ticket(client: &Client, id: &str) -> Value {
    let query = format!("query ($id: ID!) {{ checkoutTicket(id: $id) {{ {TICKET} }} }}");
    client.run(&query, json!({ "id": id })).await["checkoutTicket"].take()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cart_that_is_handed_in_becomes_an_order_when_its_turn_comes() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let cart = guest.cart_ready(&[("TEA", 2), ("CUP", 1)], "CASH_ON_DELIVERY").await;
    let before = read(&guest, &cart).await;
    let total = &before["totals"]["total"]["amount"];
    let input =
        json!({ "cart": cart, "expectedTotal": total, "expectedVersion": before["version"], "idempotencyKey": "k" });
    let accepted = try_submit(&guest.clone().with_header("x-request-id", "handed-in"), input.clone()).await;
    let waiting = &accepted["ticket"];
    assert_eq!((&waiting["state"], &waiting["position"]), (&json!("WAITING"), &json!(1)));
    assert_eq!((&waiting["acceptedAt"], &waiting["order"]), (&json!("2026-03-01T09:00:00Z"), &Value::Null));
    assert_eq!(read(&guest, &cart).await, before, "nothing became of it yet");
    assert_eq!(try_submit(&guest, input).await, accepted, "the same key gives the same ticket");

    shop.work().await;
    let placed = ticket(&guest, waiting["id"].as_str().unwrap()).await;
    assert_eq!((&placed["state"], &placed["position"]), (&json!("PLACED"), &Value::Null));
    assert_eq!((&placed["order"]["number"], &placed["decidedAt"]), (&json!("W1001"), &json!("2026-03-01T09:00:00Z")));
    let by = json!({ "by": { "guest": { "number": "W1001", "token": placed["orderToken"] } } });
    let order = guest.run("query ($by: OrderBy!) { order(by: $by) { id totals { total { amount } } } }", by).await;
    assert_eq!(order["order"], json!({ "id": placed["order"]["id"], "totals": { "total": { "amount": total } } }));
    let facts = facts(&shop, placed["order"]["id"].as_str().unwrap()).await;
    assert_eq!(kinds(&facts["order"]["whereabouts"]["timeline"]), ["PLACED"]);
    assert_eq!(facts["order"]["whereabouts"]["timeline"][0]["actor"], "guest");
    let query = "{ auditEntries(filter: { action: \"order.placed\" }) { nodes { actor requestId } } }";
    let audit = shop.staff_all().run(query, json!({})).await;
    assert_eq!(audit["auditEntries"]["nodes"], json!([{ "actor": "guest", "requestId": "handed-in" }]));
    assert_eq!(read(&guest, &cart).await["state"], "COMPLETED");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_units_are_the_firsts_in_the_queue_and_a_refused_cart_may_be_handed_in_again() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let mut tickets = Vec::new();
    for units in [15, 4, 2, 1] {
        let cart = guest.cart_ready(&[("TEA", units), ("CUP", 1)], "CASH_ON_DELIVERY").await;
        tickets.push((submit(&guest, &cart).await, cart));
    }
    let positions = at_once(4, async |n| ticket(&guest, &tickets[n].0).await["position"].take()).await;
    assert_eq!(positions, [json!(1), json!(2), json!(3), json!(4)]);
    let free: i64 = stock(&shop, "TEA").await.iter().map(|level| level.1).sum();
    assert_eq!(free, 17, "the fixture has 17 teas");
    shop.work().await;
    let states = at_once(4, async |n| ticket(&guest, &tickets[n].0).await).await;
    let told: Vec<_> = states.iter().map(|ticket| ticket["state"].as_str().unwrap()).collect();
    assert_eq!(told, ["PLACED", "REFUSED", "PLACED", "REFUSED"], "4 were too many, 2 were there, then none");
    let (second, cart) = (&states[1], &tickets[1].1);
    let line = read(&guest, cart).await["lines"][0]["id"].take();
    assert_eq!(wrong(second), [format!("OUT_OF_STOCK cart.lines.{}", text(&line))]);
    assert_eq!(second["userErrors"][0]["params"][0]["value"], "2");
    assert_eq!(stock(&shop, "CUP").await.iter().map(|level| level.2).sum::<i64>(), 2, "a refused cart holds nothing");
    assert_eq!(read(&guest, cart).await["state"], "OPEN");

    let update = "mutation ($input: CartLinesUpdateInput!) { cartLinesUpdate(input: $input) { cart { id } userErrors { code } } }";
    let less = json!({ "cart": cart, "lines": [{ "line": line, "quantity": 0 }] });
    let refused = guest.run(update, json!({ "input": less })).await;
    assert_eq!(codes(&refused["cartLinesUpdate"]), ["QUANTITY_NOT_POSITIVE"]);
    guest.steps(cart, json!([{ "linesRemove": { "lines": [line] } }])).await;
    let again = submit(&guest, cart).await;
    assert_ne!(again, tickets[1].0);
    shop.work().await;
    assert_eq!(ticket(&guest, &again).await["order"]["number"], "W1003", "refusals leave no gap");
}

/// What each of some carts became, and what is left.
async fn ordered(tenant: &Tenant, outcomes: Vec<Value>) -> Value {
    let orders = "{ orders(sortBy: { field: PLACED_AT, direction: ASC }) { nodes { number state email paymentMethod
        totals { total { amount } tax { amount } discount { amount } } lines { sku quantity total { amount } tax { amount } }
        payment { status } whereabouts { timeline { kind actor } } } } }";
    let orders = tenant.staff_all().run(orders, json!({})).await;
    let mut levels = Vec::new();
    for sku in ["TEA", "CUP", "DATES", "COFFEE-250-DARK"] {
        levels.push(stock(tenant, sku).await);
    }
    json!([outcomes, orders, levels])
}

#[tokio::test(flavor = "multi_thread")]
async fn carts_that_are_decided_together_become_what_they_would_have_become_one_by_one() {
    let shop = Shop::open().await;
    let wishes: [(&[(&str, u32)], &str); 8] = [
        (&[("TEA", 8), ("DATES", 2)], "CASH_ON_DELIVERY"),
        (&[("TEA", 3)], "BANK_TRANSFER"),
        (&[("TEA", 9), ("CUP", 3)], "CASH_ON_DELIVERY"),
        (&[("COFFEE-250-DARK", 1), ("TEA", 5)], "CASH_ON_DELIVERY"),
        (&[("DATES", 4), ("CUP", 1)], "BANK_TRANSFER"),
        (&[("TEA", 1), ("DATES", 9)], "CASH_ON_DELIVERY"),
        (&[("TEA", 2)], "CASH_ON_DELIVERY"),
        (&[("TEA", 1)], "BANK_TRANSFER"),
    ];
    let (one_by_one, together) = (shop.anonymous(), shop.neighbour().anonymous());
    let mut singly = Vec::new();
    for (lines, method) in wishes {
        let cart = one_by_one.cart_ready(lines, method).await;
        let query = "mutation ($input: CheckoutCompleteInput!) { checkoutComplete(input: $input) {
            order { number } userErrors { code params { value } } } }";
        let input = json!({ "cart": cart, "idempotencyKey": one_by_one.key() });
        let done = one_by_one.run(query, json!({ "input": input })).await["checkoutComplete"].take();
        singly.push(json!([done["order"]["number"], done["userErrors"]]));
    }
    let mut tickets = Vec::new();
    for (lines, method) in wishes {
        let cart = together.cart_ready(lines, method).await;
        tickets.push(submit(&together, &cart).await);
    }
    shop.work().await;
    let jointly = at_once(tickets.len(), async |n| {
        let query =
            "query ($id: ID!) { checkoutTicket(id: $id) { order { number } userErrors { code params { value } } } }";
        let decided = together.run(query, json!({ "id": tickets[n] })).await["checkoutTicket"].take();
        json!([decided["order"]["number"], decided["userErrors"]])
    });
    let jointly = jointly.await;
    assert!(singly.iter().any(|outcome| outcome[0].is_null()) && singly.iter().any(|outcome| !outcome[0].is_null()));
    assert_eq!(ordered(shop.neighbour(), jointly).await, ordered(&shop, singly).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn more_carts_than_are_decided_at_once_are_decided_in_their_order() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let mut tickets = Vec::new();
    for _ in 0..60 {
        let cart = guest.cart_ready(&[("DATES", 1)], "CASH_ON_DELIVERY").await;
        tickets.push(submit(&guest, &cart).await);
    }
    let there: i64 = stock(&shop, "DATES").await.iter().map(|level| level.1).sum();
    shop.work().await;
    let there = usize::try_from(there).unwrap();
    for (n, id) in tickets.iter().enumerate() {
        let decided = ticket(&guest, id).await;
        let wanted = if n < there { json!(format!("W{}", 1001 + n)) } else { Value::Null };
        assert_eq!(decided["order"]["number"], wanted, "the {n}th of {there}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cart_waits_once() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let cart = guest.cart_ready(&[("TEA", 1)], "CASH_ON_DELIVERY").await;
    let tickets = at_once(8, async |_| submit(&guest, &cart).await).await;
    assert!(tickets.iter().all(|id| *id == tickets[0]), "{tickets:?}");
    shop.work().await;
    assert_eq!(submit(&guest, &cart).await, tickets[0], "what became an order is told again");
    let other = guest.cart_ready(&[("TEA", 1)], "CASH_ON_DELIVERY").await;
    let first = try_submit(&guest, json!({ "cart": other, "idempotencyKey": "k" })).await;
    assert_eq!(codes(&first), [""; 0]);
    let reused = try_submit(&guest, json!({ "cart": cart, "idempotencyKey": "k" })).await;
    assert_eq!(wrong(&reused), ["IDEMPOTENCY_KEY_REUSED idempotencyKey"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cart_that_became_something_else_while_it_waited_is_refused() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let cart = guest.cart_ready(&[("TEA", 1)], "CASH_ON_DELIVERY").await;
    let changed = submit(&guest, &cart).await;
    guest.steps(&cart, json!([{ "languageSet": { "language": "en" } }])).await;
    let bought = guest.cart_ready(&[("TEA", 1)], "CASH_ON_DELIVERY").await;
    let twice = submit(&guest, &bought).await;
    guest.checkout(&bought).await;
    let dearer = guest.cart_ready(&[("CUP", 1)], "CASH_ON_DELIVERY").await;
    let total = read(&guest, &dearer).await["totals"]["total"]["amount"].take();
    let input = json!({ "cart": dearer, "expectedTotal": total, "idempotencyKey": guest.key() });
    let dearer = text(&try_submit(&guest, input).await["ticket"]["id"]);
    shop.db_execute("UPDATE list_price SET amount_minor = amount_minor + 1").await;
    shop.work().await;
    for (id, why) in
        [(changed, "CONFLICT expectedVersion"), (twice, "CART_COMPLETED cart"), (dearer, "TOTAL_CHANGED expectedTotal")]
    {
        let refused = ticket(&guest, &id).await;
        assert_eq!((&refused["state"], wrong(&refused)), (&json!("REFUSED"), vec![why.to_owned()]));
        assert_eq!((&refused["order"], &refused["orderToken"]), (&Value::Null, &Value::Null));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_can_be_told_at_once_is_refused_at_once() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let create = "mutation { cartCreate(input: {}) { cart { id } userErrors { code } } }";
    let bare = text(&guest.done(create, json!({})).await["cart"]["id"]);
    let ready = guest.cart_ready(&[("TEA", 1)], "CASH_ON_DELIVERY").await;
    let bought = guest.cart_ready(&[("TEA", 1)], "CASH_ON_DELIVERY").await;
    guest.checkout(&bought).await;
    let theirs = shop.customer("omar").cart_ready(&[("TEA", 1)], "CASH_ON_DELIVERY").await;
    let neighbours = shop.neighbour().cart_ready(&[("TEA", 1)], "CASH_ON_DELIVERY").await;
    for (input, wanted) in [
        (json!({ "cart": "cart_nonsense" }), vec!["INVALID_ID cart"]),
        (json!({ "cart": theirs }), vec!["NOT_FOUND cart"]),
        (json!({ "cart": neighbours }), vec!["NOT_FOUND cart"]),
        (json!({ "cart": bought }), vec!["CART_COMPLETED cart"]),
        (json!({ "cart": ready, "expectedVersion": 99 }), vec!["CONFLICT expectedVersion"]),
        (json!({ "cart": ready, "expectedTotal": "1\u{0}" }), vec!["CONTROL_CHARACTER expectedTotal"]),
        (
            json!({ "cart": bare }),
            vec![
                "CONTACT_REQUIRED cart.email",
                "ADDRESS_REQUIRED cart.shippingAddress",
                "DELIVERY_METHOD_REQUIRED cart.deliveryMethod",
                "PAYMENT_METHOD_REQUIRED cart.paymentMethod",
            ],
        ),
    ] {
        let mut input = input;
        input["idempotencyKey"] = json!(guest.key());
        let refused = try_submit(&guest, input.clone()).await;
        assert_eq!(
            (wrong(&refused), &refused["ticket"]),
            (wanted.iter().map(ToString::to_string).collect(), &Value::Null),
            "{input}"
        );
    }
    let empty = guest.cart_ready(&[], "CASH_ON_DELIVERY").await;
    let nonsense = json!({ "cart": ready, "expectedTotal": "much", "idempotencyKey": guest.key() });
    let tickets = [submit(&guest, &empty).await, text(&try_submit(&guest, nonsense).await["ticket"]["id"])];
    shop.work().await;
    assert_eq!(wrong(&ticket(&guest, &tickets[0]).await), ["CART_EMPTY cart"]);
    assert_eq!(wrong(&ticket(&guest, &tickets[1]).await), ["INVALID_AMOUNT expectedTotal"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ticket_is_its_owners() {
    let shop = Shop::open().await;
    let layla = shop.customer("layla");
    let cart = layla.cart_ready(&[("TEA", 1)], "CASH_ON_DELIVERY").await;
    let id = submit(&layla, &cart).await;
    for other in [shop.anonymous(), shop.customer("omar"), shop.staff_all(), shop.neighbour().anonymous()] {
        assert_eq!(ticket(&other, &id).await, Value::Null);
    }
    shop.work().await;
    let placed = ticket(&layla, &id).await;
    let mine = layla.run("{ myOrders { nodes { id } } }", json!({})).await;
    assert_eq!(mine["myOrders"]["nodes"], json!([{ "id": placed["order"]["id"] }]));
    for nonsense in ["ticket_nonsense", &cart, ""] {
        let reply =
            layla.try_run("query ($id: ID!) { checkoutTicket(id: $id) { id } }", json!({ "id": nonsense })).await;
        assert_eq!(reply.codes(), ["INVALID_ID"], "{nonsense}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_by_card_waits_for_its_payment_once_its_turn_has_come() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let cart = guest.cart_ready(&[("TEA", 1)], "CARD").await;
    let id = submit(&guest, &cart).await;
    shop.work().await;
    let placed = ticket(&guest, &id).await;
    let pay = "mutation ($input: OrderPayInput!) { orderPay(input: $input) { order { state } userErrors { code } } }";
    let input = json!({
        "order": placed["order"]["id"], "orderToken": placed["orderToken"], "idempotencyKey": guest.key(),
        "card": { "token": "tok_approved", "returnUrl": "https://shop.example/return" },
    });
    let before = facts(&shop, placed["order"]["id"].as_str().unwrap()).await;
    assert_eq!(before["order"]["state"], "AWAITING_PAYMENT");
    assert_eq!(guest.done(pay, json!({ "input": input })).await["order"]["state"], "PLACED");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ticket_that_cannot_be_decided_does_not_keep_the_others_waiting_for_ever() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let mut tickets = Vec::new();
    for _ in 0..4 {
        let cart = guest.cart_ready(&[("CUP", 1)], "CASH_ON_DELIVERY").await;
        tickets.push(submit(&guest, &cart).await);
        if tickets.len() == 2 {
            let broken = guest.steps(&cart, json!([{ "contactSet": { "email": "broken@customer.example" } }])).await;
            assert_eq!(broken["id"], json!(cart));
        }
    }
    // Such as no client can make one: an address that is none.
    let broken = "UPDATE cart SET address = 'nonsense', version = version - 1 WHERE email = 'broken@customer.example'";
    assert_eq!(shop.db_execute(broken).await, 1);
    let states = async || at_once(4, async |n| ticket(&guest, &tickets[n]).await["state"].take()).await;
    shop.work().await;
    assert_eq!(states().await, ["PLACED", "WAITING", "WAITING", "WAITING"], "it may pass");
    for _ in 0..6 {
        shop.work().await;
    }
    assert_eq!(states().await, ["PLACED", "REFUSED", "PLACED", "PLACED"]);
    let refused = ticket(&guest, &tickets[1]).await;
    assert_eq!(wrong(&refused), ["CHECKOUT_FAILED cart"]);
    assert_eq!(stock(&shop, "CUP").await.iter().map(|level| level.2).sum::<i64>(), 3, "it holds nothing");
}
