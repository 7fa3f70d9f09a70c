//! What a list of orders costs: a constant number of SQL statements.

use serde_json::json;
use tests::{client::Client, shop::Shop};

const FIELDS: &str = "totalCount nodes {
    id number version state stateLabel placedAt payBefore email phone language { tag }
    availableTransitions { action to label } channel { code name languages { tag } } customer { id name email }
    lines { id sku productName options quantity quantityShipped cancelledQuantity taxRatePercent unitPrice { formatted } subtotal { amount }
        discount { amount } total { amount } tax { amount }
        variant { id name sku gtin price { amount } compareAtPrice { amount } availability { quantity }
            stock { location locationName onHand reserved available } selectedOptions { name value }
            product { id name brand category { name parent { name } children { name } } collections { name }
                attributes { name value } productType { name } priceRange { lowest { amount } highest { amount } }
                variants { id name price { amount } } } } }
    totals { subtotal { amount } discount { amount } delivery { amount } deliveryDiscount { amount }
        paymentFee { amount } tax { amount } total { formatted } }
    promotions { name amount { amount } } shippingAddress { name city } deliveryMethod { code name }
    paymentMethod paymentMethodLabel
    payment { id status statusLabel declineCode declineMessage challengeUrl amount { amount } authorised { amount }
        captured { amount } refunded { amount } entries { id kind declineCode at amount { amount } } }
    shipments { id carrier tracking shippedAt location { code name } lines { quantity line { id sku } }
        state stateLabel deliveryFailures { reason note } }
    returns { id state lines { quantity outcomes { quantity } } order { id } } balance { due { amount } } cancellations { lines { quantity } }
    fulfilmentStatus fulfilmentStatusLabel paymentStatus notes { text } tags holds { id kind release { at } }
    whereabouts { state stateLabel since nextLabel holder { code name }
        timeline { kind at label actor reason amount { amount } } } }";

/// How many statements a query runs; everybody has signed in before.
async fn cost(shop: &Shop, client: &Client, query: &str, n_orders: usize) -> u64 {
    let mut fewest = u64::MAX;
    // Where all of it runs late, what is loaded together may be loaded in two parts: not three times in a row.
    for _ in 0..3 {
        let (list, n_statements) = shop.counted(client.run(query, json!({}))).await;
        let list = list.as_object().unwrap().values().next().unwrap();
        assert_eq!(list["nodes"].as_array().unwrap().len(), n_orders);
        assert_eq!(list["totalCount"], json!(n_orders));
        fewest = fewest.min(n_statements);
    }
    fewest
}

/// An order of Layla's that has all that an order can have.
async fn full(shop: &Shop) {
    let layla = shop.customer("layla");
    let order = layla.order(&[("COFFEE-250-LIGHT", 1), ("DATES", 1), ("TEA", 12)]).await;
    shop.make(&["orderConfirm", "orderAllocate", "orderShip", "orderDeliver"], &order.id).await;
}

/// More orders of hers, of different goods and in different states.
async fn more(shop: &Shop, n: usize) {
    let (layla, staff) = (shop.customer("layla"), shop.staff_all());
    let skus = ["COFFEE-250-DARK", "COFFEE-500-LIGHT", "COFFEE-500-DARK", "COFFEE-250-LIGHT"];
    for i in 0..n {
        let (one, other) = (skus[i % 4], skus[(i + 1) % 4]);
        let order = layla.order(&[(one, 1), (other, 2)]).await;
        let moves = ["orderConfirm", "orderAllocate", "orderShip", "orderDeliver", "orderRefund"];
        staff.make(&moves[..i % 6], &order.id).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_five_and_twenty_orders_with_all_beneath_cost_the_same() {
    let shop = Shop::open().await;
    let (staff, layla) = (shop.staff_all(), shop.customer("layla"));
    let orders = format!("{{ orders(page: {{ first: 100 }}) {{ {FIELDS} }} }}");
    // A customer sees neither stock nor who did it.
    let own = FIELDS.replace("stock { location locationName onHand reserved available }", "");
    let own = own.replace("entries { id kind declineCode at amount { amount } }", "").replace("actor", "");
    let own = own.replace("tags holds { id kind release { at } }", "");
    let own = format!("{{ myOrders(page: {{ first: 100 }}) {{ {own} }} }}");

    full(&shop).await;
    // Each time that prices are asked for, what is taken off while browsing is three of them, how many pieces are bought
    // together is one, and how low prices may be is one. What is loaded together may come in one part or in two, as it happens: the limit is that of the latter,
    // and the same for any number of orders.
    for (n_more, n_orders) in [(0, 1), (4, 5), (15, 20)] {
        more(&shop, n_more).await;
        let costs = (cost(&shop, &staff, &orders, n_orders).await, cost(&shop, &layla, &own, n_orders).await);
        assert!(costs.0 <= 86 && costs.1 <= 80, "{n_orders} orders: {costs:?}");
    }
}
