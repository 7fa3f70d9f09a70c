//! Tax engines outside that say how what a channel sells is taxed.

use std::time::Duration;

use serde_json::{Value, json};
use tests::{
    client::{Client, codes},
    shop::Shop,
};

use super::ask::{TAXED, class, classify, tax, totals, try_tax};
use crate::{
    events::{
        receiver::{Answer, NOWHERE, Receiver, Seen},
        signing::{catch_up, is_genuine},
    },
    fulfilment::ask::text,
    inventory::ask::told,
    orders::ask::me,
    organisations::ask::{buying_for, company, join},
};

const SELECT: &str = "taxEngine { url fallback } secret";

/// Has a channel taxed by an engine, and gives the secret.
pub async fn engine(shop: &Shop, url: &str, fallback: &str) -> String {
    let input = json!({ "channel": "web-sa", "url": url, "fallback": fallback });
    let set = tax(shop, "channelTaxEngineSet", SELECT, input).await;
    assert_eq!(set["taxEngine"], json!({ "url": url, "fallback": fallback }));
    text(&set["secret"])
}

/// An engine that says this of the standard class.
async fn saying(percent: &str) -> Receiver {
    let receiver = Receiver::open().await;
    says(&receiver, &json!([{ "category": "STANDARD", "ratePercent": percent }]));
    receiver
}

/// What it says from now on.
fn says(receiver: &Receiver, taxes: &Value) {
    receiver.answers(Answer::Says(200, json!({ "taxes": taxes, "goodForSeconds": 600 }).to_string()));
}

/// A cart with what its taxes are, who says so, and of what it warns.
async fn cart(client: &Client, id: &str) -> Value {
    let fields = TAXED.replace("relievedRatePercent }", "source }").replacen('{', "{ warnings { code }", 1);
    let query = format!("query ($id: ID!) {{ cart(id: $id) {fields} }}");
    client.run(&query, json!({ "id": id })).await["cart"].take()
}

/// The rate of the first line and who says so.
fn first(of: &Value) -> (String, String) {
    let taxation = &of["lines"][0]["taxation"];
    (text(&taxation["ratePercent"]), text(&taxation["source"]))
}

fn said(rate: &str, source: &str) -> (String, String) {
    (rate.to_owned(), source.to_owned())
}

/// Tries to place an order of a cart, and gives the codes of what was refused, and the order's id.
async fn checkout(client: &Client, cart: &str) -> (Vec<String>, Value) {
    let query = "mutation ($input: CheckoutCompleteInput!) { checkoutComplete(input: $input) { order { id }
        userErrors { code field } } }";
    let input = json!({ "input": { "cart": cart, "idempotencyKey": client.key() } });
    let mut payload = client.run(query, input).await["checkoutComplete"].take();
    let codes = codes(&payload).into_iter().map(str::to_owned).collect();
    (codes, payload["order"]["id"].take())
}

/// Who said how the first line of an order is taxed, at which rate.
async fn kept(shop: &Shop, order: &Value) -> (String, String) {
    let query = "query ($id: ID!) { order(by: { id: $id }) { lines { taxation { ratePercent source } }
        taxes { taxation { source } } } }";
    let found = shop.staff("ORDER_READ").run(query, json!({ "id": order })).await;
    assert_eq!(found["order"]["taxes"][0]["taxation"]["source"], Value::Null, "of several lines");
    first(&found["order"])
}

#[tokio::test(flavor = "multi_thread")]
async fn an_engine_says_how_a_cart_is_taxed_is_asked_once_and_the_order_keeps_it() {
    let (shop, receiver) = (Shop::open().await, Receiver::open().await);
    catch_up(&shop);
    let medicines = class(&shop, "medicines").await;
    classify(&shop, &medicines, "TEA").await;
    says(
        &receiver,
        &json!([{ "category": "STANDARD", "ratePercent": "20" },
            { "taxClass": "medicines", "category": "ZERO_RATED", "reasonCode": "VATEX-SA-35" }]),
    );
    let secret = engine(&shop, &receiver.url, "REFUSE").await;
    let client = shop.anonymous();
    let id = client.cart_ready(&[("TEA", 2), ("CUP", 1)], "CASH_ON_DELIVERY").await;
    let asked: Seen = receiver.seen().pop().expect("a question");
    assert!(is_genuine(&secret, &asked));
    let question = asked.event();
    assert_eq!((&question["fromCountry"], &question["to"]["country"]), (&json!("SA"), &json!("SA")));
    assert_eq!((&question["to"]["city"], &question["buyer"]["customer"]), (&json!("الرياض"), &Value::Null));
    assert_eq!(question["taxClasses"], json!([null, "medicines"]));
    receiver.forget();
    let seen = cart(&client, &id).await;
    // A sixth of 23.00 for the cup, of 18.00 for the delivery and of 15.00 for the fee; the tea has none.
    assert_eq!(totals(&seen, &["tax", "total"]), ["9.33", "79.00"]);
    assert_eq!(first(&seen), said("0", "ENGINE"));
    assert_eq!(seen["warnings"], json!([]));
    assert_eq!(cart(&client, &id).await, seen);

    let (refused, order) = checkout(&client, &id).await;
    assert_eq!(refused, [""; 0]);
    assert_eq!(kept(&shop, &order).await, said("0", "ENGINE"));
    // It was asked when the cart was made ready and never again.
    assert_eq!(receiver.seen().len(), 0);
    let other = client.cart_ready(&[("TEA", 1)], "CASH_ON_DELIVERY").await;
    cart(&client, &other).await;
    assert_eq!(receiver.seen().len(), 0, "the same place and nobody who is known");
    shop.verify().await;

    says(&receiver, &json!([{ "category": "STANDARD", "ratePercent": "25" }]));
    shop.later(Duration::from_secs(600));
    let seen = cart(&client, &other).await;
    assert_eq!(receiver.seen().len(), 1, "what it said is good no more");
    assert_eq!(first(&seen), said("15", "ESTIMATE"), "it says nothing of the class");
}

#[tokio::test(flavor = "multi_thread")]
async fn where_an_engine_does_not_answer_the_shops_rules_estimate_and_orders_are_taken_if_the_channel_has_it_so() {
    let (shop, receiver) = (Shop::open().await, saying("20").await);
    let client = shop.anonymous();
    engine(&shop, &receiver.url, "RULES").await;
    let taxes = |taxes: Value| json!({ "taxes": taxes }).to_string();
    let wrong = [
        Answer::Says(500, String::new()),
        Answer::Says(200, "no".to_owned()),
        Answer::Says(200, taxes(json!([{ "category": "STANDARD", "ratePercent": "101" }]))),
        Answer::Says(200, taxes(json!([]))),
        Answer::Moved,
        Answer::Nothing,
    ];
    for answer in wrong {
        receiver.answers(answer.clone());
        shop.later(Duration::from_secs(31));
        let id = client.cart_ready(&[("TEA", 2)], "CASH_ON_DELIVERY").await;
        let seen = cart(&client, &id).await;
        assert_eq!(first(&seen), said("15", "ESTIMATE"), "{answer:?}");
        assert_eq!(seen["warnings"], json!([{ "code": "TAX_ESTIMATED" }]));
        receiver.forget();
        let (refused, order) = checkout(&client, &id).await;
        assert_eq!(refused, [""; 0]);
        assert_eq!(kept(&shop, &order).await, said("15", "ESTIMATE"));
        assert_eq!(receiver.seen().len(), 0, "it was asked of this already");
        let layla = shop.customer("layla");
        let id = layla.cart_ready(&[("TEA", 1)], "CASH_ON_DELIVERY").await;
        assert_eq!(first(&cart(&layla, &id).await), said("15", "ESTIMATE"));
        let n_asked = receiver.seen().len();
        // One that answers, though nothing that helps, is asked of somebody else.
        let is_down = matches!(answer, Answer::Says(500, _) | Answer::Nothing);
        assert_eq!(n_asked, usize::from(!is_down), "{answer:?}");
    }
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn where_an_engine_does_not_answer_no_order_is_taken_if_the_channel_has_it_so_and_one_is_when_it_does() {
    let (shop, receiver) = (Shop::open().await, saying("20").await);
    let client = shop.anonymous();
    engine(&shop, &receiver.url, "REFUSE").await;
    receiver.says(503);
    let id = client.cart_ready(&[("TEA", 2)], "CASH_ON_DELIVERY").await;
    assert_eq!(checkout(&client, &id).await.0, ["TAX_UNAVAILABLE"]);
    let submit = "mutation ($input: CheckoutSubmitInput!) { checkoutSubmit(input: $input) { ticket { id } } }";
    let submitted = async || {
        let input = json!({ "input": { "cart": id, "idempotencyKey": client.key() } });
        let ticket = client.run(submit, input).await["checkoutSubmit"]["ticket"]["id"].take();
        shop.work().await;
        let query = "query ($id: ID!) { checkoutTicket(id: $id) { state order { id } userErrors { code } } }";
        client.run(query, json!({ "id": ticket })).await["checkoutTicket"].take()
    };
    let refused = submitted().await;
    assert_eq!(
        (&refused["state"], &refused["userErrors"]),
        (&json!("REFUSED"), &json!([{ "code": "TAX_UNAVAILABLE" }]))
    );

    says(&receiver, &json!([{ "category": "STANDARD", "ratePercent": "20" }]));
    assert_eq!(submitted().await["state"], "REFUSED", "it is left alone for a while");
    shop.later(Duration::from_secs(31));
    let placed = submitted().await;
    assert_eq!(placed["state"], "PLACED", "the queue asks, too");
    assert_eq!(kept(&shop, &placed["order"]["id"]).await, said("20", "ENGINE"));
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_buys_and_where_to_are_asked_each_by_itself_and_a_company_with_its_tax_number() {
    let (shop, receiver) = (Shop::open().await, saying("20").await);
    engine(&shop, &receiver.url, "REFUSE").await;
    let wadi = company(&shop, "wadi").await;
    join(&shop, &wadi, None, &["layla"]).await;
    let (omar, guest) = (shop.customer("omar"), shop.anonymous());
    let buyer = buying_for(shop.customer("layla"), &wadi);
    guest.cart_ready(&[("TEA", 1)], "BANK_TRANSFER").await;
    let asked = receiver.seen().pop().expect("a question").event();
    assert_eq!(asked["buyer"], json!({ "customer": null, "organisation": null, "taxNumber": null }));
    let own = omar.cart_ready(&[("TEA", 1)], "BANK_TRANSFER").await;
    cart(&omar, &own).await;
    let bought = buyer.cart_ready(&[("TEA", 1)], "BANK_TRANSFER").await;
    says(&receiver, &json!([{ "category": "REVERSE_CHARGE" }]));
    shop.later(Duration::from_secs(600));
    receiver.forget();
    let seen = cart(&buyer, &bought).await;
    assert_eq!(seen["lines"][0]["taxation"]["category"], "REVERSE_CHARGE");
    let asked = receiver.seen().pop().expect("a question").event();
    assert_eq!(asked["buyer"], json!({ "customer": null, "organisation": wadi, "taxNumber": "300999000900003" }));
    receiver.forget();
    cart(&omar, &own).await;
    let asked = receiver.seen().pop().expect("a question").event();
    assert_eq!(asked["buyer"]["customer"], json!(me(&omar).await));

    receiver.forget();
    let jeddah = json!({ "name": "سارة", "phone": "+966501234567", "country": "SA", "city": "جدة", "district": "الروضة",
        "street": "شارع فلسطين", "buildingNumber": "1234", "postalCode": "23431" });
    omar.steps(&own, json!([{ "shippingAddressSet": { "address": jeddah } }])).await;
    cart(&omar, &own).await;
    let asked: Vec<_> = receiver.seen().iter().map(|seen| seen.event()["to"]["postalCode"].take()).collect();
    assert_eq!(asked, ["23431"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn drafts_edits_and_quotes_are_taxed_as_the_engine_says_and_browsing_is_an_estimate() {
    let (shop, receiver) = (Shop::open().await, saying("20").await);
    engine(&shop, &receiver.url, "REFUSE").await;
    let staff = shop.staff_all();
    let draft = crate::cart::draft::ready(&shop, &[("TEA", 1)], "CASH_ON_DELIVERY").await;
    let input = json!({ "draft": draft["id"] });
    let order = crate::cart::draft::done(&staff, "draftOrderComplete", input).await["order"]["id"].take();
    assert_eq!(kept(&shop, &order).await, said("20", "ENGINE"));

    says(&receiver, &json!([{ "category": "STANDARD", "ratePercent": "25" }]));
    shop.later(Duration::from_secs(600));
    let variant = staff.run("{ productVariant(by: { sku: \"CUP\" }) { id } }", json!({})).await;
    let edit = "mutation ($input: OrderEditInput!) { orderEdit(input: $input) {
        order { lines { sku taxation { ratePercent source } } } userErrors { code field } } }";
    let steps = json!([{ "add": { "variant": variant["productVariant"]["id"], "quantity": 1 } }]);
    let input = |key: &str| json!({ "input": { "order": order, "steps": steps, "idempotencyKey": key } });
    let edited = staff.run(edit, input("one")).await["orderEdit"].take();
    let lines = edited["order"]["lines"].as_array().unwrap_or_else(|| panic!("{edited:#}"));
    let rates: Vec<_> = lines.iter().map(|line| text(&line["taxation"]["ratePercent"])).collect();
    assert_eq!(rates, ["20", "25"]);
    assert!(lines.iter().all(|line| line["taxation"]["source"] == "ENGINE"), "{lines:?}");

    let quote = "query ($input: PriceQuoteInput!) { priceQuote(input: $input) { quote {
        lines { taxation { ratePercent source } } } userErrors { code } } }";
    let asked = json!({ "input": { "lines": [{ "variant": { "sku": "TEA" }, "quantity": 1 }] } });
    let quoted = shop.staff("PRICE_READ").run(quote, asked.clone()).await["priceQuote"]["quote"].take();
    assert_eq!(first(&quoted), said("25", "ENGINE"));
    let mut past = asked;
    past["input"]["at"] = json!(shop.in_hours(-1));
    let quoted = shop.staff("PRICE_READ").run(quote, past).await["priceQuote"]["quote"].take();
    assert_eq!(first(&quoted), said("15", "ESTIMATE"), "nobody said anything then");
    let query = "{ productVariant(by: { sku: \"TEA\" }) { pricing { taxed { taxation { ratePercent source } } } } }";
    let seen = shop.anonymous().run(query, json!({})).await;
    assert_eq!(
        seen["productVariant"]["pricing"]["taxed"]["taxation"],
        json!({ "ratePercent": "15", "source": "ESTIMATE" })
    );

    receiver.says(500);
    shop.later(Duration::from_secs(600));
    let refused = staff.run(edit, input("two")).await["orderEdit"].take();
    assert_eq!(refused["userErrors"], json!([{ "code": "TAX_UNAVAILABLE", "field": ["steps"] }]));
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_relieved_of_tax_is_so_whatever_the_engine_says() {
    let (shop, receiver) = (Shop::open().await, saying("20").await);
    engine(&shop, &receiver.url, "REFUSE").await;
    let layla = shop.customer("layla");
    let input = super::exempt::granting(&me(&layla).await);
    tax(&shop, "taxExemptionGrant", "taxExemption { id }", input).await;
    let id = layla.cart_ready(&[("TEA", 1)], "BANK_TRANSFER").await;
    let seen = super::ask::cart(&layla, &id).await;
    assert_eq!(seen["lines"][0]["taxation"]["relievedRatePercent"], "20");
    // 11.50 without a sixth of it.
    assert_eq!(totals(&seen, &["subtotal", "tax"]), ["9.58", "0.00"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_engine_is_set_and_taken_away_and_what_cannot_be_is_refused_at_its_field() {
    let (shop, receiver) = (Shop::open().await, saying("20").await);
    let refused = async |input: Value| {
        let payload = try_tax(&shop, "channelTaxEngineSet", SELECT, input).await;
        assert_eq!((&payload["taxEngine"], &payload["secret"]), (&Value::Null, &Value::Null));
        payload["userErrors"].to_string()
    };
    for (input, expected) in [
        (json!({ "channel": "nowhere", "url": receiver.url }), json!([{ "code": "NOT_FOUND", "field": ["channel"] }])),
        (json!({ "channel": "web-sa", "url": "" }), json!([{ "code": "REQUIRED", "field": ["url"] }])),
        (
            json!({ "channel": "web-sa", "url": "http://tax.example/" }),
            json!([{ "code": "INVALID_ENDPOINT", "field": ["url"] }]),
        ),
        (
            json!({ "channel": "web-sa", "url": "https://10.0.0.1/" }),
            json!([{ "code": "ADDRESS_REFUSED", "field": ["url"] }]),
        ),
    ] {
        assert_eq!(refused(input.clone()).await, expected.to_string(), "{input}");
    }
    let tried = json!({ "channel": "web-sa", "url": receiver.url, "dryRun": true });
    assert_eq!(refused(tried).await, "[]");
    let reader = shop.staff("TAX_MANAGE");
    let set = async || {
        let query = "{ channelTaxEngine(channel: \"web-sa\") { url fallback } }";
        reader.run(query, json!({})).await["channelTaxEngine"].take()
    };
    assert_eq!(set().await, Value::Null);

    let secret = engine(&shop, &receiver.url, "RULES").await;
    assert_eq!(engine(&shop, &receiver.url, "REFUSE").await, secret, "it stays");
    assert_eq!(set().await, json!({ "url": receiver.url, "fallback": "REFUSE" }));
    let rotated = json!({ "channel": "web-sa", "url": NOWHERE, "rotateSecret": true });
    let rotated = tax(&shop, "channelTaxEngineSet", SELECT, rotated).await;
    assert_ne!(rotated["secret"], json!(secret));
    let client = shop.anonymous();
    let id = client.cart_ready(&[("TEA", 1)], "BANK_TRANSFER").await;
    assert_eq!(first(&cart(&client, &id).await), said("15", "ESTIMATE"), "nobody is there");
    let gone = json!({ "channel": "web-sa", "url": null });
    assert_eq!(tax(&shop, "channelTaxEngineSet", SELECT, gone).await["taxEngine"], Value::Null);
    let seen = cart(&client, &id).await;
    assert_eq!((first(&seen), &seen["warnings"]), (said("15", "RULES"), &json!([])));
    let events = told(&shop, "channel.tax_engine_set").await;
    let told: Vec<_> = events.iter().map(|event| (&event["is_set"], &event["fallback"])).collect();
    let versions: Vec<_> = events.iter().map(|event| event["version"].as_i64().unwrap()).collect();
    assert_eq!(versions, [1, 2, 3, 4]);
    let expected = [
        (&json!(true), &json!("RULES")),
        (&json!(true), &json!("REFUSE")),
        // What is not said stays.
        (&json!(true), &json!("REFUSE")),
        (&json!(false), &Value::Null),
    ];
    assert_eq!(told, expected);
    assert!(!events.iter().any(|event| event.to_string().contains("127.0.0.1")), "an address may bear a secret");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_engine_said_goes_for_no_other_and_for_no_neighbour() {
    let (shop, receiver, theirs) = (Shop::open().await, saying("20").await, saying("5").await);
    let (client, neighbour) = (shop.anonymous(), shop.neighbour());
    engine(&shop, &receiver.url, "REFUSE").await;
    let input = json!({ "channel": "web-sa", "url": theirs.url, "fallback": "REFUSE" });
    tax(neighbour, "channelTaxEngineSet", SELECT, input).await;
    let id = client.cart_ready(&[("TEA", 1)], "BANK_TRANSFER").await;
    let their_client = neighbour.anonymous();
    let their_id = their_client.cart_ready(&[("TEA", 1)], "BANK_TRANSFER").await;
    assert_eq!(first(&cart(&client, &id).await), said("20", "ENGINE"));
    assert_eq!(first(&cart(&their_client, &their_id).await), said("5", "ENGINE"));

    let next = saying("25").await;
    engine(&shop, &next.url, "REFUSE").await;
    assert_eq!(first(&cart(&client, &id).await), said("25", "ENGINE"));
    assert_eq!(first(&cart(&their_client, &their_id).await), said("5", "ENGINE"));
}

#[tokio::test(flavor = "multi_thread")]
async fn tickets_of_many_places_and_customers_are_taxed_as_the_engine_says() {
    let (shop, receiver) = (Shop::open().await, saying("20").await);
    let customers = [shop.customer("layla"), shop.customer("omar"), shop.anonymous()];
    let mut tickets = Vec::new();
    for client in &customers {
        let id = client.cart_ready(&[("TEA", 1)], "CASH_ON_DELIVERY").await;
        let submit = "mutation ($input: CheckoutSubmitInput!) { checkoutSubmit(input: $input) { ticket { id } } }";
        let input = json!({ "input": { "cart": id, "idempotencyKey": client.key() } });
        tickets.push(client.run(submit, input).await["checkoutSubmit"]["ticket"]["id"].take());
    }
    engine(&shop, &receiver.url, "REFUSE").await;
    shop.work().await;
    for (client, ticket) in customers.iter().zip(tickets) {
        let query = "query ($id: ID!) { checkoutTicket(id: $id) { state order { id } } }";
        let decided = client.run(query, json!({ "id": ticket })).await["checkoutTicket"].take();
        assert_eq!(decided["state"], "PLACED");
        assert_eq!(kept(&shop, &decided["order"]["id"]).await, said("20", "ENGINE"));
    }
    assert_eq!(receiver.seen().len(), 3);
    let ids: std::collections::BTreeSet<_> =
        receiver.seen().iter().map(|seen| seen.header("webhook-id").to_owned()).collect();
    assert_eq!(ids.len(), 3, "each is a message of its own");
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_free_is_taxed_by_nobody() {
    let (shop, receiver) = (Shop::open().await, saying("20").await);
    let services = class(&shop, "services").await;
    let input = json!({ "channel": "web-sa", "serviceTaxClass": services });
    tax(&shop, "channelTaxesSet", "channel { code }", input).await;
    engine(&shop, &receiver.url, "REFUSE").await;
    let client = shop.anonymous();
    let id = client.cart_ready(&[("TEA", 1)], "CASH_ON_DELIVERY").await;
    assert_eq!(checkout(&client, &id).await.0, ["TAX_UNAVAILABLE"], "of the delivery nothing was said");
    let free = json!({ "effect": { "delivery": { "percent": "100" } } });
    crate::pricing::promotions::ask::promote(&shop, "free", free, json!({})).await;
    let id = client.cart_ready(&[("TEA", 1)], "BANK_TRANSFER").await;
    let (refused, order) = checkout(&client, &id).await;
    assert_eq!(refused, [""; 0]);
    assert_eq!(kept(&shop, &order).await, said("20", "ENGINE"));
}
