//! Every place of the schema in which somebody can write an id. A test fails if one is missing here.

mod cart;
mod catalog;
mod checkout;
mod credit;
mod drafts;
mod events;
mod fulfilment;
mod id_of;
mod identity;
mod inventory;
mod orders;
mod organisations;
mod pricing;
mod promotions;
mod returns;
mod taxes;

use serde_json::{Value, json};

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

/// What can be asked by an id, as staff who may everything.
const READS: &[&[Read]] = &[
    orders::READS,
    returns::READS,
    inventory::READS,
    cart::READS,
    checkout::READS,
    drafts::READS,
    catalog::READS,
    organisations::READS,
    pricing::READS,
    promotions::READS,
    taxes::READS,
    credit::READS,
    identity::READS,
    events::READS,
];

/// What can be changed by an id: in an order in which it can also be done with what is ours.
const WRITES: &[&[Write]] = &[
    orders::WRITES,
    returns::WRITES,
    inventory::WRITES,
    fulfilment::WRITES,
    cart::WRITES,
    checkout::WRITES,
    drafts::WRITES,
    catalog::WRITES,
    organisations::WRITES,
    pricing::WRITES,
    promotions::WRITES,
    taxes::WRITES,
    credit::WRITES,
    identity::WRITES,
    events::WRITES,
];

/// All that can be asked by an id.
pub fn reads() -> impl Iterator<Item = &'static Read> {
    READS.iter().copied().flatten()
}

/// All that can be changed by an id.
pub fn writes() -> impl Iterator<Item = &'static Write> {
    WRITES.iter().copied().flatten()
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
            "taxRateRemove" => "shown: removedTaxRate",
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

fn null() -> Value {
    json!({ "found": null })
}

fn none() -> Value {
    json!({ "found": { "totalCount": 0, "nodes": [] } })
}
