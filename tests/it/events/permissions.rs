//! What `@requires` says of a field holds, for each field of the schema.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use tests::{
    client::{Client, Reply},
    shop::Shop,
    world::alula,
};

use super::{contract::fields, receiver::quiet};
use crate::{
    cart::draft::ready,
    catalog::external_skus::name,
    fulfilment::ask::{try_set, zone},
    identity::groups::{customer, group},
    inventory::{
        ask::{line, place},
        count::count,
        quarantine::db_quarantine,
        supply::announced,
        transfer::carry,
    },
    orders::{
        ask::{done, facts, me, one_of, shipment_of, standing, text},
        import::old,
        returns::returning,
    },
    organisations::ask::{company, join, named, new, unit},
    payments::credit,
    pricing::{
        ask::{assigned, list},
        promotions, taxes,
    },
};

const PERMISSIONS: [&str; 22] = [
    "ORDER_READ",
    "ORDER_MANAGE",
    "PRICE_OVERRIDE",
    "PRICE_READ",
    "PRICE_MANAGE",
    "COST_READ",
    "COST_MANAGE",
    "PROMOTION_READ",
    "PROMOTION_MANAGE",
    "TAX_READ",
    "TAX_MANAGE",
    "ORDER_FULFIL",
    "PAYMENT_MANAGE",
    "CREDIT_READ",
    "CREDIT_MANAGE",
    "STOCK_READ",
    "STOCK_MANAGE",
    "CUSTOMER_READ",
    "CUSTOMER_MANAGE",
    "AUDIT_READ",
    "EVENT_READ",
    "WEBHOOK_MANAGE",
];

/// An operation that uses a field.
struct Example {
    query: String,
    variables: Value,
    /// What is there, if the caller may.
    shown: &'static str,
    /// The order that it would change.
    order: Option<String>,
}

/// An operation for each field that requires a permission. Callers see orders by their tokens here, so that nothing
/// but the field itself stands in their way.
async fn example(shop: &Shop, field: &str) -> Example {
    let query = |query: &str, shown| Example { query: query.to_owned(), variables: json!({}), shown, order: None };
    match field {
        "Query.orders" => query("{ orders { nodes { id } } }", "/orders/nodes"),
        "Query.customers" => query("{ customers { nodes { id } } }", "/customers/nodes/0/id"),
        "Query.priceLists" => query("{ priceLists { nodes { id } } }", "/priceLists/nodes"),
        "Query.priceList" => query(r#"{ priceList(by: { code: "sar" }) { id } }"#, "/priceList/id"),
        "Query.priceQuote" => query(
            r#"{ priceQuote(input: { lines: [{ variant: { sku: "TEA" }, quantity: 1 }] }) { quote { at } } }"#,
            "/priceQuote/quote/at",
        ),
        "PriceList.assignments" => {
            query(r#"{ priceList(by: { code: "sar" }) { assignments { id } } }"#, "/priceList/assignments")
        }
        "PriceList.prices" => {
            let tea = shop.variant("TEA").await;
            let prices =
                format!(r#"{{ priceList(by: {{ code: "sar" }}) {{ prices(variants: ["{tea}"]) {{ startsAt }} }} }}"#);
            query(&prices, "/priceList/prices")
        }
        "Query.promotions" => query("{ promotions { nodes { id } } }", "/promotions/nodes"),
        "Query.promotion" => query(r#"{ promotion(by: { code: "order-5" }) { id } }"#, "/promotion/id"),
        "Query.promotionSimulate" => {
            let id = promotions::ask::promotion(shop, "order-5").await;
            let simulated = format!(
                r#"{{ promotionSimulate(input: {{ promotion: {{ id: "{id}" }}, on: {{ orders: {{}} }} }})
                {{ simulation {{ sums {{ tried }} }} }} }}"#
            );
            query(&simulated, "/promotionSimulate/simulation/sums/tried")
        }
        "Query.coupon" => {
            let eid = promotions::ask::with_coupons(shop, "asked", "5").await;
            promotions::ask::issue(shop, &eid, json!({ "code": "ASKED" })).await;
            query(r#"{ coupon(code: "asked") { id } }"#, "/coupon/id")
        }
        "Promotion.coupons" => {
            query(r#"{ promotion(by: { code: "order-5" }) { coupons { nodes { id } } } }"#, "/promotion/coupons/nodes")
        }
        "Query.giftCards" => query("{ giftCards { nodes { id } } }", "/giftCards/nodes"),
        "Query.giftCard" => {
            let (card, _) = credit::ask::issue(shop, "5.00").await;
            query(&format!(r#"{{ giftCard(id: "{card}") {{ id }} }}"#), "/giftCard/id")
        }
        "Query.storeCredit" => {
            credit::ask::grant(shop, "layla", "5.00").await;
            let layla = customer(shop, "layla").await;
            query(&format!(r#"{{ storeCredit(customer: "{layla}") {{ id }} }}"#), "/storeCredit/0/id")
        }
        "Mutation.giftCardsIssue" => {
            let input = json!({ "amount": "5", "currency": "SAR", "idempotencyKey": "issued" });
            of_stock("giftCardsIssue", "giftCards { code }", input, "/giftCardsIssue/giftCards/0/code")
        }
        "Mutation.giftCardTopUp" | "Mutation.giftCardWithdraw" => {
            let name = field.trim_start_matches("Mutation.");
            let (card, _) = credit::ask::issue(shop, "5.00").await;
            let input = json!({ "giftCard": card, "amount": "1", "idempotencyKey": name });
            of_stock(name, "giftCard { id }", input, &*format!("/{name}/giftCard/id").leak())
        }
        "Mutation.giftCardBlock" | "Mutation.giftCardUnblock" => {
            let name = field.trim_start_matches("Mutation.");
            let (card, _) = credit::ask::issue(shop, "5.00").await;
            let input = json!({ "giftCard": card });
            of_stock(name, "giftCard { id }", input, &*format!("/{name}/giftCard/id").leak())
        }
        "Mutation.storeCreditGrant" | "Mutation.storeCreditWithdraw" => {
            let name = field.trim_start_matches("Mutation.");
            credit::ask::grant(shop, "layla", "5.00").await;
            let input = json!({
                "customer": customer(shop, "layla").await, "amount": "1", "currency": "SAR", "idempotencyKey": name,
            });
            of_stock(name, "storeCredit { id }", input, &*format!("/{name}/storeCredit/id").leak())
        }
        "Query.taxClasses" => query("{ taxClasses { nodes { id } } }", "/taxClasses/nodes"),
        "Query.taxRates" => query("{ taxRates { nodes { id } } }", "/taxRates/nodes"),
        "Query.taxExemptions" => query("{ taxExemptions { nodes { id } } }", "/taxExemptions/nodes"),
        "Product.taxClass" => {
            taxes::ask::classify(shop, &taxes::ask::class(shop, "tea").await, "TEA").await;
            let tea = r#"{ productVariant(by: { sku: "TEA" }) { product { taxClass { id } } } }"#;
            query(tea, "/productVariant/product/taxClass/id")
        }
        "Mutation.taxClassCreate" => {
            let input = json!({ "code": "new", "nameEn": "New" });
            of_stock("taxClassCreate", "taxClass { id }", input, "/taxClassCreate/taxClass/id")
        }
        "Mutation.taxClassUpdate" => {
            let input = json!({ "taxClass": taxes::ask::class(shop, "named").await, "nameEn": "New" });
            of_stock("taxClassUpdate", "taxClass { id }", input, "/taxClassUpdate/taxClass/id")
        }
        "Mutation.taxClassAssign" => {
            let input = json!({ "products": [taxes::ask::product(&shop.anonymous(), "TEA").await] });
            of_stock("taxClassAssign", "products { id }", input, "/taxClassAssign/products/0/id")
        }
        "Mutation.taxRateSet" => {
            let input = json!({ "country": "SA", "taxation": { "category": "STANDARD", "ratePercent": "15" } });
            of_stock("taxRateSet", "taxRate { id }", input, "/taxRateSet/taxRate/id")
        }
        "Mutation.taxRateRemove" => {
            let input = json!({ "taxRate": taxes::ask::scheduled(shop).await });
            of_stock("taxRateRemove", "removedTaxRate", input, "/taxRateRemove/removedTaxRate")
        }
        "Mutation.taxExemptionGrant" => {
            let input = taxes::exempt::granting(&me(&shop.customer("layla")).await);
            of_stock("taxExemptionGrant", "taxExemption { id }", input, "/taxExemptionGrant/taxExemption/id")
        }
        "Mutation.taxExemptionEnd" => {
            let input = json!({ "taxExemption": taxes::exempt::granted(shop).await });
            of_stock("taxExemptionEnd", "taxExemption { id }", input, "/taxExemptionEnd/userErrors")
        }
        "Query.channelTaxEngine" => query(r#"{ channelTaxEngine(channel: "web-sa") { url } }"#, "/channelTaxEngine"),
        "Mutation.channelTaxEngineSet" => {
            let input = json!({ "channel": "web-sa", "url": "https://tax.example/" });
            of_stock("channelTaxEngineSet", "taxEngine { url }", input, "/channelTaxEngineSet/taxEngine/url")
        }
        "Mutation.channelTaxesSet" => {
            let input = json!({ "channel": "web-sa", "pricesIncludeTax": true });
            of_stock("channelTaxesSet", "channel { code }", input, "/channelTaxesSet/channel/code")
        }
        "Mutation.promotionCreate" => {
            let rule = json!({ "effect": { "order": { "tiers": [{ "off": { "percent": "5" } }] } } });
            let input = json!({ "code": "new", "nameEn": "New", "rule": rule });
            of_stock("promotionCreate", "promotion { id }", input, "/promotionCreate/promotion/id")
        }
        "Mutation.promotionUpdate" => {
            let input = json!({ "promotion": promotions::ask::promotion(shop, "order-5").await, "nameEn": "New" });
            of_stock("promotionUpdate", "promotion { id }", input, "/promotionUpdate/promotion/id")
        }
        "Mutation.couponIssue" => {
            let eid = promotions::ask::with_coupons(shop, "issued", "5").await;
            let input = json!({ "promotion": eid, "coupon": { "code": "ISSUED" } });
            of_stock("couponIssue", "coupon { id }", input, "/couponIssue/coupon/id")
        }
        "Mutation.couponRevoke" => {
            let eid = promotions::ask::with_coupons(shop, "revoked", "5").await;
            let coupon = promotions::ask::issue(shop, &eid, json!({ "code": "REVOKED" })).await;
            of_stock("couponRevoke", "coupon { id }", json!({ "coupon": coupon }), "/couponRevoke/coupon/id")
        }
        name if name.starts_with("Mutation.priceList") => pricing(shop, &name["Mutation.".len()..]).await,
        "Query.customerGroups" => query("{ customerGroups { nodes { id } } }", "/customerGroups/nodes"),
        "Query.customerGroup" => {
            group(shop, "asked", &[]).await;
            query(r#"{ customerGroup(by: { code: "asked" }) { id } }"#, "/customerGroup/id")
        }
        "Customer.groups" => query("{ customers { nodes { groups { id } } } }", "/customers/nodes/0/groups"),
        "CustomerGroup.members" => {
            group(shop, "members", &[]).await;
            let members = r#"{ customerGroup(by: { code: "members" }) { members { nodes { id } } } }"#;
            query(members, "/customerGroup/members/nodes")
        }
        "Mutation.customerGroupCreate" => {
            let input = json!({ "code": "made", "nameEn": "Made" });
            of_stock("customerGroupCreate", "group { id }", input, "/customerGroupCreate/group/id")
        }
        "Mutation.customerGroupUpdate" => {
            let input = json!({ "group": group(shop, "changed", &[]).await, "nameEn": "Changed" });
            of_stock("customerGroupUpdate", "group { id }", input, "/customerGroupUpdate/group/id")
        }
        "Mutation.customerGroupDelete" => {
            let shown = "/customerGroupDelete/deletedCustomerGroup";
            let input = json!({ "group": group(shop, "removed", &[]).await });
            of_stock("customerGroupDelete", "deletedCustomerGroup", input, shown)
        }
        "Mutation.customerGroupMembersAdd" => {
            let (group, layla) = (group(shop, "added", &[]).await, customer(shop, "layla").await);
            let input = json!({ "group": group, "customers": [layla] });
            of_stock("customerGroupMembersAdd", "group { id }", input, "/customerGroupMembersAdd/group/id")
        }
        "Mutation.customerGroupMembersRemove" => {
            let (group, layla) = (group(shop, "left", &["layla"]).await, customer(shop, "layla").await);
            let input = json!({ "group": group, "customers": [layla] });
            of_stock("customerGroupMembersRemove", "group { id }", input, "/customerGroupMembersRemove/group/id")
        }
        "Query.organisation" => query(r#"{ organisation(by: { code: "rimal" }) { id } }"#, "/organisation/id"),
        "Customer.organisations" => {
            query("{ customers { nodes { organisations { unit { id } } } } }", "/customers/nodes/0/organisations")
        }
        "Organisation.units" => {
            query(r#"{ organisation(by: { code: "rimal" }) { units { id } } }"#, "/organisation/units")
        }
        "Organisation.members" => {
            let members = r#"{ organisation(by: { code: "rimal" }) { members { nodes { unit { id } } } } }"#;
            query(members, "/organisation/members/nodes")
        }
        name if name.starts_with("Mutation.organisation") => company_example(shop, &name["Mutation.".len()..]).await,
        "Query.organisations" => query("{ organisations { nodes { id } } }", "/organisations/nodes/0/id"),
        "Query.auditEntries" => query("{ auditEntries { nodes { id } } }", "/auditEntries/nodes/0/id"),
        "ProductVariant.stock" => {
            let stock = r#"{ productVariant(by: { sku: "TEA" }) { stock { onHand } } }"#;
            query(stock, "/productVariant/stock/0/onHand")
        }
        "Query.stockLevels" => query("{ stockLevels { nodes { id } } }", "/stockLevels/nodes/0/id"),
        "Query.stockMovements" => query("{ stockMovements { nodes { id } } }", "/stockMovements/nodes/0/id"),
        "Query.locations" => query("{ locations { nodes { id } } }", "/locations/nodes/0/id"),
        "Query.channelLocations" => {
            query(r#"{ channelLocations(channel: "web-sa") { buffer } }"#, "/channelLocations/0/buffer")
        }
        "ProductVariant.selling" => {
            let selling = r#"{ productVariant(by: { sku: "TEA" }) { selling { policy } } }"#;
            query(selling, "/productVariant/selling/policy")
        }
        "Query.inboundSupplies" => {
            announced(shop, 1, "2026-04-01").await;
            query("{ inboundSupplies { nodes { id } } }", "/inboundSupplies/nodes/0/id")
        }
        "Mutation.variantSellingSet" => {
            let line = json!({ "variant": shop.variant("TEA").await, "policy": "DENY", "limit": 0 });
            let shown = "/variantSellingSet/selling/0/policy";
            of_stock("variantSellingSet", "selling { policy }", json!({ "lines": [line] }), shown)
        }
        "Mutation.variantMeasuresSet" => {
            let lines = json!([{ "variant": { "sku": "TEA" } }]);
            let shown = "/variantMeasuresSet/variants/0/sku";
            of_stock("variantMeasuresSet", "variants { sku }", json!({ "lines": lines }), shown)
        }
        "Mutation.variantCostsSet" => {
            let lines = json!([{ "variant": { "sku": "TEA" }, "cost": "5.00" }]);
            let input = json!({ "currencyCode": "SAR", "lines": lines });
            of_stock("variantCostsSet", "variants { sku }", input, "/variantCostsSet/variants/0/sku")
        }
        "ProductVariant.costs" => {
            let tea = r#"{ productVariant(by: { sku: "TEA" }) { costs { currencyCode } } }"#;
            query(tea, "/productVariant/costs")
        }
        "Query.stockAlerts" => query("{ stockAlerts { nodes { id } } }", "/stockAlerts/nodes"),
        "Query.stockAlertCounts" => query("{ stockAlertCounts { count } }", "/stockAlertCounts"),
        "ProductVariant.stockAlertCount" => {
            let asked = r#"{ productVariant(by: { sku: "TEA" }) { stockAlertCount } }"#;
            query(asked, "/productVariant/stockAlertCount")
        }
        "Query.externalSkus" => query("{ externalSkus { nodes { id } } }", "/externalSkus/nodes"),
        "ProductVariant.externalSkus" => {
            let asked = r#"{ productVariant(by: { sku: "TEA" }) { externalSkus { id } } }"#;
            query(asked, "/productVariant/externalSkus")
        }
        "Mutation.externalSkusSet" => {
            let input = json!({ "marketplace": "noon-sa", "lines": [name("N-1", "TEA")] });
            of_stock("externalSkusSet", "results { line }", input, "/externalSkusSet/results/0/line")
        }
        "Mutation.channelDiscountCapSet" => {
            let input = json!({ "channel": "web-kw", "percent": "30" });
            of_stock("channelDiscountCapSet", "channel { code }", input, "/channelDiscountCapSet/channel/code")
        }
        "Mutation.channelPromiseSet" => {
            let input = json!({ "channel": "web-kw", "promiseDays": 1 });
            of_stock("channelPromiseSet", "promiseDays", input, "/channelPromiseSet/promiseDays")
        }
        "Mutation.channelCartReservationSet" => {
            let input = json!({ "channel": "web-kw", "minutes": 1 });
            of_stock("channelCartReservationSet", "minutes", input, "/channelCartReservationSet/minutes")
        }
        "Mutation.channelReturnDaysSet" => {
            let input = json!({ "channel": "web-kw", "returnDays": 1 });
            of_stock("channelReturnDaysSet", "returnDays", input, "/channelReturnDaysSet/returnDays")
        }
        "Mutation.inboundSupplyCreate" => {
            let more = json!({ "quantity": 1, "expectedAt": "2026-04-01" });
            let input = line(shop, "TEA", "riyadh", more).await;
            of_stock("inboundSupplyCreate", "supply { id }", input, "/inboundSupplyCreate/supply/id")
        }
        "Mutation.inboundSupplyUpdate" => {
            let input = json!({ "supply": announced(shop, 1, "2026-04-01").await, "quantity": 2 });
            of_stock("inboundSupplyUpdate", "supply { id }", input, "/inboundSupplyUpdate/supply/id")
        }
        "Mutation.inboundSupplyReceive" => {
            let input = json!({ "supply": announced(shop, 1, "2026-04-01").await, "quantity": 1 });
            of_stock("inboundSupplyReceive", "supply { id }", input, "/inboundSupplyReceive/supply/id")
        }
        "Mutation.inboundSupplyCancel" => {
            let input = json!({ "supply": announced(shop, 1, "2026-04-01").await });
            of_stock("inboundSupplyCancel", "supply { id }", input, "/inboundSupplyCancel/supply/id")
        }
        "Query.zones" => query("{ zones { nodes { id } } }", "/zones/nodes/0/id"),
        "Query.channelSourcing" => {
            query(r#"{ channelSourcing(channel: "web-sa") { version } }"#, "/channelSourcing/version")
        }
        "OrderLine.sources" => {
            by_token(shop, "lines { sources { quantity } }", "/order/lines/0/sources/0/quantity").await
        }
        "Mutation.zoneCreate" => {
            let input =
                json!({ "code": "south", "nameEn": "The south", "areas": [{ "country": "SA", "cities": ["Abha"] }] });
            of_stock("zoneCreate", "zone { id }", input, "/zoneCreate/zone/id")
        }
        "Mutation.zoneUpdate" => {
            let input = json!({ "zone": zone(shop, "kw").await, "nameEn": "Kuwait" });
            of_stock("zoneUpdate", "zone { id }", input, "/zoneUpdate/zone/id")
        }
        "Mutation.locationZonesSet" => {
            let input = json!({ "location": place(shop, "riyadh").await, "zones": [] });
            of_stock("locationZonesSet", "location { id }", input, "/locationZonesSet/location/id")
        }
        "Mutation.channelSourcingSet" => {
            let input = json!({ "channel": "web-kw", "rules": ["PRIORITY"] });
            of_stock("channelSourcingSet", "sourcing { version }", input, "/channelSourcingSet/sourcing/version")
        }
        "Mutation.stockAdjust" => {
            let line = line(shop, "TEA", "riyadh", json!({ "delta": 1, "reason": "x" })).await;
            of_stock("stockAdjust", "results { line }", json!({ "lines": [line] }), "/stockAdjust/results/0/line")
        }
        "Mutation.stockSet" => {
            let line = line(shop, "TEA", "riyadh", json!({ "quantity": 9 })).await;
            let input = json!({ "lines": [line], "reason": "x" });
            of_stock("stockSet", "results { line }", input, "/stockSet/results/0/line")
        }
        "Mutation.stockReceive" => {
            let line = line(shop, "TEA", "riyadh", json!({ "quantity": 1 })).await;
            of_stock("stockReceive", "results { line }", json!({ "lines": [line] }), "/stockReceive/results/0/line")
        }
        "Mutation.stockAllocationsSet" => {
            let line = line(shop, "TEA", "riyadh", json!({ "channel": "web-kw", "quantity": 1 })).await;
            let shown = "/stockAllocationsSet/results/0/line";
            of_stock("stockAllocationsSet", "results { line }", json!({ "lines": [line] }), shown)
        }
        "Mutation.stockThresholdsSet" => {
            let line = line(shop, "TEA", "riyadh", json!({ "safetyStock": 1 })).await;
            let shown = "/stockThresholdsSet/results/0/line";
            of_stock("stockThresholdsSet", "results { line }", json!({ "lines": [line] }), shown)
        }
        "Query.stockTransfers" => {
            under_way(shop).await;
            query("{ stockTransfers { nodes { id } } }", "/stockTransfers/nodes/0/id")
        }
        "Query.stockCounts" => {
            counting(shop).await;
            query("{ stockCounts { nodes { id } } }", "/stockCounts/nodes/0/id")
        }
        "Mutation.stockQuarantineSettle" => {
            db_quarantine(shop).await;
            let more = json!({ "quantity": 1, "outcome": "RESTOCK", "reason": "x" });
            let input = json!({ "lines": [line(shop, "COFFEE-500-DARK", "riyadh", more).await] });
            of_stock("stockQuarantineSettle", "results { line }", input, "/stockQuarantineSettle/results/0/line")
        }
        "Mutation.stockTransferShip" => {
            let input = transfer(shop).await;
            of_stock("stockTransferShip", "transfer { id }", input, "/stockTransferShip/transfer/id")
        }
        "Mutation.stockTransferReceive" => {
            let input = json!({ "transfer": under_way(shop).await, "reason": "x" });
            of_stock("stockTransferReceive", "transfer { id }", input, "/stockTransferReceive/transfer/id")
        }
        "Mutation.stockTransferCancel" => {
            let input = json!({ "transfer": under_way(shop).await });
            of_stock("stockTransferCancel", "transfer { id }", input, "/stockTransferCancel/transfer/id")
        }
        "Mutation.stockCountOpen" => {
            let input = json!({ "location": place(shop, "riyadh").await });
            of_stock("stockCountOpen", "count { id }", input, "/stockCountOpen/count/id")
        }
        "Mutation.stockCountRecord" => {
            let lines = json!([{ "variant": shop.variant("TEA").await, "counted": 9 }]);
            let input = json!({ "count": counting(shop).await, "lines": lines });
            of_stock("stockCountRecord", "count { id }", input, "/stockCountRecord/count/id")
        }
        "Mutation.stockCountClose" => {
            let input = json!({ "count": counting(shop).await });
            of_stock("stockCountClose", "count { id }", input, "/stockCountClose/count/id")
        }
        "Mutation.locationCreate" => {
            let input = json!({ "code": "abha", "nameEn": "Abha", "kind": "SHOP", "city": "Abha" });
            of_stock("locationCreate", "location { id }", input, "/locationCreate/location/id")
        }
        "Mutation.locationUpdate" => {
            let input = json!({ "location": place(shop, "riyadh").await, "city": "x" });
            of_stock("locationUpdate", "location { id }", input, "/locationUpdate/location/id")
        }
        "Mutation.channelLocationsSet" => {
            let input = json!({ "channel": "web-kw", "locations": [{ "location": place(shop, "riyadh").await }] });
            let shown = "/channelLocationsSet/locations/0/buffer";
            of_stock("channelLocationsSet", "locations { buffer }", input, shown)
        }
        "Payment.entries" => by_token(shop, "payment { entries { kind } }", "/order/payment/entries/0/kind").await,
        "TimelineEntry.actor" => {
            by_token(shop, "whereabouts { timeline { actor } }", "/order/whereabouts/timeline/0/actor").await
        }
        "Order.tags" => by_token(shop, "tags", "/order/tags").await,
        "Order.holds" => by_token(shop, "holds { id }", "/order/holds").await,
        "OrderNote.actor" => by_token(shop, "notes { actor }", "/order/notes/0/actor").await,
        "Mutation.orderHold" => moving(shop, "orderHold", "CONFIRMED").await,
        "Mutation.orderHoldRelease" => releasing(shop).await,
        "Mutation.shipmentDeliver" => of_shipment(shop, "shipmentDeliver", json!({})).await,
        "Mutation.shipmentDeliveryFail" => {
            of_shipment(shop, "shipmentDeliveryFail", json!({ "reason": "OTHER" })).await
        }
        "Mutation.shipmentRefuse" => of_shipment(shop, "shipmentRefuse", json!({})).await,
        "Mutation.shipmentReturnReceive" => {
            of_shipment(shop, "shipmentReturnReceive", json!({ "goods": "RESTOCK" })).await
        }
        "Mutation.orderNoteAdd" => moving(shop, "orderNoteAdd", "CONFIRMED").await,
        "Mutation.orderTagsAdd" => moving(shop, "orderTagsAdd", "CONFIRMED").await,
        "Mutation.orderTagsRemove" => moving(shop, "orderTagsRemove", "CONFIRMED").await,
        "Mutation.orderReSource" => moving(shop, "orderReSource", "CONFIRMED").await,
        "Mutation.orderConfirm" => moving(shop, "orderConfirm", "PLACED").await,
        "Mutation.orderAllocate" => moving(shop, "orderAllocate", "CONFIRMED").await,
        "Mutation.orderShip" => moving(shop, "orderShip", "ALLOCATED").await,
        "Mutation.orderDeliver" => moving(shop, "orderDeliver", "SHIPPED").await,
        "Mutation.orderCancel" => moving(shop, "orderCancel", "PLACED").await,
        "Mutation.orderLinesCancel" => moving(shop, "orderLinesCancel", "PARTLY_SHIPPED").await,
        "Mutation.orderShippingAddressSet" => moving(shop, "orderShippingAddressSet", "CONFIRMED").await,
        "Order.addressChanges" => by_token(shop, "addressChanges { reason }", "/order/addressChanges").await,
        "Mutation.orderEdit" => moving(shop, "orderEdit", "CONFIRMED").await,
        "Mutation.orderImport" => {
            let input = json!({ "orders": [old("77")], "idempotencyKey": "import" });
            let query = "mutation ($input: OrderImportInput!) { orderImport(input: $input) { results { isNew }
                userErrors { code } } }";
            let shown = "/orderImport/results/0/isNew";
            Example { query: query.to_owned(), variables: json!({ "input": input }), shown, order: None }
        }
        "Query.draftOrders" => query("{ draftOrders { nodes { id } } }", "/draftOrders/nodes"),
        "Query.draftOrder" => {
            let draft = ready(shop, &[("TEA", 1)], "BANK_TRANSFER").await;
            let query = "query ($id: ID!) { draftOrder(id: $id) { id } }".to_owned();
            Example { query, variables: json!({ "id": draft["id"] }), shown: "/draftOrder/id", order: None }
        }
        "Mutation.draftOrderCreate" => {
            let shown = "/draftOrderCreate/draft/id";
            of_draft("draftOrderCreate", "draft { id }", json!({ "email": "a@b.example" }), shown)
        }
        "Mutation.draftOrderUpdate" => {
            let input = json!({ "draft": ready(shop, &[("TEA", 1)], "CARD").await["id"], "note": "x" });
            of_draft("draftOrderUpdate", "draft { id }", input, "/draftOrderUpdate/draft/id")
        }
        "Mutation.draftOrderLinePriceSet" => {
            let draft = ready(shop, &[("TEA", 1)], "CARD").await;
            let line = &draft["cart"]["lines"][0]["id"];
            let input = json!({ "draft": draft["id"], "line": line, "price": "1.00", "reason": "x" });
            of_draft("draftOrderLinePriceSet", "draft { id }", input, "/draftOrderLinePriceSet/draft/id")
        }
        "Mutation.draftOrderDelete" => {
            let input = json!({ "draft": ready(shop, &[("TEA", 1)], "CARD").await["id"] });
            of_draft("draftOrderDelete", "draft { id }", input, "/draftOrderDelete/draft/id")
        }
        "Mutation.draftOrderSend" => {
            let input = json!({ "draft": ready(shop, &[("TEA", 1)], "CARD").await["id"] });
            of_draft("draftOrderSend", "token", input, "/draftOrderSend/token")
        }
        "Mutation.draftOrderComplete" => {
            let input = json!({ "draft": ready(shop, &[("TEA", 1)], "BANK_TRANSFER").await["id"] });
            of_draft("draftOrderComplete", "order { id }", input, "/draftOrderComplete/order/id")
        }
        "Query.returns" => {
            returning(shop, "REQUESTED", 1).await;
            query("{ returns { nodes { id } } }", "/returns/nodes/0/id")
        }
        "Mutation.returnApprove" => of_return(shop, "returnApprove", "REQUESTED").await,
        "Mutation.returnReject" => of_return(shop, "returnReject", "APPROVED").await,
        "Mutation.returnReceive" => of_return(shop, "returnReceive", "APPROVED").await,
        "Mutation.returnInspect" => of_return(shop, "returnInspect", "RECEIVED").await,
        "Mutation.returnExchange" => of_return(shop, "returnExchange", "INSPECTED").await,
        "Mutation.returnRefund" => of_return(shop, "returnRefund", "INSPECTED").await,
        "Mutation.orderRefund" => moving(shop, "orderRefund", "DELIVERED").await,
        "Mutation.orderMarkAsPaid" => moving(shop, "orderMarkAsPaid", "AWAITING_PAYMENT").await,
        "Query.events" => query("{ events { endCursor } }", "/events/endCursor"),
        "Query.webhooks" => query("{ webhooks { pageInfo { hasNextPage } } }", "/webhooks/pageInfo/hasNextPage"),
        "Query.webhookDeliveries" => {
            let deliveries = "{ webhookDeliveries { pageInfo { hasNextPage } } }";
            query(deliveries, "/webhookDeliveries/pageInfo/hasNextPage")
        }
        "Query.webhook" => {
            let (webhook, _) = quiet(shop).await;
            let query = "query ($id: ID!) { webhook(id: $id) { id } }".to_owned();
            Example { query, variables: json!({ "id": webhook }), shown: "/webhook/id", order: None }
        }
        "Mutation.webhookCreate" => {
            let input = json!({ "name": "ERP", "url": "https://erp.example/hook", "isEnabled": false });
            of_webhook("webhookCreate", "webhook { id }", &input, "/webhookCreate/webhook/id")
        }
        "Mutation.webhookUpdate" => {
            let input = json!({ "webhook": quiet(shop).await.0, "name": "WMS" });
            of_webhook("webhookUpdate", "webhook { id }", &input, "/webhookUpdate/webhook/id")
        }
        "Mutation.webhookDelete" => {
            let input = json!({ "webhook": quiet(shop).await.0 });
            of_webhook("webhookDelete", "deletedWebhook", &input, "/webhookDelete/deletedWebhook")
        }
        "Mutation.webhookSecretRotate" => {
            let input = json!({ "webhook": quiet(shop).await.0 });
            of_webhook("webhookSecretRotate", "secret", &input, "/webhookSecretRotate/secret")
        }
        "Mutation.webhookTest" => {
            let input = json!({ "webhook": quiet(shop).await.0 });
            of_webhook("webhookTest", "delivery { id }", &input, "/webhookTest/delivery/id")
        }
        "Mutation.webhookDeliveryReplay" => {
            let input = json!({ "delivery": dead(shop).await });
            of_webhook("webhookDeliveryReplay", "delivery { id }", &input, "/webhookDeliveryReplay/delivery/id")
        }
        other => panic!("give {other} an example operation"),
    }
}

/// A mutation of drafts.
fn of_draft(name: &str, select: &str, mut input: Value, shown: &'static str) -> Example {
    input["idempotencyKey"] = json!(format!("{name} {input}").chars().take(90).collect::<String>());
    let kind = format!("D{}Input", &name[1..]);
    let query = format!("mutation ($input: {kind}!) {{ {name}(input: $input) {{ {select} userErrors {{ code }} }} }}");
    Example { query, variables: json!({ "input": input }), shown, order: None }
}

/// A mutation of webhooks.
fn of_webhook(name: &str, select: &str, input: &Value, shown: &'static str) -> Example {
    let kind = format!("W{}Input", &name[1..]);
    let query = format!("mutation ($input: {kind}!) {{ {name}(input: $input) {{ {select} userErrors {{ code }} }} }}");
    Example { query, variables: json!({ "input": input }), shown, order: None }
}

/// A delivery that was given up.
async fn dead(shop: &Shop) -> String {
    let (_, delivery) = quiet(shop).await;
    shop.later(std::time::Duration::from_hours(25));
    shop.work().await;
    delivery
}

/// An operation that looks at a part of an order that was delivered.
async fn by_token(shop: &Shop, fields: &str, shown: &'static str) -> Example {
    let order = standing(shop, "DELIVERED").await;
    done(&shop.staff_all(), "orderNoteAdd", &order.id, json!({ "text": "a", "isVisibleToCustomer": true })).await;
    let by = json!({ "guest": { "number": order.number, "token": order.token } });
    let query = format!("query ($by: OrderBy!) {{ order(by: $by) {{ {fields} }} }}");
    Example { query, variables: json!({ "by": by }), shown, order: None }
}

/// What is to be sent from one place to another.
async fn transfer(shop: &Shop) -> Value {
    let lines = json!([{ "variant": shop.variant("TEA").await, "quantity": 1 }]);
    json!({ "from": place(shop, "riyadh").await, "to": place(shop, "dammam").await, "lines": lines })
}

/// The id of a transfer that is under way.
async fn under_way(shop: &Shop) -> String {
    let sent = carry(&shop.staff("STOCK_MANAGE"), "stockTransferShip", transfer(shop).await).await;
    text(&sent["transfer"]["id"])
}

/// The id of a count that goes on.
async fn counting(shop: &Shop) -> String {
    let input = json!({ "location": place(shop, "riyadh").await });
    text(&count(&shop.staff("STOCK_MANAGE"), "stockCountOpen", input).await["count"]["id"])
}

/// A mutation of stock.
fn of_stock(name: &str, select: &str, mut input: Value, shown: &'static str) -> Example {
    input["idempotencyKey"] = json!("k");
    let kind = format!("{}{}Input", name[..1].to_uppercase(), &name[1..]);
    let query = format!("mutation ($input: {kind}!) {{ {name}(input: $input) {{ {select} userErrors {{ code }} }} }}");
    Example { query, variables: json!({ "input": input }), shown, order: None }
}

/// An operation that changes companies.
async fn company_example(shop: &Shop, name: &str) -> Example {
    let id = company(shop, &format!("for-{}", name.to_lowercase())).await;
    let one = async || unit(shop, &id, "one", None).await;
    let (select, input, shown) = match name {
        "organisationCreate" => ("organisation { id }", new("made"), "/organisationCreate/organisation/id"),
        "organisationUpdate" => {
            let input = json!({ "organisation": id, "nameEn": "New" });
            ("organisation { id }", input, "/organisationUpdate/organisation/id")
        }
        "organisationUnitCreate" => {
            let input = json!({ "organisation": id, "code": "new", "nameEn": "New" });
            ("unit { id }", input, "/organisationUnitCreate/unit/id")
        }
        "organisationUnitUpdate" => {
            ("unit { id }", json!({ "unit": one().await, "nameEn": "New" }), "/organisationUnitUpdate/unit/id")
        }
        "organisationUnitDelete" => {
            ("deletedUnit", json!({ "unit": one().await }), "/organisationUnitDelete/deletedUnit")
        }
        "organisationMembersAdd" => {
            let input = json!({ "organisation": id, "customers": [named("layla")] });
            ("organisation { id }", input, "/organisationMembersAdd/organisation/id")
        }
        _ => {
            join(shop, &id, None, &["layla"]).await;
            let input = json!({ "organisation": id, "customers": [named("layla")] });
            ("organisation { id }", input, "/organisationMembersRemove/organisation/id")
        }
    };
    of_stock(name, select, input, shown)
}

/// An operation that changes price lists.
async fn pricing(shop: &Shop, name: &str) -> Example {
    let (sar, tea) = (list(shop, "sar").await, shop.variant("TEA").await);
    let input = match name {
        "priceListCreate" => json!({ "code": "new", "nameEn": "New", "currencyCode": "SAR" }),
        "priceListPricesSet" => json!({ "priceList": sar, "lines": [{ "variant": tea, "price": "1.00" }] }),
        "priceListPricesAdjust" => json!({ "priceList": sar, "percent": "1" }),
        "priceListPricesRemove" => json!({ "priceList": sar, "lines": [{ "variant": tea }] }),
        "priceListQuantityRulesSet" => json!({ "priceList": sar, "lines": [{ "variant": { "id": tea } }] }),
        "priceListQuantityRulesRemove" => {
            let lines = json!([{ "variant": { "id": tea } }]);
            let set = json!({ "priceList": sar, "lines": lines });
            let done = try_set(&shop.staff_all(), "priceListQuantityRulesSet", "priceList { id }", set.clone()).await;
            assert_eq!(done["userErrors"], json!([]));
            set
        }
        "priceListAssign" => json!({ "priceList": sar, "channel": "web-sa" }),
        "priceListUnassign" => json!({ "assignment": assigned(shop, &group(shop, "buyers", &[]).await).await }),
        _ => json!({ "priceList": sar }),
    };
    let shown = match name {
        "priceListCreate" => "/priceListCreate/priceList/id",
        "priceListUpdate" => "/priceListUpdate/priceList/id",
        "priceListRuleSet" => "/priceListRuleSet/priceList/id",
        "priceListPricesSet" => "/priceListPricesSet/priceList/id",
        "priceListPricesAdjust" => "/priceListPricesAdjust/priceList/id",
        "priceListPricesRemove" => "/priceListPricesRemove/priceList/id",
        "priceListQuantityRulesSet" => "/priceListQuantityRulesSet/priceList/id",
        "priceListQuantityRulesRemove" => "/priceListQuantityRulesRemove/priceList/id",
        "priceListAssign" => "/priceListAssign/priceList/id",
        _ => "/priceListUnassign/priceList/id",
    };
    of_stock(name, "priceList { id }", input, shown)
}

/// An operation that moves an order.
async fn moving(shop: &Shop, name: &str, state: &str) -> Example {
    let order = standing(shop, state).await.id;
    let kind = format!("O{}Input", &name[1..]);
    let query = format!("mutation ($input: {kind}!) {{ {name}(input: $input) {{ userErrors {{ code }} }} }}");
    let mut input = json!({ "order": order, "idempotencyKey": "k" });
    let more = match name {
        "orderShip" => json!({ "carrier": "SMSA", "tracking": "29" }),
        "orderLinesCancel" => one_of(shop, &order).await,
        "orderReSource" => json!({ "location": "riyadh" }),
        "orderEdit" => json!({ "steps": [{ "add": { "variant": shop.variant("TEA").await, "quantity": 1 } }] }),
        "orderShippingAddressSet" => json!({ "address": alula() }),
        "orderHold" => json!({ "kind": "FRAUD" }),
        "orderNoteAdd" => json!({ "text": "a" }),
        "orderTagsAdd" | "orderTagsRemove" => json!({ "tags": ["vip"] }),
        _ => json!({}),
    };
    input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    Example { query, variables: json!({ "input": input }), shown: "", order: Some(order) }
}

/// An operation of a shipment that is on its way, or on its way back.
async fn of_shipment(shop: &Shop, name: &str, more: Value) -> Example {
    let state = if name == "shipmentReturnReceive" { "REFUSED" } else { "SHIPPED" };
    let order = standing(shop, state).await.id;
    let kind = format!("S{}Input", &name[1..]);
    let query = format!("mutation ($input: {kind}!) {{ {name}(input: $input) {{ userErrors {{ code }} }} }}");
    let mut input = json!({ "shipment": shipment_of(shop, &order).await, "idempotencyKey": "k" });
    input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    Example { query, variables: json!({ "input": input }), shown: "", order: Some(order) }
}

/// An operation of a return.
async fn of_return(shop: &Shop, name: &str, state: &str) -> Example {
    let (id, order, line) = returning(shop, state, 1).await;
    let kind = format!("R{}Input", &name[1..]);
    let query = format!("mutation ($input: {kind}!) {{ {name}(input: $input) {{ userErrors {{ code }} }} }}");
    let mut input = json!({ "orderReturn": id, "idempotencyKey": "k" });
    if name == "returnReceive" {
        input["location"] = json!("riyadh");
    }
    if name == "returnExchange" {
        input["lines"] = json!([{ "variant": shop.variant("TEA").await, "quantity": 1 }]);
        input["paymentMethod"] = json!("CASH_ON_DELIVERY");
    }
    if name == "returnInspect" {
        input["lines"] = json!([{ "line": line, "outcome": "RESTOCK", "quantity": 1 }]);
    }
    Example { query, variables: json!({ "input": input }), shown: "", order: Some(order.id) }
}

/// An operation that releases a hold.
async fn releasing(shop: &Shop) -> Example {
    let order = standing(shop, "CONFIRMED").await.id;
    done(&shop.staff_all(), "orderHold", &order, json!({ "kind": "FRAUD" })).await;
    let query = "query ($id: ID!) { order(by: { id: $id }) { holds { id } } }";
    let hold = shop.staff_all().run(query, json!({ "id": order })).await["order"]["holds"][0]["id"].take();
    let query = "mutation ($input: OrderHoldReleaseInput!) { orderHoldRelease(input: $input) { userErrors { code } } }";
    let variables = json!({ "input": { "hold": hold, "idempotencyKey": "k" } });
    Example { query: query.to_owned(), variables, shown: "", order: Some(order) }
}

async fn run(client: &Client, example: &Example) -> Reply {
    client.try_run(&example.query, example.variables.clone()).await
}

fn guarded() -> BTreeMap<String, String> {
    fields().into_iter().filter_map(|field| Some((field.name, field.permission?))).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_field_works_with_its_permission_alone_and_without_it_for_nobody() {
    let shop = Shop::open().await;
    let guarded = guarded();
    assert!(guarded.len() >= 14, "{guarded:?}");
    for (field, permission) in guarded {
        assert!(PERMISSIONS.contains(&permission.as_str()), "{field} requires {permission}");
        let example = example(&shop, &field).await;
        let before = match &example.order {
            Some(order) => Some(facts(&shop, order).await),
            None => None,
        };
        let mut refused = vec![("UNAUTHENTICATED", shop.anonymous()), ("FORBIDDEN", shop.customer("layla"))];
        let others = PERMISSIONS.into_iter().filter(|other| *other != permission);
        refused.extend(others.map(|other| ("FORBIDDEN", shop.staff(other))));
        for (code, client) in refused {
            let reply = run(&client, &example).await;
            let codes: BTreeSet<_> = reply.codes().into_iter().collect();
            assert_eq!(codes, BTreeSet::from([code]), "{field}: {reply}");
            if !example.shown.is_empty() {
                let shown = reply.body["data"].pointer(example.shown).unwrap_or(&Value::Null);
                assert_eq!(*shown, Value::Null, "{field}: {reply}");
            }
        }
        if let (Some(order), Some(before)) = (&example.order, before) {
            assert_eq!(facts(&shop, order).await, before, "{field}");
        }
        let reply = run(&shop.staff(&permission), &example).await;
        assert_eq!(reply.codes(), Vec::<&str>::new(), "{field}: {reply}");
        if let Some(order) = &example.order {
            let name = field.strip_prefix("Mutation.").unwrap();
            assert_eq!(reply.body["data"][name]["userErrors"], json!([]), "{field}");
            assert_ne!(facts(&shop, order).await["order"]["version"], json!(1), "{field}");
        } else {
            let shown = reply.body["data"].pointer(example.shown);
            assert!(shown.is_some_and(|shown| *shown != Value::Null), "{field}: {reply}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_for_want_of_a_permission_is_in_the_readers_language() {
    let shop = Shop::open().await;
    let table = [
        (shop.anonymous(), "يُرجى تسجيل الدخول أولًا.", "Please sign in first."),
        (shop.staff("STOCK_READ"), "ليست لديك صلاحية لهذا الإجراء.", "You do not have permission to do this."),
    ];
    let operations = [
        "{ orders { nodes { id } } }",
        r#"mutation { orderConfirm(input: { order: "x", idempotencyKey: "" }) { userErrors { code } } }"#,
        r#"mutation { orderMarkAsPaid(input: { order: "x", idempotencyKey: "" }) { userErrors { code } } }"#,
    ];
    for (client, ar, en) in table {
        for query in operations {
            for (language, said) in [("ar", ar), ("en", en)] {
                let reply = client.clone().in_language(language).try_run(query, json!({})).await;
                assert_eq!(reply.body["errors"][0]["message"], said, "{query}: before its input is looked at");
                assert_eq!(reply.body["data"], Value::Null);
            }
        }
    }
}

/// The fields of the schema as a caller is shown it.
async fn shown_to(client: &Client) -> BTreeSet<String> {
    let query = "{ __schema { types { name fields { name } } } }";
    let types = client.run(query, json!({})).await["__schema"]["types"].take();
    let mut shown = BTreeSet::new();
    for one in types.as_array().unwrap() {
        for field in one["fields"].as_array().into_iter().flatten() {
            shown.insert(format!("{}.{}", one["name"].as_str().unwrap(), field["name"].as_str().unwrap()));
        }
    }
    shown
}

#[tokio::test(flavor = "multi_thread")]
async fn introspection_shows_a_caller_what_they_may_use_and_no_more() {
    let shop = Shop::open().await;
    let guarded = guarded();
    let everything: BTreeSet<_> = fields().into_iter().map(|field| field.name).collect();
    let mut callers = vec![(vec![], shop.anonymous()), (vec![], shop.customer("layla"))];
    callers.extend(PERMISSIONS.map(|permission| (vec![permission], shop.staff(permission))));
    callers.push((PERMISSIONS.to_vec(), shop.staff_all()));
    for (has, client) in callers {
        let shown = shown_to(&client).await;
        for (field, permission) in &guarded {
            // What is beneath a field that is not shown need not be shown.
            let may = has.contains(&permission.as_str());
            assert_eq!(shown.contains(field), may, "{field} to who has {has:?}");
        }
        for root in ["Query.", "Mutation."] {
            let open = everything.iter().filter(|field| field.starts_with(root) && !guarded.contains_key(*field));
            let hidden: Vec<_> = open.filter(|field| !shown.contains(*field)).collect();
            assert_eq!(hidden, Vec::<&String>::new(), "to who has {has:?}");
        }
        let sees_entries = shown.iter().any(|field| field.starts_with("AuditEntry."));
        assert_eq!(sees_entries, has.contains(&"AUDIT_READ"), "a type that nothing leads to, to who has {has:?}");
    }
    let all = shown_to(&shop.staff_all()).await;
    let missing: Vec<_> = everything.difference(&all).collect();
    assert_eq!(missing, Vec::<&String>::new(), "the contract is what is served");
}
