//! The page for people who try things out.

use serde_json::{Value, json};
use tests::shop::Shop;

/// The examples of the page, in the order of its tabs.
async fn examples(shop: &Shop) -> Vec<String> {
    let reply = shop.anonymous().get("/").await;
    assert_eq!((reply.status, reply.header("content-type")), (200, "text/html; charset=utf-8"));
    let page = reply.body.as_str().unwrap();
    assert!(page.contains("GraphiQL.createFetcher({ url: \"/graphql\" })") && !page.contains("__TABS__"), "{page}");
    let line = page.lines().find_map(|line| line.trim().strip_prefix("const tabs = ")).expect("tabs");
    let tabs: Value = serde_json::from_str(line.trim_end_matches(';')).expect("a list");
    tabs.as_array().unwrap().iter().map(|tab| tab["query"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_example_of_the_page_is_answered() {
    let shop = Shop::open().await;
    let examples = examples(&shop).await;
    let names: Vec<_> = examples.iter().map(|example| example.split_whitespace()).collect();
    assert_eq!(names.len(), 4, "a purchase, and who handles it");
    shop.order(&[("TEA", 1)]).await;
    let variables = json!({ "variant": shop.variant("TEA").await });
    for example in &examples {
        assert!(example.starts_with("# "), "says what it is: {example}");
        let reply = shop.staff_all().try_run(example, variables.clone()).await;
        assert_eq!((reply.status, reply.body.get("errors")), (200, None), "{example}\n{reply}");
    }
    let [browse, fill, sign_in, orders] = examples.try_into().unwrap();
    let guest = shop.anonymous();
    let shown = guest.run(&browse, json!({})).await;
    assert_eq!(shown["products"]["nodes"][0]["name"], "قهوة حرازية", "it searches for coffee");
    let filled = guest.run(&fill, variables).await;
    assert_eq!(filled["cartCreate"]["cart"]["lines"][0]["quantity"], 2);
    assert_eq!(
        guest.run(&sign_in, json!({})).await["signIn"]["userErrors"][0]["code"],
        "BAD_CREDENTIALS",
        "of the demo"
    );
    assert_eq!(shop.staff("ORDER_READ").run(&orders, json!({})).await["orders"]["nodes"][0]["number"], "W1001");
}
