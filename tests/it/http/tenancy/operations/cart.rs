//! Ids that carts are given.

use serde_json::{Value, json};
use tests::world::riyadh;

use super::{
    NODE, Read, Write,
    id_of::{cart, delivery_method, gift_card, line, second_line, variant},
    null, read, write,
};

pub const READS: &[Read] = &[
    read("Query.node.id", cart, NODE, null),
    read("Query.cart.id", cart, "query ($id: ID!) { found: cart(id: $id) { id } }", null),
];

pub const WRITES: &[Write] = &[
    write(
        "Mutation.cartCreate.input.lines.variant",
        variant,
        |_, id| json!({ "lines": [{ "variant": id, "quantity": 1 }] }),
    )
    .at(&["lines", "0", "variant"]),
    write(
        "Mutation.cartLinesAdd.input.cart",
        cart,
        |ours, id| json!({ "cart": id, "lines": [{ "variant": ours.variant, "quantity": 1 }] }),
    ),
    write(
        "Mutation.cartLinesAdd.input.lines.variant",
        variant,
        |ours, id| json!({ "cart": ours.cart, "lines": [{ "variant": id, "quantity": 1 }] }),
    )
    .at(&["lines", "0", "variant"]),
    write(
        "Mutation.cartLinesUpdate.input.cart",
        cart,
        |ours, id| json!({ "cart": id, "lines": [{ "line": ours.line, "quantity": 3 }] }),
    ),
    write(
        "Mutation.cartLinesUpdate.input.lines.line",
        line,
        |ours, id| json!({ "cart": ours.cart, "lines": [{ "line": id, "quantity": 3 }] }),
    )
    .at(&["lines", "0", "line"]),
    write(
        "Mutation.cartContactSet.input.cart",
        cart,
        |_, id| json!({ "cart": id, "email": "intruder@customer.example" }),
    ),
    write("Mutation.cartCouponAdd.input.cart", cart, |_, id| json!({ "cart": id, "code": "MINE-5" })),
    write("Mutation.cartCouponRemove.input.cart", cart, |_, id| json!({ "cart": id, "code": "MINE-5" })),
    write("Mutation.cartGiftCardAdd.input.cart", cart, |_, id| json!({ "cart": id, "code": "MINE-2026-0001" })),
    write("Mutation.cartGiftCardRemove.input.cart", cart, |ours, id| json!({ "cart": id, "giftCard": ours.gift_card })),
    write(
        "Mutation.cartGiftCardRemove.input.giftCard",
        gift_card,
        |ours, id| json!({ "cart": ours.spare, "giftCard": id }),
    )
    .at(&["giftCard"]),
    write("Mutation.cartUpdate.input.steps.giftCardRemove.giftCard", gift_card, |ours, id| {
        steps(&ours.second_spare, &json!({ "giftCardRemove": { "giftCard": id } }))
    })
    .at(&["steps", "0", "giftCardRemove", "giftCard"]),
    write("Mutation.cartStoreCreditSet.input.cart", cart, |_, id| json!({ "cart": id, "use": false })),
    write("Mutation.cartLanguageSet.input.cart", cart, |_, id| json!({ "cart": id, "language": "en" })),
    write("Mutation.cartShippingAddressSet.input.cart", cart, |_, id| json!({ "cart": id, "address": riyadh() })),
    write(
        "Mutation.cartDeliveryMethodSet.input.cart",
        cart,
        |ours, id| json!({ "cart": id, "deliveryMethod": ours.delivery_method }),
    ),
    write(
        "Mutation.cartDeliveryMethodSet.input.deliveryMethod",
        delivery_method,
        |ours, id| json!({ "cart": ours.cart, "deliveryMethod": id }),
    )
    .code("DELIVERY_METHOD_UNAVAILABLE")
    .at(&["deliveryMethod"]),
    write("Mutation.cartPaymentMethodSet.input.cart", cart, |_, id| json!({ "cart": id, "paymentMethod": "CARD" })),
    write("Mutation.cartUpdate.input.cart", cart, |_, id| {
        steps(id, &json!({ "contactSet": { "email": "intruder@customer.example" } }))
    }),
    write("Mutation.cartUpdate.input.steps.linesAdd.lines.variant", variant, |ours, id| {
        steps(&ours.cart, &json!({ "linesAdd": { "lines": [{ "variant": id, "quantity": 1 }] } }))
    })
    .at(&["steps", "0", "linesAdd", "lines", "0", "variant"]),
    write("Mutation.cartUpdate.input.steps.linesUpdate.lines.line", line, |ours, id| {
        steps(&ours.cart, &json!({ "linesUpdate": { "lines": [{ "line": id, "quantity": 2 }] } }))
    })
    .at(&["steps", "0", "linesUpdate", "lines", "0", "line"]),
    write("Mutation.cartUpdate.input.steps.deliveryMethodSet.deliveryMethod", delivery_method, |ours, id| {
        steps(&ours.cart, &json!({ "deliveryMethodSet": { "deliveryMethod": id } }))
    })
    .code("DELIVERY_METHOD_UNAVAILABLE")
    .at(&["steps", "0", "deliveryMethodSet", "deliveryMethod"]),
    write("Mutation.cartLinesRemove.input.lines", line, |ours, id| json!({ "cart": ours.cart, "lines": [id] }))
        .at(&["lines", "0"]),
    write("Mutation.cartLinesRemove.input.cart", cart, |ours, id| json!({ "cart": id, "lines": [ours.line] })),
    write("Mutation.cartUpdate.input.steps.linesRemove.lines", second_line, |ours, id| {
        steps(&ours.cart, &json!({ "linesRemove": { "lines": [id] } }))
    })
    .at(&["steps", "0", "linesRemove", "lines", "0"]),
];

fn steps(cart: &str, step: &Value) -> Value {
    json!({ "cart": cart, "steps": [step] })
}
