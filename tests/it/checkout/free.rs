//! Orders that cost nothing, because promotions take off all of it.

use serde_json::{Value, json};
use tests::{client::Client, shop::Shop, tenant::Tenant, world::riyadh};

use super::queue;
use crate::{
    cart::{
        read::{cart_with, delivery, read},
        refusal::wrong,
    },
    fulfilment::ask::text,
    inventory::ask::told,
    payments::credit::ask::payments,
    pricing::promotions::ask::{plain, promote},
};

/// A shop where coffee cups are for nothing, and delivered for nothing.
pub async fn giving() -> Shop {
    let shop = plain().await;
    let cup = json!({ "variants": [shop.variant("CUP").await] });
    let all = json!({ "effect": { "lines": { "of": cup, "off": { "percent": "100" } } } });
    promote(&shop, "cups", all, json!({})).await;
    promote(&shop, "delivered", json!({ "effect": { "delivery": { "percent": "100" } } }), json!({})).await;
    shop
}

/// A cart with contact, address and delivery, and no way to pay.
async fn unpaid(client: &Client, lines: &[(&str, u32)]) -> String {
    let cart = cart_with(client, lines).await;
    let contact = json!({ "email": "sara@example.com" });
    let address = json!({ "shippingAddressSet": { "address": riyadh() } });
    client.steps(&cart, json!([{ "contactSet": contact }, address])).await;
    let standard = delivery(&read(client, &cart).await, "standard");
    client.steps(&cart, json!([{ "deliveryMethodSet": { "deliveryMethod": standard } }])).await;
    cart
}

async fn placed(tenant: &Tenant, order: &str) -> Value {
    let query = "query ($id: ID!) { order(by: { id: $id }) { state payBefore paymentMethod paymentMethodLabel
        payment { status } totals { total { amount } paymentFee { amount } } balance { paid { amount } due { amount } } } }";
    tenant.staff("ORDER_READ").in_language("en").run(query, json!({ "id": order })).await["order"].take()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_costs_nothing_is_placed_without_a_fee_or_a_payment_whatever_way_to_pay_was_chosen() {
    let shop = giving().await;
    let guest = shop.anonymous();
    for method in ["CASH_ON_DELIVERY", "BANK_TRANSFER", "CARD"] {
        let cart = guest.cart_ready(&[("CUP", 2)], method).await;
        let seen = read(&guest, &cart).await;
        assert_eq!(seen["totals"]["total"]["amount"], "0.00", "{method}");
        let order = guest.checkout(&cart).await;
        let wanted = json!({
            "state": "PLACED", "payBefore": null, "paymentMethod": null, "paymentMethodLabel": "Nothing to pay",
            "payment": { "status": "CAPTURED" },
            "totals": { "total": { "amount": "0.00" }, "paymentFee": { "amount": "0.00" } },
            "balance": { "paid": { "amount": "0.00" }, "due": { "amount": "0.00" } },
        });
        assert_eq!(placed(&shop, &order.id).await, wanted, "{method}");
        assert_eq!(payments(&shop, &order.id).await, ["NOTHING CAPTURED 0.00 0.00 0.00"], "{method}");
        shop.make(&["orderConfirm", "orderAllocate", "orderShip", "orderDeliver"], &order.id).await;
    }
    assert_eq!(told(&shop, "payment.captured").await.len(), 0, "no money came");
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_costs_nothing_needs_no_way_to_pay() {
    let shop = giving().await;
    let guest = shop.anonymous();
    let order = guest.checkout(&unpaid(&guest, &[("CUP", 1)]).await).await;
    assert_eq!(payments(&shop, &order.id).await, ["NOTHING CAPTURED 0.00 0.00 0.00"]);
    shop.make(&["orderCancel"], &order.id).await;
    assert_eq!(payments(&shop, &order.id).await, ["NOTHING CAPTURED 0.00 0.00 0.00"]);

    let waiting = queue::submit(&guest, &unpaid(&guest, &[("CUP", 1)]).await).await;
    let refused = queue::submit(&guest, &unpaid(&guest, &[("TEA", 1)]).await).await;
    shop.work().await;
    let [waiting, refused] = [queue::ticket(&guest, &waiting).await, queue::ticket(&guest, &refused).await];
    assert_eq!((text(&waiting["state"]).as_str(), text(&refused["state"]).as_str()), ("PLACED", "REFUSED"));
    assert_eq!(wrong(&refused), ["PAYMENT_METHOD_REQUIRED cart.paymentMethod"]);
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_fee_comes_back_with_what_is_to_be_paid() {
    let shop = giving().await;
    let guest = shop.anonymous();
    let cart = guest.cart_ready(&[("CUP", 1)], "CASH_ON_DELIVERY").await;
    let fee = async || text(&read(&guest, &cart).await["totals"]["paymentFee"]["amount"]);
    assert_eq!(fee().await, "0.00");
    let tea = json!({ "lines": [{ "variant": shop.variant("TEA").await, "quantity": 1 }] });
    guest.steps(&cart, json!([{ "linesAdd": tea }])).await;
    assert_eq!(fee().await, "15.00", "the way to pay that was chosen stays chosen");
}
