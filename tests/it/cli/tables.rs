//! `qafila migrate`

use tests::shop::Shop;

use super::place::{Place, Said};

const QUIET: [(&str, &str); 1] = [("QAFILA_LOG", "error")];

#[test]
fn tables_are_made_once() {
    let place = Place::new();
    let first = place.run_with(&QUIET, &["migrate"]);
    assert_eq!(first.well(), "31 migrations applied; the database is up to date.\n");
    assert!(place.has("data/qafila.db"));
    let second = place.run_with(&QUIET, &["migrate"]);
    assert_eq!(second.well(), "0 migrations applied; the database is up to date.\n");
    assert_eq!(place.run_with(&QUIET, &["verify"]).well(), "", "there is no tenant yet");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_in_use_is_migrated_again_without_harm() {
    let shop = Shop::open().await;
    let placed = shop.order(&[("TEA", 1)]).await;
    let place = Place::new();
    let said = tests::binary::qafila(shop.database_url(), place.path()).arg("migrate").output().unwrap();
    assert_eq!(Said::of(&said).well(), "0 migrations applied; the database is up to date.\n");
    let next = shop.order(&[("TEA", 1)]).await;
    assert_eq!((placed.number.as_str(), next.number.as_str()), ("W1001", "W1002"));
}

#[test]
fn a_database_that_cannot_be_used_is_refused() {
    let place = Place::new();
    for command in ["migrate", "verify", "serve", "seed"] {
        let said = place.run_with(&QUIET, &[command, "--database-url", "sqlite:///nowhere/at/all.db"]);
        let said = said.refused();
        assert!(said.starts_with("the database cannot be used: "), "{command}: {said}");
        assert!(said.contains("check --database-url or DATABASE_URL"), "{command}: {said}");
    }
}

#[test]
fn a_database_without_tables_is_not_verified() {
    let place = Place::new();
    place.write("empty.db", "");
    let said = place.run_with(&QUIET, &["verify", "--database-url", "sqlite://empty.db"]);
    assert!(said.refused().contains("run `qafila migrate` first"), "{said:?}");
}
