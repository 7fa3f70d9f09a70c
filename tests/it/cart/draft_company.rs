//! Drafts that staff make for companies.

use serde_json::{Value, json};
use tests::{client::Client, shop::Shop};

use super::draft::{ask, done, ready_for};
use crate::{
    cart::refusal::wrong,
    fulfilment::ask::text,
    identity::groups::customer,
    inventory::ask::told,
    orders::ask::{audit, me},
    organisations::ask::{buying_for, company, join, leave, suspend, unit},
    pricing::{
        ask::{assign, make, set},
        promotions::ask::{off_order, plain, promote},
    },
};

/// A company with two units, and what was agreed on with each: tea for 9.00 in the company, for 6.00 in the branch.
struct Company {
    id: String,
    branch: String,
    aside: String,
}

async fn wadi(shop: &Shop) -> Company {
    let id = company(shop, "wadi").await;
    let (branch, aside) = (unit(shop, &id, "branch", None).await, unit(shop, &id, "aside", None).await);
    for (code, amount, whom) in
        [("company", "9.00", json!({ "organisation": id })), ("branch", "6.00", json!({ "organisationUnit": branch }))]
    {
        let list = make(shop, code, Value::Null).await;
        set(shop, &list, "TEA", amount, json!({})).await;
        assign(shop, &list, whom).await;
    }
    Company { id, branch, aside }
}

/// What tea costs in a draft, and for which company and unit it is.
async fn seen(staff: &Client, draft: &Value) -> (String, Value, Value) {
    let query = "query ($id: ID!) { draftOrder(id: $id) { cart { organisation { code } organisationUnit { code }
        lines { unitPrice { amount } } } } }";
    let mut cart = staff.run(query, json!({ "id": draft })).await["draftOrder"]["cart"].take();
    let price = text(&cart["lines"][0]["unitPrice"]["amount"]);
    (price, cart["organisation"]["code"].take(), cart["organisationUnit"]["code"].take())
}

fn of(price: &str, company: Value, unit: Value) -> (String, Value, Value) {
    (price.to_owned(), company, unit)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_priced_for_its_company_and_its_unit() {
    let shop = Shop::open().await;
    let staff = shop.staff_all();
    let wadi = wadi(&shop).await;
    join(&shop, &wadi.id, Some(&wadi.branch), &["layla"]).await;
    let layla = customer(&shop, "layla").await;
    let tea = json!([{ "variant": shop.variant("TEA").await, "quantity": 1 }]);
    let draft = async |whom: Value| {
        let mut input = whom;
        input["lines"] = tea.clone();
        done(&staff, "draftOrderCreate", input).await["id"].take()
    };
    let nobodys = json!({ "organisation": wadi.id, "email": "buyer@wadi.example" });
    let mut of_unit = nobodys.clone();
    of_unit["organisationUnit"] = json!(wadi.branch);
    for (whom, price, unit) in [
        (nobodys.clone(), "9.00", Value::Null),
        (of_unit, "6.00", json!("branch")),
        (json!({ "organisation": wadi.id, "customer": layla }), "6.00", json!("branch")),
        (json!({ "organisation": wadi.id, "organisationUnit": wadi.aside, "customer": layla }), "9.00", json!("aside")),
    ] {
        assert_eq!(seen(&staff, &draft(whom.clone()).await).await, of(price, json!("wadi"), unit), "{whom}");
    }
    assert_eq!(seen(&staff, &draft(json!({ "customer": layla })).await).await, of("11.50", Value::Null, Value::Null));

    // It is set and taken back, and what is not said of it stays.
    let id = draft(json!({ "customer": layla })).await;
    let change = async |more: Value| {
        let mut input = json!({ "draft": id });
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        done(&staff, "draftOrderUpdate", input).await;
        seen(&staff, &id).await
    };
    let in_branch = of("6.00", json!("wadi"), json!("branch"));
    assert_eq!(change(json!({ "organisation": wadi.id })).await, in_branch);
    assert_eq!(change(json!({ "note": "by telephone" })).await, in_branch);
    let aside = json!({ "organisation": wadi.id, "organisationUnit": wadi.aside });
    assert_eq!(change(aside).await, of("9.00", json!("wadi"), json!("aside")));
    assert_eq!(change(json!({ "organisation": wadi.id })).await, in_branch, "the unit is said anew");
    assert_eq!(change(json!({ "organisation": null })).await, of("11.50", Value::Null, Value::Null));
    let events = told(&shop, "draft_order.updated").await;
    let companies: Vec<_> = events.iter().map(|event| (&event["organisation"], &event["unit"])).collect();
    let (none, company) = (&Value::Null, &json!(wadi.id));
    let unit = &json!(wadi.aside);
    assert_eq!(companies, [(company, none), (company, none), (company, unit), (company, none), (none, none)]);
    assert!(!events[4].as_object().unwrap().contains_key("organisation"), "who buys for none has none");
    let made = told(&shop, "draft_order.created").await;
    assert_eq!((&made[1]["organisation"], &made[1]["unit"]), (company, &json!(wadi.branch)));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_order_of_a_draft_is_the_companys() {
    let shop = plain().await;
    let staff = shop.staff_all();
    let wadi = wadi(&shop).await;
    let mut rule = off_order("10");
    rule["condition"] = json!({ "organisations": [wadi.id] });
    promote(&shop, "wadi", rule, json!({})).await;
    join(&shop, &wadi.id, Some(&wadi.branch), &["layla"]).await;
    let layla = customer(&shop, "layla").await;
    for (whom, customer) in [
        (json!({ "organisation": wadi.id, "customer": layla }), json!({ "id": layla })),
        (json!({ "organisation": wadi.id, "organisationUnit": wadi.branch, "email": "a@wadi.example" }), Value::Null),
    ] {
        let draft = ready_for(&shop, whom.clone(), &[("TEA", 2)], "CASH_ON_DELIVERY").await;
        let placed = done(&staff, "draftOrderComplete", json!({ "draft": draft["id"] })).await;
        let query = "query ($id: ID!) { order(by: { id: $id }) { customer { id } organisation { code }
            organisationUnit { code } lines { unitPrice { amount } } totals { discount { amount } } } }";
        let order = staff.run(query, json!({ "id": placed["order"]["id"] })).await["order"].take();
        let expected = json!({
            "customer": customer, "organisation": { "code": "wadi" }, "organisationUnit": { "code": "branch" },
            "lines": [{ "unitPrice": { "amount": "6.00" } }], "totals": { "discount": { "amount": "1.20" } },
        });
        assert_eq!(order, expected, "{whom}");
        let placed = told(&shop, "order.placed").await.pop().unwrap();
        assert_eq!((&placed["organisation"], &placed["unit"]), (&json!(wadi.id), &json!(wadi.branch)));
    }
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_into_an_order_later_is_priced_for_its_company() {
    let shop = Shop::open().await;
    let staff = shop.staff_all();
    let wadi = wadi(&shop).await;
    // She is in another unit than that which staff buy for.
    join(&shop, &wadi.id, Some(&wadi.aside), &["layla"]).await;
    let of_branch = json!({ "organisation": wadi.id, "organisationUnit": wadi.branch });
    for whom in [json!({ "email": "a@wadi.example" }), json!({ "customer": customer(&shop, "layla").await })] {
        let mut input = of_branch.clone();
        input.as_object_mut().unwrap().extend(whom.as_object().unwrap().clone());
        let draft = ready_for(&shop, input, &[("CUP", 1)], "CASH_ON_DELIVERY").await;
        let placed = done(&staff, "draftOrderComplete", json!({ "draft": draft["id"] })).await;
        let steps = json!([{ "add": { "variant": shop.variant("TEA").await, "quantity": 1 } }]);
        let query = "mutation ($input: OrderEditInput!) { orderEdit(input: $input) {
            order { lines { sku unitPrice { amount } } } userErrors { code field } } }";
        let input = json!({ "order": placed["order"]["id"], "steps": steps, "idempotencyKey": staff.key() });
        let edited = staff.run(query, json!({ "input": input })).await["orderEdit"].take();
        let lines = edited["order"]["lines"].as_array().unwrap_or_else(|| panic!("{edited}"));
        let tea = lines.iter().find(|line| line["sku"] == "TEA").unwrap();
        assert_eq!(tea["unitPrice"]["amount"], "6.00", "{whom}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_company_that_a_draft_cannot_be_for_is_refused() {
    let shop = Shop::open().await;
    let staff = shop.staff_all();
    let (wadi, sahel) = (wadi(&shop).await, company(&shop, "sahel").await);
    let (of_sahel, closed) = (unit(&shop, &sahel, "branch", None).await, company(&shop, "closed").await);
    suspend(&shop, &closed, true).await;
    let theirs = company(shop.neighbour(), "theirs").await;
    let layla = customer(&shop, "layla").await;
    let draft = done(&staff, "draftOrderCreate", json!({ "customer": layla })).await;
    for (more, refusals) in [
        (json!({ "organisation": theirs }), ["NOT_FOUND organisation"]),
        (json!({ "organisation": wadi.id, "organisationUnit": of_sahel }), ["NOT_FOUND organisationUnit"]),
        (json!({ "organisation": closed }), ["ORGANISATION_SUSPENDED organisation"]),
        (json!({ "organisation": wadi.id }), ["NOT_A_MEMBER organisation"]),
        (json!({ "organisation": layla }), ["INVALID_ID organisation"]),
        (json!({ "organisationUnit": wadi.branch }), ["REQUIRED organisation"]),
        (json!({ "organisation": null, "organisationUnit": wadi.branch }), ["REQUIRED organisation"]),
    ] {
        let with = |mut input: Value| {
            input["idempotencyKey"] = json!(staff.key());
            input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            input
        };
        let made = ask(&staff, "draftOrderCreate", with(json!({ "customer": layla }))).await;
        assert_eq!(wrong(&made), refusals, "{more}");
        let mut update = with(json!({ "draft": draft["id"] }));
        if more.get("organisation").is_none() {
            update["note"] = json!("x");
        }
        assert_eq!(wrong(&ask(&staff, "draftOrderUpdate", update).await), refusals, "{more}");
    }
    let query = "query ($id: ID!) { draftOrder(id: $id) { note cart { version organisation { id } } } }";
    let same = staff.run(query, json!({ "id": draft["id"] })).await["draftOrder"].take();
    assert_eq!(same, json!({ "note": null, "cart": { "version": draft["cart"]["version"], "organisation": null } }));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_whose_company_buys_no_more_becomes_no_order() {
    let shop = Shop::open().await;
    let staff = shop.staff_all();
    let wadi = wadi(&shop).await;
    join(&shop, &wadi.id, None, &["layla"]).await;
    let whom = json!({ "organisation": wadi.id, "customer": customer(&shop, "layla").await });
    let draft = ready_for(&shop, whom, &[("TEA", 1)], "CASH_ON_DELIVERY").await;
    let token = done(&staff, "draftOrderSend", json!({ "draft": draft["id"] })).await["token"].take();
    let complete = async || {
        let input = json!({ "draft": draft["id"], "idempotencyKey": staff.key() });
        let accept = json!({ "token": token, "idempotencyKey": staff.key() });
        let accepted = ask(&shop.anonymous(), "draftOrderAccept", accept).await;
        (wrong(&ask(&staff, "draftOrderComplete", input).await), wrong(&accepted))
    };
    let both = |refusal: &str| (vec![refusal.to_owned()], vec![refusal.to_owned()]);
    suspend(&shop, &wadi.id, true).await;
    assert_eq!(complete().await, both("ORGANISATION_SUSPENDED organisation"));
    suspend(&shop, &wadi.id, false).await;
    leave(&shop, &wadi.id, &["layla"]).await;
    assert_eq!(complete().await, both("NOT_A_MEMBER organisation"));
    join(&shop, &wadi.id, None, &["layla"]).await;
    let placed = done(&staff, "draftOrderComplete", json!({ "draft": draft["id"] })).await;
    assert_eq!(placed["order"]["lines"][0]["unitPrice"]["amount"], "9.00");
    let by = audit(&shop, &text(&placed["order"]["id"])).await;
    assert_eq!(by, [("order.placed".to_owned(), text(&json!(me(&staff).await)))]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_of_an_order_names_the_company() {
    let shop = Shop::open().await;
    let wadi = wadi(&shop).await;
    join(&shop, &wadi.id, Some(&wadi.branch), &["layla"]).await;
    join(&shop, &wadi.id, None, &["omar"]).await;
    let buyer = buying_for(shop.customer("layla"), &wadi.id);
    buyer.order(&[("TEA", 1)]).await;
    buying_for(shop.customer("omar"), &wadi.id).order(&[("TEA", 1)]).await;
    shop.anonymous().order(&[("TEA", 1)]).await;
    let placed = told(&shop, "order.placed").await;
    let named = |event: &Value| (event.get("organisation").cloned(), event.get("unit").cloned());
    let (company, branch) = (Some(json!(wadi.id)), Some(json!(wadi.branch)));
    let expected = [(company.clone(), branch.clone()), (company.clone(), None), (None, None)];
    assert_eq!(placed.iter().map(named).collect::<Vec<_>>(), expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_that_becomes_anothers_keeps_neither_its_token_nor_what_was_agreed_on() {
    let shop = Shop::open().await;
    let staff = shop.staff_all();
    let (wadi, other) = (wadi(&shop).await, company(&shop, "other").await);
    let whom = json!({ "organisation": wadi.id, "email": "buyer@wadi.example" });
    let draft = ready_for(&shop, whom, &[("TEA", 1)], "CASH_ON_DELIVERY").await;
    let line = draft["cart"]["lines"][0]["id"].clone();
    let agreed = json!({ "draft": draft["id"], "line": line, "price": "5.00", "reason": "by telephone" });
    done(&staff, "draftOrderLinePriceSet", agreed).await;
    let sent = async || {
        let sent = done(&staff, "draftOrderSend", json!({ "draft": draft["id"] })).await;
        text(&sent["token"])
    };
    let token = sent().await;
    assert_eq!(sent().await, token, "it can be told again");
    let offer = "query ($token: String!) { draftOrderOffer(token: $token) { lines { unitPrice { amount } } } }";
    let offered =
        async |token: &str| shop.anonymous().run(offer, json!({ "token": token })).await["draftOrderOffer"].take();
    assert_eq!(offered(&token).await["lines"][0]["unitPrice"]["amount"], "5.00");

    done(&staff, "draftOrderUpdate", json!({ "draft": draft["id"], "organisation": other })).await;
    assert_eq!(offered(&token).await, Value::Null, "it was sent to another company");
    assert_eq!(seen(&staff, &draft["id"]).await, of("11.50", json!("other"), Value::Null));
    let next = sent().await;
    assert_ne!(next, token);
    assert_eq!(
        (offered(&token).await, offered(&next).await["lines"][0]["unitPrice"]["amount"].take()),
        (Value::Null, json!("11.50"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_for_a_unit_that_is_gone_becomes_no_order() {
    let shop = Shop::open().await;
    let staff = shop.staff_all();
    let wadi = wadi(&shop).await;
    let whom = json!({ "organisation": wadi.id, "organisationUnit": wadi.aside, "email": "buyer@wadi.example" });
    let draft = ready_for(&shop, whom, &[("TEA", 1)], "CASH_ON_DELIVERY").await;
    let gone = json!({ "input": { "unit": wadi.aside } });
    let query = "mutation ($input: OrganisationUnitDeleteInput!) { organisationUnitDelete(input: $input) { userErrors { code } } }";
    let deleted = staff.run(query, gone).await;
    assert_eq!(deleted["organisationUnitDelete"]["userErrors"], json!([]));
    let input = json!({ "draft": draft["id"], "idempotencyKey": "gone" });
    assert_eq!(wrong(&ask(&staff, "draftOrderComplete", input).await), ["NOT_FOUND organisationUnit"]);
    done(&staff, "draftOrderUpdate", json!({ "draft": draft["id"], "organisation": wadi.id })).await;
    done(&staff, "draftOrderComplete", json!({ "draft": draft["id"] })).await;
    shop.verify().await;
}
