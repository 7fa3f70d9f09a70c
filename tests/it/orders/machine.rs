//! The state machine: what is legal works, what is not is refused.

use serde_json::{Value, json};
use tests::{at_once::at_once, client::codes, shop::Shop, world::Placed};

use super::ask::{MOVES, STATES, act, by_token, facts, one_of, param, refusal, several, standing, try_act};

/// What a mutation does, where each is legal, and how Arabic and English call it.
const ACTIONS: [(&str, &str, &[&str], &str, &str); 7] = [
    ("orderConfirm", "CONFIRM", &["PLACED"], "تأكيد الطلب", "Confirm order"),
    ("orderAllocate", "ALLOCATE", &["CONFIRMED"], "حجز المنتجات", "Reserve items"),
    ("orderShip", "SHIP", &["ALLOCATED", "PARTLY_SHIPPED"], "الشحن", "Ship"),
    ("orderDeliver", "DELIVER", &["SHIPPED"], "التوصيل", "Deliver"),
    ("orderCancel", "CANCEL", &["AWAITING_PAYMENT", "PLACED", "CONFIRMED", "ALLOCATED"], "إلغاء الطلب", "Cancel order"),
    ("orderRefund", "REFUND", &["DELIVERED"], "استرداد المبلغ", "Refund"),
    ("orderMarkAsPaid", "PAY", &["AWAITING_PAYMENT"], "الدفع", "Pay"),
];

const LABELS: [(&str, &str, &str); 10] = [
    ("AWAITING_PAYMENT", "بانتظار الدفع", "Awaiting payment"),
    ("PLACED", "تم استلام الطلب", "Placed"),
    ("CONFIRMED", "تم تأكيد الطلب", "Confirmed"),
    ("ALLOCATED", "قيد التجهيز", "Being prepared"),
    ("PARTLY_SHIPPED", "شُحن جزء منه", "Partly shipped"),
    ("SHIPPED", "تم الشحن", "Shipped"),
    ("DELIVERED", "تم التوصيل", "Delivered"),
    ("REFUSED", "رفض العميل الاستلام", "Refused by the customer"),
    ("CANCELLED", "ملغى", "Cancelled"),
    ("REFUNDED", "تم استرداد المبلغ", "Refunded"),
];

const ROLES: [&str; 4] = ["ORDER_READ", "ORDER_MANAGE", "ORDER_FULFIL", "PAYMENT_MANAGE"];

#[tokio::test(flavor = "multi_thread")]
async fn a_move_that_the_state_does_not_allow_is_refused_in_the_readers_language_and_changes_nothing() {
    let shop = Shop::open().await;
    let (arab, english) = (shop.staff_all(), shop.staff_all().in_language("en"));
    for (state, state_ar, state_en) in LABELS {
        let order = standing(&shop, state).await;
        let before = facts(&shop, &order.id).await;
        for (name, action, legal, action_ar, action_en) in ACTIONS {
            if legal.contains(&state) {
                continue;
            }
            let refused = act(&arab, name, &order.id, json!({})).await;
            assert_eq!(refused["order"], Value::Null);
            let error = refusal(&refused);
            assert_eq!(error["code"], "ORDER_TRANSITION_NOT_ALLOWED", "{name} in {state}");
            assert_eq!(error["field"], json!(["order"]));
            assert_eq!((param(error, "state"), param(error, "action")), (state, action));
            let said =
                format!("إجراء «\u{2068}{action_ar}\u{2069}» غير متاح لأن حالة الطلب «\u{2068}{state_ar}\u{2069}».");
            assert_eq!(error["message"], said);
            let refused = act(&english, name, &order.id, json!({})).await;
            let said = format!(
                "“\u{2068}{action_en}\u{2069}” is not possible because the order is “\u{2068}{state_en}\u{2069}”."
            );
            assert_eq!(refusal(&refused)["message"], said);
        }
        assert_eq!(facts(&shop, &order.id).await, before, "{state}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refund_in_part_is_refused_by_its_own_name() {
    let shop = Shop::open().await;
    let order = standing(&shop, "SHIPPED").await;
    let refused = act(&shop.staff_all().in_language("en"), "orderRefund", &order.id, json!({ "amount": "1.00" })).await;
    assert_eq!(param(refusal(&refused), "action"), "REFUND_PART");
    let said = "“\u{2068}Refund in part\u{2069}” is not possible because the order is “\u{2068}Shipped\u{2069}”.";
    assert_eq!(refusal(&refused)["message"], said);
}

/// The mutation of an action that is offered, and what it must be told.
fn mutation_of(action: &str) -> (&'static str, Value) {
    match action {
        "REFUND_PART" => return ("orderRefund", json!({ "amount": "1.00" })),
        "SHIP_PART" => return ("orderShip", json!({})),
        "CANCEL_PART" | "CANCEL_REST" => return ("orderLinesCancel", json!({})),
        "EDIT" => return ("orderEdit", json!({})),
        _ => {}
    }
    let (name, ..) = ACTIONS.into_iter().find(|(_, does, ..)| *does == action).expect("a mutation for what is offered");
    (name, json!({}))
}

/// An order in a state, the mutation of an action that it is offered, and what that must be told.
async fn fresh(shop: &Shop, state: &str, action: &str) -> (Placed, &'static str, Value) {
    let (name, more) = mutation_of(action);
    if ["SHIP_PART", "CANCEL_PART", "CANCEL_REST"].contains(&action) {
        let order = several(shop, state).await;
        let mut some = one_of(shop, &order.id).await;
        if action == "CANCEL_REST" {
            some["lines"][0]["quantity"] = json!(2);
        }
        return (order, name, some);
    }
    if action == "EDIT" {
        let add = json!({ "variant": shop.variant("TEA").await, "quantity": 1 });
        return (standing(shop, state).await, name, json!({ "steps": [{ "add": add }] }));
    }
    (standing(shop, state).await, name, more)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_role_is_offered_works_and_nothing_else_does() {
    let shop = Shop::open().await;
    let offers = "state availableTransitions { action to requires }";
    for state in STATES {
        let order = standing(&shop, state).await;
        let before = facts(&shop, &order.id).await;
        for role in ROLES {
            let staff = shop.staff(role);
            // Not by id: most of them may not see orders. The offers are the caller's all the same.
            let seen = by_token(&staff, &order, offers).await;
            let offered = seen["availableTransitions"].as_array().unwrap().clone();
            let names: Vec<_> = offered.iter().map(|one| mutation_of(one["action"].as_str().unwrap()).0).collect();
            // That move is the payment's and never offered; it can be made by hand.
            let by_hand = |name| (state, role, name) == ("AWAITING_PAYMENT", "PAYMENT_MANAGE", "orderMarkAsPaid");
            for name in MOVES.into_iter().filter(|name| !names.contains(name) && !by_hand(*name)) {
                let reply = try_act(&staff, name, &order.id, json!({})).await;
                let forbidden = reply.codes() == ["FORBIDDEN"];
                let refused = || codes(&reply.body["data"][name]) == ["ORDER_TRANSITION_NOT_ALLOWED"];
                assert!(forbidden || refused(), "{role} did {name} in {state}: {reply}");
            }
            for one in offered {
                assert_eq!(one["requires"], role);
                let (fresh, name, more) = fresh(&shop, state, one["action"].as_str().unwrap()).await;
                let payload = act(&staff, name, &fresh.id, more).await;
                assert_eq!(payload["userErrors"], json!([]), "{role} was offered {one} in {state}");
                assert_eq!(by_token(&staff, &fresh, "state").await["state"], one["to"], "{one} in {state}");
            }
        }
        let after = facts(&shop, &order.id).await;
        assert_eq!((&after["order"], &after["auditEntries"]), (&before["order"], &before["auditEntries"]), "{state}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_action_is_offered_where_it_is_legal_with_its_name_and_nothing_to_customers_and_guests() {
    let shop = Shop::open().await;
    let offers = "availableTransitions { action label }";
    for state in STATES {
        let order = standing(&shop, state).await;
        let mut expected: Vec<_> = ACTIONS
            .into_iter()
            .filter(|(_, action, legal, ..)| *action != "PAY" && legal.contains(&state))
            .map(|(_, action, _, ar, en)| (action.to_owned(), ar.to_owned(), en.to_owned()))
            .collect();
        let named = |action: &str, ar: &str, en: &str| (action.to_owned(), ar.to_owned(), en.to_owned());
        if ["ALLOCATED", "PARTLY_SHIPPED"].contains(&state) {
            expected.insert(1, named("SHIP_PART", "شحن جزء من الطلب", "Ship in part"));
        }
        if ["PLACED", "CONFIRMED", "ALLOCATED"].contains(&state) {
            let last = expected.len() - 1;
            expected.insert(last, named("EDIT", "تعديل الطلب", "Edit order"));
        }
        if ["AWAITING_PAYMENT", "PLACED", "CONFIRMED", "ALLOCATED"].contains(&state) {
            let last = expected.len() - 1;
            expected.insert(last, named("CANCEL_PART", "إلغاء جزء من الطلب", "Cancel in part"));
        }
        if state == "PARTLY_SHIPPED" {
            expected.push(named("EDIT", "تعديل الطلب", "Edit order"));
            expected.push(named("CANCEL_PART", "إلغاء جزء من الطلب", "Cancel in part"));
            expected.push(named("CANCEL_REST", "إلغاء ما لم يُشحن", "Cancel what is left"));
        }
        if state == "DELIVERED" {
            let part = ("استرداد جزء من المبلغ".to_owned(), "Refund in part".to_owned());
            expected.insert(0, ("REFUND_PART".to_owned(), part.0, part.1));
        }
        let arabic = by_token(&shop.staff_all().in_language("ar"), &order, offers).await;
        let english = by_token(&shop.staff_all().in_language("en"), &order, offers).await;
        let pairs = arabic["availableTransitions"].as_array().unwrap().iter();
        let pairs = pairs.zip(english["availableTransitions"].as_array().unwrap());
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let offered: Vec<_> =
            pairs.map(|(ar, en)| (text(&ar["action"]), text(&ar["label"]), text(&en["label"]))).collect();
        assert_eq!(offered, expected, "{state}");
        for nobody in [shop.anonymous(), shop.customer("layla"), shop.staff("CUSTOMER_READ")] {
            assert_eq!(by_token(&nobody, &order, offers).await, json!({ "availableTransitions": [] }), "{state}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_moves_at_once_one_is_made() {
    let shop = Shop::open().await;
    let order = standing(&shop, "PLACED").await;
    let staff = shop.staff_all();
    staff.token().await;
    let answers = at_once(8, async |n| {
        let name = if n % 2 == 0 { "orderConfirm" } else { "orderCancel" };
        (name, act(&staff, name, &order.id, json!({})).await)
    });
    let answers = answers.await;
    let done: Vec<_> = answers.iter().filter(|(_, payload)| codes(payload).is_empty()).collect();
    for (_, payload) in answers.iter().filter(|(_, payload)| !codes(payload).is_empty()) {
        assert!(matches!(codes(payload)[..], ["ORDER_TRANSITION_NOT_ALLOWED" | "CONFLICT"]), "{payload}");
    }
    let facts = facts(&shop, &order.id).await;
    // A confirmed order can be cancelled still; a cancelled one cannot be confirmed.
    assert!(matches!(done[..], [_] | [_, _]), "{done:?}");
    assert_eq!(facts["order"]["version"], json!(done.len() + 1));
    let cancelled = done.iter().any(|(name, _)| *name == "orderCancel");
    assert_eq!(facts["order"]["state"], if cancelled { "CANCELLED" } else { "CONFIRMED" });
}
