//! The order of lists, and their pages.

use serde_json::{Value, json};
use tests::{client::Client, shop::Shop};

use super::many;

const PAGE: &str = "query ($page: Paging!, $sortBy: ProductOrder) { products(page: $page, sortBy: $sortBy) {
    nodes { slug } edges { cursor node { slug } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }";

fn by(field: &str, direction: &str) -> Value {
    json!({ "field": field, "direction": direction })
}

fn slugs(page: &Value) -> Vec<String> {
    page["nodes"].as_array().unwrap().iter().map(|node| node["slug"].as_str().unwrap().to_owned()).collect()
}

async fn page(client: &Client, sort_by: &Value, page: Value) -> Value {
    client.run(PAGE, json!({ "page": page, "sortBy": sort_by })).await["products"].take()
}

/// Pages from the start to the end, by so many rows at a time.
async fn forwards(client: &Client, sort_by: &Value, n_rows: usize) -> Vec<String> {
    let (mut all, mut after) = (Vec::new(), Value::Null);
    loop {
        let shown = page(client, sort_by, json!({ "first": n_rows, "after": after })).await;
        assert_eq!(shown["pageInfo"]["hasPreviousPage"], !after.is_null());
        assert!(slugs(&shown).len() <= n_rows && !slugs(&shown).is_empty(), "{shown}");
        all.extend(slugs(&shown));
        if shown["pageInfo"]["hasNextPage"] == false {
            return all;
        }
        assert_eq!(slugs(&shown).len(), n_rows, "a page that is not the last is full");
        after = shown["pageInfo"]["endCursor"].clone();
    }
}

/// Pages from the end to the start, and turns what was seen round.
async fn backwards(client: &Client, sort_by: &Value, n_rows: usize) -> Vec<String> {
    let (mut all, mut before) = (Vec::new(), Value::Null);
    loop {
        let shown = page(client, sort_by, json!({ "last": n_rows, "before": before })).await;
        assert_eq!(shown["pageInfo"]["hasNextPage"], !before.is_null());
        assert!(slugs(&shown).len() <= n_rows && !slugs(&shown).is_empty(), "{shown}");
        all.splice(0..0, slugs(&shown));
        if shown["pageInfo"]["hasPreviousPage"] == false {
            return all;
        }
        before = shown["pageInfo"]["startCursor"].clone();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn products_are_sorted_by_price_name_and_date_both_ways() {
    let shop = Shop::open().await;
    let arabic = shop.anonymous();
    let english = shop.anonymous().in_language("en");
    let kuwait = shop.anonymous().in_channel("web-kw");
    for (client, field, wanted) in [
        (&arabic, "PUBLISHED_AT", "coffee tea dates cup dallah incense"),
        (&arabic, "PRICE", "tea cup incense coffee dates dallah"),
        (&kuwait, "PRICE", "tea incense coffee dates dallah"),
        (&arabic, "NAME", "incense dallah tea dates cup coffee"),
        (&english, "NAME", "dallah dates coffee incense tea cup"),
    ] {
        let mut wanted: Vec<_> = wanted.split(' ').collect();
        assert_eq!(slugs(&page(client, &by(field, "ASC"), json!({})).await), wanted, "{field}");
        wanted.reverse();
        assert_eq!(slugs(&page(client, &by(field, "DESC"), json!({})).await), wanted, "{field}, downwards");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_lose_nothing_and_repeat_nothing_in_either_direction() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    for field in ["PUBLISHED_AT", "PRICE", "NAME"] {
        for direction in ["ASC", "DESC"] {
            let sort_by = by(field, direction);
            let whole = slugs(&page(&guest, &sort_by, json!({ "first": 100 })).await);
            assert_eq!(whole.len(), 6);
            for n_rows in [1, 2, 4, 5, 6, 100] {
                let asked = format!("{field} {direction} by {n_rows}");
                assert_eq!(forwards(&guest, &sort_by, n_rows).await, whole, "{asked}");
                assert_eq!(backwards(&guest, &sort_by, n_rows).await, whole, "{asked}, from the end");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_of_equal_keys_keep_their_places() {
    let shop = Shop::open().await;
    let changed = shop.db_execute("UPDATE publication SET published_at = 1767225600000, lowest_minor = 1000").await;
    assert!(7 < changed);
    shop.db_execute("UPDATE product SET name_ar = 'واحد'").await;
    let guest = shop.anonymous();
    for field in ["PUBLISHED_AT", "PRICE", "NAME"] {
        for direction in ["ASC", "DESC"] {
            let sort_by = by(field, direction);
            let whole = slugs(&page(&guest, &sort_by, json!({})).await);
            let mut each = whole.clone();
            each.sort();
            assert_eq!(each, ["coffee", "cup", "dallah", "dates", "incense", "lantern", "tea"]);
            for n_rows in [1, 3] {
                assert_eq!(forwards(&guest, &sort_by, n_rows).await, whole, "{field} {direction}");
                assert_eq!(backwards(&guest, &sort_by, n_rows).await, whole, "{field} {direction}, from the end");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_of_hundreds_is_read_a_hundred_at_a_time() {
    let shop = Shop::open().await;
    let guest = many::guest(&shop).await;
    for sort_by in [by("PUBLISHED_AT", "DESC"), by("NAME", "ASC"), by("PRICE", "ASC")] {
        let mut all = forwards(&guest, &sort_by, 100).await;
        assert_eq!(all, backwards(&guest, &sort_by, 100).await);
        all.sort();
        all.dedup();
        assert_eq!(all.len(), many::N_PRODUCTS);
    }
    let default = page(&guest, &Value::Null, json!({})).await;
    assert_eq!((slugs(&default).len(), &default["pageInfo"]["hasNextPage"]), (20, &json!(true)));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_part_between_two_cursors_can_be_read() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let sort_by = by("PRICE", "ASC");
    let whole = page(&guest, &sort_by, json!({})).await;
    let cursor = |at: usize| whole["edges"][at]["cursor"].clone();
    assert_eq!(whole["pageInfo"]["startCursor"], cursor(0));
    assert_eq!(whole["pageInfo"]["endCursor"], cursor(5));
    let part = page(&guest, &sort_by, json!({ "first": 10, "after": cursor(0), "before": cursor(4) })).await;
    assert_eq!(slugs(&part), ["cup", "incense", "coffee"]);
    let part = page(&guest, &sort_by, json!({ "last": 1, "after": cursor(0), "before": cursor(4) })).await;
    assert_eq!(slugs(&part), ["coffee"]);
    let beyond = page(&guest, &sort_by, json!({ "first": 10, "after": cursor(5) })).await;
    assert_eq!(slugs(&beyond), Vec::<String>::new());
    assert_eq!(beyond["pageInfo"]["hasNextPage"], false);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_more_than_a_hundred_is_refused() {
    let shop = Shop::open().await;
    for asked in
        [json!({ "first": 101 }), json!({ "last": 101 }), json!({ "first": 2_000_000_000 }), json!({ "first": -1 })]
    {
        let reply = shop.anonymous().try_run(PAGE, json!({ "page": asked })).await;
        assert_eq!((reply.codes(), &reply.body["data"]), (vec!["PAGE_TOO_LARGE"], &Value::Null), "{asked}");
        let arabic = &reply.body["errors"][0]["message"];
        assert_eq!(*arabic, "لا يمكن طلب أكثر من \u{2068}100\u{2069} عنصر في الصفحة.", "{asked}");
        let reply = shop.anonymous().in_language("en").try_run(PAGE, json!({ "page": asked })).await;
        let english = &reply.body["errors"][0]["message"];
        assert_eq!(*english, "You can ask for at most \u{2068}100\u{2069} items per page.", "{asked}");
    }
    for list in ["categories", "collections"] {
        let query = format!("{{ {list}(page: {{ first: 101 }}) {{ nodes {{ id }} }} }}");
        assert_eq!(shop.anonymous().try_run(&query, json!({})).await.codes(), ["PAGE_TOO_LARGE"], "{list}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_cursor_of_the_list_is_refused() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let cursor = async |field: &str| {
        page(&guest, &by(field, "ASC"), json!({ "first": 1 })).await["pageInfo"]["endCursor"].take()
    };
    let (name, price, date) = (cursor("NAME").await, cursor("PRICE").await, cursor("PUBLISHED_AT").await);
    let query = "{ categories(page: { first: 1 }) { pageInfo { endCursor } } }";
    let category = guest.run(query, json!({})).await["categories"]["pageInfo"]["endCursor"].take();
    for (field, wrong) in [
        ("PRICE", json!("")),
        ("PRICE", json!("x")),
        ("PRICE", json!("not base64!")),
        ("PRICE", json!("AAAA")),
        ("PRICE", name.clone()),
        ("PRICE", date.clone()),
        ("PUBLISHED_AT", price.clone()),
        ("PUBLISHED_AT", category),
        ("NAME", price.clone()),
        ("NAME", date),
    ] {
        for place in ["after", "before"] {
            let variables = json!({ "page": { "first": 1, place: wrong }, "sortBy": by(field, "ASC") });
            let reply = guest.try_run(PAGE, variables).await;
            let asked = format!("{field} {place} {wrong}");
            assert_eq!((reply.codes(), &reply.body["data"]), (vec!["INVALID_CURSOR"], &Value::Null), "{asked}");
        }
    }
    let variables = json!({ "page": { "first": 1, "after": price }, "sortBy": by("PRICE", "DESC") });
    assert_eq!(guest.try_run(PAGE, variables).await.codes(), [""; 0], "downwards it is a place as well");
}
