//! What becomes of the shipments of an order.

use serde_json::{Value, json};
use tests::{at_once::at_once, client::Client, client::codes, shop::Shop, tenant::Tenant, world::Placed};

use super::ask::{audit, by_token, done, facts, kinds, param, refusal, stock};

const SHIPMENTS: &str = "query ($id: ID!) { order(by: { id: $id }) { state
    payment { status reduced { amount } captured { amount } refunded { amount } }
    shipments { id state stateLabel location { code } deliveryFailures { reason reasonLabel note at } } } }";

async fn look(shop: &Tenant, order: &str) -> Value {
    shop.staff_all().in_language("en").run(SHIPMENTS, json!({ "id": order })).await["order"].take()
}

/// Tells a shipment's mutation, and gives its payload.
async fn tell(client: &Client, name: &str, shipment: &str, more: Value) -> Value {
    let kind = format!("S{}Input", &name[1..]);
    let query = format!(
        "mutation ($input: {kind}!) {{ {name}(input: $input) {{ order {{ state }}
         userErrors {{ code field message params {{ name value }} }} }} }}"
    );
    let mut input = json!({ "shipment": shipment, "idempotencyKey": client.key() });
    if name == "shipmentDeliveryFail" {
        input["reason"] = json!("NOT_HOME");
    }
    if name == "shipmentReturnReceive" {
        input["goods"] = json!("RESTOCK");
    }
    input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    client.run(&query, json!({ "input": input })).await[name].take()
}

/// The same, which must be done; gives the order's state.
async fn told(client: &Client, name: &str, shipment: &str) -> String {
    let payload = tell(client, name, shipment, json!({})).await;
    assert_eq!(payload["userErrors"], json!([]), "{name}");
    payload["order"]["state"].as_str().unwrap().to_owned()
}

/// An order of twelve teas that left in two shipments, and the ids of those of Riyadh, with ten, and Jeddah, with two.
/// A tea costs 11.50.
async fn shipped(shop: &Tenant) -> (Placed, String, String) {
    let order = shop.order(&[("TEA", 12)]).await;
    shop.make(&["orderConfirm", "orderAllocate", "orderShip"], &order.id).await;
    let shipments = look(shop, &order.id).await["shipments"].take();
    let of = |place: &str| {
        let found = shipments.as_array().unwrap().iter().find(|one| one["location"]["code"] == place);
        found.unwrap()["id"].as_str().unwrap().to_owned()
    };
    (order, of("riyadh"), of("jeddah"))
}

fn states(order: &Value) -> Vec<&str> {
    order["shipments"].as_array().unwrap().iter().map(|one| one["state"].as_str().unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_is_delivered_with_the_last_of_its_shipments() {
    let shop = Shop::open().await;
    let (order, riyadh, jeddah) = shipped(&shop).await;
    let staff = shop.staff_all();
    assert_eq!(states(&look(&shop, &order.id).await), ["IN_TRANSIT", "IN_TRANSIT"]);
    assert_eq!(told(&staff, "shipmentDeliver", &jeddah).await, "SHIPPED");
    let now = look(&shop, &order.id).await;
    assert_eq!(now["payment"]["status"], "PENDING", "the courier collects with the last");
    shop.later(std::time::Duration::from_mins(1));
    assert_eq!(told(&staff, "shipmentDeliver", &riyadh).await, "DELIVERED");
    let now = look(&shop, &order.id).await;
    assert_eq!((states(&now), &now["payment"]["status"]), (vec!["DELIVERED", "DELIVERED"], &json!("CAPTURED")));
    let events: Vec<_> = audit(&shop, &order.id).await.into_iter().map(|(name, _)| name).collect();
    let delivered = "order.shipment_delivered";
    assert_eq!(events[events.len() - 3..], [delivered, delivered, "order.delivered"]);
    let timeline = facts(&shop, &order.id).await["order"]["whereabouts"]["timeline"].take();
    let kinds = kinds(&timeline);
    assert_eq!(kinds[kinds.len() - 3..], ["SHIPMENT_DELIVERED", "DELIVERED", "PAYMENT_CAPTURED"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn order_deliver_takes_note_of_what_is_still_on_its_way() {
    let shop = Shop::open().await;
    let (order, riyadh, _) = shipped(&shop).await;
    let staff = shop.staff_all();
    told(&staff, "shipmentRefuse", &riyadh).await;
    done(&staff, "orderDeliver", &order.id, json!({})).await;
    let now = look(&shop, &order.id).await;
    let mut states = states(&now);
    states.sort_unstable();
    assert_eq!(states, ["DELIVERED", "REFUSED"]);
    assert_eq!(now["payment"]["reduced"], json!({ "amount": "115.00" }));
}

#[tokio::test(flavor = "multi_thread")]
async fn attempts_in_vain_are_counted_and_shown() {
    let shop = Shop::open().await;
    let (order, riyadh, jeddah) = shipped(&shop).await;
    let staff = shop.staff_all();
    told(&staff, "shipmentDeliver", &jeddah).await;
    told(&staff, "shipmentDeliveryFail", &riyadh).await;
    let why = json!({ "reason": "WRONG_ADDRESS", "note": " المبنى غير موجود " });
    tell(&staff, "shipmentDeliveryFail", &riyadh, why).await;
    let now = look(&shop, &order.id).await;
    let failed = now["shipments"].as_array().unwrap().iter().find(|one| one["id"] == json!(riyadh)).unwrap().clone();
    let at = "2026-03-01T09:00:00Z";
    let expected = json!([
        { "reason": "NOT_HOME", "reasonLabel": "nobody was there", "note": null, "at": at },
        { "reason": "WRONG_ADDRESS", "reasonLabel": "the address is wrong", "note": "المبنى غير موجود", "at": at },
    ]);
    assert_eq!((&failed["state"], &failed["deliveryFailures"]), (&json!("IN_TRANSIT"), &expected));
    let fields = "whereabouts { timeline { kind label reason } }";
    let seen = by_token(&shop.anonymous().in_language("en"), &order, fields).await;
    let timeline = seen["whereabouts"]["timeline"].as_array().unwrap();
    let last = json!({ "kind": "DELIVERY_FAILED", "reason": "المبنى غير موجود",
        "label": "Delivery attempt failed: \u{2068}the address is wrong\u{2069}" });
    assert!(timeline.contains(&last), "{timeline:?}");
    assert_eq!(told(&staff, "shipmentDeliver", &riyadh).await, "DELIVERED");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_customer_refuses_is_not_paid_and_comes_back() {
    let shop = Shop::open().await;
    let (order, riyadh, jeddah) = shipped(&shop).await;
    let staff = shop.staff_all();
    let before = facts(&shop, &order.id).await;
    assert_eq!(told(&staff, "shipmentRefuse", &jeddah).await, "SHIPPED");
    let now = look(&shop, &order.id).await;
    assert_eq!(now["payment"]["reduced"], json!({ "amount": "23.00" }));
    let level = |place: &str, on_hand: i64| (place.to_owned(), on_hand, 0_i64);
    assert_eq!(stock(&shop, "TEA").await, [level("dammam", 2), level("jeddah", 3), level("riyadh", 0)]);
    told(&staff, "shipmentReturnReceive", &jeddah).await;
    assert_eq!(stock(&shop, "TEA").await, [level("dammam", 2), level("jeddah", 5), level("riyadh", 0)]);
    assert_eq!(told(&staff, "shipmentDeliver", &riyadh).await, "DELIVERED");
    let paid = facts(&shop, &order.id).await["order"]["payment"].take();
    let minor = |value: &Value| value.as_str().unwrap().replace('.', "").parse::<i64>().unwrap();
    let total = "query ($id: ID!) { order(by: { id: $id }) { totals { total { amount } } } }";
    let total = staff.run(total, json!({ "id": order.id })).await["order"]["totals"]["total"]["amount"].take();
    assert_eq!(minor(&paid["captured"]["amount"]), minor(&total) - 2300, "delivery and fee stay");
    assert_eq!(before["order"]["state"], "SHIPPED");
    let events: Vec<_> = audit(&shop, &order.id).await.into_iter().map(|(name, _)| name).collect();
    let expected = ["order.shipment_refused", "order.shipment_returned", "order.shipment_delivered", "order.delivered"];
    assert_eq!(events[events.len() - 4..], expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_of_which_nothing_is_taken_is_refused_and_nothing_is_to_be_paid() {
    let shop = Shop::open().await;
    let (order, riyadh, jeddah) = shipped(&shop).await;
    let staff = shop.staff_all();
    assert_eq!(told(&staff, "shipmentRefuse", &riyadh).await, "SHIPPED");
    assert_eq!(told(&staff, "shipmentRefuse", &jeddah).await, "REFUSED");
    assert_eq!(look(&shop, &order.id).await["payment"]["status"], "VOIDED");
    let looked_at = tell(&staff, "shipmentReturnReceive", &riyadh, json!({ "goods": "QUARANTINE" })).await;
    assert_eq!(looked_at["userErrors"], json!([]));
    told(&staff, "shipmentReturnReceive", &jeddah).await;
    let level = |place: &str, on_hand: i64| (place.to_owned(), on_hand, 0_i64);
    assert_eq!(stock(&shop, "TEA").await, [level("dammam", 2), level("jeddah", 5), level("riyadh", 0)]);
    let query = r#"{ productVariant(by: { sku: "TEA" }) { stock { location quarantined } } }"#;
    let found = shop.staff("STOCK_READ").run(query, json!({})).await["productVariant"]["stock"].take();
    assert!(found.as_array().unwrap().contains(&json!({ "location": "riyadh", "quarantined": 10 })), "{found}");
    let mut states = states(&look(&shop, &order.id).await).into_iter().map(str::to_owned).collect::<Vec<_>>();
    states.dedup();
    assert_eq!(states, ["RETURNED"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_gets_back_what_was_refused_once_it_was_captured() {
    let shop = Shop::open().await;
    let cart = shop.cart_ready(&[("TEA", 12)], "CARD").await;
    let order = shop.anonymous().checkout_by_card(&cart, "tok_approved").await;
    shop.make(&["orderConfirm", "orderAllocate", "orderShip"], &order.id).await;
    let ids: Vec<_> = {
        let shipments = look(&shop, &order.id).await["shipments"].take();
        shipments.as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect()
    };
    let english = shop.staff_all().in_language("en");
    let refused = tell(&english, "shipmentRefuse", &ids[0], json!({})).await;
    let error = refusal(&refused);
    assert_eq!((&error["code"], &error["field"]), (&json!("PAYMENT_BEING_CAPTURED"), &json!(["shipment"])));
    assert_eq!(error["message"], "The payment is being collected right now. Please try again shortly.");
    shop.work().await;
    told(&english, "shipmentRefuse", &ids[0]).await;
    let some = look(&shop, &order.id).await["payment"].take();
    assert_eq!((&some["status"], &some["reduced"]["amount"]), (&json!("PART_REFUNDED"), &json!("0.00")));
    assert_eq!(told(&english, "shipmentRefuse", &ids[1]).await, "REFUSED");
    let all = look(&shop, &order.id).await["payment"].take();
    assert_eq!((&all["status"], &all["refunded"]), (&json!("REFUNDED"), &all["captured"]));
    shop.work().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_happen_to_a_shipment_is_refused_and_wrong_input_is_said() {
    let shop = Shop::open().await;
    let (_, riyadh, jeddah) = shipped(&shop).await;
    let (staff, english) = (shop.staff_all(), shop.staff_all().in_language("en"));
    let refused = tell(&english, "shipmentReturnReceive", &riyadh, json!({})).await;
    let error = refusal(&refused);
    assert_eq!((&error["code"], &error["field"]), (&json!("SHIPMENT_NOT_ALLOWED"), &json!(["shipment"])));
    assert_eq!(param(error, "state"), "IN_TRANSIT");
    assert_eq!(error["message"], "This is not possible because the shipment is “\u{2068}On the way\u{2069}”.");
    told(&staff, "shipmentDeliver", &jeddah).await;
    for name in ["shipmentDeliver", "shipmentDeliveryFail", "shipmentRefuse", "shipmentReturnReceive"] {
        assert_eq!(codes(&tell(&staff, name, &jeddah, json!({})).await), ["SHIPMENT_NOT_ALLOWED"], "{name}");
        let unknown = "shipment_01h455vb4pex5vsknk084sn02q";
        assert_eq!(codes(&tell(&staff, name, unknown, json!({})).await), ["NOT_FOUND"], "{name}");
        let both = tell(&staff, name, "x", json!({ "idempotencyKey": "" })).await;
        assert_eq!(codes(&both), ["INVALID_ID", "REQUIRED"], "{name}");
    }
    let long = "ق".repeat(501);
    for (name, field) in [("shipmentDeliveryFail", "note"), ("shipmentRefuse", "reason")] {
        let mut more = json!({});
        more[field] = json!(long);
        let refused = tell(&staff, name, &riyadh, more).await;
        assert_eq!((codes(&refused), &refusal(&refused)["field"]), (vec!["TOO_LONG"], &json!([field])));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_that_is_sent_again_with_its_key_is_noted_once() {
    let shop = Shop::open().await;
    let (order, riyadh, _) = shipped(&shop).await;
    let staff = shop.staff_all();
    for _again in 0..3 {
        let told = tell(&staff, "shipmentRefuse", &riyadh, json!({ "idempotencyKey": "once" })).await;
        assert_eq!(told["userErrors"], json!([]));
    }
    assert_eq!(look(&shop, &order.id).await["payment"]["reduced"], json!({ "amount": "115.00" }));
    let other = tell(&staff, "shipmentRefuse", &riyadh, json!({ "idempotencyKey": "once", "reason": "a" })).await;
    assert_eq!(codes(&other), ["IDEMPOTENCY_KEY_REUSED"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_delivery_and_a_refusal_at_once_one_is_noted() {
    let shop = Shop::open().await;
    let staff = shop.staff_all();
    staff.token().await;
    let (order, riyadh, jeddah) = shipped(&shop).await;
    let answers = at_once(6, async |n| match n % 3 {
        0 => tell(&staff, "shipmentDeliver", &riyadh, json!({})).await,
        1 => tell(&staff, "shipmentRefuse", &riyadh, json!({})).await,
        _ => tell(&staff, "shipmentRefuse", &jeddah, json!({})).await,
    })
    .await;
    let n_done = answers.iter().filter(|payload| codes(payload).is_empty()).count();
    assert_eq!(n_done, 2, "one for each shipment: {answers:?}");
    let now = look(&shop, &order.id).await;
    let is_delivered = states(&now).contains(&"DELIVERED");
    assert_eq!(now["state"], if is_delivered { "DELIVERED" } else { "REFUSED" });
}
