//! Carts that staff make for customers.

use serde_json::{Value, json};
use tests::{
    at_once::at_once,
    client::{Client, codes},
    shop::Shop,
    tenant::Tenant,
    world::riyadh,
};

use crate::orders::ask::{audit, me, stock, text};

const DRAFT: &str = "draft { id state note createdBy sentAt agreedPrices { line price { amount } reason }
    customer { email } order { number }
    cart { id state version email warnings { code } totals { total { amount } } deliveryOptions { id code }
        lines { id variant { sku } quantity unitPrice { amount } total { amount } } } }";

/// Asks a mutation of drafts, and gives its payload.
pub async fn ask(client: &Client, name: &str, input: Value) -> Value {
    let kind = format!("D{}Input", &name[1..]);
    let shown = match name {
        "draftOrderComplete" | "draftOrderAccept" => {
            "order { id number state email totals { total { amount } } notes { text isVisibleToCustomer }
             customer { email } lines { sku quantity unitPrice { amount } } } orderToken"
                .to_owned()
        }
        "draftOrderSend" => format!("{DRAFT} token"),
        _ => DRAFT.to_owned(),
    };
    let query =
        format!("mutation ($input: {kind}!) {{ {name}(input: $input) {{ {shown} userErrors {{ code field }} }} }}");
    client.run(&query, json!({ "input": input })).await[name].take()
}

/// The same, which must be done, once for a new key.
pub async fn done(client: &Client, name: &str, mut input: Value) -> Value {
    input["idempotencyKey"] = json!(client.key());
    let mut payload = ask(client, name, input).await;
    assert_eq!(payload["userErrors"], json!([]), "{name}");
    if payload["draft"].is_object() && name != "draftOrderSend" { payload["draft"].take() } else { payload }
}

/// A draft of these for an e-mail address, that can be completed.
pub async fn ready(shop: &Tenant, lines: &[(&str, u32)], payment: &str) -> Value {
    ready_for(shop, json!({ "email": "Sara@Customer.example" }), lines, payment).await
}

/// The same for somebody else.
pub async fn ready_for(shop: &Tenant, whom: Value, lines: &[(&str, u32)], payment: &str) -> Value {
    let staff = shop.staff_all();
    let mut wanted = Vec::new();
    for (sku, quantity) in lines {
        wanted.push(json!({ "variant": shop.variant(sku).await, "quantity": quantity }));
    }
    let mut input = whom;
    input["lines"] = json!(wanted);
    let made = done(&staff, "draftOrderCreate", input).await;
    deliverable(&staff, &made["id"], payment).await
}

/// Gives a draft an address, a way of delivery and a way to pay.
async fn deliverable(staff: &Client, draft: &Value, payment: &str) -> Value {
    let steps = json!([{ "shippingAddressSet": { "address": riyadh() } }]);
    let there = done(staff, "draftOrderUpdate", json!({ "draft": draft, "steps": steps })).await;
    let mut options = there["cart"]["deliveryOptions"].as_array().unwrap().iter();
    let standard = options.find(|option| option["code"] == "standard").unwrap();
    let steps = json!([
        { "deliveryMethodSet": { "deliveryMethod": standard["id"] } },
        { "paymentMethodSet": { "paymentMethod": payment } },
    ]);
    done(staff, "draftOrderUpdate", json!({ "draft": draft, "steps": steps })).await
}

fn error(code: &str, field: &[&str]) -> Value {
    json!([{ "code": code, "field": field }])
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_sell_on_the_telephone() {
    let shop = Shop::open().await;
    let staff = shop.staff("ORDER_MANAGE");
    let layla = me(&shop.customer("layla")).await;
    let lines = json!([{ "variant": shop.variant("TEA").await, "quantity": 2 }]);
    let input = json!({ "customer": layla, "lines": lines, "note": " اتصلت صباحًا " });
    let made = done(&staff, "draftOrderCreate", input).await;
    assert_eq!((&made["state"], &made["cart"]["state"]), (&json!("OPEN"), &json!("DRAFT")));
    assert_eq!((&made["note"], &made["cart"]["email"]), (&json!("اتصلت صباحًا"), &json!("layla@customer.example")));
    assert_eq!(made["createdBy"], me(&staff).await);
    let before = stock(&shop, "TEA").await;
    let ready = deliverable(&staff, &made["id"], "CASH_ON_DELIVERY").await;
    assert_eq!(stock(&shop, "TEA").await, before, "it holds nothing");
    assert_eq!(ready["cart"]["totals"]["total"]["amount"], "56.00");
    let input = json!({ "draft": made["id"], "expectedTotal": "56.00", "expectedVersion": ready["cart"]["version"] });
    let order = done(&staff, "draftOrderComplete", input).await;
    let placed = &order["order"];
    assert_eq!((&placed["number"], &placed["state"]), (&json!("W1001"), &json!("PLACED")));
    assert_eq!(placed["totals"]["total"]["amount"], "56.00");
    assert_ne!(stock(&shop, "TEA").await, before);
    let all = shop.staff_all();
    let query = "query ($id: ID!) { draftOrder(id: $id) { state customer { email } order { number notes { text
        isVisibleToCustomer } } cart { state } } }";
    let seen = all.run(query, json!({ "id": made["id"] })).await["draftOrder"].take();
    let notes = json!([{ "text": "اتصلت صباحًا", "isVisibleToCustomer": false }]);
    let expected = json!({
        "state": "COMPLETED", "customer": { "email": "layla@customer.example" },
        "order": { "number": "W1001", "notes": notes }, "cart": { "state": "COMPLETED" },
    });
    assert_eq!(seen, expected);
    // It is hers, and who placed it for her is known.
    let own = shop.customer("layla").run("{ myOrders { nodes { number } } }", json!({})).await;
    assert_eq!(own["myOrders"]["nodes"], json!([{ "number": "W1001" }]));
    let by = me(&staff).await;
    let names = ["order.placed", "order.note_added"].map(|name| (name.to_owned(), by.clone()));
    assert_eq!(audit(&shop, &text(&placed["id"])).await, names);
    let drafts: Vec<_> = audit(&shop, &text(&made["id"])).await.into_iter().map(|(name, _)| name).collect();
    let updated = "draft_order.updated";
    assert_eq!(drafts, ["draft_order.created", updated, updated, "draft_order.completed"]);
    for name in ["draftOrderUpdate", "draftOrderDelete", "draftOrderComplete"] {
        let mut input = json!({ "draft": made["id"], "idempotencyKey": format!("late {name}") });
        if name == "draftOrderUpdate" {
            input["note"] = json!("late");
        }
        assert_eq!(ask(&staff, name, input).await["userErrors"], error("DRAFT_NOT_OPEN", &["draft"]), "{name}");
    }
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_price_needs_its_permission_and_a_reason() {
    let shop = Shop::open().await;
    let draft = ready(&shop, &[("TEA", 2), ("DATES", 1)], "BANK_TRANSFER").await;
    let (id, tea) = (&draft["id"], &draft["cart"]["lines"][0]["id"]);
    let pricer = shop.staff("PRICE_OVERRIDE");
    let with = |price: Value, reason: Value, key: &str| json!({ "draft": id, "line": tea, "price": price, "reason": reason, "idempotencyKey": key });
    for (price, reason, expected) in [
        (json!("9.00"), json!(null), error("REQUIRED", &["reason"])),
        (json!("9.00"), json!(" "), error("REQUIRED", &["reason"])),
        (json!("-1.00"), json!("x"), error("INVALID_AMOUNT", &["price"])),
        (json!("9.001"), json!("x"), error("INVALID_AMOUNT", &["price"])),
    ] {
        let refused = ask(&pricer, "draftOrderLinePriceSet", with(price, reason, "wrong")).await;
        assert_eq!(refused["userErrors"], expected);
    }
    let mut stranger = with(json!("9.00"), json!("x"), "stranger");
    stranger["line"] = json!("cartline_01h455vb4pex5vsknk084sn02q");
    let refused = ask(&pricer, "draftOrderLinePriceSet", stranger).await;
    assert_eq!(refused["userErrors"], error("NOT_FOUND", &["line"]));
    let agreed = ask(&pricer, "draftOrderLinePriceSet", with(json!("9.00"), json!("تأخرت"), "agreed")).await;
    let agreed = &agreed["draft"];
    assert_eq!(agreed["cart"]["lines"][0]["unitPrice"]["amount"], "9.00");
    assert_eq!(agreed["cart"]["warnings"], json!([]), "it is nobody's surprise");
    let expected = json!([{ "line": tea, "price": { "amount": "9.00" }, "reason": "تأخرت" }]);
    assert_eq!(agreed["agreedPrices"], expected);
    let trail = "query ($id: ID!) { auditEntries(filter: { record: $id }) { nodes { action before after } } }";
    let trail = shop.staff("AUDIT_READ").run(trail, json!({ "id": id })).await["auditEntries"]["nodes"].take();
    let entry = |key: &str| match &trail[0][key] {
        Value::String(json) => serde_json::from_str::<Value>(json).unwrap(),
        other => other.clone(),
    };
    assert_eq!(trail[0]["action"], "draft_order.price_set");
    assert_eq!((&entry("before")["price"], &entry("after")["price"]["minor"]), (&json!(null), &json!(900)));
    let placed = done(&shop.staff_all(), "draftOrderComplete", json!({ "draft": id })).await;
    let lines = json!([
        { "sku": "TEA", "quantity": 2, "unitPrice": { "amount": "9.00" } },
        { "sku": "DATES", "quantity": 1, "unitPrice": { "amount": "115.00" } },
    ]);
    assert_eq!((&placed["order"]["lines"], &placed["order"]["state"]), (&lines, &json!("AWAITING_PAYMENT")));
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_lists_price_comes_back() {
    let shop = Shop::open().await;
    let draft = ready(&shop, &[("TEA", 1)], "CASH_ON_DELIVERY").await;
    let input = |price: Value| json!({ "draft": draft["id"], "line": draft["cart"]["lines"][0]["id"], "price": price, "reason": "a friend" });
    let staff = shop.staff_all();
    let free = done(&staff, "draftOrderLinePriceSet", input(json!("0.00"))).await;
    assert_eq!(free["cart"]["lines"][0]["total"]["amount"], "0.00");
    let back = done(&staff, "draftOrderLinePriceSet", input(json!(null))).await;
    assert_eq!(back["cart"]["lines"][0]["total"]["amount"], "11.50");
    assert_eq!(back["agreedPrices"], json!([]));
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_customer_completes_what_was_sent() {
    let shop = Shop::open().await;
    let draft = ready(&shop, &[("TEA", 1)], "CASH_ON_DELIVERY").await;
    let (id, cart) = (&draft["id"], &draft["cart"]["id"]);
    let guest = shop.anonymous();
    let offer = "query ($token: String!) { draftOrderOffer(token: $token) { id state
        totals { total { amount } } } }";
    let offered = async |token: &Value| guest.run(offer, json!({ "token": token })).await["draftOrderOffer"].take();
    let accept = async |token: &Value, key: &str| {
        let input = json!({ "token": token, "expectedTotal": "44.50", "idempotencyKey": key });
        ask(&guest, "draftOrderAccept", input).await
    };
    // Before it is sent there is no token for it, and no shopper sees it or changes it.
    assert_eq!(offered(&json!("bm90")).await, json!(null));
    assert_eq!(accept(&json!("bm90"), "early").await["userErrors"], error("NOT_FOUND", &["token"]));
    assert_eq!(accept(&json!(""), "empty").await["userErrors"], error("NOT_FOUND", &["token"]));
    for client in [&guest, &shop.customer("layla"), &shop.staff_all()] {
        let query = "query ($id: ID!) { cart(id: $id) { id } node(id: $id) { id } }";
        assert_eq!(client.run(query, json!({ "id": cart })).await, json!({ "cart": null, "node": null }));
        let set = "mutation ($input: CartContactSetInput!) { cartContactSet(input: $input) { userErrors { code } } }";
        let input = json!({ "input": { "cart": cart, "email": "intruder@customer.example" } });
        assert_eq!(codes(&client.run(set, input).await["cartContactSet"]), ["NOT_FOUND"]);
        let buy =
            "mutation ($input: CheckoutCompleteInput!) { checkoutComplete(input: $input) { userErrors { code } } }";
        let input = json!({ "input": { "cart": cart, "idempotencyKey": client.key() } });
        assert_eq!(codes(&client.run(buy, input).await["checkoutComplete"]), ["NOT_FOUND"]);
    }

    let sent = done(&shop.staff("ORDER_MANAGE"), "draftOrderSend", json!({ "draft": id })).await;
    assert!(sent["draft"]["sentAt"].is_string());
    let token = &sent["token"];
    assert_eq!(done(&shop.staff("ORDER_MANAGE"), "draftOrderSend", json!({ "draft": id })).await["token"], *token);
    let shown = json!({ "id": cart, "state": "DRAFT", "totals": { "total": { "amount": "44.50" } } });
    assert_eq!(offered(token).await, shown);
    // Staff change it meanwhile: the customer agreed to something else.
    let steps = json!([{ "linesUpdate": { "lines": [{ "line": draft["cart"]["lines"][0]["id"], "quantity": 2 }] } }]);
    done(&shop.staff_all(), "draftOrderUpdate", json!({ "draft": id, "steps": steps })).await;
    assert_eq!(accept(token, "stale").await["userErrors"], error("TOTAL_CHANGED", &["expectedTotal"]));
    let steps = json!([{ "linesUpdate": { "lines": [{ "line": draft["cart"]["lines"][0]["id"], "quantity": 1 }] } }]);
    done(&shop.staff_all(), "draftOrderUpdate", json!({ "draft": id, "steps": steps })).await;
    let placed = accept(token, "agreed").await;
    assert_eq!((&placed["order"]["number"], &placed["order"]["state"]), (&json!("W1001"), &json!("PLACED")));
    assert_eq!(placed["order"]["email"], "sara@customer.example");
    assert_eq!(accept(token, "agreed").await, placed, "once");
    assert_eq!(accept(token, "again").await["userErrors"], error("DRAFT_NOT_OPEN", &["draft"]));
    assert_eq!(offered(token).await, json!(null), "it is an order now");
    assert_eq!(audit(&shop, &text(&placed["order"]["id"])).await, [("order.placed".to_owned(), "guest".to_owned())]);
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_becomes_one_order_whoever_is_first() {
    let shop = Shop::open().await;
    let draft = ready(&shop, &[("DALLAH", 1)], "CASH_ON_DELIVERY").await;
    let staff = shop.staff_all();
    let token = done(&staff, "draftOrderSend", json!({ "draft": draft["id"] })).await["token"].take();
    let guest = shop.anonymous();
    let answers = at_once(6, async |n| {
        let key = format!("race {n}");
        let input = json!({ "draft": draft["id"], "idempotencyKey": key });
        match n % 3 {
            0 => ask(&staff, "draftOrderComplete", input).await,
            1 => ask(&guest, "draftOrderAccept", json!({ "token": token, "idempotencyKey": key })).await,
            _ => ask(&staff, "draftOrderDelete", input).await,
        }
    })
    .await;
    let won = answers.iter().filter(|answer| codes(answer).is_empty()).count();
    assert_eq!(won, 1, "{answers:#?}");
    let lost: Vec<_> = answers.iter().flat_map(codes).collect();
    assert!(lost.iter().all(|code| *code == "DRAFT_NOT_OPEN"), "{lost:?}");
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_missing_is_said_and_nothing_changes() {
    let shop = Shop::open().await;
    let staff = shop.staff_all();
    let create = async |input: Value| {
        let mut input = input;
        input["idempotencyKey"] = json!(staff.key());
        ask(&staff, "draftOrderCreate", input).await
    };
    assert_eq!(create(json!({})).await["userErrors"], error("REQUIRED", &["email"]));
    assert_eq!(create(json!({ "email": "x" })).await["userErrors"], error("INVALID_EMAIL", &["email"]));
    let of_staff = json!({ "customer": me(&staff).await });
    assert_eq!(create(of_staff).await["userErrors"], error("NOT_FOUND", &["customer"]));
    let lines = json!([{ "variant": shop.variant("TEA").await, "quantity": 0 }]);
    let refused = create(json!({ "email": "a@b.example", "lines": lines })).await;
    assert_eq!(refused["userErrors"], error("QUANTITY_NOT_POSITIVE", &["lines", "0", "quantity"]));

    let empty = create(json!({ "email": "a@b.example" })).await["draft"].take();
    let (id, version) = (&empty["id"], &empty["cart"]["version"]);
    let update = |more: Value| {
        let mut input = json!({ "draft": id });
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        input
    };
    let refused = ask(&staff, "draftOrderUpdate", update(json!({}))).await;
    assert_eq!(refused["userErrors"], error("REQUIRED", &["steps"]));
    let stale = update(json!({ "note": "x", "expectedVersion": 9 }));
    assert_eq!(ask(&staff, "draftOrderUpdate", stale).await["userErrors"], error("CONFLICT", &["expectedVersion"]));
    let wish = json!({ "variant": "variant_01h455vb4pex5vsknk084sn02q", "quantity": 1 });
    let steps = json!([{ "languageSet": { "language": "en" } }, { "linesAdd": { "lines": [wish] } }]);
    let refused = ask(&staff, "draftOrderUpdate", update(json!({ "steps": steps }))).await;
    let at = ["steps", "1", "linesAdd", "lines", "0", "variant"];
    assert_eq!(refused["userErrors"], error("NOT_FOUND", &at));
    let complete = async |draft: &Value| {
        ask(&staff, "draftOrderComplete", json!({ "draft": draft, "idempotencyKey": staff.key() })).await
    };
    assert_eq!(complete(id).await["userErrors"], error("CART_EMPTY", &["draft"]));
    let lines = json!([{ "variant": shop.variant("DALLAH").await, "quantity": 2 }]);
    let bare = create(json!({ "email": "a@b.example", "lines": lines })).await["draft"].take();
    let missing = complete(&bare["id"]).await;
    assert_eq!(codes(&missing), ["ADDRESS_REQUIRED", "DELIVERY_METHOD_REQUIRED", "PAYMENT_METHOD_REQUIRED"]);
    assert_eq!(missing["userErrors"][0]["field"], json!(["draft", "shippingAddress"]));
    deliverable(&staff, &bare["id"], "CASH_ON_DELIVERY").await;
    let short = complete(&bare["id"]).await;
    let line = &bare["cart"]["lines"][0]["id"];
    assert_eq!(short["userErrors"], json!([{ "code": "OUT_OF_STOCK", "field": ["draft", "lines", line] }]));

    let query = "query ($id: ID!) { draftOrder(id: $id) { cart { version } note } }";
    let same = staff.run(query, json!({ "id": id })).await;
    assert_eq!(same["draftOrder"], json!({ "cart": { "version": version }, "note": null }));
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn drafts_are_listed_and_given_up() {
    let shop = Shop::open().await;
    let staff = shop.staff_all();
    let layla = me(&shop.customer("layla")).await;
    let first = done(&staff, "draftOrderCreate", json!({ "customer": layla })).await["id"].take();
    shop.later(std::time::Duration::from_secs(1));
    let second = done(&staff, "draftOrderCreate", json!({ "customer": layla, "email": "x@y.example" })).await;
    let second = &second["id"];
    shop.later(std::time::Duration::from_secs(1));
    let kuwait = staff.clone().in_channel("web-kw");
    let third = done(&kuwait, "draftOrderCreate", json!({ "email": "Omar@Y.example" })).await["id"].take();
    let gone = done(&staff, "draftOrderDelete", json!({ "draft": second })).await;
    assert_eq!((&gone["state"], &gone["cart"]["state"]), (&json!("DELETED"), &json!("DISCARDED")));
    let query = "query ($filter: DraftOrderFilter!) { draftOrders(filter: $filter) { totalCount nodes { id } } }";
    for (filter, expected) in [
        (json!({}), vec![&third, second, &first]),
        (json!({ "states": ["OPEN"] }), vec![&third, &first]),
        (json!({ "states": ["DELETED", "COMPLETED"] }), vec![second]),
        (json!({ "customer": layla }), vec![second, &first]),
        (json!({ "customer": layla, "states": ["OPEN"] }), vec![&first]),
        (json!({ "email": "omar@y.example " }), vec![&third]),
        (json!({ "channel": "web-kw" }), vec![&third]),
    ] {
        let found = shop.staff("ORDER_READ").run(query, json!({ "filter": filter })).await["draftOrders"].take();
        let ids: Vec<_> = found["nodes"].as_array().unwrap().iter().map(|node| &node["id"]).collect();
        assert_eq!((ids, &found["totalCount"]), (expected.clone(), &json!(expected.len())), "{filter}");
    }
    // A customer's own cart is not in the way of the drafts for them.
    let own = shop.customer("layla").cart_ready(&[("TEA", 1)], "CASH_ON_DELIVERY").await;
    let cart = shop.customer("layla").run("{ me { cart { id } } }", json!({})).await;
    assert_eq!(cart["me"]["cart"]["id"], own);
    shop.close().await;
}
