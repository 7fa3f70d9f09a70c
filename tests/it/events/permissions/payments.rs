//! What was paid, and is given back.

use tests::shop::Shop;

use super::{Example, by_token, moving};

pub async fn example(shop: &Shop, field: &str) -> Option<Example> {
    let example = match field {
        "Payment.entries" => by_token(shop, "payment { entries { kind } }", "/order/payment/entries/0/kind").await,
        "Mutation.orderRefund" => moving(shop, "orderRefund", "DELIVERED").await,
        "Mutation.orderMarkAsPaid" => moving(shop, "orderMarkAsPaid", "AWAITING_PAYMENT").await,
        _ => return None,
    };
    Some(example)
}
