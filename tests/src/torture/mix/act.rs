//! What people can ask for, and how the shop may refuse it.

use serde_json::{Value, json};

/// A mutation of one field.
#[derive(Debug)]
pub(in crate::torture) struct Act {
    pub(super) name: &'static str,
    /// What is selected of its payload, beside `userErrors`.
    shows: &'static str,
    /// The codes that it may be refused with, of ids that are right and inputs that parse.
    pub(super) refusals: &'static [&'static str],
    pub(super) is_staffs: bool,
}

const CART: &str = "cart { id version lines { id quantity } }";

/// An order as guests see it.
pub(super) const SOLD: &str =
    "order { id number state totals { total { amount } } lines { id sku quantity } edits { added { id } } }";

/// An order as staff see it.
pub(super) const ORDER: &str = "order { id number state version paymentMethod payment { status challengeUrl }
    lines { id sku quantity quantityShipped cancelledQuantity } holds { id release { at } }
    shipments { id state location { code } lines { quantity line { id sku } } }
    returns { id state lines { quantity received line { id sku } } } }";

const STOCK: &str = "results { line units level { onHand reserved quarantined location variant { sku } } }";

const TRANSFER: &str = "transfer { id state from { code } to { code }
    lines { variant { sku } shipped received returned lost inTransit } }";

const RETURN: &str = "orderReturn { id state lines { quantity received line { id sku } } }";

const COUNT: &str = "count { id isOpen location { code } lines { variant { id sku } counted expected variance } }";

const fn cart(name: &'static str, refusals: &'static [&'static str]) -> Act {
    Act { name, shows: CART, refusals, is_staffs: false }
}

const fn order(name: &'static str, refusals: &'static [&'static str]) -> Act {
    Act { name, shows: ORDER, refusals, is_staffs: true }
}

const fn sent_back(name: &'static str, refusals: &'static [&'static str]) -> Act {
    Act { name, shows: RETURN, refusals, is_staffs: true }
}

const fn stock(name: &'static str, shows: &'static str, refusals: &'static [&'static str]) -> Act {
    Act { name, shows, refusals, is_staffs: true }
}

/// A cart that is gone, is an order, or has too much in it.
const CART_REFUSALS: &[&str] = &[
    "NOT_FOUND",
    "CART_COMPLETED",
    "CART_TOO_MANY_LINES",
    "QUANTITY_TOO_LARGE",
    "OUT_OF_STOCK",
    "CONFLICT",
    "GIFT_CARD_EMPTY",
];

/// A return that has moved on.
const RETURN_REFUSALS: &[&str] = &["RETURN_NOT_ALLOWED", "CONFLICT"];

/// A cart that does not become an order.
pub(super) const CHECKOUT_REFUSALS: &[&str] = &[
    "CART_COMPLETED",
    "CART_EMPTY",
    "CONFLICT",
    "CONTACT_REQUIRED",
    "ADDRESS_REQUIRED",
    "DELIVERY_METHOD_REQUIRED",
    "PAYMENT_METHOD_REQUIRED",
    "OUT_OF_STOCK",
    "TOTAL_CHANGED",
    "GIFT_CARD_EMPTY",
    "BALANCE_TOO_LOW",
];

pub(super) static CART_CREATE: Act = cart("cartCreate", &["OUT_OF_STOCK"]);
pub(super) static CART_ADD: Act = cart("cartLinesAdd", CART_REFUSALS);
pub(super) static CART_CHANGE: Act = cart("cartLinesUpdate", CART_REFUSALS);
pub(super) static CART_REMOVE: Act = cart("cartLinesRemove", CART_REFUSALS);
pub(super) static CART_UPDATE: Act = cart("cartUpdate", CART_REFUSALS);

pub(super) static COMPLETE: Act = Act {
    name: "checkoutComplete",
    shows: "order { id number state totals { total { amount } } lines { id sku quantity } edits { added { id } } payment { challengeUrl } } orderToken",
    refusals: CHECKOUT_REFUSALS,
    is_staffs: false,
};
pub(super) static SUBMIT: Act = Act {
    name: "checkoutSubmit",
    shows: "ticket { id state acceptedAt }",
    refusals: CHECKOUT_REFUSALS,
    is_staffs: false,
};
pub(super) static PAY: Act = Act {
    name: "orderPay",
    shows: SOLD,
    refusals: &["PAYMENT_NOT_PAYABLE", "ORDER_TRANSITION_NOT_ALLOWED", "CONFLICT"],
    is_staffs: false,
};

const MOVE: &[&str] = &["ORDER_TRANSITION_NOT_ALLOWED", "ORDER_ON_HOLD", "CONFLICT"];
pub(super) static CONFIRM: Act = order("orderConfirm", MOVE);
pub(super) static ALLOCATE: Act =
    order("orderAllocate", &["ORDER_BACKORDERED", "ORDER_TRANSITION_NOT_ALLOWED", "ORDER_ON_HOLD", "CONFLICT"]);
pub(super) static CANCEL: Act = order("orderCancel", &["ORDER_TRANSITION_NOT_ALLOWED", "CONFLICT"]);
pub(super) static DELIVER: Act = order("orderDeliver", &["ORDER_TRANSITION_NOT_ALLOWED", "CONFLICT"]);
pub(super) static SHIP: Act = order(
    "orderShip",
    &[
        "ORDER_BACKORDERED",
        "ORDER_UNITS_EXCEEDED",
        "ORDER_NOTHING_TO_SHIP",
        "ORDER_TRANSITION_NOT_ALLOWED",
        "ORDER_ON_HOLD",
        "CONFLICT",
    ],
);
pub(super) static HOLD: Act = order("orderHold", &["ORDER_HOLD_EXISTS", "ORDER_HOLD_TOO_LATE", "CONFLICT"]);
pub(super) static HOLD_RELEASE: Act = order("orderHoldRelease", &["ORDER_HOLD_RELEASED"]);
pub(super) static MARK_AS_PAID: Act =
    order("orderMarkAsPaid", &["PAYMENT_NOT_PAYABLE", "ORDER_TRANSITION_NOT_ALLOWED", "CONFLICT"]);
pub(super) static REFUND: Act =
    order("orderRefund", &["REFUND_EXCEEDS_CAPTURED", "NOTHING_TO_REFUND", "ORDER_TRANSITION_NOT_ALLOWED", "CONFLICT"]);
pub(super) static NOTE: Act = order("orderNoteAdd", &[]);
pub(super) static SHIPMENT_DELIVER: Act = order("shipmentDeliver", &["SHIPMENT_NOT_ALLOWED"]);
pub(super) static SHIPMENT_FAIL: Act = order("shipmentDeliveryFail", &["SHIPMENT_NOT_ALLOWED"]);
pub(super) static SHIPMENT_REFUSE: Act = order("shipmentRefuse", &["SHIPMENT_NOT_ALLOWED", "PAYMENT_BEING_CAPTURED"]);
pub(super) static SHIPMENT_RETURN: Act = order("shipmentReturnReceive", &["SHIPMENT_NOT_ALLOWED"]);

pub(super) static LINES_CANCEL: Act = order(
    "orderLinesCancel",
    &["ORDER_UNITS_EXCEEDED", "PAYMENT_BEING_CAPTURED", "ORDER_TRANSITION_NOT_ALLOWED", "CONFLICT"],
);
pub(super) static EDIT: Act = order(
    "orderEdit",
    &[
        "ORDER_EDIT_CHANGES_NOTHING",
        "ORDER_EDIT_LEAVES_NOTHING",
        "ORDER_UNITS_EXCEEDED",
        "OUT_OF_STOCK",
        "PAYMENT_BEING_CAPTURED",
        "ORDER_TRANSITION_NOT_ALLOWED",
        "CONFLICT",
    ],
);
pub(super) static ADDRESS: Act = order("orderShippingAddressSet", &["ORDER_ADDRESS_FIXED", "CONFLICT"]);

pub(super) static RETURN_REQUEST: Act = sent_back("returnRequest", &["RETURN_NOT_DELIVERED", "RETURN_UNITS_EXCEEDED"]);
pub(super) static RETURN_APPROVE: Act = sent_back("returnApprove", RETURN_REFUSALS);
pub(super) static RETURN_REJECT: Act = sent_back("returnReject", RETURN_REFUSALS);
pub(super) static RETURN_RECEIVE: Act = sent_back("returnReceive", RETURN_REFUSALS);
pub(super) static RETURN_INSPECT: Act =
    sent_back("returnInspect", &["STOCK_INSUFFICIENT", "RETURN_NOT_ALLOWED", "CONFLICT"]);
pub(super) static RETURN_REFUND: Act =
    sent_back("returnRefund", &["NOTHING_TO_REFUND", "RETURN_NOT_ALLOWED", "ORDER_TRANSITION_NOT_ALLOWED", "CONFLICT"]);
pub(super) static RETURN_EXCHANGE: Act = sent_back(
    "returnExchange",
    &["OUT_OF_STOCK", "PAYMENT_BEING_CAPTURED", "RETURN_NOT_ALLOWED", "ORDER_TRANSITION_NOT_ALLOWED", "CONFLICT"],
);

pub(super) static ADJUST: Act = stock("stockAdjust", STOCK, &["STOCK_RESERVED", "STOCK_INSUFFICIENT"]);
pub(super) static SET: Act = stock("stockSet", STOCK, &["CONFLICT", "STOCK_RESERVED"]);
pub(super) static RECEIVE: Act = stock("stockReceive", STOCK, &[]);
pub(super) static ALLOCATIONS: Act = stock("stockAllocationsSet", STOCK, &[]);
pub(super) static SELLING: Act = stock("variantSellingSet", "selling { policy }", &[]);
pub(super) static CART_RESERVATION: Act = stock("channelCartReservationSet", "minutes", &[]);
pub(super) static SETTLE: Act = stock("stockQuarantineSettle", STOCK, &["STOCK_INSUFFICIENT"]);
pub(super) static TRANSFER_SHIP: Act = stock("stockTransferShip", TRANSFER, &["STOCK_RESERVED", "STOCK_INSUFFICIENT"]);
pub(super) static TRANSFER_RECEIVE: Act =
    stock("stockTransferReceive", TRANSFER, &["TRANSFER_CLOSED", "STOCK_INSUFFICIENT"]);
pub(super) static TRANSFER_CANCEL: Act = stock("stockTransferCancel", TRANSFER, &["TRANSFER_CLOSED"]);
pub(super) static COUNT_OPEN: Act = stock("stockCountOpen", COUNT, &[]);
pub(super) static COUNT_RECORD: Act = stock("stockCountRecord", COUNT, &["COUNT_CLOSED"]);
pub(super) static COUNT_CLOSE: Act =
    stock("stockCountClose", COUNT, &["COUNT_CLOSED", "STOCK_RESERVED", "STOCK_INSUFFICIENT"]);

impl Act {
    /// Its document.
    pub(super) fn query(&self) -> String {
        let Self { name, shows, .. } = self;
        let (first, rest) = name.split_at(1);
        format!(
            "mutation ($input: {}{rest}Input!) {{ {name}(input: $input) {{ {shows} userErrors {{ code field }} }} }}",
            first.to_uppercase()
        )
    }
}

/// What two answers to the same question have in common; null if nothing was done.
pub(super) fn gist(payload: &Value) -> Value {
    if let Some(results) = payload["results"].as_array() {
        let line = |result: &Value| json!([result["line"], result["units"]]);
        return if results.is_empty() { Value::Null } else { results.iter().map(line).collect() };
    }
    if let Some(selling) = payload["selling"].as_array() {
        return json!(selling.len());
    }
    if payload.get("minutes").is_some() {
        return json!("set");
    }
    let things = ["order", "orderReturn", "ticket", "cart", "transfer", "count"];
    things.iter().map(|thing| payload[thing]["id"].clone()).find(|id| !id.is_null()).unwrap_or_default()
}
