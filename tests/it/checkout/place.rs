//! What an order is made of.

use serde_json::json;
use tests::shop::Shop;

use crate::cart::read::read;

#[tokio::test(flavor = "multi_thread")]
async fn an_order_is_what_the_cart_was() {
    let shop = Shop::open().await;
    let layla = shop.customer("layla");
    let id = layla.cart_ready(&[("DATES", 2), ("COFFEE-500-DARK", 4)], "CASH_ON_DELIVERY").await;
    layla.steps(&id, json!([{ "languageSet": { "language": "en" } }])).await;
    let cart = read(&layla, &id).await;
    let placed = layla.checkout(&id).await;
    let query = "query ($id: ID!) { order(by: { id: $id }) { number state email phone language { tag } placedAt
        channel { code } paymentMethod deliveryMethod { code } promotions { name amount { amount } }
        shippingAddress { name phone country city postalCode buildingNumber street district additionalNumber shortAddress
            line1 line2 region }
        totals { subtotal { amount } discount { amount } delivery { amount } deliveryDiscount { amount }
            paymentFee { amount } tax { amount } total { amount } }
        lines { sku quantity unitPrice { amount } subtotal { amount } discount { amount } total { amount } tax { amount }
            taxRatePercent } } }";
    let order = layla.run(query, json!({ "id": placed.id })).await["order"].take();
    for same in ["email", "phone", "language", "shippingAddress", "totals", "promotions"] {
        assert_eq!(order[same], cart[same], "{same}");
    }
    let lines = cart["lines"].as_array().unwrap().iter().map(|line| {
        let mut line = line.clone();
        line["sku"] = line["variant"]["sku"].take();
        line.as_object_mut().unwrap().retain(|key, _| key != "id" && key != "variant");
        line
    });
    assert_eq!(order["lines"], lines.collect::<serde_json::Value>());
    assert_eq!((&order["channel"]["code"], &order["deliveryMethod"]["code"]), (&json!("web-sa"), &json!("standard")));
    assert_eq!((&order["state"], &order["paymentMethod"]), (&json!("PLACED"), &json!("CASH_ON_DELIVERY")));
    assert_eq!(order["placedAt"], "2026-03-01T09:00:00Z");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_keeps_the_names_and_prices_it_was_placed_with() {
    let shop = Shop::open().await;
    let layla = shop.customer("layla");
    let placed = layla.order(&[("COFFEE-250-DARK", 1)]).await;
    let query = "query ($id: ID!) { order(by: { id: $id }) { totals { total { amount } }
        lines { sku productName options unitPrice { amount } } } }";
    let before = layla.run(query, json!({ "id": placed.id })).await;
    let line = json!({
        "sku": "COFFEE-250-DARK", "productName": "قهوة حرازية", "options": "٢٥٠ جرامًا / داكن", "unitPrice": { "amount": "46.00" },
    });
    assert_eq!(before["order"]["lines"], json!([line]));
    shop.db_execute("UPDATE product SET name_ar = 'غيرها', name_en = 'Another'").await;
    shop.db_execute("UPDATE option_value SET name_ar = 'غيرها', name_en = 'Another'").await;
    shop.db_execute("UPDATE variant SET sku = 'X-' || sku").await;
    shop.db_execute("UPDATE list_price SET amount_minor = amount_minor * 2, was_minor = NULL").await;
    assert_eq!(layla.run(query, json!({ "id": placed.id })).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_phone_of_its_own_the_order_has_the_addresss() {
    let shop = Shop::open().await;
    let layla = shop.customer("layla");
    let id = layla.cart_ready(&[("TEA", 1)], "CASH_ON_DELIVERY").await;
    let query = "query ($id: ID!) { order(by: { id: $id }) { phone email } }";
    layla.steps(&id, json!([{ "contactSet": { "email": "other@example.com" } }])).await;
    let placed = layla.checkout(&id).await;
    let order = layla.run(query, json!({ "id": placed.id })).await;
    assert_eq!(order["order"], json!({ "phone": "+966512345678", "email": "other@example.com" }));
}
