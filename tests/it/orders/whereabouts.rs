//! "Where is this order right now?"

use std::time::Duration;

use serde_json::{Value, json};
use tests::{shop::Shop, world::Placed};

use super::ask::{by_token, done, transfer};

const FIELDS: &str = "whereabouts { state stateLabel since holder { code name } next nextLabel
    timeline { kind label at reason } }";

async fn where_is(shop: &Shop, order: &Placed, language: &str) -> Value {
    by_token(&shop.anonymous().in_language(language), order, FIELDS).await["whereabouts"].take()
}

fn labels(whereabouts: &Value) -> Vec<&str> {
    whereabouts["timeline"].as_array().unwrap().iter().map(|entry| entry["label"].as_str().unwrap()).collect()
}

/// A move, the state after it, its names, who has it then, what comes next, and what the timeline says last.
struct Stage {
    by: Option<&'static str>,
    state: &'static str,
    name: [&'static str; 2],
    holder: (&'static str, [&'static str; 2]),
    next: Option<(&'static str, [&'static str; 2])>,
    told: [&'static str; 2],
}

const WAY: [Stage; 5] = [
    Stage {
        by: None,
        state: "PLACED",
        name: ["تم استلام الطلب", "Placed"],
        holder: ("SHOP", ["المتجر", "Shop"]),
        next: Some(("CONFIRMED", ["تم تأكيد الطلب", "Confirmed"])),
        told: ["تم استلام الطلب", "Order placed"],
    },
    Stage {
        by: Some("orderConfirm"),
        state: "CONFIRMED",
        name: ["تم تأكيد الطلب", "Confirmed"],
        holder: ("WAREHOUSE", ["المستودع", "Warehouse"]),
        next: Some(("ALLOCATED", ["قيد التجهيز", "Being prepared"])),
        told: ["تم تأكيد الطلب", "Order confirmed"],
    },
    Stage {
        by: Some("orderAllocate"),
        state: "ALLOCATED",
        name: ["قيد التجهيز", "Being prepared"],
        holder: ("WAREHOUSE", ["المستودع", "Warehouse"]),
        next: Some(("SHIPPED", ["تم الشحن", "Shipped"])),
        told: ["بدأ تجهيز الطلب", "Order being prepared"],
    },
    Stage {
        by: Some("orderShip"),
        state: "SHIPPED",
        name: ["تم الشحن", "Shipped"],
        holder: ("CARRIER", ["شركة الشحن", "Carrier"]),
        next: Some(("DELIVERED", ["تم التوصيل", "Delivered"])),
        told: [
            "تم شحن الطلب مع \u{2068}سمسا\u{2069}، ورقم التتبع \u{2068}290012345678\u{2069}",
            "Shipped with \u{2068}سمسا\u{2069}, tracking number \u{2068}290012345678\u{2069}",
        ],
    },
    Stage {
        by: Some("orderDeliver"),
        state: "DELIVERED",
        name: ["تم التوصيل", "Delivered"],
        holder: ("CUSTOMER", ["العميل", "Customer"]),
        next: None,
        told: ["تم تحصيل المبلغ", "Payment collected"],
    },
];

#[tokio::test(flavor = "multi_thread")]
async fn at_every_stage_both_languages_say_where_it_is_since_when_who_has_it_and_what_comes_next() {
    let shop = Shop::open().await;
    let order = shop.order(&[("COFFEE-250-LIGHT", 1)]).await;
    for (n, stage) in WAY.iter().enumerate() {
        if let Some(name) = stage.by {
            shop.make(&[name], &order.id).await;
        }
        let since = format!("2026-03-01T09:{:02}:00Z", 7 * n);
        shop.later(Duration::from_mins(7));
        for (language, tag) in ["ar", "en"].into_iter().enumerate() {
            let now = where_is(&shop, &order, tag).await;
            let holder = json!({ "code": stage.holder.0, "name": stage.holder.1[language] });
            assert_eq!((&now["state"], &now["stateLabel"]), (&json!(stage.state), &json!(stage.name[language])));
            assert_eq!((&now["since"], &now["holder"]), (&json!(since), &holder));
            let next = (stage.next.map(|next| next.0), stage.next.map(|next| next.1[language]));
            assert_eq!((&now["next"], &now["nextLabel"]), (&json!(next.0), &json!(next.1)));
            let last = now["timeline"].as_array().unwrap().last().unwrap();
            assert_eq!((&last["label"], &last["at"]), (&json!(stage.told[language]), &json!(since)), "{tag}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_other_ends_of_the_way_are_told_too() {
    let shop = Shop::open().await;
    let waiting = transfer(&shop, &[("COFFEE-250-LIGHT", 1)]).await;
    let [arabic, english] = [where_is(&shop, &waiting, "ar").await, where_is(&shop, &waiting, "en").await];
    assert_eq!((&arabic["stateLabel"], &english["stateLabel"]), (&json!("بانتظار الدفع"), &json!("Awaiting payment")));
    assert_eq!(english["holder"], json!({ "code": "CUSTOMER", "name": "Customer" }));
    assert_eq!((&english["next"], &english["nextLabel"]), (&json!("PLACED"), &json!("Placed")));

    let cancelled = shop.order(&[("COFFEE-250-LIGHT", 1)]).await;
    done(&shop.staff_all(), "orderCancel", &cancelled.id, json!({ "reason": "نفدت القهوة" })).await;
    let [arabic, english] = [where_is(&shop, &cancelled, "ar").await, where_is(&shop, &cancelled, "en").await];
    assert_eq!((&arabic["stateLabel"], &english["stateLabel"]), (&json!("ملغى"), &json!("Cancelled")));
    assert_eq!((&english["next"], &english["nextLabel"]), (&Value::Null, &Value::Null));
    assert_eq!(english["holder"]["code"], "SHOP");
    assert_eq!(labels(&arabic)[1..], ["تم إلغاء الطلب", "أُلغيت عملية الدفع دون خصم المبلغ"]);
    assert_eq!(labels(&english)[1..], ["Order cancelled", "Payment cancelled without a charge"]);
    assert_eq!(english["timeline"][1]["reason"], "نفدت القهوة", "in the words of staff, to the guest too");
}

#[tokio::test(flavor = "multi_thread")]
async fn refunds_are_told_with_their_amounts() {
    let shop = Shop::open().await;
    let order = shop.order(&[("COFFEE-250-LIGHT", 1)]).await;
    shop.make(&["orderConfirm", "orderAllocate", "orderShip", "orderDeliver"], &order.id).await;
    let staff = shop.staff_all();
    shop.later(Duration::from_mins(1));
    done(&staff, "orderRefund", &order.id, json!({ "amount": "10.50" })).await;
    let now = where_is(&shop, &order, "en").await;
    assert_eq!((&now["state"], &now["since"]), (&json!("DELIVERED"), &json!("2026-03-01T09:00:00Z")));
    assert_eq!(labels(&now).last().unwrap(), &"\u{2068}SAR\u{a0}10.50\u{2069} refunded");
    let arabic = where_is(&shop, &order, "ar").await;
    assert_eq!(labels(&arabic).last().unwrap(), &"تم استرداد \u{2068}\u{200f}10.50\u{a0}ر.س.\u{200f}\u{2069}");
    shop.later(Duration::from_mins(1));
    done(&staff, "orderRefund", &order.id, json!({})).await;
    let now = where_is(&shop, &order, "en").await;
    assert_eq!((&now["state"], &now["since"]), (&json!("REFUNDED"), &json!("2026-03-01T09:02:00Z")));
    assert_eq!(now["holder"]["code"], "SHOP");
    assert_eq!(labels(&now).last().unwrap(), &"Refunded in full");
    assert_eq!(labels(&where_is(&shop, &order, "ar").await).last().unwrap(), &"تم استرداد كامل المبلغ");
}
