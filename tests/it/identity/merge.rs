//! A guest's cart at the moment in which the guest becomes a customer.

use serde_json::{Value, json};
use tests::{at_once::at_once, client::Client, shop::Shop};

use super::entering::{layla, refusals, register, sara, sign_in, text, with};

const CART: &str =
    "query ($id: ID!) { cart(id: $id) { id state version totalQuantity lines { quantity variant { sku } } } }";

/// A new cart with these lines; for a customer, into the open one.
async fn cart(client: &Client, lines: &[(&str, u32)]) -> String {
    let mut wanted = Vec::new();
    for (sku, quantity) in lines {
        wanted.push(json!({ "variant": client.variant(sku).await, "quantity": quantity }));
    }
    let create = "mutation ($lines: [CartLineInput!]!) { cartCreate(input: { lines: $lines }) {
        cart { id } userErrors { code field } } }";
    text(&client.done(create, json!({ "lines": wanted })).await["cart"], "id")
}

async fn look(client: &Client, cart: &str) -> Value {
    client.run(CART, json!({ "id": cart })).await["cart"].take()
}

/// The lines of a cart by SKU, in their order.
fn lines(cart: &Value) -> Vec<(&str, u64)> {
    let lines = cart["lines"].as_array().unwrap_or_else(|| panic!("no cart: {cart}")).iter();
    lines.map(|line| (line["variant"]["sku"].as_str().unwrap(), line["quantity"].as_u64().unwrap())).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_s_lines_go_into_the_customer_s_cart_and_none_is_lost() {
    let shop = Shop::open().await;
    let (guest, customer) = (shop.anonymous(), shop.customer("layla"));
    let theirs = cart(&customer, &[("TEA", 2), ("CUP", 1)]).await;
    let guests = cart(&guest, &[("DATES", 1), ("TEA", 3), ("DALLAH", 1)]).await;
    let signed_in = sign_in(&guest, with(layla(), "cart", guests.as_str())).await;
    assert_eq!(signed_in["userErrors"], json!([]));
    assert_eq!((&signed_in["cart"]["id"], &signed_in["cart"]["state"]), (&json!(theirs), &json!("OPEN")));
    let wanted = [("TEA", 5), ("CUP", 1), ("DATES", 1), ("DALLAH", 1)];
    assert_eq!(lines(&signed_in["cart"]), wanted);
    assert_eq!(signed_in["account"]["cart"]["id"], theirs);
    assert_eq!(lines(&look(&customer, &theirs).await), wanted);

    let merged = look(&guest, &guests).await;
    assert_eq!((&merged["state"], lines(&merged)), (&json!("MERGED"), vec![]));
    let update = "mutation ($input: CartUpdateInput!) { cartUpdate(input: $input) { userErrors { code field } } }";
    let steps = json!([{ "contactSet": { "email": "guest@customer.example" } }]);
    let refused = guest.run(update, json!({ "input": { "cart": guests, "steps": steps } })).await;
    assert_eq!(refused["cartUpdate"]["userErrors"], json!([{ "code": "CART_COMPLETED", "field": ["cart"] }]));
    assert_eq!(look(&guest, &theirs).await, Value::Null, "a customer's cart is theirs alone");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_adds_up_to_more_than_a_line_may_have_is_capped() {
    let shop = Shop::open().await;
    let (guest, customer) = (shop.anonymous(), shop.customer("layla"));
    cart(&customer, &[("COFFEE-250-DARK", 600)]).await;
    let guests = cart(&guest, &[("COFFEE-250-DARK", 600), ("COFFEE-250-LIGHT", 999)]).await;
    let signed_in = sign_in(&guest, with(layla(), "cart", guests)).await;
    assert_eq!(lines(&signed_in["cart"]), [("COFFEE-250-DARK", 999), ("COFFEE-250-LIGHT", 999)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_without_an_open_cart_takes_the_guest_s_as_it_is() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let guests = guest.cart_ready(&[("TEA", 2), ("DATES", 1)], "CASH_ON_DELIVERY").await;
    let signed_in = sign_in(&guest, with(layla(), "cart", guests.as_str())).await;
    assert_eq!(signed_in["cart"]["id"], guests);
    assert_eq!(lines(&signed_in["cart"]), [("TEA", 2), ("DATES", 1)]);
    assert_eq!(look(&guest, &guests).await, Value::Null);
    let placed = shop.customer("layla").checkout(&guests).await;
    let mine = shop.customer("layla").run("{ myOrders { nodes { id } } }", json!({})).await;
    assert_eq!(mine["myOrders"]["nodes"], json!([{ "id": placed.id }]), "with address, delivery and payment");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_registers_keeps_the_guest_s_cart() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let guests = cart(&guest, &[("TEA", 2), ("DATES", 1)]).await;
    let input = with(with(sara(), "cart", guests.as_str()), "idempotencyKey", "sara registers");
    let registered = register(&guest, input.clone()).await;
    assert_eq!(registered["userErrors"], json!([]));
    assert_eq!(
        (&registered["cart"]["id"], lines(&registered["cart"])),
        (&json!(guests), vec![("TEA", 2), ("DATES", 1)])
    );
    assert_eq!(registered["account"]["cart"]["id"], guests);

    let again = register(&guest, input).await;
    assert_eq!(refusals(&again), [("cart".to_owned(), "NOT_FOUND".to_owned())], "it is not a guest's any more");
    assert_eq!(again["account"]["cart"]["id"], guests, "and one is signed in all the same");
    let theirs = guest.bearing(&text(&again, "accessToken"));
    assert_eq!(lines(&look(&theirs, &guests).await), [("TEA", 2), ("DATES", 1)], "nothing is there twice");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_is_signed_in_all_the_same_if_the_guest_s_cart_is_gone() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let ordered = guest.cart_ready(&[("TEA", 1)], "CASH_ON_DELIVERY").await;
    guest.checkout(&ordered).await;
    let merged = cart(&guest, &[("TEA", 1)]).await;
    let own = cart(&shop.customer("layla"), &[("CUP", 1)]).await;
    sign_in(&guest, with(layla(), "cart", merged.as_str())).await;
    let omars = cart(&shop.customer("omar"), &[("DATES", 1)]).await;
    let neighbours = cart(&shop.neighbour().anonymous(), &[("DATES", 1)]).await;
    for (cart, code) in [
        (ordered.as_str(), "CART_COMPLETED"),
        (&merged, "CART_COMPLETED"),
        ("cart_01h455vb4pex5vsknk084sn02q", "NOT_FOUND"),
        (&own, "NOT_FOUND"),
        (&omars, "NOT_FOUND"),
        (&neighbours, "NOT_FOUND"),
    ] {
        let signed_in = sign_in(&guest, with(layla(), "cart", cart)).await;
        assert_eq!(refusals(&signed_in), [("cart".to_owned(), code.to_owned())], "{cart}");
        assert_eq!(signed_in["account"]["email"], "layla@customer.example");
        assert!(signed_in["accessToken"].is_string() && signed_in["cart"].is_null(), "{signed_in:#}");
        assert_eq!(signed_in["account"]["cart"]["id"], own);
    }
    assert_eq!(lines(&look(&shop.customer("layla"), &own).await), [("CUP", 1), ("TEA", 1)]);
    assert_eq!(lines(&look(&shop.customer("omar"), &omars).await), [("DATES", 1)]);
    assert_eq!(lines(&look(&shop.neighbour().anonymous(), &neighbours).await), [("DATES", 1)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cart_is_merged_once_however_often_one_signs_in_with_it_at_once() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let theirs = cart(&shop.customer("layla"), &[("TEA", 1)]).await;
    let guests = cart(&guest, &[("TEA", 2), ("CUP", 1)]).await;
    let answers = at_once(4, async |_| sign_in(&guest, with(layla(), "cart", guests.as_str())).await).await;
    let merged = answers.iter().filter(|answer| refusals(answer).is_empty()).count();
    assert_eq!(merged, 1, "{answers:#?}");
    assert!(answers.iter().all(|answer| answer["accessToken"].is_string()));
    assert_eq!(lines(&look(&shop.customer("layla"), &theirs).await), [("TEA", 3), ("CUP", 1)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_who_sign_in_leave_the_cart_to_the_guest() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let guests = cart(&guest, &[("TEA", 2)]).await;
    let before = look(&guest, &guests).await;
    let staff = with(with(layla(), "email", "all@staff.example"), "cart", guests.as_str());
    let signed_in = sign_in(&guest, staff).await;
    assert_eq!((&signed_in["userErrors"], &signed_in["cart"]), (&json!([]), &Value::Null));
    assert_eq!(look(&guest, &guests).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_sign_in_leaves_the_cart_to_the_guest() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let guests = cart(&guest, &[("TEA", 2)]).await;
    let before = look(&guest, &guests).await;
    let wrong = with(with(layla(), "password", "not the password"), "cart", guests.as_str());
    assert_eq!(refusals(&sign_in(&guest, wrong).await), [(String::new(), "BAD_CREDENTIALS".to_owned())]);
    let taken = with(with(sara(), "email", "layla@customer.example"), "cart", guests.as_str());
    assert_eq!(refusals(&register(&guest, taken).await), [("email".to_owned(), "ACCOUNT_EXISTS".to_owned())]);
    assert_eq!(look(&guest, &guests).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cart_of_another_channel_goes_into_the_customer_s_cart_of_that_channel() {
    let shop = Shop::open().await;
    let (riyadh, kuwait) = (shop.customer("layla"), shop.customer("layla").in_channel("web-kw"));
    let in_riyals = cart(&riyadh, &[("CUP", 1)]).await;
    let in_dinars = cart(&kuwait, &[("TEA", 1)]).await;
    let guests = cart(&shop.anonymous().in_channel("web-kw"), &[("TEA", 2)]).await;
    let signed_in = sign_in(&shop.anonymous(), with(layla(), "cart", guests)).await;
    assert_eq!(signed_in["account"]["cart"]["id"], in_riyals, "that of the request's channel");
    assert_eq!(lines(&look(&riyadh, &in_riyals).await), [("CUP", 1)]);
    assert_eq!(lines(&look(&kuwait, &in_dinars).await), [("TEA", 3)]);
}
