//! Every place of the schema in which somebody can write an id. A test fails if one is missing here.

use serde_json::{Value, json};
use tests::world::riyadh;

use super::things::Things;

/// A query that is given an id.
pub struct Read {
    /// Where the id stands.
    pub place: &'static str,
    /// The id.
    pub id: fn(&Things) -> &str,
    /// The query, in which it is `$id`.
    pub query: &'static str,
    /// What is found for somebody else's.
    pub nothing: fn() -> Value,
}

/// A mutation that is given an id.
pub struct Write {
    /// Where the id stands.
    pub place: &'static str,
    /// The id.
    pub id: fn(&Things) -> &str,
    /// The input with this id, in which everything else is ours.
    pub input: fn(&Things, &str) -> Value,
    /// How somebody else's is refused.
    pub code: &'static str,
    /// At which field.
    pub field: &'static [&'static str],
}

const fn read(place: &'static str, id: fn(&Things) -> &str, query: &'static str, nothing: fn() -> Value) -> Read {
    Read { place, id, query, nothing }
}

const fn write(place: &'static str, id: fn(&Things) -> &str, input: fn(&Things, &str) -> Value) -> Write {
    Write { place, id, input, code: "NOT_FOUND", field: &["cart"] }
}

impl Write {
    const fn at(self, field: &'static [&'static str]) -> Self {
        Self { field, ..self }
    }

    const fn code(self, code: &'static str) -> Self {
        Self { code, ..self }
    }

    /// The mutation's name.
    pub fn name(&self) -> &'static str {
        self.place.split('.').nth(1).unwrap()
    }

    /// Whether it is for staff.
    pub fn is_of_staff(&self) -> bool {
        let nouns = [
            "order",
            "return",
            "shipment",
            "stock",
            "location",
            "channel",
            "webhook",
            "variant",
            "inbound",
            "zone",
            "draft",
            "external",
            "customerGroup",
            "organisation",
            "priceList",
            "promotion",
            "coupon",
            "tax",
            "giftCard",
            "storeCredit",
        ];
        nouns.iter().any(|noun| self.name().starts_with(noun))
    }

    /// What its payload shows besides what is wrong.
    fn shown(&self) -> &'static str {
        match self.name() {
            "checkoutSubmit" => "shown: ticket { id }",
            "draftOrderComplete" | "draftOrderAccept" => "shown: order { id }",
            "customerGroupDelete" => "shown: deletedCustomerGroup",
            "organisationUnitDelete" => "shown: deletedUnit",
            name if name.starts_with("organisationUnit") => "shown: unit { id }",
            name if name.starts_with("organisation") => "shown: organisation { id }",
            "taxClassAssign" => "shown: products { id }",
            "giftCardsIssue" => "shown: giftCards { code }",
            name if name.starts_with("giftCard") => "shown: giftCard { id }",
            name if name.starts_with("storeCredit") => "shown: storeCredit { id }",
            "channelTaxesSet" => "shown: channel { code }",
            name if name.starts_with("taxClass") => "shown: taxClass { id }",
            name if name.starts_with("taxRate") => "shown: taxRate { id }",
            name if name.starts_with("taxExemption") => "shown: taxExemption { id }",
            name if name.starts_with("priceList") => "shown: priceList { id }",
            name if name.starts_with("promotion") => "shown: promotion { id }",
            name if name.starts_with("coupon") => "shown: coupon { id }",
            name if name.starts_with("customerGroup") => "shown: group { id }",
            name if name.starts_with("draft") => "shown: draft { id }",
            "orderImport" => "shown: results { isNew }",
            "orderReorder" => "shown: cart { id }",
            name if ["order", "shipment", "checkout"].iter().any(|noun| name.starts_with(noun)) => {
                "shown: order { id }"
            }
            name if name.starts_with("inbound") => "shown: supply { id }",
            "variantMeasuresSet" | "variantCostsSet" => "shown: variants { id }",
            name if name.starts_with("variant") => "shown: selling { policy }",
            "stockAlertCreate" => "shown: token",
            "stockAlertDelete" => "shown: deletedStockAlert",
            name if name.starts_with("stockTransfer") => "shown: transfer { id }",
            name if name.starts_with("stockCount") => "shown: count { id }",
            name if name.starts_with("stock") || name.starts_with("external") => "shown: results { line }",
            name if name.starts_with("return") => "shown: orderReturn { id }",
            name if name.starts_with("location") => "shown: location { id }",
            "webhookDelete" => "shown: deletedWebhook",
            "webhookTest" | "webhookDeliveryReplay" => "shown: delivery { id }",
            name if name.starts_with("webhook") => "shown: webhook { id }",
            name if name.starts_with("zone") => "shown: zone { id }",
            name if name.starts_with("channel") => "shown: locations { buffer }",
            _ => "shown: cart { id }",
        }
    }

    /// The mutation.
    pub fn query(&self) -> String {
        let name = self.name();
        let kind = format!("{}{}", name[..1].to_uppercase(), &name[1..]);
        let shown = self.shown();
        format!("mutation ($input: {kind}Input!) {{ {name}(input: $input) {{ {shown} userErrors {{ code field }} }} }}")
    }
}

const NODE: &str = "query ($id: ID!) { found: node(id: $id) { id } }";

fn members(group: &str, customer: &str) -> Value {
    json!({ "group": group, "customers": [customer] })
}

/// Who is relieved of tax.
fn relieved(who: &Value) -> Value {
    json!({ "who": who, "taxation": { "category": "REVERSE_CHARGE" } })
}

/// A riyal more or less of a balance.
fn balance(of: &Value) -> Value {
    let mut input = of.clone();
    input["amount"] = json!("1");
    input["idempotencyKey"] = json!("a riyal");
    input
}

/// A promotion of some things, with a code of its own.
fn sale(of: &Value) -> Value {
    let kind = of.as_object().and_then(|of| of.keys().next().cloned()).unwrap_or_else(|| "all".to_owned());
    let rule = json!({ "effect": { "lines": { "of": of, "off": { "percent": "1" } } } });
    json!({ "code": format!("of-{}", kind.to_lowercase()), "nameEn": "Mine", "rule": rule })
}

/// Prices of some things, to raise.
fn raise(ours: &Things, of: &Value) -> Value {
    json!({ "priceList": ours.price_list, "percent": "1", "of": of })
}

/// Our promotion, of some things.
fn changed(ours: &Things, of: &Value) -> Value {
    let rule = json!({ "needsCoupon": true, "effect": { "lines": { "of": of, "off": { "percent": "1" } } } });
    json!({ "promotion": ours.promotion, "rule": rule })
}

fn null() -> Value {
    json!({ "found": null })
}

fn none() -> Value {
    json!({ "found": { "totalCount": 0, "nodes": [] } })
}

/// A quote that is refused for who buys, or what.
fn unpriced(field: &[&str]) -> Value {
    json!({ "found": { "quote": null, "userErrors": [{ "field": field, "code": "NOT_FOUND" }] } })
}

fn unsimulated(field: &[&str]) -> Value {
    json!({ "found": { "simulation": null, "userErrors": [{ "field": field, "code": "NOT_FOUND" }] } })
}

fn product(things: &Things) -> &str {
    &things.product
}
fn variant(things: &Things) -> &str {
    &things.variant
}
fn incense(things: &Things) -> &str {
    &things.incense
}
fn category(things: &Things) -> &str {
    &things.category
}
fn collection(things: &Things) -> &str {
    &things.collection
}
fn customer(things: &Things) -> &str {
    &things.customer
}
fn promotion(things: &Things) -> &str {
    &things.promotion
}
fn coupon(things: &Things) -> &str {
    &things.coupon
}
fn price_list(things: &Things) -> &str {
    &things.price_list
}
fn tax_class(things: &Things) -> &str {
    &things.tax_class
}
fn gift_card(things: &Things) -> &str {
    &things.gift_card
}

fn store_credit(things: &Things) -> &str {
    &things.store_credit
}

fn tax_exemption(things: &Things) -> &str {
    &things.tax_exemption
}
fn assignment(things: &Things) -> &str {
    &things.assignment
}
fn group(things: &Things) -> &str {
    &things.group
}
fn organisation(things: &Things) -> &str {
    &things.organisation
}
fn unit(things: &Things) -> &str {
    &things.unit
}
fn spare_unit(things: &Things) -> &str {
    &things.spare_unit
}
fn cart(things: &Things) -> &str {
    &things.cart
}
fn ticket(things: &Things) -> &str {
    &things.ticket
}
fn line(things: &Things) -> &str {
    &things.line
}
fn second_line(things: &Things) -> &str {
    &things.second_line
}
fn delivery_method(things: &Things) -> &str {
    &things.delivery_method
}
fn location(things: &Things) -> &str {
    &things.location
}
fn zone(things: &Things) -> &str {
    &things.zone
}
fn transfer(things: &Things) -> &str {
    &things.transfer
}
fn supply(things: &Things) -> &str {
    &things.supply
}
fn count(things: &Things) -> &str {
    &things.count
}
fn order(things: &Things) -> &str {
    &things.order.id
}
fn hold(things: &Things) -> &str {
    &things.hold
}
fn order_line(things: &Things) -> &str {
    &things.order_line
}
fn order_return(things: &Things) -> &str {
    &things.order_return
}
fn inspected(things: &Things) -> &str {
    &things.inspected
}
fn returned_line(things: &Things) -> &str {
    &things.returned_line
}
fn shipment(things: &Things) -> &str {
    &things.shipment
}
fn waiting(things: &Things) -> &str {
    &things.waiting.id
}

fn draft_line(things: &Things) -> &str {
    &things.draft_line
}
fn draft(things: &Things) -> &str {
    &things.draft
}

fn webhook(things: &Things) -> &str {
    &things.webhook
}
fn delivery(things: &Things) -> &str {
    &things.delivery
}
fn event(things: &Things) -> &str {
    &things.event
}

/// What can be asked by an id, as staff who may everything.
pub const READS: &[Read] = &[
    read("Query.node.id", product, NODE, null),
    read("Query.node.id", variant, NODE, null),
    read("Query.node.id", category, NODE, null),
    read("Query.node.id", collection, NODE, null),
    read("Query.node.id", cart, NODE, null),
    read("Query.node.id", order, NODE, null),
    read("Query.checkoutTicket.id", ticket, "query ($id: ID!) { found: checkoutTicket(id: $id) { id } }", null),
    read("Query.node.id", location, NODE, null),
    read("Query.node.id", group, NODE, null),
    read("Query.node.id", organisation, NODE, null),
    read("Query.node.id", price_list, NODE, null),
    read("Query.node.id", promotion, NODE, null),
    read("Query.node.id", coupon, NODE, null),
    read("Query.node.id", gift_card, NODE, null),
    read("Query.node.id", store_credit, NODE, null),
    read(
        "Query.storeCredit.customer",
        customer,
        "query ($id: ID!) { found: storeCredit(customer: $id) { id } }",
        || json!({ "found": [] }),
    ),
    read("Query.giftCard.id", gift_card, "query ($id: ID!) { found: giftCard(id: $id) { id } }", null),
    read(
        "Query.giftCards.filter.customer",
        customer,
        "query ($id: ID!) { found: giftCards(filter: { customer: $id }) { totalCount nodes { id } } }",
        none,
    ),
    read("Query.promotion.by.id", promotion, "query ($id: ID!) { found: promotion(by: { id: $id }) { id } }", null),
    read("Query.priceList.by.id", price_list, "query ($id: ID!) { found: priceList(by: { id: $id }) { id } }", null),
    read(
        "Query.priceQuote.input.lines.variant.id",
        variant,
        "query ($id: ID!) { found: priceQuote(input: { lines: [{ variant: { id: $id }, quantity: 1 }] }) {
            quote { lines { line } } userErrors { field code } } }",
        || unpriced(&["lines", "0", "variant"]),
    ),
    read(
        "Query.priceQuote.input.buyer.customer",
        customer,
        "query ($id: ID!) { found: priceQuote(input: { lines: [{ variant: { sku: \"TEA\" }, quantity: 1 }],
            buyer: { customer: $id } }) { quote { lines { line } } userErrors { field code } } }",
        || unpriced(&["buyer", "customer"]),
    ),
    read(
        "Query.priceQuote.input.buyer.customerGroups",
        group,
        "query ($id: ID!) { found: priceQuote(input: { lines: [{ variant: { sku: \"TEA\" }, quantity: 1 }],
            buyer: { customerGroups: [$id] } }) { quote { lines { line } } userErrors { field code } } }",
        || unpriced(&["buyer", "customerGroups", "0"]),
    ),
    read(
        "Query.priceQuote.input.buyer.organisation",
        organisation,
        "query ($id: ID!) { found: priceQuote(input: { lines: [{ variant: { sku: \"TEA\" }, quantity: 1 }],
            buyer: { organisation: $id } }) { quote { lines { line } } userErrors { field code } } }",
        || unpriced(&["buyer", "organisation"]),
    ),
    read(
        "Query.priceQuote.input.buyer.organisationUnit",
        unit,
        "query ($id: ID!) { found: priceQuote(input: { lines: [{ variant: { sku: \"TEA\" }, quantity: 1 }],
            buyer: { organisationUnit: $id } }) { quote { lines { line } } userErrors { field code } } }",
        || unpriced(&["buyer", "organisationUnit"]),
    ),
    read(
        "Query.promotionSimulate.PromotionSelectorInput.variants",
        variant,
        "query ($id: ID!) { found: promotionSimulate(input: { promotion: { draft: { code: \"tried\", nameEn: \"Tried\",
            rule: { effect: { lines: { of: { variants: [$id] }, off: { percent: \"10\" } } } } } }, on: { orders: {} } }) { simulation { sums { tried } } userErrors { field code } } }",
        || unsimulated(&["promotion", "draft", "rule", "effect", "lines", "of", "variants", "0"]),
    ),
    read(
        "Query.promotionSimulate.PromotionSelectorInput.products",
        product,
        "query ($id: ID!) { found: promotionSimulate(input: { promotion: { draft: { code: \"tried\", nameEn: \"Tried\",
            rule: { effect: { lines: { of: { products: [$id] }, off: { percent: \"10\" } } } } } }, on: { orders: {} } }) { simulation { sums { tried } } userErrors { field code } } }",
        || unsimulated(&["promotion", "draft", "rule", "effect", "lines", "of", "products", "0"]),
    ),
    read(
        "Query.promotionSimulate.PromotionSelectorInput.categories",
        category,
        "query ($id: ID!) { found: promotionSimulate(input: { promotion: { draft: { code: \"tried\", nameEn: \"Tried\",
            rule: { effect: { lines: { of: { categories: [$id] }, off: { percent: \"10\" } } } } } }, on: { orders: {} } }) { simulation { sums { tried } } userErrors { field code } } }",
        || unsimulated(&["promotion", "draft", "rule", "effect", "lines", "of", "categories", "0"]),
    ),
    read(
        "Query.promotionSimulate.PromotionSelectorInput.collections",
        collection,
        "query ($id: ID!) { found: promotionSimulate(input: { promotion: { draft: { code: \"tried\", nameEn: \"Tried\",
            rule: { effect: { lines: { of: { collections: [$id] }, off: { percent: \"10\" } } } } } }, on: { orders: {} } }) { simulation { sums { tried } } userErrors { field code } } }",
        || unsimulated(&["promotion", "draft", "rule", "effect", "lines", "of", "collections", "0"]),
    ),
    read(
        "Query.promotionSimulate.PromotionConditionInput.customerGroups",
        group,
        "query ($id: ID!) { found: promotionSimulate(input: { promotion: { draft: { code: \"tried\", nameEn: \"Tried\",
            rule: { condition: { customerGroups: [$id] }, effect: { fee: { percent: \"10\" } } } } }, on: { orders: {} } }) { simulation { sums { tried } } userErrors { field code } } }",
        || unsimulated(&["promotion", "draft", "rule", "condition", "customerGroups", "0"]),
    ),
    read(
        "Query.promotionSimulate.PromotionConditionInput.organisations",
        organisation,
        "query ($id: ID!) { found: promotionSimulate(input: { promotion: { draft: { code: \"tried\", nameEn: \"Tried\",
            rule: { condition: { organisations: [$id] }, effect: { fee: { percent: \"10\" } } } } }, on: { orders: {} } }) { simulation { sums { tried } } userErrors { field code } } }",
        || unsimulated(&["promotion", "draft", "rule", "condition", "organisations", "0"]),
    ),
    read(
        "Query.promotionSimulate.input.promotion.id",
        promotion,
        "query ($id: ID!) { found: promotionSimulate(input: { promotion: { id: $id }, on: { orders: {} } }) {
            simulation { sums { tried } } userErrors { field code } } }",
        || unsimulated(&["promotion", "id"]),
    ),
    read(
        "Query.promotionSimulate.input.replaces",
        promotion,
        "query ($id: ID!) { found: promotionSimulate(input: { promotion: { draft: { code: \"tried\", nameEn: \"Tried\",
            rule: { effect: { fee: { percent: \"10\" } } } } }, replaces: $id, on: { orders: {} } }) {
            simulation { sums { tried } } userErrors { field code } } }",
        || unsimulated(&["replaces"]),
    ),
    read(
        "Query.promotionSimulate.input.on.cart",
        cart,
        "query ($id: ID!) { found: promotionSimulate(input: { promotion: { draft: { code: \"tried\", nameEn: \"Tried\",
            rule: { effect: { fee: { percent: \"10\" } } } } }, on: { cart: $id } }) {
            simulation { sums { tried } } userErrors { field code } } }",
        || unsimulated(&["on", "cart"]),
    ),
    read("Query.customerGroup.by.id", group, "query ($id: ID!) { found: customerGroup(by: { id: $id }) { id } }", null),
    read(
        "Query.taxExemptions.filter.customer",
        customer,
        "query ($id: ID!) { found: taxExemptions(filter: { customer: $id }) { totalCount nodes { id } } }",
        none,
    ),
    read(
        "Query.taxExemptions.filter.organisation",
        organisation,
        "query ($id: ID!) { found: taxExemptions(filter: { organisation: $id }) { totalCount nodes { id } } }",
        none,
    ),
    read(
        "Query.organisation.by.id",
        organisation,
        "query ($id: ID!) { found: organisation(by: { id: $id }) { id } }",
        null,
    ),
    read(
        "Query.orders.filter.organisation",
        organisation,
        "query ($id: ID!) { found: orders(filter: { organisation: $id }) { totalCount nodes { id } } }",
        none,
    ),
    read(
        "Query.stockAlerts.filter.variants",
        incense,
        "query ($id: ID!) { found: stockAlerts(filter: { variants: [$id] }) { totalCount nodes { id } } }",
        none,
    ),
    read(
        "Query.externalSkus.filter.variants",
        variant,
        "query ($id: ID!) { found: externalSkus(filter: { variants: [$id] }) { totalCount nodes { id } } }",
        none,
    ),
    read(
        "Query.stockLevels.filter.variants",
        variant,
        "query ($id: ID!) { found: stockLevels(filter: { variants: [$id] }) { totalCount nodes { id } } }",
        none,
    ),
    read(
        "Query.stockLevels.filter.locations",
        location,
        "query ($id: ID!) { found: stockLevels(filter: { locations: [$id] }) { totalCount nodes { id } } }",
        none,
    ),
    read(
        "Query.stockTransfers.filter.ids",
        transfer,
        "query ($id: ID!) { found: stockTransfers(filter: { ids: [$id] }) { totalCount nodes { id } } }",
        none,
    ),
    read(
        "Query.stockTransfers.filter.from",
        location,
        "query ($id: ID!) { found: stockTransfers(filter: { from: $id }) { totalCount nodes { id } } }",
        none,
    ),
    read(
        "Query.stockTransfers.filter.to",
        |things| &things.elsewhere,
        "query ($id: ID!) { found: stockTransfers(filter: { to: $id }) { totalCount nodes { id } } }",
        none,
    ),
    read(
        "Query.stockCounts.filter.ids",
        count,
        "query ($id: ID!) { found: stockCounts(filter: { ids: [$id] }) { totalCount nodes { id } } }",
        none,
    ),
    read(
        "Query.stockCounts.filter.location",
        location,
        "query ($id: ID!) { found: stockCounts(filter: { location: $id }) { totalCount nodes { id } } }",
        none,
    ),
    read(
        "Query.inboundSupplies.filter.ids",
        supply,
        "query ($id: ID!) { found: inboundSupplies(filter: { ids: [$id] }) { totalCount nodes { id } } }",
        none,
    ),
    read(
        "Query.inboundSupplies.filter.variants",
        |things| &things.incense,
        "query ($id: ID!) { found: inboundSupplies(filter: { variants: [$id] }) { totalCount nodes { id } } }",
        none,
    ),
    read(
        "Query.inboundSupplies.filter.location",
        location,
        "query ($id: ID!) { found: inboundSupplies(filter: { location: $id }) { totalCount nodes { id } } }",
        none,
    ),
    read(
        "Query.stockMovements.filter.variant",
        variant,
        "query ($id: ID!) { found: stockMovements(filter: { variant: $id }) { totalCount nodes { id } } }",
        none,
    ),
    read(
        "Query.stockMovements.filter.location",
        location,
        "query ($id: ID!) { found: stockMovements(filter: { location: $id }) { totalCount nodes { id } } }",
        none,
    ),
    read("Query.cart.id", cart, "query ($id: ID!) { found: cart(id: $id) { id } }", null),
    read("Query.product.by.id", product, "query ($id: ID!) { found: product(by: { id: $id }) { id } }", null),
    read(
        "Query.productVariant.by.id",
        variant,
        "query ($id: ID!) { found: productVariant(by: { id: $id }) { id } }",
        null,
    ),
    read("Query.category.by.id", category, "query ($id: ID!) { found: category(by: { id: $id }) { id } }", null),
    read("Query.collection.by.id", collection, "query ($id: ID!) { found: collection(by: { id: $id }) { id } }", null),
    read("Query.order.by.id", order, "query ($id: ID!) { found: order(by: { id: $id }) { id } }", null),
    read(
        "Query.products.filter.ids",
        product,
        "query ($id: ID!) { found: products(filter: { ids: [$id] }) { totalCount nodes { id } } }",
        none,
    ),
    read(
        "Query.products.filter.categories",
        category,
        "query ($id: ID!) { found: products(filter: { categories: [$id] }) { totalCount nodes { id } } }",
        none,
    ),
    read(
        "Query.products.filter.collections",
        collection,
        "query ($id: ID!) { found: products(filter: { collections: [$id] }) { totalCount nodes { id } } }",
        none,
    ),
    read(
        "Query.orders.filter.customer",
        customer,
        "query ($id: ID!) { found: orders(filter: { customer: $id }) { totalCount nodes { id } } }",
        none,
    ),
    read(
        "Query.auditEntries.filter.record",
        order,
        "query ($id: ID!) { found: auditEntries(filter: { record: $id }) { totalCount nodes { id } } }",
        none,
    ),
    read(
        "Query.returns.filter.order",
        |things| &things.returned_order,
        "query ($id: ID!) { found: returns(filter: { order: $id }) { totalCount nodes { id } } }",
        none,
    ),
    read("Query.draftOrder.id", draft, "query ($id: ID!) { found: draftOrder(id: $id) { id } }", null),
    read(
        "Query.draftOrders.filter.customer",
        customer,
        "query ($id: ID!) { found: draftOrders(filter: { customer: $id }) { totalCount nodes { id } } }",
        none,
    ),
    read("Query.webhook.id", webhook, "query ($id: ID!) { found: webhook(id: $id) { id } }", null),
    read(
        "Query.webhookDeliveries.filter.webhook",
        webhook,
        "query ($id: ID!) { found: webhookDeliveries(filter: { webhook: $id }) { totalCount nodes { id } } }",
        none,
    ),
    read(
        "Query.webhookDeliveries.filter.event",
        event,
        "query ($id: ID!) { found: webhookDeliveries(filter: { event: $id }) { totalCount nodes { id } } }",
        none,
    ),
];

fn moved(_: &Things, order: &str) -> Value {
    json!({ "order": order, "idempotencyKey": format!("move {order}") })
}

fn back(_: &Things, order_return: &str) -> Value {
    json!({ "orderReturn": order_return, "idempotencyKey": order_return })
}

fn requested(order: &str, line: &str) -> Value {
    let lines = json!([{ "line": line, "quantity": 1, "reason": "OTHER" }]);
    let key = [order, line].map(|id| &id[id.len() - 26..]);
    json!({ "by": { "id": order }, "lines": lines, "idempotencyKey": key.join(" ") })
}

fn exchanged(order_return: &str, variant: &str) -> Value {
    let key = [order_return, variant].map(|id| &id[id.len() - 26..]);
    let lines = json!([{ "variant": variant, "quantity": 1 }]);
    json!({ "orderReturn": order_return, "lines": lines, "dryRun": true, "idempotencyKey": key.join(" ") })
}

fn decided(order_return: &str, line: &str, key: &str) -> Value {
    let lines = json!([{ "line": line, "outcome": "RESTOCK", "quantity": 1 }]);
    json!({ "orderReturn": order_return, "lines": lines, "idempotencyKey": key })
}

fn entered(cart: &str, email: &str) -> Value {
    json!({ "cart": cart, "email": email, "password": tests::client::PASSWORD })
}

fn steps(cart: &str, step: &Value) -> Value {
    json!({ "cart": cart, "steps": [step] })
}

/// A change of one level. What a mutation does not take of it is left out.
fn of_level(variant: &str, location: &str, more: &Value) -> Value {
    let mut line = json!({ "variant": variant, "location": location });
    line.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    json!({ "lines": [line], "idempotencyKey": format!("{variant} {location}") })
}

fn adjusted(variant: &str, location: &str) -> Value {
    of_level(variant, location, &json!({ "delta": 1, "reason": "x" }))
}

fn set(variant: &str, location: &str) -> Value {
    let mut input = of_level(variant, location, &json!({ "quantity": 9 }));
    input["reason"] = json!("x");
    input
}

fn received(variant: &str, location: &str) -> Value {
    of_level(variant, location, &json!({ "quantity": 1 }))
}

fn allocated(variant: &str, location: &str) -> Value {
    of_level(variant, location, &json!({ "channel": "web-kw", "quantity": 1 }))
}

fn kept(variant: &str, location: &str) -> Value {
    of_level(variant, location, &json!({ "safetyStock": 1 }))
}

fn settled(variant: &str, location: &str) -> Value {
    of_level(variant, location, &json!({ "quantity": 1, "outcome": "RESTOCK", "reason": "x" }))
}

fn shipped(variant: &str, from: &str, to: &str) -> Value {
    let lines = json!([{ "variant": variant, "quantity": 1 }]);
    // Three whole ids are too long for a key.
    let key = [variant, from, to].map(|id| &id[id.len() - 26..]);
    json!({ "from": from, "to": to, "lines": lines, "idempotencyKey": key.join(" ") })
}

fn came(transfer: &str, variant: &str) -> Value {
    let lines = json!([{ "variant": variant, "quantity": 1 }]);
    json!({ "transfer": transfer, "lines": lines, "idempotencyKey": format!("{transfer} {variant}") })
}

fn opened(location: &str, variant: &str) -> Value {
    json!({ "location": location, "variants": [variant], "idempotencyKey": format!("{location} {variant}") })
}

fn found(count: &str, variant: &str) -> Value {
    let lines = json!([{ "variant": variant, "counted": 3 }]);
    json!({ "count": count, "lines": lines, "idempotencyKey": format!("{count} {variant}") })
}

fn expected(variant: &str, location: &str) -> Value {
    let key = [variant, location].map(|id| &id[id.len() - 26..]).join(" ");
    json!({ "variant": variant, "location": location, "quantity": 1, "expectedAt": "2026-04-01", "idempotencyKey": key })
}

fn of_supply(supply: &str, more: &Value) -> Value {
    let mut input = json!({ "supply": supply, "idempotencyKey": supply });
    input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    input
}

fn of_draft(draft: &str, more: &Value) -> Value {
    let mut input = json!({ "draft": draft, "idempotencyKey": format!("draft {draft}") });
    input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    input
}

fn draft_steps(draft: &str, step: &Value) -> Value {
    json!({ "draft": draft, "steps": [step] })
}

/// What can be changed by an id: in an order in which it can also be done with what is ours.
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
    write("Mutation.signIn.input.cart", |things| &things.spare, |_, id| entered(id, "omar@customer.example")),
    write(
        "Mutation.customerRegister.input.cart",
        |things| &things.second_spare,
        |_, id| {
            // Each call is somebody else's.
            let mut input = entered(id, &format!("{}@customer.example", &id[id.len() - 12..]));
            input["name"] = json!("Sara");
            input
        },
    ),
    write("Mutation.orderHoldRelease.input.hold", hold, |_, id| json!({ "hold": id, "idempotencyKey": id }))
        .at(&["hold"]),
    write(
        "Mutation.orderReorder.input.by.id",
        order,
        |_, id| json!({ "by": { "id": id }, "idempotencyKey": format!("again {id}") }),
    )
    .at(&["by"]),
    write("Mutation.orderNoteAdd.input.order", order, |_, id| json!({ "order": id, "text": "a" })).at(&["order"]),
    write("Mutation.orderTagsAdd.input.order", order, |_, id| json!({ "order": id, "tags": ["vip"] })).at(&["order"]),
    write("Mutation.orderTagsRemove.input.order", order, |_, id| json!({ "order": id, "tags": ["vip"] }))
        .at(&["order"]),
    write("Mutation.orderConfirm.input.order", order, moved).at(&["order"]),
    write("Mutation.orderAllocate.input.order", order, moved).at(&["order"]),
    write("Mutation.orderLinesCancel.input.order", order, |ours, id| {
        let mut input = moved(ours, id);
        input["lines"] = json!([{ "line": ours.order_line, "quantity": 1 }]);
        input
    })
    .at(&["order"]),
    write("Mutation.orderLinesCancel.input.lines.line", order_line, |ours, id| {
        let mut input = moved(ours, &ours.order.id);
        input["idempotencyKey"] = json!(format!("cancel {id}"));
        input["lines"] = json!([{ "line": id, "quantity": 1 }]);
        input
    })
    .at(&["lines", "0", "line"]),
    write("Mutation.orderShippingAddressSet.input.order", order, |ours, id| {
        let mut input = moved(ours, id);
        input["address"] = tests::world::alula();
        input
    })
    .at(&["order"]),
    write("Mutation.orderEdit.input.order", order, |ours, id| {
        let mut input = moved(ours, id);
        input["steps"] = json!([{ "remove": { "line": ours.order_line } }]);
        input["dryRun"] = json!(true);
        input
    })
    .at(&["order"]),
    write("Mutation.orderEdit.input.steps.add.variant", variant, |ours, id| {
        let mut input = moved(ours, &ours.order.id);
        input["steps"] = json!([{ "add": { "variant": id, "quantity": 1 } }]);
        input["dryRun"] = json!(true);
        input
    })
    .at(&["steps", "0"])
    .code("VARIANT_NOT_SOLD_HERE"),
    write("Mutation.orderEdit.input.steps.setQuantity.line", order_line, |ours, id| {
        let mut input = moved(ours, &ours.order.id);
        input["steps"] = json!([{ "setQuantity": { "line": id, "quantity": 2 } }]);
        input["dryRun"] = json!(true);
        input
    })
    .at(&["steps", "0"]),
    write("Mutation.orderEdit.input.steps.remove.line", order_line, |ours, id| {
        let mut input = moved(ours, &ours.order.id);
        let add = json!({ "add": { "variant": ours.variant, "quantity": 1 } });
        input["steps"] = json!([{ "remove": { "line": id } }, add]);
        input["dryRun"] = json!(true);
        input
    })
    .at(&["steps", "0"]),
    write("Mutation.orderShip.input.lines.line", order_line, |ours, id| {
        let mut input = moved(ours, &ours.order.id);
        input["idempotencyKey"] = json!(format!("ship {id}"));
        input["carrier"] = json!("SMSA");
        input["tracking"] = json!("290012345678");
        input["lines"] = json!([{ "line": id, "quantity": 1 }]);
        input
    })
    .at(&["lines", "0", "line"]),
    write("Mutation.orderShip.input.order", order, |ours, id| {
        let mut input = moved(ours, id);
        input["carrier"] = json!("SMSA");
        input["tracking"] = json!("290012345678");
        input
    })
    .at(&["order"]),
    write("Mutation.orderReSource.input.lines", order_line, |ours, id| {
        let mut input = moved(ours, &ours.order.id);
        input["idempotencyKey"] = json!(format!("refuse {id}"));
        input["location"] = json!("riyadh");
        input["lines"] = json!([id]);
        input
    })
    .at(&["lines", "0"]),
    write("Mutation.orderReSource.input.order", order, |ours, id| {
        let mut input = moved(ours, id);
        input["location"] = json!("riyadh");
        input
    })
    .at(&["order"]),
    write("Mutation.orderDeliver.input.order", order, moved).at(&["order"]),
    write("Mutation.orderHold.input.order", order, |ours, id| {
        let mut input = moved(ours, id);
        input["kind"] = json!("FRAUD");
        input
    })
    .at(&["order"]),
    write(
        "Mutation.shipmentDeliveryFail.input.shipment",
        shipment,
        |_, id| json!({ "shipment": id, "reason": "OTHER", "idempotencyKey": id }),
    )
    .at(&["shipment"]),
    write("Mutation.shipmentRefuse.input.shipment", shipment, |_, id| json!({ "shipment": id, "idempotencyKey": id }))
        .at(&["shipment"]),
    write(
        "Mutation.shipmentReturnReceive.input.shipment",
        shipment,
        |_, id| json!({ "shipment": id, "goods": "RESTOCK", "idempotencyKey": id }),
    )
    .at(&["shipment"]),
    write("Mutation.shipmentDeliver.input.shipment", shipment, |_, id| json!({ "shipment": id, "idempotencyKey": id }))
        .at(&["shipment"]),
    write(
        "Mutation.returnRequest.input.by.id",
        |things| &things.returned_order,
        |ours, id| requested(id, &ours.returned_line),
    )
    .at(&["by"]),
    write("Mutation.returnRequest.input.lines.line", returned_line, |ours, id| requested(&ours.returned_order, id))
        .at(&["lines", "0", "line"]),
    write("Mutation.returnApprove.input.orderReturn", order_return, back).at(&["orderReturn"]),
    write("Mutation.returnReceive.input.orderReturn", order_return, |ours, id| {
        let mut input = back(ours, id);
        input["location"] = json!("nowhere");
        input
    })
    .at(&["orderReturn"]),
    write("Mutation.returnReceive.input.lines.line", returned_line, |ours, id| {
        let mut input = back(ours, &ours.order_return);
        input["idempotencyKey"] = json!(format!("receive {id}"));
        input["location"] = json!("riyadh");
        input["lines"] = json!([{ "line": id, "quantity": 1 }]);
        input
    })
    .at(&["lines", "0", "line"]),
    write("Mutation.returnInspect.input.lines.line", returned_line, |ours, id| {
        decided(&ours.order_return, id, &format!("inspect {id}"))
    })
    .code("RETURN_UNITS_UNDECIDED")
    .at(&["lines", "1", "quantity"]),
    write("Mutation.returnInspect.input.orderReturn", order_return, |ours, id| decided(id, &ours.returned_line, id))
        .at(&["orderReturn"]),
    write("Mutation.returnRefund.input.orderReturn", order_return, back).at(&["orderReturn"]),
    write("Mutation.returnExchange.input.orderReturn", inspected, |ours, id| exchanged(id, &ours.variant))
        .at(&["orderReturn"]),
    write("Mutation.returnExchange.input.lines.variant", variant, |ours, id| exchanged(&ours.inspected, id))
        .code("VARIANT_NOT_SOLD_HERE")
        .at(&["lines", "0"]),
    write("Mutation.returnReject.input.orderReturn", order_return, back).at(&["orderReturn"]),
    write("Mutation.orderRefund.input.order", order, moved).at(&["order"]),
    write(
        "Mutation.orderRefund.input.payment",
        |things| &things.payment,
        |ours, id| json!({ "order": ours.returned_order, "payment": id, "amount": "0.01", "idempotencyKey": id }),
    )
    .at(&["payment"]),
    write("Mutation.orderMarkAsPaid.input.order", waiting, moved).at(&["order"]),
    write("Mutation.orderPay.input.order", waiting, |_, id| {
        let card = json!({ "token": "tok_approved", "returnUrl": "https://shop.example/return" });
        json!({ "order": id, "card": card, "idempotencyKey": format!("pay {id}") })
    })
    .at(&["order"]),
    write("Mutation.orderCancel.input.order", waiting, moved).at(&["order"]),
    write("Mutation.stockAdjust.input.lines.variant", variant, |ours, id| adjusted(id, &ours.location))
        .at(&["lines", "0", "variant"]),
    write("Mutation.stockAdjust.input.lines.location", location, |ours, id| adjusted(&ours.variant, id))
        .at(&["lines", "0", "location"]),
    write("Mutation.stockSet.input.lines.variant", variant, |ours, id| set(id, &ours.location))
        .at(&["lines", "0", "variant"]),
    write("Mutation.stockSet.input.lines.location", location, |ours, id| set(&ours.variant, id))
        .at(&["lines", "0", "location"]),
    write("Mutation.stockReceive.input.lines.variant", variant, |ours, id| received(id, &ours.location))
        .at(&["lines", "0", "variant"]),
    write("Mutation.stockReceive.input.lines.location", location, |ours, id| received(&ours.variant, id))
        .at(&["lines", "0", "location"]),
    write("Mutation.stockAllocationsSet.input.lines.variant", variant, |ours, id| allocated(id, &ours.location))
        .at(&["lines", "0", "variant"]),
    write("Mutation.stockAllocationsSet.input.lines.location", location, |ours, id| allocated(&ours.variant, id))
        .at(&["lines", "0", "location"]),
    write("Mutation.stockThresholdsSet.input.lines.variant", variant, |ours, id| kept(id, &ours.location))
        .at(&["lines", "0", "variant"]),
    write("Mutation.stockThresholdsSet.input.lines.location", location, |ours, id| kept(&ours.variant, id))
        .at(&["lines", "0", "location"]),
    write("Mutation.stockQuarantineSettle.input.lines.variant", variant, |ours, id| settled(id, &ours.location))
        .at(&["lines", "0", "variant"]),
    write("Mutation.stockQuarantineSettle.input.lines.location", location, |ours, id| settled(&ours.variant, id))
        .at(&["lines", "0", "location"]),
    write("Mutation.stockTransferShip.input.lines.variant", variant, |ours, id| {
        shipped(id, &ours.location, &ours.elsewhere)
    })
    .at(&["lines", "0", "variant"]),
    write("Mutation.stockTransferShip.input.from", location, |ours, id| shipped(&ours.variant, id, &ours.elsewhere))
        .at(&["from"]),
    write(
        "Mutation.stockTransferShip.input.to",
        |things| &things.elsewhere,
        |ours, id| shipped(&ours.variant, &ours.location, id),
    )
    .at(&["to"]),
    write("Mutation.stockTransferReceive.input.lines.variant", variant, |ours, id| came(&ours.transfer, id))
        .at(&["lines", "0", "variant"]),
    write("Mutation.stockTransferReceive.input.transfer", transfer, |ours, id| came(id, &ours.variant))
        .at(&["transfer"]),
    write(
        "Mutation.stockTransferCancel.input.transfer",
        transfer,
        |_, id| json!({ "transfer": id, "idempotencyKey": format!("cancel {id}") }),
    )
    .at(&["transfer"]),
    write("Mutation.stockCountOpen.input.location", location, |ours, id| opened(id, &ours.variant)).at(&["location"]),
    write("Mutation.stockCountOpen.input.variants", variant, |ours, id| opened(&ours.location, id))
        .at(&["variants", "0"]),
    write("Mutation.stockCountRecord.input.lines.variant", variant, |ours, id| found(&ours.count, id))
        .at(&["lines", "0", "variant"]),
    write("Mutation.stockCountRecord.input.count", count, |ours, id| found(id, &ours.variant)).at(&["count"]),
    write(
        "Mutation.stockCountClose.input.count",
        count,
        |_, id| json!({ "count": id, "idempotencyKey": format!("close {id}") }),
    )
    .at(&["count"]),
    write(
        "Mutation.variantSellingSet.input.lines.variant",
        variant,
        |_, id| json!({ "lines": [{ "variant": id, "policy": "DENY", "limit": 0 }], "idempotencyKey": id }),
    )
    .at(&["lines", "0", "variant"]),
    write("Mutation.inboundSupplyCreate.input.variant", variant, |ours, id| expected(id, &ours.location))
        .at(&["variant"]),
    write("Mutation.inboundSupplyCreate.input.location", location, |ours, id| expected(&ours.variant, id))
        .at(&["location"]),
    write("Mutation.inboundSupplyUpdate.input.supply", supply, |_, id| of_supply(id, &json!({ "quantity": 8 })))
        .at(&["supply"]),
    write("Mutation.inboundSupplyReceive.input.supply", supply, |_, id| of_supply(id, &json!({ "quantity": 1 })))
        .at(&["supply"]),
    write("Mutation.inboundSupplyCancel.input.supply", supply, |_, id| of_supply(id, &json!({}))).at(&["supply"]),
    write("Mutation.locationUpdate.input.location", location, |_, id| json!({ "location": id, "city": "الخرج" }))
        .at(&["location"]),
    write("Mutation.zoneUpdate.input.zone", zone, |_, id| json!({ "zone": id, "nameEn": "Mine" })).at(&["zone"]),
    write(
        "Mutation.locationZonesSet.input.zones.zone",
        zone,
        |ours, id| json!({ "location": ours.location, "zones": [{ "zone": id, "rank": 1 }] }),
    )
    .at(&["zones", "0", "zone"]),
    write("Mutation.locationZonesSet.input.location", location, |_, id| json!({ "location": id, "zones": [] }))
        .at(&["location"]),
    write(
        "Mutation.channelLocationsSet.input.locations.location",
        location,
        |_, id| json!({ "channel": "web-kw", "locations": [{ "location": id }] }),
    )
    .at(&["locations", "0", "location"]),
    write("Mutation.cartLinesRemove.input.lines", line, |ours, id| json!({ "cart": ours.cart, "lines": [id] }))
        .at(&["lines", "0"]),
    write("Mutation.cartLinesRemove.input.cart", cart, |ours, id| json!({ "cart": id, "lines": [ours.line] })),
    write("Mutation.cartUpdate.input.steps.linesRemove.lines", second_line, |ours, id| {
        steps(&ours.cart, &json!({ "linesRemove": { "lines": [id] } }))
    })
    .at(&["steps", "0", "linesRemove", "lines", "0"]),
    write(
        "Mutation.checkoutSubmit.input.cart",
        cart,
        |_, id| json!({ "cart": id, "idempotencyKey": format!("submit {id}") }),
    ),
    write(
        "Mutation.checkoutComplete.input.cart",
        cart,
        |_, id| json!({ "cart": id, "idempotencyKey": format!("complete {id}") }),
    ),
    write(
        "Mutation.draftOrderCreate.input.customer",
        customer,
        |_, id| json!({ "customer": id, "idempotencyKey": format!("draft {id}") }),
    )
    .at(&["customer"]),
    write(
        "Mutation.draftOrderCreate.input.organisation",
        organisation,
        |_, id| json!({ "organisation": id, "email": "a@b.example", "idempotencyKey": format!("draft {id}") }),
    )
    .at(&["organisation"]),
    write("Mutation.draftOrderCreate.input.organisationUnit", unit, |ours, id| {
        json!({ "organisation": ours.organisation, "organisationUnit": id, "email": "a@b.example",
            "idempotencyKey": format!("draft {id}") })
    })
    .at(&["organisationUnit"]),
    write("Mutation.orderImport.input.orders.customer", customer, |_, id| {
        let mut order = crate::orders::import::old("77");
        order["customer"] = json!(id);
        json!({ "orders": [order], "idempotencyKey": format!("import {id}") })
    })
    .at(&["orders", "0", "customer"]),
    write("Mutation.draftOrderCreate.input.lines.variant", variant, |_, id| {
        let lines = json!([{ "variant": id, "quantity": 1 }]);
        json!({ "email": "a@b.example", "lines": lines, "idempotencyKey": format!("draft {id}") })
    })
    .at(&["lines", "0", "variant"]),
    write("Mutation.draftOrderUpdate.input.draft", draft, |_, id| json!({ "draft": id, "note": "a note" }))
        .at(&["draft"]),
    write(
        "Mutation.draftOrderUpdate.input.organisation",
        organisation,
        |ours, id| json!({ "draft": ours.draft, "organisation": id }),
    )
    .at(&["organisation"]),
    write(
        "Mutation.draftOrderUpdate.input.organisationUnit",
        unit,
        |ours, id| json!({ "draft": ours.draft, "organisation": ours.organisation, "organisationUnit": id }),
    )
    .at(&["organisationUnit"]),
    write("Mutation.draftOrderUpdate.input.steps.linesAdd.lines.variant", variant, |ours, id| {
        draft_steps(&ours.draft, &json!({ "linesAdd": { "lines": [{ "variant": id, "quantity": 1 }] } }))
    })
    .at(&["steps", "0", "linesAdd", "lines", "0", "variant"]),
    write("Mutation.draftOrderUpdate.input.steps.linesUpdate.lines.line", draft_line, |ours, id| {
        draft_steps(&ours.draft, &json!({ "linesUpdate": { "lines": [{ "line": id, "quantity": 2 }] } }))
    })
    .at(&["steps", "0", "linesUpdate", "lines", "0", "line"]),
    write("Mutation.draftOrderUpdate.input.steps.deliveryMethodSet.deliveryMethod", delivery_method, |ours, id| {
        draft_steps(&ours.draft, &json!({ "deliveryMethodSet": { "deliveryMethod": id } }))
    })
    .code("DELIVERY_METHOD_UNAVAILABLE")
    .at(&["steps", "0", "deliveryMethodSet", "deliveryMethod"]),
    write("Mutation.draftOrderLinePriceSet.input.draft", draft, |ours, id| {
        of_draft(id, &json!({ "line": ours.draft_line, "price": "1.00", "reason": "x" }))
    })
    .at(&["draft"]),
    write("Mutation.draftOrderLinePriceSet.input.line", draft_line, |ours, id| {
        let mut input = of_draft(&ours.draft, &json!({ "line": id, "price": "1.00", "reason": "x" }));
        input["idempotencyKey"] = json!(format!("line {id}"));
        input
    })
    .at(&["line"]),
    write("Mutation.draftOrderUpdate.input.steps.giftCardRemove.giftCard", gift_card, |ours, id| {
        draft_steps(&ours.draft, &json!({ "giftCardRemove": { "giftCard": id } }))
    })
    .at(&["steps", "0", "giftCardRemove", "giftCard"]),
    write("Mutation.draftOrderUpdate.input.steps.linesRemove.lines", draft_line, |ours, id| {
        draft_steps(&ours.draft, &json!({ "linesRemove": { "lines": [id] } }))
    })
    .at(&["steps", "0", "linesRemove", "lines", "0"]),
    write("Mutation.draftOrderSend.input.draft", draft, |_, id| of_draft(id, &json!({}))).at(&["draft"]),
    write("Mutation.draftOrderDelete.input.draft", |things| &things.spare_draft, |_, id| of_draft(id, &json!({})))
        .at(&["draft"]),
    write("Mutation.draftOrderComplete.input.draft", draft, |_, id| of_draft(id, &json!({}))).at(&["draft"]),
    write(
        "Mutation.externalSkusSet.input.lines.variant.id",
        variant,
        |_, id| json!({ "marketplace": "noon-sa", "lines": [{ "externalSku": "N-1", "variant": { "id": id } }] }),
    )
    .at(&["lines", "0", "variant"]),
    write(
        "Mutation.stockAlertCreate.input.variant",
        incense,
        |_, id| json!({ "variant": id, "email": "other@customer.example" }),
    )
    .at(&["variant"]),
    write("Mutation.stockAlertDelete.input.by.id", |things| &things.alert, |_, id| json!({ "by": { "id": id } }))
        .at(&["by"]),
    write("Mutation.customerGroupUpdate.input.group", group, |_, id| json!({ "group": id, "nameEn": "Mine" }))
        .at(&["group"]),
    write("Mutation.customerGroupMembersAdd.input.group", group, |ours, id| members(id, &ours.customer)).at(&["group"]),
    write("Mutation.customerGroupMembersAdd.input.customers", customer, |ours, id| members(&ours.group, id))
        .at(&["customers", "0"]),
    write("Mutation.customerGroupMembersRemove.input.group", group, |ours, id| members(id, &ours.customer))
        .at(&["group"]),
    write("Mutation.customerGroupMembersRemove.input.customers", customer, |ours, id| members(&ours.group, id))
        .at(&["customers", "0"]),
    write(
        "Mutation.organisationUpdate.input.organisation",
        organisation,
        |_, id| json!({ "organisation": id, "nameEn": "Mine" }),
    )
    .at(&["organisation"]),
    write(
        "Mutation.organisationUnitCreate.input.organisation",
        organisation,
        |_, id| json!({ "organisation": id, "code": "of-it", "nameEn": "Mine" }),
    )
    .at(&["organisation"]),
    write(
        "Mutation.organisationUnitCreate.input.parent",
        unit,
        |ours, id| json!({ "organisation": ours.organisation, "parent": id, "code": "below", "nameEn": "Mine" }),
    )
    .at(&["parent"]),
    write("Mutation.organisationUnitUpdate.input.unit", unit, |_, id| json!({ "unit": id, "nameEn": "Mine" }))
        .at(&["unit"]),
    write(
        "Mutation.organisationUnitUpdate.input.parent",
        unit,
        |ours, id| json!({ "unit": ours.spare_unit, "parent": id }),
    )
    .at(&["parent"]),
    write(
        "Mutation.organisationMembersAdd.input.organisation",
        organisation,
        |ours, id| json!({ "organisation": id, "customers": [{ "id": ours.customer }] }),
    )
    .at(&["organisation"]),
    write(
        "Mutation.organisationMembersAdd.input.unit",
        unit,
        |ours, id| json!({ "organisation": ours.organisation, "unit": id, "customers": [{ "id": ours.customer }] }),
    )
    .at(&["unit"]),
    write(
        "Mutation.organisationMembersAdd.input.customers.id",
        customer,
        |ours, id| json!({ "organisation": ours.organisation, "customers": [{ "id": id }] }),
    )
    .at(&["customers", "0"]),
    write(
        "Mutation.organisationMembersRemove.input.organisation",
        organisation,
        |ours, id| json!({ "organisation": id, "customers": [{ "id": ours.customer }] }),
    )
    .at(&["organisation"]),
    write(
        "Mutation.organisationMembersRemove.input.customers.id",
        customer,
        |ours, id| json!({ "organisation": ours.organisation, "customers": [{ "id": id }] }),
    )
    .at(&["customers", "0"]),
    write(
        "Mutation.priceListCreate.input.rule.parent",
        price_list,
        |_, id| json!({ "code": "new", "nameEn": "New", "currencyCode": "SAR", "rule": { "parent": id } }),
    )
    .at(&["rule", "parent"]),
    write("Mutation.priceListUpdate.input.priceList", price_list, |_, id| json!({ "priceList": id, "nameEn": "Mine" }))
        .at(&["priceList"]),
    write("Mutation.priceListRuleSet.input.priceList", price_list, |_, id| json!({ "priceList": id }))
        .at(&["priceList"]),
    write(
        "Mutation.priceListRuleSet.input.rule.parent",
        price_list,
        |ours, id| json!({ "priceList": ours.price_list, "rule": { "parent": id } }),
    )
    .at(&["rule", "parent"]),
    write(
        "Mutation.priceListPricesSet.input.priceList",
        price_list,
        |ours, id| json!({ "priceList": id, "lines": [{ "variant": ours.variant, "price": "1.00" }] }),
    )
    .at(&["priceList"]),
    write(
        "Mutation.priceListPricesSet.input.lines.variant",
        variant,
        |ours, id| json!({ "priceList": ours.price_list, "lines": [{ "variant": id, "price": "1.00" }] }),
    )
    .at(&["lines", "0", "variant"]),
    write(
        "Mutation.variantCostsSet.input.lines.variant.id",
        variant,
        |_, id| json!({ "currencyCode": "SAR", "lines": [{ "variant": { "id": id }, "cost": "5.00" }] }),
    )
    .at(&["lines", "0", "variant"]),
    write(
        "Mutation.variantMeasuresSet.input.lines.variant.id",
        variant,
        |_, id| json!({ "lines": [{ "variant": { "id": id } }] }),
    )
    .at(&["lines", "0", "variant"]),
    write(
        "Mutation.priceListPricesAdjust.input.priceList",
        price_list,
        |_, id| json!({ "priceList": id, "percent": "1" }),
    )
    .at(&["priceList"]),
    write(
        "Mutation.priceListPricesAdjust.input.after",
        variant,
        |ours, id| json!({ "priceList": ours.price_list, "percent": "1", "after": id }),
    )
    .at(&["after"]),
    write("Mutation.priceListPricesAdjust.PromotionSelectorInput.variants", variant, |ours, id| {
        raise(ours, &json!({ "variants": [id] }))
    })
    .at(&["of"]),
    write("Mutation.priceListPricesAdjust.PromotionSelectorInput.products", product, |ours, id| {
        raise(ours, &json!({ "products": [id] }))
    })
    .at(&["of"]),
    write("Mutation.priceListPricesAdjust.PromotionSelectorInput.categories", category, |ours, id| {
        raise(ours, &json!({ "categories": [id] }))
    })
    .at(&["of"]),
    write("Mutation.priceListPricesAdjust.PromotionSelectorInput.collections", collection, |ours, id| {
        raise(ours, &json!({ "collections": [id] }))
    })
    .at(&["of"]),
    write(
        "Mutation.priceListQuantityRulesSet.input.priceList",
        price_list,
        |ours, id| json!({ "priceList": id, "lines": [{ "variant": { "id": ours.incense }, "minimum": 1 }] }),
    )
    .at(&["priceList"]),
    write(
        "Mutation.priceListQuantityRulesSet.input.lines.variant.id",
        variant,
        |ours, id| json!({ "priceList": ours.price_list, "lines": [{ "variant": { "id": id }, "minimum": 1 }] }),
    )
    .at(&["lines", "0", "variant"]),
    write(
        "Mutation.priceListQuantityRulesRemove.input.priceList",
        price_list,
        |ours, id| json!({ "priceList": id, "lines": [{ "variant": { "id": ours.incense } }] }),
    )
    .at(&["priceList"]),
    write(
        "Mutation.priceListQuantityRulesRemove.input.lines.variant.id",
        variant,
        |ours, id| json!({ "priceList": ours.price_list, "lines": [{ "variant": { "id": id } }] }),
    )
    .at(&["lines", "0", "variant"]),
    write(
        "Mutation.priceListPricesRemove.input.priceList",
        price_list,
        |ours, id| json!({ "priceList": id, "lines": [{ "variant": ours.incense }] }),
    )
    .at(&["priceList"]),
    write(
        "Mutation.priceListPricesRemove.input.lines.variant",
        variant,
        |ours, id| json!({ "priceList": ours.price_list, "lines": [{ "variant": id }] }),
    )
    .code("PRICE_NOT_FOUND")
    .at(&["lines", "0", "variant"]),
    write(
        "Mutation.priceListAssign.input.priceList",
        price_list,
        |ours, id| json!({ "priceList": id, "customerGroup": ours.group }),
    )
    .at(&["priceList"]),
    write(
        "Mutation.priceListAssign.input.customerGroup",
        group,
        |ours, id| json!({ "priceList": ours.price_list, "customerGroup": id }),
    )
    .at(&["customerGroup"]),
    write("Mutation.taxClassUpdate.input.taxClass", tax_class, |_, id| json!({ "taxClass": id, "nameEn": "Mine" }))
        .at(&["taxClass"]),
    write(
        "Mutation.taxClassAssign.input.taxClass",
        tax_class,
        |ours, id| json!({ "taxClass": id, "products": [ours.product] }),
    )
    .at(&["taxClass"]),
    write(
        "Mutation.taxClassAssign.input.products",
        product,
        |ours, id| json!({ "taxClass": ours.tax_class, "products": [id] }),
    )
    .at(&["products", "0"]),
    write("Mutation.taxRateSet.input.taxClass", tax_class, |_, id| json!({ "taxClass": id, "country": "SA" }))
        .at(&["taxClass"]),
    write("Mutation.taxExemptionGrant.input.who.customer", customer, |_, id| relieved(&json!({ "customer": id })))
        .at(&["who", "customer"]),
    write("Mutation.taxExemptionGrant.input.who.customerGroup", group, |_, id| {
        relieved(&json!({ "customerGroup": id }))
    })
    .at(&["who", "customerGroup"]),
    write(
        "Mutation.giftCardsIssue.input.customer",
        customer,
        |_, id| json!({ "amount": "1", "currency": "SAR", "customer": id, "idempotencyKey": id }),
    )
    .at(&["customer"]),
    write("Mutation.giftCardTopUp.input.giftCard", gift_card, |_, id| balance(&json!({ "giftCard": id })))
        .at(&["giftCard"]),
    write("Mutation.giftCardWithdraw.input.giftCard", gift_card, |_, id| balance(&json!({ "giftCard": id })))
        .at(&["giftCard"]),
    write("Mutation.giftCardBlock.input.giftCard", gift_card, |_, id| json!({ "giftCard": id })).at(&["giftCard"]),
    write("Mutation.giftCardUnblock.input.giftCard", gift_card, |_, id| json!({ "giftCard": id })).at(&["giftCard"]),
    write("Mutation.storeCreditGrant.input.customer", customer, |_, id| {
        balance(&json!({ "customer": id, "currency": "SAR" }))
    })
    .at(&["customer"]),
    write("Mutation.storeCreditWithdraw.input.customer", customer, |_, id| {
        balance(&json!({ "customer": id, "currency": "SAR" }))
    })
    .at(&["customer"]),
    write("Mutation.taxExemptionGrant.input.who.organisation", organisation, |_, id| {
        relieved(&json!({ "organisation": id }))
    })
    .at(&["who", "organisation"]),
    write("Mutation.taxExemptionGrant.input.who.organisationUnit", unit, |_, id| {
        relieved(&json!({ "organisationUnit": id }))
    })
    .at(&["who", "organisationUnit"]),
    write("Mutation.taxExemptionEnd.input.taxExemption", tax_exemption, |_, id| json!({ "taxExemption": id }))
        .at(&["taxExemption"]),
    write(
        "Mutation.channelTaxesSet.input.serviceTaxClass",
        tax_class,
        |_, id| json!({ "channel": "web-sa", "serviceTaxClass": id }),
    )
    .at(&["serviceTaxClass"]),
    write(
        "Mutation.priceListAssign.input.organisation",
        organisation,
        |ours, id| json!({ "priceList": ours.price_list, "organisation": id }),
    )
    .at(&["organisation"]),
    write(
        "Mutation.priceListAssign.input.organisationUnit",
        unit,
        |ours, id| json!({ "priceList": ours.price_list, "organisationUnit": id }),
    )
    .at(&["organisationUnit"]),
    write("Mutation.priceListUnassign.input.assignment", assignment, |_, id| json!({ "assignment": id }))
        .at(&["assignment"]),
    write("Mutation.promotionCreate.PromotionSelectorInput.variants", variant, |_, id| {
        sale(&json!({ "variants": [id] }))
    })
    .at(&["rule", "effect", "lines", "of", "variants", "0"]),
    write("Mutation.promotionCreate.PromotionSelectorInput.products", product, |_, id| {
        sale(&json!({ "products": [id] }))
    })
    .at(&["rule", "effect", "lines", "of", "products", "0"]),
    write("Mutation.promotionCreate.PromotionSelectorInput.categories", category, |_, id| {
        sale(&json!({ "categories": [id] }))
    })
    .at(&["rule", "effect", "lines", "of", "categories", "0"]),
    write("Mutation.promotionCreate.PromotionSelectorInput.collections", collection, |_, id| {
        sale(&json!({ "collections": [id] }))
    })
    .at(&["rule", "effect", "lines", "of", "collections", "0"]),
    write("Mutation.promotionCreate.PromotionConditionInput.customerGroups", group, |_, id| {
        let mut made = sale(&json!({}));
        made["rule"]["condition"] = json!({ "customerGroups": [id] });
        made
    })
    .at(&["rule", "condition", "customerGroups", "0"]),
    write("Mutation.promotionCreate.PromotionConditionInput.organisations", organisation, |_, id| {
        let mut made = sale(&json!({}));
        made["code"] = json!("for-a-company");
        made["rule"]["condition"] = json!({ "organisations": [id] });
        made
    })
    .at(&["rule", "condition", "organisations", "0"]),
    write("Mutation.promotionUpdate.input.promotion", promotion, |_, id| json!({ "promotion": id, "nameEn": "Mine" }))
        .at(&["promotion"]),
    write("Mutation.promotionUpdate.PromotionSelectorInput.variants", variant, |ours, id| {
        changed(ours, &json!({ "variants": [id] }))
    })
    .at(&["rule", "effect", "lines", "of", "variants", "0"]),
    write("Mutation.promotionUpdate.PromotionSelectorInput.products", product, |ours, id| {
        changed(ours, &json!({ "products": [id] }))
    })
    .at(&["rule", "effect", "lines", "of", "products", "0"]),
    write("Mutation.promotionUpdate.PromotionSelectorInput.categories", category, |ours, id| {
        changed(ours, &json!({ "categories": [id] }))
    })
    .at(&["rule", "effect", "lines", "of", "categories", "0"]),
    write("Mutation.promotionUpdate.PromotionSelectorInput.collections", collection, |ours, id| {
        changed(ours, &json!({ "collections": [id] }))
    })
    .at(&["rule", "effect", "lines", "of", "collections", "0"]),
    write("Mutation.promotionUpdate.PromotionConditionInput.customerGroups", group, |ours, id| {
        let mut next = changed(ours, &json!({}));
        next["rule"]["condition"] = json!({ "customerGroups": [id] });
        next["rule"]["needsCoupon"] = json!(true);
        next
    })
    .at(&["rule", "condition", "customerGroups", "0"]),
    write("Mutation.promotionUpdate.PromotionConditionInput.organisations", organisation, |ours, id| {
        let mut next = changed(ours, &json!({}));
        next["rule"]["condition"] = json!({ "organisations": [id] });
        next
    })
    .at(&["rule", "condition", "organisations", "0"]),
    write(
        "Mutation.couponIssue.input.promotion",
        promotion,
        |_, id| json!({ "promotion": id, "coupon": { "code": "MINE" } }),
    )
    .at(&["promotion"]),
    write("Mutation.couponRevoke.input.coupon", coupon, |_, id| json!({ "coupon": id })).at(&["coupon"]),
    write("Mutation.customerGroupDelete.input.group", group, |_, id| json!({ "group": id })).at(&["group"]),
    write("Mutation.organisationUnitDelete.input.unit", spare_unit, |_, id| json!({ "unit": id })).at(&["unit"]),
    write("Mutation.webhookUpdate.input.webhook", webhook, |_, id| json!({ "webhook": id, "name": "Mine" }))
        .at(&["webhook"]),
    write("Mutation.webhookSecretRotate.input.webhook", webhook, |_, id| json!({ "webhook": id })).at(&["webhook"]),
    write("Mutation.webhookTest.input.webhook", webhook, |_, id| json!({ "webhook": id })).at(&["webhook"]),
    write("Mutation.webhookDeliveryReplay.input.delivery", delivery, |_, id| json!({ "delivery": id }))
        .at(&["delivery"]),
    write("Mutation.webhookDelete.input.webhook", webhook, |_, id| json!({ "webhook": id })).at(&["webhook"]),
];
