//! What `@emits` says of a mutation is what it emits: all of it, and nothing else.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use serde_json::{Value, json};
use tests::{
    client::{Client, PASSWORD},
    shop::Shop,
    world::alula,
};

use super::{contract::fields, receiver::NOWHERE};
use crate::{
    cart::draft::ready,
    catalog::external_skus::name,
    identity::groups::customer,
    inventory::{
        ask::{line, place},
        quarantine::db_quarantine,
    },
    orders::{
        ask::{line_of, one_of, several, shipment_of, text, transfer},
        import::old,
        returns::{returning, told, wanted},
    },
    organisations::ask::{named, new},
    payments::{
        card::RETURN_URL,
        wiretap::{Fate, Wiretap},
    },
};

/// Sends mutations under request ids that name them.
struct Recorder {
    sent: RefCell<usize>,
}

impl Recorder {
    /// Sends a mutation, and gives its payload.
    async fn send(&self, client: &Client, name: &str, input: Value, select: &str) -> Value {
        let kind = format!("{}{}Input", name[..1].to_uppercase(), &name[1..]);
        let query = format!(
            "mutation ($input: {kind}!) {{ {name}(input: $input) {{ {select} userErrors {{ code field }} }} }}"
        );
        let n = self.sent.replace_with(|n| *n + 1);
        let client = client.clone().with_header("x-request-id", &format!("{name}-{n}"));
        client.run(&query, json!({ "input": input })).await[name].take()
    }

    /// The same, which must be done.
    async fn done(&self, client: &Client, name: &str, input: Value, select: &str) -> Value {
        let payload = self.send(client, name, input, select).await;
        assert_eq!(payload["userErrors"], json!([]), "{name}");
        payload
    }

    /// Moves an order by mutations.
    async fn moves(&self, staff: &Client, order: &str, names: &[&str]) {
        for name in names {
            let mut input = json!({ "order": order, "idempotencyKey": staff.key() });
            if *name == "orderShip" {
                input["carrier"] = json!("SMSA");
                input["tracking"] = json!("29");
            }
            self.done(staff, name, input, "").await;
        }
    }

    /// Gives some money of an order back; all that is left if `amount` is null.
    async fn refund(&self, staff: &Client, order: &str, amount: Value) {
        let input = json!({ "order": order, "amount": amount, "idempotencyKey": staff.key() });
        self.done(staff, "orderRefund", input, "").await;
    }

    /// Buys a coffee as a guest; by a card if there is one. Says the order's id and its token.
    async fn buy(&self, guest: &Client, method: &str, card: Option<&str>) -> (String, String) {
        let cart = guest.cart_ready(&[("COFFEE-250-LIGHT", 1)], method).await;
        let card = card.map(|token| json!({ "token": token, "returnUrl": RETURN_URL }));
        let input = json!({ "cart": cart, "card": card, "idempotencyKey": guest.key() });
        let placed = self.done(guest, "checkoutComplete", input, "order { id } orderToken").await;
        (text(&placed["order"]["id"]), text(&placed["orderToken"]))
    }

    async fn pay(&self, guest: &Client, order: &(String, String), token: &str) {
        let card = json!({ "token": token, "returnUrl": RETURN_URL });
        let input = json!({ "order": order.0, "orderToken": order.1, "card": card, "idempotencyKey": guest.key() });
        self.done(guest, "orderPay", input, "").await;
    }
}

/// Sessions that begin, go on, end and are stolen.
async fn sign_in_and_out(shop: &Shop, sent: &Recorder) {
    let nobody = shop.anonymous();
    let new = json!({ "email": "noura@customer.example", "name": "نورة", "password": PASSWORD });
    sent.done(&nobody, "customerRegister", new, "").await;
    let credentials = json!({ "email": "layla@customer.example", "password": PASSWORD });
    let refresh = |token: &Value| json!({ "refreshToken": token });
    for stolen_at in ["tokenRefresh", "signOut"] {
        let first = sent.done(&nobody, "signIn", credentials.clone(), "refreshToken").await["refreshToken"].take();
        sent.done(&nobody, "tokenRefresh", refresh(&first), "").await;
        sent.send(&nobody, stolen_at, refresh(&first), "").await;
    }
    let last = sent.done(&nobody, "signIn", credentials, "refreshToken").await["refreshToken"].take();
    sent.done(&nobody, "signOut", refresh(&last), "").await;
}

/// Orders by cash and by transfer.
async fn without_cards(shop: &Shop, sent: &Recorder) {
    let (guest, staff) = (shop.anonymous(), shop.staff_all());
    let (cash, _) = sent.buy(&guest, "CASH_ON_DELIVERY", None).await;
    sent.moves(&staff, &cash, &["orderConfirm", "orderAllocate", "orderShip", "orderDeliver"]).await;
    sent.refund(&staff, &cash, json!("1.00")).await;
    sent.refund(&staff, &cash, Value::Null).await;
    let parts = several(shop, "ALLOCATED").await.id;
    let mut part = one_of(shop, &parts).await;
    let more = json!({ "order": parts, "carrier": "SMSA", "tracking": "29", "idempotencyKey": staff.key() });
    part.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    sent.done(&staff, "orderShip", part, "").await;
    let (cancelled, _) = sent.buy(&guest, "CASH_ON_DELIVERY", None).await;
    sent.moves(&staff, &cancelled, &["orderCancel"]).await;
    let (transfer, _) = sent.buy(&guest, "BANK_TRANSFER", None).await;
    sent.moves(&staff, &transfer, &["orderMarkAsPaid", "orderCancel"]).await;
}

/// What is written on an order, and what keeps it from going on.
async fn written_on(shop: &Shop, sent: &Recorder) {
    let (guest, staff) = (shop.anonymous(), shop.staff_all());
    let (order, _) = sent.buy(&guest, "CASH_ON_DELIVERY", None).await;
    sent.done(&staff, "orderNoteAdd", json!({ "order": order, "text": "a" }), "").await;
    for name in ["orderTagsAdd", "orderTagsRemove"] {
        sent.done(&staff, name, json!({ "order": order, "tags": ["vip"] }), "").await;
    }
    let input = json!({ "order": order, "kind": "FRAUD", "idempotencyKey": staff.key() });
    let held = sent.done(&staff, "orderHold", input, "order { holds { id } }").await;
    let input = json!({ "hold": held["order"]["holds"][0]["id"], "idempotencyKey": staff.key() });
    sent.done(&staff, "orderHoldRelease", input, "").await;
}

/// Places that refuse what they were to give.
async fn sourced_anew(shop: &Shop, sent: &Recorder) {
    let (guest, staff) = (shop.anonymous(), shop.staff_all());
    let buy = async |sku: &str| {
        let cart = guest.cart_ready(&[(sku, 1)], "CASH_ON_DELIVERY").await;
        let input = json!({ "cart": cart, "idempotencyKey": guest.key() });
        text(&sent.done(&guest, "checkoutComplete", input, "order { id } orderToken").await["order"]["id"])
    };
    let refuse = async |order: &str, location: &str| {
        let input = json!({ "order": order, "location": location, "holdIfShort": true, "idempotencyKey": staff.key() });
        sent.done(&staff, "orderReSource", input, "").await;
    };
    // Of the brass coffee pot there is one.
    let pot = buy("DALLAH").await;
    refuse(&pot, "riyadh").await;
    for (place, low_at) in [("dammam", 0), ("jeddah", 0)] {
        let line = line(shop, "DATES", place, json!({ "lowStockThreshold": low_at })).await;
        let input = json!({ "lines": [line], "idempotencyKey": staff.key() });
        sent.done(&staff, "stockThresholdsSet", input, "").await;
    }
    let dates = buy("DATES").await;
    refuse(&dates, "riyadh").await;
    sent.moves(&staff, &dates, &["orderCancel"]).await;
    sent.moves(&staff, &pot, &["orderCancel"]).await;
    // Two cups, which are all of Riyadh's.
    let cart = guest.cart_ready(&[("CUP", 2)], "CASH_ON_DELIVERY").await;
    let input = json!({ "cart": cart, "idempotencyKey": guest.key() });
    let cups = text(&sent.done(&guest, "checkoutComplete", input, "order { id } orderToken").await["order"]["id"]);
    refuse(&cups, "riyadh").await;
    sent.moves(&staff, &cups, &["orderCancel"]).await;
    // In Kuwait somebody waits for a tea that Riyadh keeps for an order.
    let keep = async |safety: u32| {
        let line = line(shop, "TEA", "riyadh", json!({ "safetyStock": safety })).await;
        let input = json!({ "lines": [line], "idempotencyKey": staff.key() });
        sent.done(&staff, "stockThresholdsSet", input, "").await;
    };
    let sell = async |policy: &str, limit: u32| {
        let line = json!({ "variant": shop.variant("TEA").await, "policy": policy, "limit": limit });
        sent.done(&staff, "variantSellingSet", json!({ "lines": [line], "idempotencyKey": staff.key() }), "").await;
    };
    keep(8).await;
    sell("BACKORDER", 5).await;
    let there = guest.clone().in_channel("web-kw");
    let mut placed = Vec::new();
    for (client, n) in [(&guest, 2), (&there, 1)] {
        let cart = client.cart_ready(&[("TEA", n)], "CASH_ON_DELIVERY").await;
        let input = json!({ "cart": cart, "idempotencyKey": client.key() });
        let order = sent.done(client, "checkoutComplete", input, "order { id } orderToken").await;
        placed.push(text(&order["order"]["id"]));
    }
    refuse(&placed[0], "riyadh").await;
    for order in &placed {
        sent.moves(&staff, order, &["orderCancel"]).await;
    }
    sell("DENY", 0).await;
    keep(0).await;
}

/// A price list, its prices, and who buys by it.
async fn priced(shop: &Shop, sent: &Recorder) {
    let (staff, tea) = (shop.staff_all(), shop.variant("TEA").await);
    let select = "priceList { id assignments { id } }";
    let made = json!({ "code": "sale", "nameEn": "Sale", "currencyCode": "SAR" });
    let sale = sent.done(&staff, "priceListCreate", made, select).await["priceList"]["id"].take();
    sent.done(&staff, "priceListUpdate", json!({ "priceList": sale, "nameEn": "Summer sale" }), "").await;
    sent.done(&staff, "priceListRuleSet", json!({ "priceList": sale }), "").await;
    let price = json!({ "priceList": sale, "lines": [{ "variant": tea, "price": "9.00" }] });
    sent.done(&staff, "priceListPricesSet", price, "").await;
    sent.done(&staff, "priceListPricesAdjust", json!({ "priceList": sale, "percent": "5" }), "").await;
    sent.done(&staff, "variantMeasuresSet", json!({ "lines": [{ "variant": { "id": tea } }] }), "").await;
    let cost = json!({ "variant": { "id": tea }, "cost": "5.00" });
    sent.done(&staff, "variantCostsSet", json!({ "currencyCode": "SAR", "lines": [cost] }), "").await;
    let gone = json!({ "priceList": sale, "lines": [{ "variant": tea }] });
    sent.done(&staff, "priceListPricesRemove", gone, "").await;
    let rules = json!({ "priceList": sale, "lines": [{ "variant": { "id": tea } }] });
    sent.done(&staff, "priceListQuantityRulesSet", rules.clone(), "").await;
    sent.done(&staff, "priceListQuantityRulesRemove", rules, "").await;
    let assign = json!({ "priceList": sale, "channel": "web-sa" });
    let mut list = sent.done(&staff, "priceListAssign", assign, select).await;
    let assignment = list["priceList"]["assignments"][0]["id"].take();
    sent.done(&staff, "priceListUnassign", json!({ "assignment": assignment }), "").await;
}

/// A promotion and its coupons.
async fn promoted(shop: &Shop, sent: &Recorder) {
    let staff = shop.staff_all();
    let rule = json!({ "needsCoupon": true, "effect": { "order": { "tiers": [{ "off": { "percent": "5" } }] } } });
    let made = json!({ "code": "eid", "nameEn": "Eid", "rule": rule });
    let eid = sent.done(&staff, "promotionCreate", made, "promotion { id }").await["promotion"]["id"].take();
    sent.done(&staff, "promotionUpdate", json!({ "promotion": eid, "nameEn": "Eid sale" }), "").await;
    sent.done(&staff, "channelDiscountCapSet", json!({ "channel": "web-kw", "percent": "30" }), "").await;
    let issue = json!({ "promotion": eid, "coupon": { "code": "EID" } });
    let coupon = sent.done(&staff, "couponIssue", issue, "coupon { id }").await["coupon"]["id"].take();
    sent.done(&staff, "couponRevoke", json!({ "coupon": coupon }), "").await;
}

/// Taxes as staff say them.
async fn taxed(shop: &Shop, sent: &Recorder) {
    let (staff, layla) = (shop.staff_all(), customer(shop, "layla").await);
    let made = json!({ "code": "medicines", "nameEn": "Medicines" });
    let class = sent.done(&staff, "taxClassCreate", made, "taxClass { id }").await["taxClass"]["id"].take();
    sent.done(&staff, "taxClassUpdate", json!({ "taxClass": class, "nameEn": "Medicine" }), "").await;
    let tea = crate::pricing::taxes::ask::product(&shop.anonymous(), "TEA").await;
    sent.done(&staff, "taxClassAssign", json!({ "taxClass": class, "products": [tea] }), "").await;
    sent.done(&staff, "taxRateSet", json!({ "taxClass": class, "country": "SA" }), "").await;
    let scheduled = crate::pricing::taxes::ask::scheduled(shop).await;
    sent.done(&staff, "taxRateRemove", json!({ "taxRate": scheduled }), "").await;
    let charge = json!({ "category": "REVERSE_CHARGE" });
    let granted = json!({ "who": { "customer": layla }, "taxation": charge });
    let select = "taxExemption { id }";
    let exemption = sent.done(&staff, "taxExemptionGrant", granted, select).await["taxExemption"]["id"].take();
    sent.done(&staff, "taxExemptionEnd", json!({ "taxExemption": exemption }), "").await;
    let engine = json!({ "channel": "web-sa", "url": null });
    sent.done(&staff, "channelTaxEngineSet", engine, "").await;
    sent.done(&staff, "channelTaxesSet", json!({ "channel": "web-sa", "pricesIncludeTax": true }), "").await;
}

/// Gift cards and store credit as staff manage them.
async fn owed(shop: &Shop, sent: &Recorder) {
    let (staff, layla) = (shop.staff_all(), customer(shop, "layla").await);
    let issue = json!({ "amount": "9", "currency": "SAR", "idempotencyKey": staff.key() });
    let issued = sent.done(&staff, "giftCardsIssue", issue, "giftCards { giftCard { id } }").await;
    let card = &issued["giftCards"][0]["giftCard"]["id"];
    for name in ["giftCardTopUp", "giftCardWithdraw"] {
        let input = json!({ "giftCard": card, "amount": "1", "idempotencyKey": staff.key() });
        sent.done(&staff, name, input, "").await;
    }
    for name in ["giftCardBlock", "giftCardUnblock"] {
        sent.done(&staff, name, json!({ "giftCard": card }), "").await;
    }
    for name in ["storeCreditGrant", "storeCreditWithdraw"] {
        let key = staff.key();
        let input = json!({ "customer": layla, "amount": "1", "currency": "SAR", "idempotencyKey": key });
        sent.done(&staff, name, input, "").await;
    }
}

/// Orders of two coffees that a gift card and store credit pay for, and what comes back to both.
async fn paid_with_credit(shop: &Shop, sent: &Recorder) {
    use crate::payments::credit::ask::{add, grant, issue};
    let (staff, layla) = (shop.staff_all(), shop.customer("layla"));
    grant(shop, "layla", "2000.00").await;
    let buy = async || {
        let (_, code) = issue(shop, "5.00").await;
        let cart = layla.cart_ready(&[("COFFEE-250-LIGHT", 2)], "CASH_ON_DELIVERY").await;
        add(&layla, &cart, &code).await;
        layla.steps(&cart, json!([{ "storeCreditSet": { "use": true } }])).await;
        let input = json!({ "cart": cart, "idempotencyKey": layla.key() });
        text(&sent.done(&layla, "checkoutComplete", input, "order { id }").await["order"]["id"])
    };
    let of = |order: &str, more: Value| {
        let mut input = more;
        input["order"] = json!(order);
        input["idempotencyKey"] = json!(staff.key());
        input
    };
    sent.moves(&staff, &buy().await, &["orderCancel"]).await;
    let less = buy().await;
    let one = json!({ "line": line_of(shop, &less, "COFFEE-250-LIGHT").await, "quantity": 1 });
    sent.done(&staff, "orderLinesCancel", of(&less, json!({ "lines": [one] })), "").await;
    let edited = buy().await;
    let one = json!({ "line": line_of(shop, &edited, "COFFEE-250-LIGHT").await, "quantity": 1 });
    sent.done(&staff, "orderEdit", of(&edited, json!({ "steps": [{ "setQuantity": one }] })), "").await;
    let refused = buy().await;
    sent.moves(&staff, &refused, &["orderConfirm", "orderAllocate", "orderShip"]).await;
    let shipment = json!({ "shipment": shipment_of(shop, &refused).await, "idempotencyKey": staff.key() });
    sent.done(&staff, "shipmentRefuse", shipment, "").await;

    // What a card was to pay falls away: the rest is paid.
    let (_, code) = issue(shop, "5.00").await;
    let cart = layla.cart_ready(&[("COFFEE-250-LIGHT", 2)], "CARD").await;
    add(&layla, &cart, &code).await;
    layla.steps(&cart, json!([{ "storeCreditSet": { "use": true, "maxAmount": "60.00" } }])).await;
    let waiting = layla.checkout_by_card(&cart, "tok_insufficient_funds").await.id;
    let one = json!({ "line": line_of(shop, &waiting, "COFFEE-250-LIGHT").await, "quantity": 1 });
    sent.done(&staff, "orderLinesCancel", of(&waiting, json!({ "lines": [one] })), "").await;

    for name in ["draftOrderComplete", "draftOrderAccept"] {
        let (_, code) = issue(shop, "5.00").await;
        let whom = json!({ "customer": customer(shop, "layla").await });
        let draft = crate::cart::draft::ready_for(shop, whom, &[("COFFEE-250-LIGHT", 1)], "CASH_ON_DELIVERY");
        let draft = draft.await["id"].take();
        let with = |more: Value| {
            let mut input = more;
            input["draft"] = draft.clone();
            input["idempotencyKey"] = json!(staff.key());
            input
        };
        let steps = json!([{ "giftCardAdd": { "code": code } }, { "storeCreditSet": { "use": true } }]);
        sent.done(&staff, "draftOrderUpdate", with(json!({ "steps": steps })), "").await;
        if name == "draftOrderComplete" {
            sent.done(&staff, name, with(json!({})), "").await;
        } else {
            let token = sent.done(&staff, "draftOrderSend", with(json!({})), "token").await["token"].take();
            sent.done(&layla, name, json!({ "token": token, "idempotencyKey": layla.key() }), "").await;
        }
    }

    let delivered = ["orderConfirm", "orderAllocate", "orderShip", "orderDeliver"];
    for to_store_credit in [false, true] {
        let order = buy().await;
        shop.make(&delivered, &order).await;
        sent.done(&staff, "orderRefund", of(&order, json!({ "toStoreCredit": to_store_credit })), "").await;
    }
    let back = buy().await;
    shop.make(&delivered, &back).await;
    let refund = json!({ "orderReturn": inspected(shop, &back).await, "idempotencyKey": staff.key() });
    sent.done(&staff, "returnRefund", refund, "").await;
    let exchanged = buy().await;
    shop.make(&delivered, &exchanged).await;
    let id = inspected(shop, &exchanged).await;
    let lines = json!([{ "variant": shop.variant("COFFEE-250-LIGHT").await, "quantity": 1 }]);
    let input = json!({ "orderReturn": id, "lines": lines, "idempotencyKey": staff.key() });
    sent.done(&staff, "returnExchange", input, "").await;
}

/// A group of customers from its beginning to its end.
async fn grouped(shop: &Shop, sent: &Recorder) {
    let (staff, layla) = (shop.staff_all(), customer(shop, "layla").await);
    let made = json!({ "code": "loyal", "nameEn": "Loyal" });
    let group = sent.done(&staff, "customerGroupCreate", made, "group { id }").await["group"]["id"].take();
    sent.done(&staff, "customerGroupUpdate", json!({ "group": group, "nameEn": "Most loyal" }), "").await;
    for name in ["customerGroupMembersAdd", "customerGroupMembersRemove"] {
        sent.done(&staff, name, json!({ "group": group, "customers": [layla] }), "").await;
    }
    sent.done(&staff, "customerGroupDelete", json!({ "group": group }), "").await;
}

/// A company, a unit of it, and who buys for it.
async fn companies(shop: &Shop, sent: &Recorder) {
    let staff = shop.staff_all();
    let made = sent.done(&staff, "organisationCreate", new("wadi"), "organisation { id }").await;
    let wadi = &made["organisation"]["id"];
    sent.done(&staff, "organisationUpdate", json!({ "organisation": wadi, "nameEn": "Wadi" }), "").await;
    let unit = json!({ "organisation": wadi, "code": "north", "nameEn": "North" });
    let north = sent.done(&staff, "organisationUnitCreate", unit, "unit { id }").await["unit"]["id"].take();
    sent.done(&staff, "organisationUnitUpdate", json!({ "unit": north, "nameEn": "The north" }), "").await;
    for name in ["organisationMembersAdd", "organisationMembersRemove"] {
        let input = json!({ "organisation": wadi, "customers": [named("layla")] });
        sent.done(&staff, name, input, "").await;
    }
    sent.done(&staff, "organisationUnitDelete", json!({ "unit": north }), "").await;
}

/// What becomes of shipments.
async fn on_the_way(shop: &Shop, sent: &Recorder) {
    let (guest, staff) = (shop.anonymous(), shop.staff_all());
    let key = |shipment: &str| json!({ "shipment": shipment, "idempotencyKey": staff.key() });
    let (order, _) = sent.buy(&guest, "CASH_ON_DELIVERY", None).await;
    sent.moves(&staff, &order, &["orderConfirm", "orderAllocate", "orderShip"]).await;
    let shipment = shipment_of(shop, &order).await;
    let mut failed = key(&shipment);
    failed["reason"] = json!("OTHER");
    sent.done(&staff, "shipmentDeliveryFail", failed, "").await;
    sent.done(&staff, "shipmentDeliver", key(&shipment), "").await;

    let (refused, _) = sent.buy(&guest, "CASH_ON_DELIVERY", None).await;
    sent.moves(&staff, &refused, &["orderConfirm", "orderAllocate", "orderShip"]).await;
    let shipment = shipment_of(shop, &refused).await;
    sent.done(&staff, "shipmentRefuse", key(&shipment), "").await;
    let mut back = key(&shipment);
    back["goods"] = json!("RESTOCK");
    sent.done(&staff, "shipmentReturnReceive", back, "").await;

    for method in ["BANK_TRANSFER", "CARD"] {
        let card = (method == "CARD").then_some("tok_approved");
        let (paid, _) = sent.buy(&guest, method, card).await;
        let moves = ["orderMarkAsPaid", "orderConfirm", "orderAllocate", "orderShip"];
        sent.moves(&staff, &paid, &moves[usize::from(card.is_some())..]).await;
        shop.work().await;
        sent.done(&staff, "shipmentRefuse", key(&shipment_of(shop, &paid).await), "").await;
    }

    // What the customer took before is delivered with the refusal of the rest.
    let partly = several(shop, "PARTLY_SHIPPED").await.id;
    sent.done(&staff, "shipmentDeliver", key(&shipment_of(shop, &partly).await), "").await;
    shop.later(Duration::from_secs(1));
    sent.moves(&staff, &partly, &["orderShip"]).await;
    let query = "query ($id: ID!) { order(by: { id: $id }) { shipments { id } } }";
    let shipments = staff.run(query, json!({ "id": partly })).await["order"]["shipments"].take();
    sent.done(&staff, "shipmentRefuse", key(&text(&shipments[1]["id"])), "").await;
}

/// Units that are cancelled before they leave.
async fn cancelled_in_part(shop: &Shop, sent: &Recorder) {
    let (guest, staff) = (shop.anonymous(), shop.staff_all());
    let cancel = async |order: &str, quantity: u32| {
        let line = line_of(shop, order, "COFFEE-250-LIGHT").await;
        let lines = json!([{ "line": line, "quantity": quantity }]);
        let input = json!({ "order": order, "lines": lines, "idempotencyKey": staff.key() });
        sent.done(&staff, "orderLinesCancel", input, "").await;
    };
    let elsewhere = guest.order(&[("TEA", 1)]).await.id;
    let input = json!({ "order": elsewhere, "address": alula(), "idempotencyKey": staff.key() });
    sent.done(&staff, "orderShippingAddressSet", input, "").await;
    shop.make(&["orderCancel"], &elsewhere).await;
    for name in ["shipmentDeliver", "shipmentRefuse"] {
        let order = several(shop, "PARTLY_SHIPPED").await.id;
        let input = json!({ "shipment": shipment_of(shop, &order).await, "idempotencyKey": staff.key() });
        sent.done(&staff, name, input, "").await;
        cancel(&order, 2).await;
    }
    let paid = transfer(shop, &[("COFFEE-250-LIGHT", 2)]).await.id;
    sent.moves(&staff, &paid, &["orderMarkAsPaid"]).await;
    cancel(&paid, 1).await;

    let cart = guest.cart_ready(&[("COFFEE-250-LIGHT", 3)], "CARD").await;
    let taken = guest.checkout_by_card(&cart, "tok_approved").await.id;
    shop.make(&["orderConfirm", "orderAllocate"], &taken).await;
    let part = one_of(shop, &taken).await;
    crate::orders::ask::done(&staff, "orderShip", &taken, part).await;
    shop.work().await;
    cancel(&taken, 1).await;
    let (given_up, _) = sent.buy(&guest, "CARD", Some("tok_approved")).await;
    cancel(&given_up, 1).await;
}

/// Orders that are changed before they leave.
async fn edited(shop: &Shop, sent: &Recorder) {
    let (guest, staff) = (shop.anonymous(), shop.staff_all());
    let cup = shop.variant("CUP").await;
    let edit = async |order: &str, step: Value, method: &str| {
        let input = json!({ "order": order, "steps": [step], "paymentMethod": method, "idempotencyKey": staff.key() });
        sent.done(&staff, "orderEdit", input, "").await;
    };
    let last = async |order: &str| {
        let query = "query ($id: ID!) { order(by: { id: $id }) { lines { id } } }";
        let lines = staff.run(query, json!({ "id": order })).await["order"]["lines"].take();
        lines.as_array().unwrap().last().unwrap()["id"].clone()
    };
    let cart = guest.cart_ready(&[("COFFEE-250-LIGHT", 3)], "CARD").await;
    let order = guest.checkout_by_card(&cart, "tok_approved").await;
    let add = || json!({ "add": { "variant": cup, "quantity": 1 } });
    edit(&order.id, add(), "CARD").await;
    sent.pay(&guest, &(order.id.clone(), order.token.clone()), "tok_approved").await;
    edit(&order.id, json!({ "remove": { "line": last(&order.id).await } }), "CARD").await;
    edit(&order.id, add(), "BANK_TRANSFER").await;
    sent.moves(&staff, &order.id, &["orderMarkAsPaid"]).await;
    edit(&order.id, add(), "CARD").await;
    edit(&order.id, json!({ "remove": { "line": last(&order.id).await } }), "CARD").await;
    edit(&order.id, add(), "CARD").await;
    let lines = json!([{ "line": last(&order.id).await, "quantity": 1 }]);
    let input = json!({ "order": order.id, "lines": lines, "idempotencyKey": staff.key() });
    sent.done(&staff, "orderLinesCancel", input, "").await;
    shop.make(&["orderConfirm", "orderAllocate"], &order.id).await;
    let part = one_of(shop, &order.id).await;
    crate::orders::ask::done(&staff, "orderShip", &order.id, part).await;
    shop.work().await;
    let coffee = line_of(shop, &order.id, "COFFEE-250-LIGHT").await;
    edit(&order.id, json!({ "setQuantity": { "line": coffee, "quantity": 2 } }), "CARD").await;
    let paid = transfer(shop, &[("COFFEE-250-LIGHT", 2)]).await.id;
    shop.make(&["orderMarkAsPaid"], &paid).await;
    let coffee = line_of(shop, &paid, "COFFEE-250-LIGHT").await;
    edit(&paid, json!({ "setQuantity": { "line": coffee, "quantity": 1 } }), "CARD").await;
}

/// What customers send back.
async fn sent_back(shop: &Shop, sent: &Recorder) {
    let (guest, staff) = (shop.anonymous(), shop.staff_all());
    let card = guest.cart_ready(&[("COFFEE-250-LIGHT", 2)], "CARD").await;
    let card = guest.checkout_by_card(&card, "tok_approved").await.id;
    let cash = guest.order(&[("COFFEE-250-LIGHT", 2)]).await.id;
    for (order, all) in [(card, false), (cash, true)] {
        shop.make(&["orderConfirm", "orderAllocate", "orderShip", "orderDeliver"], &order).await;
        shop.work().await;
        let line = line_of(shop, &order, "COFFEE-250-LIGHT").await;
        let ask = async || {
            let mut input = wanted(&order, &[(&line, 1)]);
            input["idempotencyKey"] = json!(staff.key());
            sent.done(&staff, "returnRequest", input, "orderReturn { id }").await["orderReturn"]["id"].take()
        };
        let rejected = json!({ "orderReturn": ask().await, "idempotencyKey": staff.key() });
        sent.done(&staff, "returnReject", rejected, "").await;
        let id = ask().await;
        let with = |more: Value| {
            let mut input = more;
            input["orderReturn"] = id.clone();
            input["idempotencyKey"] = json!(staff.key());
            input
        };
        sent.done(&staff, "returnApprove", with(json!({})), "").await;
        sent.done(&staff, "returnReceive", with(json!({ "location": "riyadh" })), "").await;
        let outcome = if all { "RESTOCK" } else { "WRITE_OFF" };
        let lines = json!([{ "line": line, "outcome": outcome, "quantity": 1 }]);
        sent.done(&staff, "returnInspect", with(json!({ "lines": lines })), "").await;
        let paid = "query ($id: ID!) { order(by: { id: $id }) { balance { paid { amount } } } }";
        let paid = staff.run(paid, json!({ "id": order })).await["order"]["balance"]["paid"]["amount"].take();
        let amount = if all { paid } else { json!("1.00") };
        sent.done(&staff, "returnRefund", with(json!({ "amount": amount })), "").await;
    }
    let (_, order, _) = returning(shop, "INSPECTED", 1).await;
    sent.refund(&staff, &order.id, Value::Null).await;
    let (id, order, line) = returning(shop, "RECEIVED", 1).await;
    sent.refund(&staff, &order.id, Value::Null).await;
    let lines = json!([{ "line": line, "outcome": "QUARANTINE", "quantity": 1 }]);
    let input = json!({ "orderReturn": id, "lines": lines, "idempotencyKey": staff.key() });
    sent.done(&staff, "returnInspect", input, "").await;
    sent.done(&staff, "channelReturnDaysSet", json!({ "channel": "web-kw", "returnDays": 3 }), "").await;
}

/// What leaves for goods that came back.
async fn exchanged(shop: &Shop, sent: &Recorder) {
    let (guest, staff) = (shop.anonymous(), shop.staff_all());
    let (cup, coffee) = (shop.variant("CUP").await, shop.variant("COFFEE-250-LIGHT").await);
    let exchange = async |id: &str, quantity: i64| {
        let lines = json!([{ "variant": coffee, "quantity": quantity }]);
        let input =
            json!({ "orderReturn": id, "lines": lines, "paymentMethod": "CARD", "idempotencyKey": staff.key() });
        sent.done(&staff, "returnExchange", input, "").await;
    };
    let (cash, ..) = returning(shop, "INSPECTED", 2).await;
    exchange(&cash, 1).await;
    let (dearer, ..) = returning(shop, "INSPECTED", 1).await;
    exchange(&dearer, 3).await;
    let card = guest.cart_ready(&[("COFFEE-250-LIGHT", 2)], "CARD").await;
    let card = guest.checkout_by_card(&card, "tok_approved").await.id;
    shop.make(&["orderConfirm", "orderAllocate", "orderShip"], &card).await;
    shop.work().await;
    shop.make(&["orderDeliver"], &card).await;
    exchange(&inspected(shop, &card).await, 1).await;

    // What came in later left before it was paid: staff did not wait.
    for pays in [true, false] {
        let order = transfer(shop, &[("COFFEE-250-LIGHT", 2)]).await;
        shop.make(&["orderMarkAsPaid"], &order.id).await;
        let add = json!([{ "add": { "variant": cup, "quantity": 1 } }]);
        let input = json!({ "order": order.id, "steps": add, "paymentMethod": "CARD", "idempotencyKey": staff.key() });
        sent.done(&staff, "orderEdit", input, "").await;
        let holds = "query ($id: ID!) { order(by: { id: $id }) { holds { id } } }";
        let hold = staff.run(holds, json!({ "id": order.id })).await["order"]["holds"][0]["id"].take();
        sent.done(&staff, "orderHoldRelease", json!({ "hold": hold, "idempotencyKey": staff.key() }), "").await;
        shop.make(&["orderConfirm", "orderAllocate", "orderShip", "orderDeliver"], &order.id).await;
        if pays {
            sent.pay(&guest, &(order.id, order.token), "tok_approved").await;
        } else {
            exchange(&inspected(shop, &order.id).await, 1).await;
        }
    }
}

/// A return of all coffees of a delivered order, inspected.
async fn inspected(shop: &Shop, order: &str) -> String {
    let (staff, line) = (shop.staff_all(), line_of(shop, order, "COFFEE-250-LIGHT").await);
    let id = told(&staff, "returnRequest", wanted(order, &[(&line, 2)])).await["id"].take();
    told(&staff, "returnApprove", json!({ "orderReturn": id })).await;
    told(&staff, "returnReceive", json!({ "orderReturn": id, "location": "riyadh" })).await;
    let lines = json!([{ "line": line, "outcome": "RESTOCK", "quantity": 2 }]);
    told(&staff, "returnInspect", json!({ "orderReturn": id, "lines": lines })).await;
    text(&id)
}

/// Orders by card.
async fn by_card(shop: &Shop, sent: &Recorder) {
    let (guest, staff) = (shop.anonymous(), shop.staff_all());
    let (shipped, _) = sent.buy(&guest, "CARD", Some("tok_approved")).await;
    sent.moves(&staff, &shipped, &["orderConfirm", "orderAllocate", "orderShip", "orderDeliver"]).await;
    shop.work().await;
    sent.refund(&staff, &shipped, Value::Null).await;
    let (cancelled, _) = sent.buy(&guest, "CARD", Some("tok_approved")).await;
    sent.moves(&staff, &cancelled, &["orderCancel"]).await;
    let declined = sent.buy(&guest, "CARD", Some("tok_expired_card")).await;
    sent.pay(&guest, &declined, "tok_expired_card").await;
    sent.pay(&guest, &declined, "tok_approved").await;
}

/// Cards that the gateway approves when nobody wants their money any more.
async fn too_late(shop: &Shop, tap: &Wiretap, sent: &Recorder) {
    let (guest, staff) = (shop.anonymous(), shop.staff_all());
    tap.set("/charges", Fate::Held);
    let n_before = tap.seen("/charges").len();
    let slow = sent.buy(&guest, "CARD", Some("tok_approved"));
    let meanwhile = async {
        tap.came("/charges", n_before + 1).await;
        let query = "{ orders(filter: { states: [AWAITING_PAYMENT] }) { nodes { id } } }";
        let waiting = staff.run(query, json!({})).await["orders"]["nodes"][0]["id"].take();
        sent.moves(&staff, &text(&waiting), &["orderCancel"]).await;
        tap.let_pass();
    };
    tokio::join!(slow, meanwhile);

    let order = sent.buy(&guest, "CARD", Some("tok_expired_card")).await;
    tap.set("/charges", Fate::Held);
    let n_before = tap.seen("/charges").len();
    let meanwhile = async {
        tap.came("/charges", n_before + 1).await;
        sent.pay(&guest, &order, "tok_approved").await;
        tap.let_pass();
    };
    tokio::join!(sent.pay(&guest, &order, "tok_approved"), meanwhile);
}

/// Transfers and counts, by which places run low and are filled again.
async fn carried(shop: &Shop, sent: &Recorder) {
    let staff = shop.staff_all();
    let (riyadh, jeddah) = (place(shop, "riyadh").await, place(shop, "jeddah").await);
    let tea = shop.variant("TEA").await;
    let keyed = |mut input: Value| {
        input["idempotencyKey"] = json!(staff.key());
        input
    };
    // Three teas are in Riyadh, and four are few.
    let line = json!([{ "variant": tea, "quantity": 9 }]);
    let received = json!([{ "variant": tea, "location": riyadh, "quantity": 6 }]);
    sent.done(&staff, "stockReceive", keyed(json!({ "lines": received })), "").await;
    let ship = || keyed(json!({ "from": riyadh, "to": jeddah, "lines": line }));
    let first = sent.done(&staff, "stockTransferShip", ship(), "transfer { id }").await["transfer"]["id"].take();
    sent.done(&staff, "stockTransferCancel", keyed(json!({ "transfer": first })), "").await;
    let second = sent.done(&staff, "stockTransferShip", ship(), "transfer { id }").await["transfer"]["id"].take();
    let set = json!([{ "variant": tea, "location": jeddah, "quantity": 0 }]);
    sent.done(&staff, "stockSet", keyed(json!({ "lines": set, "reason": "x" })), "").await;
    let came = json!({ "transfer": second, "lines": [{ "variant": tea, "quantity": 8 }], "reason": "x" });
    sent.done(&staff, "stockTransferReceive", keyed(came), "").await;
    for found in [6, 2] {
        let opened = sent.done(&staff, "stockCountOpen", keyed(json!({ "location": riyadh })), "count { id }").await;
        let count = &opened["count"]["id"];
        let lines = json!([{ "variant": tea, "counted": found }]);
        sent.done(&staff, "stockCountRecord", keyed(json!({ "count": count, "lines": lines })), "").await;
        sent.done(&staff, "stockCountClose", keyed(json!({ "count": count })), "").await;
    }
}

/// The only pot of the shop is sold, sent back, and on the shelf again.
async fn back_on_an_empty_shelf(shop: &Shop, sent: &Recorder) {
    let (guest, staff) = (shop.anonymous(), shop.staff_all());
    let order = guest.order(&[("DALLAH", 1)]).await.id;
    shop.make(&["orderConfirm", "orderAllocate", "orderShip", "orderDeliver"], &order).await;
    let line = line_of(shop, &order, "DALLAH").await;
    let id = told(&staff, "returnRequest", wanted(&order, &[(&line, 1)])).await["id"].take();
    told(&staff, "returnApprove", json!({ "orderReturn": id })).await;
    told(&staff, "returnReceive", json!({ "orderReturn": id, "location": "riyadh" })).await;
    let lines = json!([{ "line": line, "outcome": "RESTOCK", "quantity": 1 }]);
    let input = json!({ "orderReturn": id, "lines": lines, "idempotencyKey": staff.key() });
    sent.done(&staff, "returnInspect", input, "").await;
}

/// Stock that is moved, runs low and comes back.
async fn of_stock(shop: &Shop, sent: &Recorder) {
    let staff = shop.staff_all();
    let send = async |name: &str, sku: &str, more: Value| {
        let line = line(shop, sku, "riyadh", more).await;
        let mut input = json!({ "lines": [line], "idempotencyKey": staff.key() });
        if name == "stockSet" {
            input["reason"] = json!("x");
        }
        sent.done(&staff, name, input, "").await;
    };
    for (safety, low_at) in [(0, 4), (10, 4), (0, 4)] {
        let kept = json!({ "safetyStock": safety, "lowStockThreshold": low_at });
        send("stockThresholdsSet", "TEA", kept).await;
    }
    for delta in [-7, -3, 1] {
        send("stockAdjust", "TEA", json!({ "delta": delta, "reason": "x" })).await;
    }
    for quantity in [9, 0, 3] {
        send("stockSet", "TEA", json!({ "quantity": quantity })).await;
    }
    send("stockReceive", "INCENSE", json!({ "quantity": 3 })).await;
    send("stockThresholdsSet", "DALLAH", json!({ "lowStockThreshold": 0 })).await;
    let guest = shop.anonymous();
    let cart = guest.cart_ready(&[("DALLAH", 1)], "CASH_ON_DELIVERY").await;
    let input = json!({ "cart": cart, "idempotencyKey": guest.key() });
    let placed = sent.done(&guest, "checkoutComplete", input, "order { id } orderToken").await;
    sent.moves(&staff, &text(&placed["order"]["id"]), &["orderCancel"]).await;
    let placed = guest.order(&[("DALLAH", 1)]).await.id;
    let lines = json!([{ "line": line_of(shop, &placed, "DALLAH").await, "quantity": 1 }]);
    let input = json!({ "order": placed, "lines": lines, "idempotencyKey": staff.key() });
    sent.done(&staff, "orderLinesCancel", input, "").await;
    let (placed, pot) = (guest.order(&[("CUP", 1)]).await.id, shop.variant("DALLAH").await);
    let edit = async |steps: Value| {
        let input = json!({ "order": placed, "steps": steps, "idempotencyKey": staff.key() });
        sent.done(&staff, "orderEdit", input, "").await;
    };
    edit(json!([{ "add": { "variant": pot, "quantity": 1 } }])).await;
    edit(json!([{ "remove": { "line": line_of(shop, &placed, "DALLAH").await } }])).await;
    let (id, returned, _) = returning(shop, "INSPECTED", 1).await;
    let lines = json!([{ "variant": pot, "quantity": 1 }]);
    let input = json!({ "orderReturn": id, "lines": lines, "paymentMethod": "CASH_ON_DELIVERY",
        "idempotencyKey": staff.key() });
    sent.done(&staff, "returnExchange", input, "").await;
    let lines = json!([{ "line": line_of(shop, &returned.id, "DALLAH").await, "quantity": 1 }]);
    let input = json!({ "order": returned.id, "lines": lines, "idempotencyKey": staff.key() });
    sent.done(&staff, "orderLinesCancel", input, "").await;
    back_on_an_empty_shelf(shop, sent).await;
    carried(shop, sent).await;
    db_quarantine(shop).await;
    send("stockSet", "COFFEE-500-DARK", json!({ "quantity": 0 })).await;
    for outcome in ["RESTOCK", "WRITE_OFF"] {
        let settled = json!({ "quantity": 1, "outcome": outcome, "reason": "x" });
        send("stockQuarantineSettle", "COFFEE-500-DARK", settled).await;
    }
    let abha = json!({ "code": "abha", "nameEn": "Abha", "kind": "SHOP", "city": "Abha" });
    let made = sent.done(&staff, "locationCreate", abha, "location { id }").await["location"]["id"].take();
    sent.done(&staff, "locationUpdate", json!({ "location": made, "city": "أبها" }), "").await;
    let sources = json!({ "channel": "web-kw", "locations": [{ "location": made }] });
    sent.done(&staff, "channelLocationsSet", sources, "").await;
    let south = json!({ "code": "south", "nameEn": "The south", "areas": [{ "country": "SA", "cities": ["Abha"] }] });
    let zone = sent.done(&staff, "zoneCreate", south, "zone { id }").await["zone"]["id"].take();
    sent.done(&staff, "zoneUpdate", json!({ "zone": zone, "isRemote": true }), "").await;
    let served = json!({ "location": made, "zones": [{ "zone": zone, "rank": 1 }] });
    sent.done(&staff, "locationZonesSet", served, "").await;
    sent.done(&staff, "channelSourcingSet", json!({ "channel": "web-kw", "rules": [] }), "").await;
}

/// What comes from elsewhere, and what staff make for customers: the last pot, twice.
async fn drafted(shop: &Shop, sent: &Recorder) {
    let (guest, staff) = (shop.anonymous(), shop.staff_all());
    sent.done(&staff, "orderImport", json!({ "orders": [old("77")], "idempotencyKey": staff.key() }), "").await;
    let of = |draft: &Value, more: Value| {
        let mut input = json!({ "draft": draft["id"], "idempotencyKey": staff.key() });
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        input
    };
    let made = json!({ "email": "a@b.example", "idempotencyKey": staff.key() });
    let given_up = sent.done(&staff, "draftOrderCreate", made, "draft { id }").await["draft"].take();
    sent.done(&staff, "draftOrderDelete", of(&given_up, json!({})), "").await;
    for (n_there, name) in [(1, "draftOrderComplete"), (2, "draftOrderAccept")] {
        let line = line(shop, "DALLAH", "riyadh", json!({ "quantity": n_there })).await;
        let input = json!({ "lines": [line], "reason": "x", "idempotencyKey": staff.key() });
        sent.done(&staff, "stockSet", input, "").await;
        let draft = ready(shop, &[("DALLAH", 1)], "CASH_ON_DELIVERY").await;
        sent.done(&staff, "draftOrderUpdate", of(&draft, json!({ "note": "by telephone" })), "").await;
        let line = &draft["cart"]["lines"][0]["id"];
        let price = json!({ "line": line, "price": "99.00", "reason": "a scratch" });
        sent.done(&staff, "draftOrderLinePriceSet", of(&draft, price), "").await;
        let token = sent.done(&staff, "draftOrderSend", of(&draft, json!({})), "token").await["token"].take();
        if name == "draftOrderAccept" {
            sent.done(&guest, name, json!({ "token": token, "idempotencyKey": guest.key() }), "").await;
        } else {
            sent.done(&staff, name, of(&draft, json!({})), "").await;
        }
    }
}

/// Somebody waits whenever units come.
async fn waited_for(shop: &Shop, sent: &Recorder) {
    let (guest, staff) = (shop.anonymous(), shop.staff_all());
    let keyed = |mut input: Value| {
        input["idempotencyKey"] = json!(staff.key());
        input
    };
    let (incense, riyadh, jeddah) =
        (shop.variant("INCENSE").await, place(shop, "riyadh").await, place(shop, "jeddah").await);
    let selling = json!([{ "variant": incense, "policy": "BACKORDER", "limit": 99 }]);
    sent.done(&staff, "variantSellingSet", keyed(json!({ "lines": selling })), "").await;
    sent.done(&staff, "channelPromiseSet", json!({ "channel": "web-kw", "promiseDays": 3 }), "").await;
    sent.done(&staff, "channelCartReservationSet", json!({ "channel": "web-kw", "minutes": 3 }), "").await;
    for line in [name("N-1", "TEA"), json!({ "externalSku": "N-1" })] {
        sent.done(&staff, "externalSkusSet", json!({ "marketplace": "noon-sa", "lines": [line] }), "").await;
    }
    let buy = async |n: u32| {
        let cart = guest.cart_ready(&[("INCENSE", n)], "CASH_ON_DELIVERY").await;
        let input = json!({ "cart": cart, "idempotencyKey": guest.key() });
        text(&sent.done(&guest, "checkoutComplete", input, "order { id }").await["order"]["id"])
    };
    let at = async |name: &str, location: &str, more: Value| {
        let mut line = json!({ "variant": incense, "location": location });
        line.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let mut input = keyed(json!({ "lines": [line] }));
        if name == "stockSet" {
            input["reason"] = json!("x");
        }
        sent.done(&staff, name, input, "").await;
    };
    let come = async |location: &str, n: i64| at("stockReceive", location, json!({ "quantity": n })).await;

    // None is free; who buys waits.
    let taken = buy(3).await;
    buy(1).await;
    come(&riyadh, 1).await;
    buy(1).await;
    at("stockAdjust", &riyadh, json!({ "delta": 1, "reason": "x" })).await;
    buy(1).await;
    at("stockSet", &riyadh, json!({ "quantity": 6 })).await;
    at("stockThresholdsSet", &riyadh, json!({ "safetyStock": 1 })).await;
    come(&riyadh, 1).await;
    buy(1).await;
    at("stockThresholdsSet", &riyadh, json!({ "safetyStock": 0 })).await;
    buy(3).await;
    sent.moves(&staff, &taken, &["orderCancel"]).await;

    // Units that are cancelled, and goods that are sent back, go to who waits.
    come(&riyadh, 2).await;
    let two = buy(2).await;
    buy(1).await;
    let lines = json!([{ "line": line_of(shop, &two, "INCENSE").await, "quantity": 1 }]);
    sent.done(&staff, "orderLinesCancel", keyed(json!({ "order": two, "lines": lines })), "").await;
    come(&riyadh, 2).await;
    let two = buy(2).await;
    buy(1).await;
    let one = json!([{ "setQuantity": { "line": line_of(shop, &two, "INCENSE").await, "quantity": 1 } }]);
    sent.done(&staff, "orderEdit", keyed(json!({ "order": two, "steps": one })), "").await;
    come(&riyadh, 1).await;
    let order = buy(1).await;
    shop.make(&["orderConfirm", "orderAllocate", "orderShip", "orderDeliver"], &order).await;
    let line = line_of(shop, &order, "INCENSE").await;
    let id = told(&staff, "returnRequest", wanted(&order, &[(&line, 1)])).await["id"].take();
    told(&staff, "returnApprove", json!({ "orderReturn": id })).await;
    told(&staff, "returnReceive", json!({ "orderReturn": id, "location": "riyadh" })).await;
    buy(1).await;
    let lines = json!([{ "line": line, "outcome": "RESTOCK", "quantity": 1 }]);
    sent.done(&staff, "returnInspect", keyed(json!({ "orderReturn": id, "lines": lines })), "").await;

    // What is refused comes back: to who waits, to be looked at first, and to nobody.
    for (goods, waits) in [("RESTOCK", true), ("QUARANTINE", false), ("RESTOCK", false)] {
        come(&riyadh, 1).await;
        let order = buy(1).await;
        sent.moves(&staff, &order, &["orderConfirm", "orderAllocate", "orderShip"]).await;
        let shipment = shipment_of(shop, &order).await;
        sent.done(&staff, "shipmentRefuse", keyed(json!({ "shipment": shipment })), "").await;
        if waits {
            buy(1).await;
        }
        sent.done(&staff, "shipmentReturnReceive", keyed(json!({ "shipment": shipment, "goods": goods })), "").await;
    }
    buy(2).await;
    at("stockQuarantineSettle", &riyadh, json!({ "quantity": 1, "outcome": "RESTOCK", "reason": "x" })).await;

    // Under way to Jeddah, and on the way back.
    for name in ["stockTransferReceive", "stockTransferCancel"] {
        come(&riyadh, 1).await;
        let lines = json!([{ "variant": incense, "quantity": 1 }]);
        let ship = keyed(json!({ "from": riyadh, "to": jeddah, "lines": lines }));
        let transfer = sent.done(&staff, "stockTransferShip", ship, "transfer { id }").await["transfer"]["id"].take();
        buy(1).await;
        let mut input = keyed(json!({ "transfer": transfer }));
        if name == "stockTransferReceive" {
            input["lines"] = lines;
        }
        sent.done(&staff, name, input, "").await;
    }
    let opened = sent.done(&staff, "stockCountOpen", keyed(json!({ "location": riyadh })), "count { id }").await;
    let on_hand = crate::inventory::ask::level(shop, "INCENSE", "riyadh").await.0;
    let lines = json!([{ "variant": incense, "counted": on_hand + 1 }]);
    let count = &opened["count"]["id"];
    sent.done(&staff, "stockCountRecord", keyed(json!({ "count": count, "lines": lines })), "").await;
    buy(1).await;
    sent.done(&staff, "stockCountClose", keyed(json!({ "count": count })), "").await;

    // Suppliers deliver.
    for step in ["sold", "free", "none"] {
        let new = json!({ "variant": incense, "location": riyadh, "quantity": 1, "expectedAt": "2026-04-01" });
        let made = sent.done(&staff, "inboundSupplyCreate", keyed(new), "supply { id }").await["supply"]["id"].take();
        let of = |more: Value| {
            let mut input = keyed(json!({ "supply": made }));
            input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            input
        };
        sent.done(&staff, "inboundSupplyUpdate", of(json!({ "expectedAt": "2026-04-02" })), "").await;
        if step == "none" {
            sent.done(&staff, "inboundSupplyCancel", of(json!({})), "").await;
        } else {
            if step == "sold" {
                buy(1).await;
            }
            sent.done(&staff, "inboundSupplyReceive", of(json!({ "quantity": 1 })), "").await;
        }
    }

    held_in_carts(shop, sent, &riyadh).await;

    // A place that holds one opens, and another joins the channel.
    buy(2).await;
    let (mut sources, mut last) = (vec![json!({ "location": riyadh }), json!({ "location": jeddah })], String::new());
    for (code, is_active) in [("hail", false), ("tabuk", true)] {
        let new = json!({ "code": code, "nameEn": code, "kind": "SHOP", "city": code, "isActive": is_active });
        let made = text(&sent.done(&staff, "locationCreate", new, "location { id }").await["location"]["id"]);
        come(&made, 1).await;
        at("stockThresholdsSet", &made, json!({ "lowStockThreshold": 0 })).await;
        sources.push(json!({ "location": made }));
        let joined = json!({ "channel": "web-sa", "locations": sources });
        sent.done(&staff, "channelLocationsSet", joined, "").await;
        if !is_active {
            sent.done(&staff, "locationUpdate", json!({ "location": made, "isActive": true }), "").await;
            buy(1).await;
        }
        last = made;
    }
    // What is another channel's is not for who waits here, until it is anybody's again.
    buy(1).await;
    let theirs = |quantity: i64| json!({ "channel": "web-kw", "quantity": quantity });
    at("stockAllocationsSet", &last, theirs(1)).await;
    come(&last, 1).await;
    at("stockAllocationsSet", &last, theirs(0)).await;
}

/// Carts hold the last units, and give them back: to whoever waits, and to nobody.
async fn held_in_carts(shop: &Shop, sent: &Recorder, riyadh: &str) {
    let (guest, staff, incense) = (shop.anonymous(), shop.staff_all(), shop.variant("INCENSE").await);
    let units = |n: u32| json!([{ "variant": incense, "quantity": n }]);
    let buy = async || shop.order(&[("INCENSE", 1)]).await;
    let of_level = async |name: &str, more: Value| {
        let mut line = json!({ "variant": incense, "location": riyadh });
        line.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        sent.done(&staff, name, json!({ "lines": [line], "idempotencyKey": staff.key() }), "").await;
    };
    // None is free anywhere, and then two are.
    for (code, more) in [("jeddah", 0), ("riyadh", 2)] {
        let (_, reserved, _) = crate::inventory::ask::level(shop, "INCENSE", code).await;
        let place = place(shop, code).await;
        let line = json!({ "variant": incense, "location": place, "quantity": reserved + more });
        let set = json!({ "lines": [line], "reason": "x", "idempotencyKey": staff.key() });
        sent.done(&staff, "stockSet", set, "").await;
    }
    of_level("stockThresholdsSet", json!({ "lowStockThreshold": 0 })).await;
    let set = json!({ "channel": "web-sa", "minutes": 9 });
    sent.done(&staff, "channelCartReservationSet", set, "").await;

    let select = "cart { id lines { id } }";
    let cart = sent.done(&guest, "cartCreate", json!({ "lines": units(2) }), select).await["cart"].take();
    let (id, line) = (&cart["id"], &cart["lines"][0]["id"]);
    sent.done(&guest, "cartLinesRemove", json!({ "cart": id, "lines": [line] }), "").await;
    let add = json!({ "cart": id, "lines": units(2) });
    let line = sent.done(&guest, "cartLinesAdd", add, select).await["cart"]["lines"][0]["id"].take();
    for (quantity, is_waited_for) in [(1, false), (2, false), (1, true)] {
        if is_waited_for {
            buy().await;
        }
        let input = json!({ "cart": id, "lines": [{ "line": line, "quantity": quantity }] });
        sent.done(&guest, "cartLinesUpdate", input, "").await;
    }
    buy().await;
    sent.done(&guest, "cartLinesRemove", json!({ "cart": id, "lines": [line] }), "").await;

    of_level("stockReceive", json!({ "quantity": 1 })).await;
    for is_waited_for in [false, true] {
        let step = async |step: Value| {
            let input = json!({ "cart": id, "steps": [step] });
            let done = sent.done(&guest, "cartUpdate", input, select).await;
            done.pointer("/cart/lines/0/id").cloned().unwrap_or_default()
        };
        let line = step(json!({ "linesAdd": { "lines": units(1) } })).await;
        if is_waited_for {
            buy().await;
        }
        step(json!({ "linesRemove": { "lines": [line] } })).await;
    }
    sent.done(&staff, "channelCartReservationSet", json!({ "channel": "web-sa" }), "").await;
}

/// Somebody who wants to hear of the incense, and then does not.
async fn wished(shop: &Shop, sent: &Recorder) {
    let guest = shop.anonymous();
    let input = json!({ "variant": shop.variant("INCENSE").await, "email": "guest@customer.example" });
    let token = sent.done(&guest, "stockAlertCreate", input, "token").await["token"].take();
    sent.done(&guest, "stockAlertDelete", json!({ "by": { "token": token } }), "").await;
}

/// Webhooks that come, change and go.
async fn webhooks(shop: &Shop, sent: &Recorder) {
    let staff = shop.staff("WEBHOOK_MANAGE");
    let new = json!({ "name": "ERP", "url": NOWHERE, "isEnabled": false });
    let made = sent.done(&staff, "webhookCreate", new, "webhook { id }").await["webhook"]["id"].take();
    let webhook = json!({ "webhook": made });
    sent.done(&staff, "webhookUpdate", json!({ "webhook": made, "name": "WMS" }), "").await;
    sent.done(&staff, "webhookSecretRotate", webhook.clone(), "").await;
    let tested = sent.done(&staff, "webhookTest", webhook.clone(), "delivery { id }").await;
    shop.later(Duration::from_hours(25));
    shop.work().await;
    sent.done(&staff, "webhookDeliveryReplay", json!({ "delivery": tested["delivery"]["id"] }), "").await;
    sent.done(&staff, "webhookDelete", webhook, "").await;
}

/// The actions that the audit trail has of each mutation that was sent.
async fn recorded(shop: &Shop) -> BTreeMap<String, BTreeSet<String>> {
    let query = "query ($page: Paging!) { auditEntries(page: $page) {
        nodes { action requestId } pageInfo { hasNextPage endCursor } } }";
    let (mut found, mut after): (BTreeMap<String, BTreeSet<String>>, _) = (BTreeMap::new(), Value::Null);
    loop {
        let page = json!({ "page": { "first": 100, "after": after } });
        let entries = shop.staff("AUDIT_READ").run(query, page).await["auditEntries"].take();
        for entry in entries["nodes"].as_array().unwrap() {
            let request = text(&entry["requestId"]);
            if let Some((name, _)) = request.split_once('-') {
                found.entry(name.to_owned()).or_default().insert(text(&entry["action"]));
            }
        }
        if entries["pageInfo"]["hasNextPage"] == false {
            return found;
        }
        after = entries["pageInfo"]["endCursor"].clone();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_mutation_emits_what_the_schema_says_and_nothing_else() {
    let (shop, tap) = Wiretap::open().await;
    let sent = Recorder { sent: RefCell::new(0) };
    sign_in_and_out(&shop, &sent).await;
    wished(&shop, &sent).await;
    without_cards(&shop, &sent).await;
    written_on(&shop, &sent).await;
    sourced_anew(&shop, &sent).await;
    on_the_way(&shop, &sent).await;
    cancelled_in_part(&shop, &sent).await;
    edited(&shop, &sent).await;
    sent_back(&shop, &sent).await;
    exchanged(&shop, &sent).await;
    by_card(&shop, &sent).await;
    too_late(&shop, &tap, &sent).await;
    of_stock(&shop, &sent).await;
    drafted(&shop, &sent).await;
    waited_for(&shop, &sent).await;
    grouped(&shop, &sent).await;
    companies(&shop, &sent).await;
    priced(&shop, &sent).await;
    promoted(&shop, &sent).await;
    taxed(&shop, &sent).await;
    owed(&shop, &sent).await;
    paid_with_credit(&shop, &sent).await;
    webhooks(&shop, &sent).await;
    let recorded = recorded(&shop).await;
    let mut said = BTreeMap::new();
    for field in fields() {
        if let Some(name) = field.name.strip_prefix("Mutation.").filter(|_| !field.events.is_empty()) {
            let n_events = field.events.len();
            let events: BTreeSet<_> = field.events.into_iter().collect();
            assert_eq!(events.len(), n_events, "{name} says an event twice");
            said.insert(name.to_owned(), events);
        }
    }
    assert_eq!(recorded, said);
}

#[test]
fn only_mutations_emit() {
    for field in fields().into_iter().filter(|field| !field.events.is_empty()) {
        assert!(field.name.starts_with("Mutation."), "{field:?}");
    }
}
