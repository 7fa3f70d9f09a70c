//! A broken invariant.

use tests::shop::Shop;

#[tokio::test(flavor = "multi_thread")]
async fn verify_names_the_records_that_break_an_invariant() {
    let shop = Shop::open().await;
    shop.order(&[("TEA", 1)]).await;
    shop.verify().await;

    let (tea, its_neighbour) = (shop.variant("TEA").await, shop.neighbour().variant("TEA").await);
    let n_changed = shop.db_execute("UPDATE stock_level SET on_hand = on_hand + 1 WHERE on_hand = 10").await;
    assert_eq!(n_changed, 2, "in Riyadh, of both tenants");
    let said = shop.try_verify().await.unwrap_err();
    assert!(said.contains("each stock level equals the sum of its movements"), "{said}");
    assert!(said.contains(&tea) && said.contains(&its_neighbour), "{said}");

    shop.db_execute("UPDATE stock_level SET on_hand = on_hand - 1 WHERE on_hand = 11").await;
}

#[tokio::test(flavor = "multi_thread")]
#[should_panic(expected = "equals the sum of its movements")]
async fn a_test_cannot_end_with_a_broken_invariant() {
    let shop = Shop::open().await;
    shop.db_execute("UPDATE stock_level SET on_hand = on_hand + 1").await;
}
