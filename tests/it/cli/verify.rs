//! `qafila verify`: what it finds, and what the database does not let happen in the first place.

use serde_json::json;
use tests::{shop::Shop, world::alula};

use super::changes::db_try_execute;
use crate::{
    inventory::{
        backorder::sell,
        supply::{announced, supply},
    },
    orders::{
        ask::{done, line_of},
        returns::returning,
    },
    organisations::ask as companies,
};

/// A breach: how it is made, how it is mended, what is said, and of which record.
struct Breach {
    plant: &'static str,
    mend: &'static str,
    claim: &'static str,
    record: Record,
}

#[derive(Clone, Copy)]
enum Record {
    Order,
    Cart,
    Payment,
    Tea,
    Reservation,
}

const fn breach(record: Record, claim: &'static str, plant: &'static str, mend: &'static str) -> Breach {
    Breach { plant, mend, claim, record }
}

/// All that an update alone can break, of an order of one tea to be paid in cash.
const BREACHES: &[Breach] = &[
    breach(
        Record::Tea,
        "each stock level equals the sum of its movements",
        "UPDATE stock_level SET on_hand = on_hand - 1 WHERE reserved > 0",
        "UPDATE stock_level SET on_hand = on_hand + 1 WHERE reserved > 0",
    ),
    breach(
        Record::Tea,
        "what is reserved at a level is what living reservations and carts hold",
        "UPDATE stock_level SET reserved = reserved + 1 WHERE reserved > 0",
        "UPDATE stock_level SET reserved = reserved - 1 WHERE reserved > 0",
    ),
    breach(
        Record::Order,
        "every line of an order has reservations for all of its units, or waits for them",
        "UPDATE reservation SET quantity = quantity + 1",
        "UPDATE reservation SET quantity = quantity - 1",
    ),
    breach(
        Record::Reservation,
        "a reservation is held, confirmed, released or shipped as its order's state says",
        "UPDATE reservation SET state = 'HELD'",
        "UPDATE reservation SET state = 'CONFIRMED'",
    ),
    breach(
        Record::Order,
        "what of each line has left is what its shipments hold",
        "UPDATE reservation SET state = 'SHIPPED'",
        "UPDATE reservation SET state = 'CONFIRMED'",
    ),
    breach(
        Record::Order,
        "an order has as many open holds as its status counts",
        "UPDATE order_status SET open_holds = open_holds + 1",
        "UPDATE order_status SET open_holds = open_holds - 1",
    ),
    breach(
        Record::Order,
        "an order's status is the last of its transitions, and they are without gaps",
        "UPDATE order_status SET state = 'CONFIRMED'",
        "UPDATE order_status SET state = 'PLACED'",
    ),
    breach(
        Record::Order,
        "an order's status is the last of its transitions, and they are without gaps",
        "UPDATE order_status SET version = version + 1",
        "UPDATE order_status SET version = version - 1",
    ),
    breach(
        Record::Order,
        "every order has a status, and payments of its total and of what it became dearer by",
        "UPDATE payment SET amount_minor = amount_minor + 1",
        "UPDATE payment SET amount_minor = amount_minor - 1",
    ),
    breach(
        Record::Order,
        "every order has a status, and payments of its total and of what it became dearer by",
        "UPDATE payment SET currency = 'KWD'",
        "UPDATE payment SET currency = 'SAR'",
    ),
    breach(
        Record::Order,
        "every order has a status, and payments of its total and of what it became dearer by",
        "UPDATE payment SET reference_id = id",
        "UPDATE payment SET reference_id = (SELECT id FROM \"order\")",
    ),
    breach(
        Record::Cart,
        "every order came of a completed cart, and every completed cart became an order",
        "UPDATE cart SET state = 'OPEN'",
        "UPDATE cart SET state = 'COMPLETED'",
    ),
    breach(
        Record::Cart,
        "a cart that staff make is a draft, and a draft is no shopper's cart",
        "UPDATE cart SET state = 'DRAFT'",
        "UPDATE cart SET state = 'COMPLETED'",
    ),
    breach(
        Record::Order,
        "every order's placement is in the outbox and in the audit trail",
        "UPDATE outbox SET name = 'order.moved' WHERE name = 'order.placed'",
        "UPDATE outbox SET name = 'order.placed' WHERE name = 'order.moved'",
    ),
    breach(
        Record::Order,
        "an order's events are numbered without gaps",
        "UPDATE outbox SET sequence = sequence + 1 WHERE name = 'order.placed'",
        "UPDATE outbox SET sequence = sequence - 1 WHERE name = 'order.placed'",
    ),
    breach(
        Record::Tea,
        "regular prices of a variant in a list follow each other",
        "INSERT INTO list_price SELECT p.tenant_id, p.price_list_id, p.variant_id, 1, p.is_temporary, p.ends_at, p.amount_minor,
         p.was_minor, p.tiers FROM list_price p JOIN channel c ON c.price_list_id = p.price_list_id AND c.code = 'web-kw'
         WHERE p.variant_id IN (SELECT variant_id FROM reservation)",
        "DELETE FROM list_price WHERE starts_at = 1",
    ),
    breach(
        Record::Payment,
        "captured money equals the captures in the payment's entries",
        "UPDATE payment SET authorised_minor = 1, captured_minor = 1",
        "UPDATE payment SET captured_minor = 0, authorised_minor = 0",
    ),
];

#[tokio::test(flavor = "multi_thread")]
async fn each_breach_is_found_by_its_record_and_in_its_tenant_alone() {
    let shop = Shop::open().await;
    let cart = shop.cart_ready(&[("TEA", 1)], "CASH_ON_DELIVERY").await;
    let order = shop.anonymous().checkout(&cart).await;
    let query = "query ($id: ID!) { order(by: { id: $id }) { payment { id } } }";
    let read = shop.staff("ORDER_READ").run(query, json!({ "id": order.id })).await;
    let payment = read["order"]["payment"]["id"].as_str().unwrap().to_owned();
    let tea = shop.variant("TEA").await;
    shop.verify().await;
    for breach in BREACHES {
        let record = match breach.record {
            Record::Order => order.id.as_str(),
            Record::Cart => &cart,
            Record::Payment => &payment,
            Record::Tea => &tea,
            Record::Reservation => "reservation_",
        };
        let said = said_of(&shop, breach.plant, breach.mend).await;
        assert!(said.contains("exit status: 1"), "{said}");
        let found = said.lines().find(|line| line.ends_with(&format!(": {}", breach.claim)));
        assert!(found.is_some_and(|line| line.trim().starts_with(record)), "{}\n{record}: {said}", breach.plant);
        assert!(said.lines().any(|line| line.starts_with("neighbour: ") && line.ends_with(" 0 breaches")), "{said}");
        assert!(!said.lines().any(|line| line.starts_with("shop: ") && line.ends_with(" 0 breaches")), "{said}");
    }
    shop.verify().await;
}

/// What is said of a breach of one row, which is mended again.
async fn said_of(shop: &Shop, plant: &'static str, mend: &'static str) -> String {
    assert_eq!(shop.db_execute(plant).await, 1, "{plant}");
    let said = shop.try_verify().await.expect_err(plant);
    assert_eq!(shop.db_execute(mend).await, 1, "{mend}");
    said
}

/// Lets the owner change and remove rows of a table of facts.
async fn db_unlock(shop: &Shop, table: &str) {
    let unlock = if shop.database_url().starts_with("sqlite:") {
        ["UPDATE", "DELETE"].map(|event| format!("DROP TRIGGER {table}_refuses_{event}")).to_vec()
    } else {
        vec![format!("DROP TRIGGER {table}_is_append_only ON {table}")]
    };
    for sql in unlock {
        shop.db_execute(sql.leak()).await;
    }
}

/// Breaches of what was cancelled: what is planted, what is mended, and what is said of the order.
const OF_CANCELLATIONS: &[(&str, &str, &str)] = &[
    (
        "UPDATE order_cancellation_line SET quantity = 9 WHERE quantity = 2",
        "UPDATE order_cancellation_line SET quantity = 2 WHERE quantity = 9",
        "of each line no more was shipped and cancelled than was ordered",
    ),
    (
        "UPDATE order_cancellation_line SET quantity = 1 WHERE quantity = 2",
        "UPDATE order_cancellation_line SET quantity = 2 WHERE quantity = 1",
        "what of each line was cancelled is what was released",
    ),
    (
        "UPDATE order_cancellation SET amount_minor = amount_minor + 1",
        "UPDATE order_cancellation SET amount_minor = amount_minor - 1",
        "the money of a cancellation is that of its lines, with delivery and fees",
    ),
    (
        "UPDATE order_cancellation_line SET tax_minor = tax_minor - 1",
        "UPDATE order_cancellation_line SET tax_minor = tax_minor + 1",
        "the money of a line that was cancelled whole is the line's",
    ),
    (
        "UPDATE order_cancellation SET charges_minor = charges_minor + 1, amount_minor = amount_minor + 1",
        "UPDATE order_cancellation SET charges_minor = charges_minor - 1, amount_minor = amount_minor - 1",
        "all of a cancelled order was cancelled",
    ),
];

/// Adds a cup to an order.
async fn edited(shop: &Shop, order: &str, method: serde_json::Value) {
    let query = "mutation ($input: OrderEditInput!) { orderEdit(input: $input) { userErrors { code } } }";
    let steps = json!([{ "add": { "variant": shop.variant("CUP").await, "quantity": 1 } }]);
    let input = json!({ "order": order, "steps": steps, "paymentMethod": method, "idempotencyKey": "edit" });
    shop.staff_all().done(query, json!({ "input": input })).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_an_edit_is_found() {
    let shop = Shop::open().await;
    let order = shop.order(&[("TEA", 2)]).await;
    edited(&shop, &order.id, json!(null)).await;
    db_unlock(&shop, "order_edit").await;
    shop.verify().await;
    for (plant, mend, claim) in [
        (
            "UPDATE order_edit SET added_minor = added_minor + 1",
            "UPDATE order_edit SET added_minor = added_minor - 1",
            "the money of an edit is that of the lines that came in and of what fell away or came back",
        ),
        (
            "UPDATE payment SET amount_minor = amount_minor + 1",
            "UPDATE payment SET amount_minor = amount_minor - 1",
            "every order has a status, and payments of its total and of what it became dearer by",
        ),
    ] {
        let said = said_of(&shop, plant, mend).await;
        assert!(said.contains(&format!("{}: {claim}", order.id)), "{said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_a_cancellation_is_found() {
    let shop = Shop::open().await;
    let order = shop.order(&[("TEA", 2)]).await;
    shop.make(&["orderCancel"], &order.id).await;
    for table in ["order_cancellation", "order_cancellation_line"] {
        db_unlock(&shop, table).await;
    }
    shop.verify().await;
    for (plant, mend, claim) in OF_CANCELLATIONS {
        let said = said_of(&shop, plant, mend).await;
        assert!(said.contains(&format!("{}: {claim}", order.id)), "{plant}: {said}");
    }
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_a_return_is_found() {
    let shop = Shop::open().await;
    let (id, order, _) = returning(&shop, "REFUNDED", 2).await;
    db_unlock(&shop, "order_return_outcome").await;
    shop.verify().await;
    for (plant, mend, record, claim) in [
        (
            "UPDATE order_line_returned SET quantity = 9",
            "UPDATE order_line_returned SET quantity = 2",
            &order.id,
            "of each line no more comes back than was delivered",
        ),
        (
            "UPDATE order_line_returned SET quantity = 1",
            "UPDATE order_line_returned SET quantity = 2",
            &order.id,
            "what of each line comes back is what its returns say",
        ),
        (
            "UPDATE order_return_status SET version = version + 1",
            "UPDATE order_return_status SET version = version - 1",
            &id,
            "a return's status is the last of its steps, and they are without gaps",
        ),
        (
            "UPDATE order_return_status SET state = 'INSPECTED'",
            "UPDATE order_return_status SET state = 'REFUNDED'",
            &id,
            "a return's status is the last of its steps, and they are without gaps",
        ),
        (
            "UPDATE order_return_outcome SET quantity = 1",
            "UPDATE order_return_outcome SET quantity = 2",
            &id,
            "it is decided what becomes of all that came of an inspected return",
        ),
    ] {
        let said = said_of(&shop, plant, mend).await;
        assert!(said.contains(&format!("{record}: {claim}")), "{plant}: {said}");
    }
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_an_exchange_is_found() {
    let shop = Shop::open().await;
    let (id, order, _) = returning(&shop, "EXCHANGED", 1).await;
    for table in ["order_exchange", "order_return_step"] {
        db_unlock(&shop, table).await;
    }
    shop.verify().await;
    for (plant, mend, record, claim) in [
        (
            "UPDATE order_return_step SET amount_minor = amount_minor + 1 WHERE action = 'EXCHANGE'",
            "UPDATE order_return_step SET amount_minor = amount_minor - 1 WHERE action = 'EXCHANGE'",
            &order.id,
            "the money of an edit is that of the lines that came in and of what fell away or came back",
        ),
        (
            "UPDATE order_return_status SET state = 'REFUNDED'",
            "UPDATE order_return_status SET state = 'EXCHANGED'",
            &id,
            "a return is exchanged if others left for it",
        ),
    ] {
        let said = said_of(&shop, plant, mend).await;
        assert!(said.contains(&format!("{record}: {claim}")), "{plant}: {said}");
    }
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_close_on_a_gift_card_is_told() {
    use crate::payments::credit::ask::{add, issue};
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let (_, code) = issue(&shop, "40.00").await;
    let cart = guest.cart_ready(&[("TEA", 1)], "CASH_ON_DELIVERY").await;
    add(&guest, &cart, &code).await;
    guest.checkout(&cart).await;
    shop.verify().await;
    let lot = "what is left of what came onto a balance is what its entries leave, and what expired is their expiry";
    let paid = "what is paid with gift cards and store credit was taken of them, and what came back did not exceed it";
    for (plant, mend, claims) in [
        (
            "UPDATE credit_lot SET left_minor = left_minor + 1",
            "UPDATE credit_lot SET left_minor = left_minor - 1",
            vec![("creditlot_", lot)],
        ),
        (
            "UPDATE credit_lot SET expired_minor = 1",
            "UPDATE credit_lot SET expired_minor = 0",
            vec![("creditlot_", lot)],
        ),
        (
            "UPDATE payment SET method = 'CARD' WHERE method = 'GIFT_CARD'",
            "UPDATE payment SET method = 'GIFT_CARD' WHERE method = 'CARD'",
            vec![("payment_", paid)],
        ),
    ] {
        let said = said_of(&shop, plant, mend).await;
        for (record, claim) in claims {
            let is_it = |line: &str| line.ends_with(&format!(": {claim}")) && line.trim().starts_with(record);
            assert!(said.lines().any(is_it), "{plant}: {said}");
        }
    }
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_companies_is_found() {
    let shop = Shop::open().await;
    let wadi = companies::company(&shop, "wadi").await;
    let north = companies::unit(&shop, &wadi, "north", None).await;
    let below = companies::unit(&shop, &wadi, "below", Some(&north)).await;
    companies::join(&shop, &wadi, Some(&below), &["layla"]).await;
    let limits = json!({ "limits": { "ordersMaxPerOrganisation": 3 } });
    let rule = json!({ "effect": { "order": { "tiers": [{ "off": { "percent": "10" } }] } } });
    let promotion = crate::pricing::promotions::ask::promote(&shop, "eid", rule, limits).await;
    companies::buying_for(shop.customer("layla"), &wadi).order(&[("TEA", 1)]).await;
    shop.verify().await;
    for (plant, mend, claim, record) in [
        (
            "UPDATE promotion_organisation SET orders = orders + 1",
            "UPDATE promotion_organisation SET orders = orders - 1",
            "a promotion was used for a company as often as it counts",
            &promotion,
        ),
        (
            "UPDATE organisation_unit SET parent_id = (SELECT b.id FROM organisation_unit b WHERE b.code = 'below') \
             WHERE code = 'north'",
            "UPDATE organisation_unit SET parent_id = NULL WHERE code = 'north'",
            "a unit is below its company, with seven units between at most",
            &north,
        ),
    ] {
        let said = said_of(&shop, plant, mend).await;
        let is_it = |line: &str| line.ends_with(&format!(": {claim}")) && line.trim().starts_with(record.as_str());
        assert!(said.lines().any(is_it), "{claim}: {said}");
        shop.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gap_in_the_feed_of_events_is_found() {
    let shop = Shop::open().await;
    shop.order(&[("TEA", 1)]).await;
    shop.work().await;
    shop.verify().await;
    for (plant, mend) in [
        ("UPDATE outbox SET position = 900 WHERE position = 1", "UPDATE outbox SET position = 1 WHERE position = 900"),
        ("UPDATE event_head SET last = last - 1", "UPDATE event_head SET last = last + 1"),
    ] {
        let said = said_of(&shop, plant, mend).await;
        let claim = ": the feed of events has no gaps, and those of one record stand in their order";
        let found = said.lines().find(|line| line.ends_with(claim));
        assert!(found.is_some_and(|line| line.trim().starts_with("event_")), "{plant}: {said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_that_was_added_to_an_order_is_found() {
    let shop = Shop::open().await;
    let order = shop.order(&[("TEA", 1)]).await;
    let is_sqlite = shop.database_url().starts_with("sqlite:");
    let add = if is_sqlite {
        "INSERT INTO order_line (tenant_id, id, order_id, position, variant_id, sku, quantity, unit_minor, subtotal_minor,
         discount_minor, total_minor, tax_rate_bps, tax_minor) SELECT tenant_id, randomblob(16), order_id, 9, variant_id, sku,
         quantity, unit_minor, subtotal_minor, discount_minor, total_minor, tax_rate_bps, tax_minor FROM order_line"
    } else {
        "INSERT INTO order_line (tenant_id, id, order_id, position, variant_id, sku, quantity, unit_minor, subtotal_minor,
         discount_minor, total_minor, tax_rate_bps, tax_minor) SELECT tenant_id, gen_random_uuid(), order_id, 9, variant_id,
         sku, quantity, unit_minor, subtotal_minor, discount_minor, total_minor, tax_rate_bps, tax_minor FROM order_line"
    };
    assert_eq!(shop.db_execute(add).await, 1);
    let said = shop.try_verify().await.expect_err("a line too many");
    for claim in [
        "an order's lines add up to its subtotal and its discount",
        "an order's tax is that of its lines, its delivery and its fee",
    ] {
        assert!(said.contains(&format!("{}: {claim}", order.id)), "{said}");
    }
    let unlock = if is_sqlite {
        "DROP TRIGGER order_line_refuses_DELETE"
    } else {
        "DROP TRIGGER order_line_is_append_only ON order_line"
    };
    shop.db_execute(unlock).await;
    shop.db_execute("DELETE FROM order_line WHERE position = 9").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn promises_beyond_the_shelf_that_do_not_add_up_are_found() {
    let shop = Shop::open().await;
    sell(&shop, "INCENSE", "BACKORDER", 9, None).await;
    shop.order(&[("INCENSE", 1)]).await;
    let staff = shop.staff("STOCK_MANAGE");
    let arriving = announced(&shop, 1, "2026-04-01").await;
    supply(&staff, "inboundSupplyReceive", json!({ "supply": arriving, "quantity": 1 })).await;
    let order = shop.order(&[("INCENSE", 2)]).await.id;
    let incense = shop.variant("INCENSE").await;
    shop.verify().await;
    for (record, claim, plant, mend) in [
        (
            &incense,
            "units that are counted as waited for are what open back-orders wait for",
            "UPDATE variant_selling SET promised = promised + 1",
            "UPDATE variant_selling SET promised = promised - 1",
        ),
        (
            &order,
            "every line of an order has reservations for all of its units, or waits for them",
            "UPDATE backorder SET quantity = quantity + 1 WHERE state = 'OPEN'",
            "UPDATE backorder SET quantity = quantity - 1 WHERE state = 'OPEN'",
        ),
        (
            &order,
            "no back-order was promised beyond the limit of its time, and it is open until all of it came",
            "UPDATE backorder SET n_promised = 1 WHERE state = 'OPEN'",
            "UPDATE backorder SET n_promised = 2 WHERE state = 'OPEN'",
        ),
        (
            &order,
            "nobody waits for what is free at a place they are sold from",
            "UPDATE stock_level SET on_hand = on_hand + 1 WHERE variant_id IN (SELECT variant_id FROM backorder)",
            "UPDATE stock_level SET on_hand = on_hand - 1 WHERE variant_id IN (SELECT variant_id FROM backorder)",
        ),
        (
            &order,
            "an order that waits is one that goes on, and for its payment if that is open",
            "UPDATE backorder SET expires_at = 1 WHERE state = 'OPEN'",
            "UPDATE backorder SET expires_at = NULL WHERE state = 'OPEN'",
        ),
        (
            &arriving,
            "what came of a supply is what was received of it",
            "UPDATE inbound_supply SET received = 2",
            "UPDATE inbound_supply SET received = 1",
        ),
    ] {
        shop.db_execute(plant).await;
        let said = shop.try_verify().await.expect_err(plant);
        assert!(said.contains(&format!("{record}: {claim}")), "{plant}: {said}");
        shop.db_execute(mend).await;
        shop.verify().await;
    }
    for sql in [
        "UPDATE variant_selling SET promised = -1",
        "UPDATE backorder SET served = quantity + 1",
        "UPDATE backorder SET bound = n_promised - 1",
    ] {
        let refused = db_try_execute(&shop, sql).await.expect_err(sql).to_lowercase();
        assert!(refused.contains("check constraint"), "{sql}: {refused}");
    }
}

/// Leaves a row of each fact that only staff make.
async fn hold_release_and_note(shop: &Shop, order: &str) {
    let staff = shop.staff_all();
    let tea = line_of(shop, order, "TEA").await;
    let one = json!({ "lines": [{ "line": tea, "quantity": 1 }] });
    done(&staff, "orderLinesCancel", order, one).await;
    let held = "mutation ($id: ID!, $key: String!) {
        orderHold(input: { order: $id, kind: FRAUD, idempotencyKey: $key }) { order { holds { id } } } }";
    let held = staff.run(held, json!({ "id": order, "key": staff.key() })).await;
    let rest = r#"mutation ($id: ID!, $hold: ID!, $key: String!) {
        orderHoldRelease(input: { hold: $hold, idempotencyKey: $key }) { order { id } }
        orderNoteAdd(input: { order: $id, text: "a note" }) { order { id } } }"#;
    let hold = &held["orderHold"]["order"]["holds"][0]["id"];
    staff.run(rest, json!({ "id": order, "hold": hold, "key": staff.key() })).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn facts_are_neither_changed_nor_removed_even_by_the_owner() {
    let shop = Shop::open().await;
    crate::payments::credit::ask::issue(&shop, "5.00").await;
    let order = shop.order(&[("TEA", 2)]).await;
    hold_release_and_note(&shop, &order.id).await;
    shop.make(&["orderConfirm", "orderAllocate", "orderShip", "orderDeliver"], &order.id).await;
    returning(&shop, "INSPECTED", 1).await;
    let paid = shop.cart_ready(&[("TEA", 1)], "CARD").await;
    let paid = shop.anonymous().checkout_by_card(&paid, "tok_approved").await;
    edited(&shop, &paid.id, json!("CASH_ON_DELIVERY")).await;
    returning(&shop, "EXCHANGED", 1).await;
    done(&shop.staff_all(), "orderShippingAddressSet", &paid.id, json!({ "address": alula() })).await;
    shop.work().await;
    for (change, removal) in [
        ("UPDATE \"order\" SET email = 'x'", "DELETE FROM \"order\""),
        ("UPDATE order_line SET sku = 'x'", "DELETE FROM order_line"),
        ("UPDATE order_transition SET actor = 'x'", "DELETE FROM order_transition"),
        ("UPDATE shipment SET tracking = 'x'", "DELETE FROM shipment"),
        ("UPDATE shipment_line SET quantity = 9", "DELETE FROM shipment_line"),
        ("UPDATE shipment_step SET at = 0", "DELETE FROM shipment_step"),
        ("UPDATE order_hold SET at = 0", "DELETE FROM order_hold"),
        ("UPDATE order_hold_release SET at = 0", "DELETE FROM order_hold_release"),
        ("UPDATE order_cancellation SET at = 0", "DELETE FROM order_cancellation"),
        ("UPDATE order_cancellation_line SET quantity = 9", "DELETE FROM order_cancellation_line"),
        ("UPDATE order_edit SET at = 0", "DELETE FROM order_edit"),
        ("UPDATE order_address SET at = 0", "DELETE FROM order_address"),
        ("UPDATE order_exchange SET edit_id = order_id", "DELETE FROM order_exchange"),
        ("UPDATE order_edit_line SET edit_id = order_id", "DELETE FROM order_edit_line"),
        ("UPDATE payment_supplement SET reference_id = payment_id", "DELETE FROM payment_supplement"),
        ("UPDATE order_return SET at = 0", "DELETE FROM order_return"),
        ("UPDATE order_return_line SET quantity = 9", "DELETE FROM order_return_line"),
        ("UPDATE order_return_step SET at = 0", "DELETE FROM order_return_step"),
        ("UPDATE order_return_receipt SET quantity = 9", "DELETE FROM order_return_receipt"),
        ("UPDATE order_return_outcome SET quantity = 9", "DELETE FROM order_return_outcome"),
        ("UPDATE order_note SET text = 'x'", "DELETE FROM order_note"),
        ("UPDATE movement SET at = 0", "DELETE FROM movement"),
        ("UPDATE payment_entry SET at = 0", "DELETE FROM payment_entry"),
        ("UPDATE credit_entry SET at = 0", "DELETE FROM credit_entry"),
        ("UPDATE audit SET actor = 'x'", "DELETE FROM audit"),
        ("UPDATE audit_seal SET hash = 'x'", "DELETE FROM audit_seal"),
    ] {
        for sql in [change, removal] {
            let refused = db_try_execute(&shop, sql).await.expect_err(sql);
            assert!(refused.contains("is append-only"), "{sql}: {refused}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_is_refused_by_the_database_itself() {
    let shop = Shop::open().await;
    shop.order(&[("TEA", 1)]).await;
    shop.cart_ready(&[("TEA", 1)], "CARD").await;
    crate::payments::credit::ask::issue(&shop, "5.00").await;
    for sql in [
        "UPDATE stock_level SET reserved = on_hand + 1",
        "UPDATE stock_level SET on_hand = -1",
        "UPDATE stock_level SET reserved = -1",
        "UPDATE reservation SET quantity = 0",
        "UPDATE cart_line SET quantity = 0",
        "UPDATE payment SET captured_minor = amount_minor",
        "UPDATE payment SET refunded_minor = 1",
        "UPDATE payment SET authorised_minor = amount_minor + 1",
        "UPDATE list_price SET amount_minor = -1",
        "UPDATE credit_lot SET left_minor = -1",
        "UPDATE credit_lot SET left_minor = amount_minor + 1",
    ] {
        let refused = db_try_execute(&shop, sql).await.expect_err(sql).to_lowercase();
        assert!(refused.contains("check constraint"), "{sql}: {refused}");
    }
    for sql in [
        "UPDATE variant SET product_id = (SELECT p.id FROM product p WHERE p.tenant_id <> variant.tenant_id LIMIT 1)",
        "UPDATE cart SET channel_id = (SELECT c.id FROM channel c WHERE c.tenant_id <> cart.tenant_id LIMIT 1)",
        "UPDATE reservation SET variant_id = (SELECT v.id FROM variant v WHERE v.tenant_id <> reservation.tenant_id LIMIT 1)",
    ] {
        let refused = db_try_execute(&shop, sql).await.expect_err(sql).to_lowercase();
        assert!(refused.contains("foreign key"), "of another tenant: {sql}: {refused}");
    }
}
