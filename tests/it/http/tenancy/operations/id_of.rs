//! Which id of the things somebody has.

use crate::http::tenancy::things::Things;

pub fn product(things: &Things) -> &str {
    &things.product
}

pub fn variant(things: &Things) -> &str {
    &things.variant
}

pub fn incense(things: &Things) -> &str {
    &things.incense
}

pub fn category(things: &Things) -> &str {
    &things.category
}

pub fn collection(things: &Things) -> &str {
    &things.collection
}

pub fn customer(things: &Things) -> &str {
    &things.customer
}

pub fn promotion(things: &Things) -> &str {
    &things.promotion
}

pub fn coupon(things: &Things) -> &str {
    &things.coupon
}

pub fn price_list(things: &Things) -> &str {
    &things.price_list
}

pub fn tax_class(things: &Things) -> &str {
    &things.tax_class
}

pub fn gift_card(things: &Things) -> &str {
    &things.gift_card
}

pub fn store_credit(things: &Things) -> &str {
    &things.store_credit
}

pub fn tax_rate(things: &Things) -> &str {
    &things.tax_rate
}

pub fn tax_exemption(things: &Things) -> &str {
    &things.tax_exemption
}

pub fn assignment(things: &Things) -> &str {
    &things.assignment
}

pub fn group(things: &Things) -> &str {
    &things.group
}

pub fn organisation(things: &Things) -> &str {
    &things.organisation
}

pub fn unit(things: &Things) -> &str {
    &things.unit
}

pub fn spare_unit(things: &Things) -> &str {
    &things.spare_unit
}

pub fn cart(things: &Things) -> &str {
    &things.cart
}

pub fn ticket(things: &Things) -> &str {
    &things.ticket
}

pub fn line(things: &Things) -> &str {
    &things.line
}

pub fn second_line(things: &Things) -> &str {
    &things.second_line
}

pub fn delivery_method(things: &Things) -> &str {
    &things.delivery_method
}

pub fn location(things: &Things) -> &str {
    &things.location
}

pub fn zone(things: &Things) -> &str {
    &things.zone
}

pub fn transfer(things: &Things) -> &str {
    &things.transfer
}

pub fn supply(things: &Things) -> &str {
    &things.supply
}

pub fn count(things: &Things) -> &str {
    &things.count
}

pub fn order(things: &Things) -> &str {
    &things.order.id
}

pub fn hold(things: &Things) -> &str {
    &things.hold
}

pub fn order_line(things: &Things) -> &str {
    &things.order_line
}

pub fn order_return(things: &Things) -> &str {
    &things.order_return
}

pub fn inspected(things: &Things) -> &str {
    &things.inspected
}

pub fn returned_line(things: &Things) -> &str {
    &things.returned_line
}

pub fn shipment(things: &Things) -> &str {
    &things.shipment
}

pub fn waiting(things: &Things) -> &str {
    &things.waiting.id
}

pub fn draft_line(things: &Things) -> &str {
    &things.draft_line
}

pub fn draft(things: &Things) -> &str {
    &things.draft
}

pub fn webhook(things: &Things) -> &str {
    &things.webhook
}

pub fn delivery(things: &Things) -> &str {
    &things.delivery
}

pub fn event(things: &Things) -> &str {
    &things.event
}
