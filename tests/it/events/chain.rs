//! The chain of the audit trail: who changes it behind the shop's back is found out.

use serde_json::{Value, json};
use tests::shop::Shop;

/// Lifts what keeps a table from being changed, as an owner of the database can.
async fn db_unlock(shop: &Shop, on_sqlite: [&'static str; 2], on_postgres: &'static str) {
    if shop.database_url().starts_with("sqlite:") {
        for sql in on_sqlite {
            shop.db_execute(sql).await;
        }
    } else {
        shop.db_execute(on_postgres).await;
    }
}

/// A shop with an order, whose entries and seals can be tampered with.
async fn unlocked() -> Shop {
    let shop = Shop::open().await;
    let order = shop.order(&[("TEA", 1)]).await;
    shop.make(&["orderConfirm", "orderAllocate"], &order.id).await;
    shop.work().await;
    shop.verify().await;
    let triggers = ["DROP TRIGGER \"audit_refuses_UPDATE\"", "DROP TRIGGER \"audit_refuses_DELETE\""];
    db_unlock(&shop, triggers, "DROP TRIGGER audit_is_append_only ON audit").await;
    let triggers = ["DROP TRIGGER \"audit_seal_refuses_UPDATE\"", "DROP TRIGGER \"audit_seal_refuses_DELETE\""];
    db_unlock(&shop, triggers, "DROP TRIGGER audit_seal_is_append_only ON audit_seal").await;
    shop
}

const UNCHANGED: &str = "an entry of the audit trail is there, and as it was sealed";
const WHOLE: &str = "the seals of the audit trail have no gap, and end where its head says";
const SEALED: &str = "every entry of the audit trail is sealed, or about to be";

/// The entry of an action of ours.
async fn entry(shop: &Shop, action: &str) -> Value {
    let query = "query ($action: String!) {
        auditEntries(filter: { action: $action }) { nodes { id position seal before after why } } }";
    shop.staff("AUDIT_READ").run(query, json!({ "action": action })).await["auditEntries"]["nodes"][0].take()
}

/// What `qafila verify` says of an entry.
async fn assert_found(shop: &Shop, claim: &str, id: &str, why: &str) {
    let said = shop.try_verify().await.expect_err(why);
    assert!(said.contains(&format!("  {id}: {claim}")), "{why}: {id}: {claim}\n{said}");
    let breaches = said.lines().filter(|line| line.starts_with("  audit_")).count();
    assert_eq!(breaches, 1, "it is named, and no other: {said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_entry_is_named_whichever_column_it_is() {
    let shop = unlocked().await;
    let confirmed = entry(&shop, "order.confirmed").await;
    let id = confirmed["id"].as_str().unwrap();
    for (plant, mend) in [
        (
            "UPDATE audit SET actor = actor || 'x' WHERE action = 'order.confirmed'",
            "UPDATE audit SET actor = substr(actor, 1, length(actor) - 1) WHERE action = 'order.confirmed'",
        ),
        (
            "UPDATE audit SET action = 'order.moved' WHERE action = 'order.confirmed'",
            "UPDATE audit SET action = 'order.confirmed' WHERE action = 'order.moved'",
        ),
        (
            "UPDATE audit SET after = after || ' ' WHERE action = 'order.confirmed'",
            "UPDATE audit SET after = substr(after, 1, length(after) - 1) WHERE action = 'order.confirmed'",
        ),
        (
            "UPDATE audit SET at = at + 1 WHERE action = 'order.confirmed'",
            "UPDATE audit SET at = at - 1 WHERE action = 'order.confirmed'",
        ),
        (
            "UPDATE audit SET before = before || ' ' WHERE action = 'order.confirmed'",
            "UPDATE audit SET before = substr(before, 1, length(before) - 1) WHERE action = 'order.confirmed'",
        ),
        (
            "UPDATE audit SET request_id = 'x' || request_id WHERE action = 'order.confirmed'",
            "UPDATE audit SET request_id = substr(request_id, 2) WHERE action = 'order.confirmed'",
        ),
        (
            "UPDATE audit SET record_kind = 'cart' WHERE action = 'order.confirmed'",
            "UPDATE audit SET record_kind = 'order' WHERE action = 'order.confirmed'",
        ),
    ] {
        assert_eq!(shop.db_execute(plant).await, 1, "{plant}");
        assert_found(&shop, UNCHANGED, id, plant).await;
        assert_eq!(shop.db_execute(mend).await, 1, "{mend}");
    }
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_removed_entry_is_named_and_so_is_one_slipped_in() {
    let shop = unlocked().await;
    let confirmed = entry(&shop, "order.confirmed").await;
    shop.db_execute("CREATE TABLE kept AS SELECT * FROM audit WHERE action = 'order.confirmed'").await;
    assert_eq!(shop.db_execute("DELETE FROM audit WHERE action = 'order.confirmed'").await, 1);
    assert_found(&shop, UNCHANGED, confirmed["id"].as_str().unwrap(), "an entry is gone").await;
    shop.db_execute("INSERT INTO audit SELECT * FROM kept").await;
    shop.verify().await;

    let is_sqlite = shop.database_url().starts_with("sqlite:");
    let fresh = if is_sqlite { "UPDATE kept SET id = randomblob(16), action = 'order.forged'" } else { FORGE };
    shop.db_execute(fresh).await;
    shop.db_execute("INSERT INTO audit SELECT * FROM kept").await;
    let forged = entry(&shop, "order.forged").await;
    assert_eq!(forged["position"], Value::Null);
    assert_found(&shop, SEALED, forged["id"].as_str().unwrap(), "nothing happened with it").await;
    shop.db_execute("DELETE FROM audit WHERE action = 'order.forged'").await;
    shop.db_execute("DROP TABLE kept").await;
}

const FORGE: &str = "UPDATE kept SET id = gen_random_uuid(), action = 'order.forged'";

#[tokio::test(flavor = "multi_thread")]
async fn a_tail_that_was_cut_off_or_written_anew_does_not_fit_the_head() {
    let shop = unlocked().await;
    let last = entry(&shop, "order.allocated").await;
    let id = last["id"].as_str().unwrap();
    let anew = "UPDATE audit_seal SET hash = 'f' || substr(hash, 1, 63)
        WHERE entry_id = (SELECT id FROM audit WHERE action = 'order.allocated')";
    shop.db_execute("CREATE TABLE kept AS SELECT * FROM audit_seal").await;
    assert_eq!(shop.db_execute(anew).await, 1);
    let said = shop.try_verify().await.expect_err("the last seal was written anew");
    assert!(said.contains(&format!("{id}: {WHOLE}")), "{said}");
    let of_last = "DELETE FROM audit_seal WHERE entry_id = (SELECT id FROM audit WHERE action = 'order.allocated')";
    assert_eq!(shop.db_execute(of_last).await, 1);
    let said = shop.try_verify().await.expect_err("the last seal is gone");
    let before = entry(&shop, "order.confirmed").await;
    assert!(said.contains(&format!("{}: {WHOLE}", before["id"].as_str().unwrap())), "{said}");
    shop.db_execute("DELETE FROM audit_seal").await;
    shop.db_execute("INSERT INTO audit_seal SELECT * FROM kept").await;
    shop.db_execute("DROP TABLE kept").await;
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn entries_tell_their_seal_what_was_before_and_why() {
    let shop = Shop::open().await;
    let order = shop.order(&[("TEA", 1)]).await;
    assert_eq!(entry(&shop, "order.placed").await["position"], Value::Null, "it is sealed a moment after");
    let staff = shop.staff_all();
    let cancel = "mutation ($input: OrderCancelInput!) { orderCancel(input: $input) { userErrors { code } } }";
    let input = json!({ "order": order.id, "reason": "نفدت", "idempotencyKey": "k" });
    staff.done(cancel, json!({ "input": input })).await;
    let make = "mutation ($input: LocationCreateInput!) {
        locationCreate(input: $input) { location { id } userErrors { code } } }";
    let abha = json!({ "code": "abha", "nameEn": "Abha", "kind": "SHOP", "city": "Abha" });
    let made = staff.done(make, json!({ "input": abha })).await["location"]["id"].take();
    let close = "mutation ($input: LocationUpdateInput!) {
        locationUpdate(input: $input) { location { id } userErrors { code } } }";
    staff.done(close, json!({ "input": { "location": made, "isActive": false } })).await;
    shop.work().await;

    let placed = entry(&shop, "order.placed").await;
    assert_eq!((placed["seal"].as_str().unwrap().len(), &placed["why"]), (64, &Value::Null));
    assert_eq!(entry(&shop, "order.cancelled").await["why"], "نفدت");
    let closed = entry(&shop, "location.updated").await;
    assert_eq!(closed["before"]["is_active"], true);
    assert_eq!(closed["after"]["is_active"], false);
    let places = "{ auditEntries(page: { first: 100 }) { nodes { position } } }";
    let found = shop.staff("AUDIT_READ").run(places, json!({})).await["auditEntries"]["nodes"].take();
    let mut places: Vec<_> = found.as_array().unwrap().iter().map(|one| one["position"].as_i64().unwrap()).collect();
    places.sort_unstable();
    assert_eq!(places, (1..=places.len()).map(|n| i64::try_from(n).unwrap()).collect::<Vec<_>>());
}
