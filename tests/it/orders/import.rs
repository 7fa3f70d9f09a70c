//! Orders that come over from another system.

use serde_json::{Value, json};
use tests::{
    at_once::at_once,
    client::{Client, codes},
    shop::Shop,
    world::riyadh,
};

use super::ask::{act, audit, me, refusal, stock, text};

const IMPORT: &str = "mutation ($input: OrderImportInput!) { orderImport(input: $input) {
    results { index isNew order { id number } } userErrors { code field params { name value } } } }";

/// An order of two teas and a thing that the shop never had, which was delivered.
pub fn old(number: &str) -> Value {
    json!({
        "externalNumber": number, "placedAt": "2024-05-01T12:00:00Z", "state": "DELIVERED",
        "email": "Sara@customer.example", "shippingAddress": riyadh(), "deliveryMethod": "ناقل",
        "paymentMethod": "CARD", "delivery": "25.00", "deliveryDiscount": "7.00", "paymentFee": "15.00",
        "tax": "13.00", "total": "99.70",
        "lines": [
            { "sku": "TEA", "nameAr": "شاي", "quantity": 2, "unitPrice": "11.50", "discount": "2.30",
              "total": "20.70", "tax": "2.70", "taxRatePercent": "15" },
            { "sku": "GONE-1", "nameEn": "A lamp", "quantity": 1, "unitPrice": "46.00", "total": "46.00",
              "tax": "6.00", "taxRatePercent": "15.00" },
        ],
    })
}

/// Imports orders, and gives the payload.
pub async fn import(client: &Client, orders: Value, more: Value) -> Value {
    let mut input = json!({ "orders": orders, "source": "Old Shop", "idempotencyKey": client.key() });
    input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    client.run(IMPORT, json!({ "input": input })).await["orderImport"].take()
}

fn with(mut order: Value, more: &Value) -> Value {
    order.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    order
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_comes_over_as_it_was_and_nothing_else_happens() {
    let shop = Shop::open().await;
    let staff = shop.staff_all();
    let before = stock(&shop, "TEA").await;
    let done = import(&staff, json!([old("٤٠٠-1")]), json!({})).await;
    assert_eq!(done["userErrors"], json!([]));
    let result = &done["results"][0];
    assert_eq!((&result["index"], &result["isNew"]), (&json!(0), &json!(true)));
    assert_eq!(result["order"]["number"], "web-sa/٤٠٠-1");
    let query = "query ($id: ID!) { order(by: { id: $id }) {
        number state placedAt email phone paymentMethod deliveryMethod { code name } customer { email }
        origin { externalNumber source importedAt } availableTransitions { action }
        lines { sku productName quantity unitPrice { amount } discount { amount } total { amount } tax { amount }
            taxRatePercent variant { sku } }
        totals { subtotal { amount } discount { amount } delivery { amount } deliveryDiscount { amount }
            paymentFee { amount } tax { amount } total { amount } }
        payment { status captured { amount } } balance { paid { amount } due { amount } }
        whereabouts { state timeline { kind at } } shipments { id } promotions { name } } }";
    let order =
        staff.clone().in_language("en").run(query, json!({ "id": result["order"]["id"] })).await["order"].take();
    let line = |sku: &str, name: &str, quantity: i64, amounts: [&str; 4], variant: Value| {
        let [unit, discount, total, tax] = amounts.map(|amount| json!({ "amount": amount }));
        json!({ "sku": sku, "productName": name, "quantity": quantity, "unitPrice": unit, "discount": discount,
            "total": total, "tax": tax, "taxRatePercent": "15", "variant": variant })
    };
    let tea = line("TEA", "شاي", 2, ["11.50", "2.30", "20.70", "2.70"], json!({ "sku": "TEA" }));
    assert_eq!(
        order["lines"],
        json!([tea, line("GONE-1", "A lamp", 1, ["46.00", "0.00", "46.00", "6.00"], json!(null))])
    );
    assert_eq!((&order["state"], &order["placedAt"]), (&json!("DELIVERED"), &json!("2024-05-01T12:00:00Z")));
    assert_eq!((&order["email"], &order["phone"]), (&json!("sara@customer.example"), &json!("+966512345678")));
    assert_eq!(order["deliveryMethod"]["name"], "ناقل");
    let origin = json!({ "externalNumber": "٤٠٠-1", "source": "Old Shop", "importedAt": "2026-03-01T09:00:00Z" });
    assert_eq!(order["origin"], origin);
    assert_eq!(order["totals"]["subtotal"]["amount"], "69.00");
    assert_eq!(order["totals"]["total"]["amount"], "99.70");
    assert_eq!(order["payment"], json!({ "status": "CAPTURED", "captured": { "amount": "99.70" } }));
    assert_eq!(order["balance"], json!({ "paid": { "amount": "99.70" }, "due": { "amount": "0.00" } }));
    assert_eq!(order["shipments"], json!([]));
    assert_eq!(order["whereabouts"]["state"], "DELIVERED");
    assert_eq!(stock(&shop, "TEA").await, before);
    let by = ("order.imported".to_owned(), me(&staff).await);
    assert_eq!(audit(&shop, &text(&result["order"]["id"])).await, [by]);
    let events = staff.run("{ events { nodes { type } } }", json!({})).await;
    let told: Vec<_> = events["events"]["nodes"].as_array().unwrap().iter().map(|one| text(&one["type"])).collect();
    assert!(told.iter().all(|name| name == "order.imported" || name.starts_with("account.")), "{told:?}");
    // The shop's own numbers go on as if nothing had been.
    assert_eq!(shop.order(&[("TEA", 1)]).await.number, "W1001");
    shop.verify().await;
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_one_number_there_is_one_order() {
    let shop = Shop::open().await;
    let staff = shop.staff_all();
    let first = import(&staff, json!([old("1")]), json!({})).await;
    let changed = with(old("1"), &json!({ "state": "CANCELLED" }));
    let again = import(&staff, json!([changed, old("2")]), json!({})).await;
    assert_eq!(again["userErrors"], json!([]));
    assert_eq!(again["results"][0]["order"], first["results"][0]["order"]);
    let is_new = |n: usize| again["results"][n]["isNew"].as_bool().unwrap();
    assert_eq!((is_new(0), is_new(1)), (false, true));
    let elsewhere = import(&staff, json!([with(old("1"), &json!({ "channel": "app-sa" }))]), json!({})).await;
    assert_eq!(elsewhere["results"][0]["order"]["number"], "app-sa/1");
    let twice = import(&staff, json!([old("3"), old("3")]), json!({})).await;
    assert_eq!(refusal(&twice)["field"], json!(["orders", "1", "externalNumber"]));
    assert_eq!(codes(&twice), ["DUPLICATE"]);
    let query = "query ($filter: OrderFilter!) { orders(filter: $filter) { totalCount nodes { number state } } }";
    let found = staff.run(query, json!({ "filter": { "number": " 1 ", "channel": "web-sa" } })).await;
    assert_eq!(found["orders"]["nodes"], json!([{ "number": "web-sa/1", "state": "DELIVERED" }]));
    let found = staff.run(query, json!({ "filter": { "number": "web-sa/2" } })).await;
    assert_eq!(found["orders"]["totalCount"], 1);
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_imports_the_same_at_once_gets_the_same() {
    let shop = Shop::open().await;
    let staff = shop.staff_all();
    staff.token().await;
    let orders: Vec<_> = (0..5).map(|n| old(&n.to_string())).collect();
    let answers = at_once(4, async |_| import(&staff, json!(orders), json!({})).await).await;
    let ids = |answer: &Value| {
        let results = answer["results"].as_array().unwrap().iter();
        results.map(|one| text(&one["order"]["id"])).collect::<Vec<_>>()
    };
    assert!(answers.iter().all(|answer| ids(answer) == ids(&answers[0])), "{answers:#?}");
    let new = answers.iter().flat_map(|answer| answer["results"].as_array().unwrap());
    assert_eq!(new.filter(|one| one["isNew"] == true).count(), 5);
    shop.verify().await;
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn amounts_agree_to_the_minor_unit_or_the_order_stays_out() {
    let shop = Shop::open().await;
    let staff = shop.staff_all();
    let mut wrong_line = old("1");
    wrong_line["lines"][1]["total"] = json!("46.01");
    let wrong = json!([
        wrong_line,
        with(old("2"), &json!({ "total": "99.71", "placedAt": "2026-03-01T09:00:01Z", "channel": "nowhere" })),
        with(old("3"), &json!({ "total": "99.71", "tax": "99.00", "customer": "account_01h455vb4pex5vsknk084sn02q" })),
        with(old("4"), &json!({ "email": null, "lines": [], "tax": "-1.00" })),
        old("5"),
    ]);
    let refused = import(&staff, wrong.clone(), json!({})).await;
    let said = |payload: &Value| -> Vec<(String, String)> {
        let field = |one: &Value| {
            let path = one["field"].as_array().unwrap().iter();
            path.map(|part| part.as_str().unwrap().to_owned()).collect::<Vec<_>>().join(".")
        };
        let errors = payload["userErrors"].as_array().unwrap().iter();
        errors.map(|one| (text(&one["code"]), field(one))).collect()
    };
    let expected = [
        ("NOT_THE_SUM", "orders.0.lines.1.total"),
        ("NOT_THE_SUM", "orders.0.total"),
        ("INVALID_CHANNEL", "orders.1.channel"),
        ("IN_THE_FUTURE", "orders.1.placedAt"),
        ("NOT_THE_SUM", "orders.2.total"),
        ("NOT_THE_SUM", "orders.2.tax"),
        ("REQUIRED", "orders.3.email"),
        ("INVALID_AMOUNT", "orders.3.tax"),
        ("REQUIRED", "orders.3.lines"),
    ];
    assert_eq!(said(&refused), expected.map(|(code, at)| (code.to_owned(), at.to_owned())));
    assert_eq!(refused["results"], json!([]));
    let orders = staff.run("{ orders { totalCount } }", json!({})).await;
    assert_eq!(orders["orders"]["totalCount"], 0);
    let skipped = import(&staff, wrong, json!({ "onFailure": "SKIP_FAILED" })).await;
    assert_eq!(said(&skipped), said(&refused));
    assert_eq!((&skipped["results"][0]["index"], skipped["results"].as_array().unwrap().len()), (&json!(4), 1));

    let stranger = with(old("6"), &json!({ "customer": "account_01h455vb4pex5vsknk084sn02q" }));
    let refused = import(&staff, json!([old("7"), stranger]), json!({})).await;
    assert_eq!(said(&refused), [("NOT_FOUND".to_owned(), "orders.1.customer".to_owned())]);
    assert_eq!(refused["results"], json!([]));
    let skipped = import(&staff, json!([old("7"), stranger]), json!({ "onFailure": "SKIP_FAILED" })).await;
    assert_eq!(said(&skipped), said(&refused));
    assert_eq!(skipped["results"][0]["order"]["number"], "web-sa/7");
    let mut rate = old("8");
    rate["lines"][0]["taxRatePercent"] = json!("15%");
    let refused = import(&staff, json!([rate]), json!({})).await;
    assert_eq!(said(&refused), [("INVALID_RATE".to_owned(), "orders.0.lines.0.taxRatePercent".to_owned())]);
    let none = import(&staff, json!([]), json!({})).await;
    assert_eq!(said(&none), [("REQUIRED".to_owned(), "orders".to_owned())]);
    shop.verify().await;
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_end_is_an_end() {
    let shop = Shop::open().await;
    let staff = shop.staff_all();
    let layla = me(&shop.customer("layla")).await;
    let states = ["DELIVERED", "CANCELLED", "REFUSED", "REFUNDED"];
    let orders = states.map(|state| {
        let mut order = with(old(state), &json!({ "state": state, "customer": layla }));
        order.as_object_mut().unwrap().remove("email");
        order
    });
    let done = import(&staff, json!(orders), json!({})).await;
    assert_eq!(done["userErrors"], json!([]));
    let own = "{ myOrders { nodes { number state payment { status } balance { due { amount } } } } }";
    let own = shop.customer("layla").run(own, json!({})).await["myOrders"]["nodes"].take();
    let mut seen: Vec<_> = own.as_array().unwrap().iter().collect();
    seen.sort_by_key(|one| text(&one["state"]));
    let paid: Vec<_> = seen.iter().map(|one| text(&one["payment"]["status"])).collect();
    assert_eq!(paid, ["VOIDED", "CAPTURED", "REFUNDED", "VOIDED"]);
    assert!(seen.iter().all(|one| one["balance"]["due"]["amount"] == "0.00"));
    // What was delivered can still be given back, by hand: its card was charged elsewhere.
    let ids: Vec<_> = (0..4).map(|n| text(&done["results"][n]["order"]["id"])).collect();
    let part = act(&staff, "orderRefund", &ids[0], json!({ "amount": "9.70" })).await;
    assert_eq!((codes(&part), &part["order"]["state"]), (vec![], &json!("DELIVERED")));
    for (n, id) in ids.iter().enumerate().skip(1) {
        for name in ["orderConfirm", "orderCancel", "orderRefund", "orderMarkAsPaid"] {
            assert_eq!(codes(&act(&staff, name, id, json!({})).await).len(), 1, "{name} {n}");
        }
    }
    shop.work().await;
    shop.verify().await;
    shop.close().await;
}
