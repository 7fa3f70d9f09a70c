//! A list costs the same number of SQL statements, however long it is.

use serde_json::json;
use tests::{client::Client, shop::Shop};

use super::many;

/// How many statements a query runs.
async fn cost(shop: &Shop, client: &Client, query: &str) -> u64 {
    shop.counted(client.run(query, json!({}))).await.1
}

/// A list of products with all that stands beneath one, from the oldest on.
fn products(n_rows: usize, category: &str, stock: &str) -> String {
    format!(
        "{{ products(page: {{ first: {n_rows} }}, sortBy: {{ field: PUBLISHED_AT, direction: ASC }}) {{ totalCount nodes {{
            id slug name description brand contentLanguage {{ tag }} productType {{ code name }} category {{ {category} }}
            collections {{ id name }} attributes {{ code name value }} priceRange {{ lowest {{ amount }} highest {{ formatted }} }}
            variants {{ sku gtin name selectedOptions {{ code name value }} price {{ amount }} compareAtPrice {{ amount }}
                availability {{ isAvailable quantity }} product {{ slug }} {stock} }} }} }} }}"
    )
}

const STOCK: &str = "stock { location locationName onHand reserved available }";

#[tokio::test(flavor = "multi_thread")]
async fn a_list_of_products_costs_the_same_for_one_three_and_seven() {
    let shop = Shop::open().await;
    shop.later(std::time::Duration::from_hours(24 * 31));
    for (client, stock) in [(shop.anonymous(), ""), (shop.staff_all(), STOCK)] {
        cost(&shop, &client, "{ __typename }").await;
        let mut costs = Vec::new();
        for n_rows in [1, 3, 7] {
            costs.push(cost(&shop, &client, &products(n_rows, "slug children { slug }", stock)).await);
        }
        assert!(0 < costs[0] && costs.iter().all(|cost| *cost == costs[0]), "{costs:?} {stock}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_of_products_costs_the_same_for_one_ten_and_a_hundred() {
    let shop = Shop::open().await;
    let guest = many::guest(&shop).await;
    let staff = many::staff(&guest).await;
    let category = "slug name parent { slug parent { slug } children { slug } }";
    for (client, stock) in [(guest, ""), (staff, STOCK)] {
        let mut costs = Vec::new();
        for n_rows in [1, 10, 100] {
            costs.push(cost(&shop, &client, &products(n_rows, category, stock)).await);
        }
        assert!(0 < costs[0] && costs.iter().all(|cost| *cost == costs[0]), "{costs:?} {stock}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_of_categories_and_collections_cost_the_same_for_one_and_all() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let categories = |n_rows: usize| {
        format!(
            "{{ categories(page: {{ first: {n_rows} }}, rootsOnly: true) {{ totalCount nodes {{
            name children {{ name children {{ name }} }} }} }} }}"
        )
    };
    assert_eq!(cost(&shop, &guest, &categories(1)).await, cost(&shop, &guest, &categories(2)).await);
    let collections =
        |n_rows: usize| format!("{{ collections(page: {{ first: {n_rows} }}) {{ totalCount nodes {{ name }} }} }}");
    assert_eq!(cost(&shop, &guest, &collections(1)).await, cost(&shop, &guest, &collections(2)).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cart_costs_the_same_for_one_line_and_five() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let one = guest.cart_ready(&[("COFFEE-250-LIGHT", 1)], "CASH_ON_DELIVERY").await;
    let lines =
        [("COFFEE-250-LIGHT", 1), ("COFFEE-250-DARK", 1), ("COFFEE-500-LIGHT", 1), ("COFFEE-500-DARK", 1), ("TEA", 1)];
    let five = guest.cart_ready(&lines, "CASH_ON_DELIVERY").await;
    let read = |cart: &str| {
        format!("{{ cart(id: \"{cart}\") {{ totalQuantity totals {{ total {{ amount }} }} warnings {{ code }} promotions {{ name }}
            deliveryOptions {{ name }} paymentOptions {{ name }} lines {{ productName quantity unitPrice {{ amount }}
                variant {{ sku name price {{ amount }} availability {{ quantity }} selectedOptions {{ value }}
                    product {{ name category {{ name }} collections {{ name }} attributes {{ value }} }} }} }} }} }}")
    };
    assert_eq!(cost(&shop, &guest, &read(&one)).await, cost(&shop, &guest, &read(&five)).await);
}
