//! A frontend developer never sees the code: the schema says it all.

use serde_json::Value;
use tests::shop::Shop;

use super::introspection::{Schema, list, name};

/// Says nothing. Of `ID` GraphQL itself tells, and what a mutation's `input` is stands at its type.
fn is_silent(of: &Value) -> bool {
    !["ID", "input"].contains(&name(of)) && of["description"].as_str().unwrap_or_default().trim().len() < 3
}

/// What has no description: a type and its fields, arguments, input fields and values.
fn silent_of(kind: &Value) -> Vec<String> {
    let mut silent: Vec<_> = is_silent(kind).then(|| name(kind).to_owned()).into_iter().collect();
    for part in ["fields", "inputFields", "enumValues"] {
        for one in list(kind, part) {
            silent.extend(is_silent(one).then(|| format!("{}.{}", name(kind), name(one))));
            for argument in list(one, "args") {
                let path = || format!("{}.{}({})", name(kind), name(one), name(argument));
                silent.extend(is_silent(argument).then(path));
            }
        }
    }
    silent
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_in_the_schema_is_described() {
    let shop = Shop::open().await;
    let schema = Schema::of(&shop.staff_all()).await;
    assert!(100 < schema.types().len(), "only {} types", schema.types().len());
    let silent: Vec<_> = schema.types().iter().flat_map(silent_of).collect();
    assert!(silent.is_empty(), "without a description: {silent:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_may_not_use_is_not_in_one_s_schema() {
    let shop = Shop::open().await;
    let seen_by = async |client| {
        let schema = Schema::of(&client).await;
        ["Query", "Mutation", "ProductVariant"]
            .into_iter()
            .flat_map(|kind| {
                list(schema.kind(kind), "fields").iter().map(move |field| format!("{kind}.{}", name(field)))
            })
            .collect::<Vec<_>>()
    };
    let (guest, all) = (seen_by(shop.anonymous()).await, seen_by(shop.staff_all()).await);
    let hidden = [
        ("ORDER_READ", "Query.orders"),
        ("CUSTOMER_READ", "Query.customers"),
        ("CUSTOMER_READ", "Query.organisation"),
        ("CUSTOMER_READ", "Query.organisations"),
        ("CUSTOMER_MANAGE", "Mutation.organisationCreate"),
        ("CUSTOMER_MANAGE", "Mutation.organisationUpdate"),
        ("CUSTOMER_MANAGE", "Mutation.organisationMembersAdd"),
        ("CUSTOMER_MANAGE", "Mutation.organisationMembersRemove"),
        ("CUSTOMER_MANAGE", "Mutation.organisationUnitCreate"),
        ("CUSTOMER_MANAGE", "Mutation.organisationUnitUpdate"),
        ("CUSTOMER_MANAGE", "Mutation.organisationUnitDelete"),
        ("PRICE_READ", "Query.priceList"),
        ("PRICE_READ", "Query.priceLists"),
        ("PRICE_READ", "Query.priceQuote"),
        ("PRICE_MANAGE", "Mutation.priceListCreate"),
        ("PRICE_MANAGE", "Mutation.priceListUpdate"),
        ("PRICE_MANAGE", "Mutation.priceListRuleSet"),
        ("PRICE_MANAGE", "Mutation.priceListPricesSet"),
        ("PRICE_MANAGE", "Mutation.priceListPricesAdjust"),
        ("PRICE_MANAGE", "Mutation.variantMeasuresSet"),
        ("COST_READ", "ProductVariant.costs"),
        ("COST_MANAGE", "Mutation.variantCostsSet"),
        ("PRICE_MANAGE", "Mutation.priceListPricesRemove"),
        ("PRICE_MANAGE", "Mutation.priceListQuantityRulesSet"),
        ("PRICE_MANAGE", "Mutation.priceListQuantityRulesRemove"),
        ("PRICE_MANAGE", "Mutation.priceListAssign"),
        ("PRICE_MANAGE", "Mutation.priceListUnassign"),
        ("PROMOTION_READ", "Query.promotion"),
        ("PROMOTION_READ", "Query.promotions"),
        ("PROMOTION_READ", "Query.coupon"),
        ("PROMOTION_MANAGE", "Query.promotionSimulate"),
        ("PROMOTION_MANAGE", "Mutation.promotionCreate"),
        ("PROMOTION_MANAGE", "Mutation.promotionUpdate"),
        ("PROMOTION_MANAGE", "Mutation.couponIssue"),
        ("PROMOTION_MANAGE", "Mutation.couponRevoke"),
        ("PROMOTION_MANAGE", "Mutation.channelDiscountCapSet"),
        ("CREDIT_READ", "Query.giftCard"),
        ("CREDIT_READ", "Query.giftCards"),
        ("CREDIT_READ", "Query.storeCredit"),
        ("CREDIT_MANAGE", "Mutation.giftCardsIssue"),
        ("CREDIT_MANAGE", "Mutation.giftCardTopUp"),
        ("CREDIT_MANAGE", "Mutation.giftCardWithdraw"),
        ("CREDIT_MANAGE", "Mutation.giftCardBlock"),
        ("CREDIT_MANAGE", "Mutation.giftCardUnblock"),
        ("CREDIT_MANAGE", "Mutation.storeCreditGrant"),
        ("CREDIT_MANAGE", "Mutation.storeCreditWithdraw"),
        ("TAX_READ", "Query.taxClasses"),
        ("TAX_READ", "Query.taxRates"),
        ("TAX_READ", "Query.taxExemptions"),
        ("TAX_MANAGE", "Mutation.taxClassCreate"),
        ("TAX_MANAGE", "Mutation.taxClassUpdate"),
        ("TAX_MANAGE", "Mutation.taxClassAssign"),
        ("TAX_MANAGE", "Mutation.taxRateSet"),
        ("TAX_MANAGE", "Mutation.taxRateRemove"),
        ("TAX_MANAGE", "Mutation.taxExemptionGrant"),
        ("TAX_MANAGE", "Mutation.taxExemptionEnd"),
        ("TAX_MANAGE", "Mutation.channelTaxesSet"),
        ("TAX_MANAGE", "Mutation.channelTaxEngineSet"),
        ("TAX_MANAGE", "Query.channelTaxEngine"),
        ("CUSTOMER_READ", "Query.customerGroup"),
        ("CUSTOMER_READ", "Query.customerGroups"),
        ("CUSTOMER_MANAGE", "Mutation.customerGroupCreate"),
        ("CUSTOMER_MANAGE", "Mutation.customerGroupUpdate"),
        ("CUSTOMER_MANAGE", "Mutation.customerGroupDelete"),
        ("CUSTOMER_MANAGE", "Mutation.customerGroupMembersAdd"),
        ("CUSTOMER_MANAGE", "Mutation.customerGroupMembersRemove"),
        ("AUDIT_READ", "Query.auditEntries"),
        ("STOCK_READ", "ProductVariant.stock"),
        ("STOCK_READ", "Query.stockLevels"),
        ("STOCK_READ", "Query.stockMovements"),
        ("STOCK_READ", "Query.locations"),
        ("STOCK_READ", "Query.channelLocations"),
        ("STOCK_MANAGE", "Mutation.stockAdjust"),
        ("STOCK_MANAGE", "Mutation.stockSet"),
        ("STOCK_MANAGE", "Mutation.stockReceive"),
        ("STOCK_MANAGE", "Mutation.stockThresholdsSet"),
        ("STOCK_MANAGE", "Mutation.stockAllocationsSet"),
        ("STOCK_MANAGE", "Mutation.locationCreate"),
        ("STOCK_MANAGE", "Mutation.locationUpdate"),
        ("STOCK_MANAGE", "Mutation.channelLocationsSet"),
        ("STOCK_READ", "Query.zones"),
        ("STOCK_READ", "Query.channelSourcing"),
        ("STOCK_MANAGE", "Mutation.zoneCreate"),
        ("STOCK_MANAGE", "Mutation.zoneUpdate"),
        ("STOCK_MANAGE", "Mutation.locationZonesSet"),
        ("STOCK_MANAGE", "Mutation.channelSourcingSet"),
        ("STOCK_READ", "Query.stockTransfers"),
        ("STOCK_READ", "Query.stockCounts"),
        ("STOCK_MANAGE", "Mutation.stockQuarantineSettle"),
        ("STOCK_MANAGE", "Mutation.stockTransferShip"),
        ("STOCK_MANAGE", "Mutation.stockTransferReceive"),
        ("STOCK_MANAGE", "Mutation.stockTransferCancel"),
        ("STOCK_MANAGE", "Mutation.stockCountOpen"),
        ("STOCK_MANAGE", "Mutation.stockCountRecord"),
        ("STOCK_MANAGE", "Mutation.stockCountClose"),
        ("STOCK_READ", "ProductVariant.selling"),
        ("CUSTOMER_READ", "Query.stockAlerts"),
        ("STOCK_READ", "Query.stockAlertCounts"),
        ("STOCK_READ", "ProductVariant.stockAlertCount"),
        ("STOCK_READ", "ProductVariant.externalSkus"),
        ("STOCK_READ", "Query.externalSkus"),
        ("STOCK_MANAGE", "Mutation.externalSkusSet"),
        ("STOCK_READ", "Query.inboundSupplies"),
        ("STOCK_MANAGE", "Mutation.variantSellingSet"),
        ("STOCK_MANAGE", "Mutation.channelCartReservationSet"),
        ("STOCK_MANAGE", "Mutation.channelPromiseSet"),
        ("STOCK_MANAGE", "Mutation.inboundSupplyCreate"),
        ("STOCK_MANAGE", "Mutation.inboundSupplyUpdate"),
        ("STOCK_MANAGE", "Mutation.inboundSupplyReceive"),
        ("STOCK_MANAGE", "Mutation.inboundSupplyCancel"),
        ("ORDER_MANAGE", "Mutation.orderConfirm"),
        ("ORDER_MANAGE", "Mutation.orderCancel"),
        ("ORDER_READ", "Query.returns"),
        ("ORDER_MANAGE", "Mutation.orderImport"),
        ("ORDER_READ", "Query.draftOrder"),
        ("ORDER_READ", "Query.draftOrders"),
        ("ORDER_MANAGE", "Mutation.draftOrderCreate"),
        ("ORDER_MANAGE", "Mutation.draftOrderUpdate"),
        ("PRICE_OVERRIDE", "Mutation.draftOrderLinePriceSet"),
        ("ORDER_MANAGE", "Mutation.draftOrderDelete"),
        ("ORDER_MANAGE", "Mutation.draftOrderSend"),
        ("ORDER_MANAGE", "Mutation.draftOrderComplete"),
        ("ORDER_MANAGE", "Mutation.orderLinesCancel"),
        ("ORDER_MANAGE", "Mutation.orderEdit"),
        ("ORDER_MANAGE", "Mutation.orderShippingAddressSet"),
        ("ORDER_MANAGE", "Mutation.returnExchange"),
        ("ORDER_MANAGE", "Mutation.returnApprove"),
        ("ORDER_MANAGE", "Mutation.returnReject"),
        ("ORDER_FULFIL", "Mutation.returnReceive"),
        ("ORDER_FULFIL", "Mutation.returnInspect"),
        ("PAYMENT_MANAGE", "Mutation.returnRefund"),
        ("ORDER_MANAGE", "Mutation.channelReturnDaysSet"),
        ("ORDER_MANAGE", "Mutation.orderHold"),
        ("ORDER_MANAGE", "Mutation.orderHoldRelease"),
        ("ORDER_MANAGE", "Mutation.orderNoteAdd"),
        ("ORDER_MANAGE", "Mutation.orderTagsAdd"),
        ("ORDER_MANAGE", "Mutation.orderTagsRemove"),
        ("ORDER_FULFIL", "Mutation.orderReSource"),
        ("ORDER_FULFIL", "Mutation.orderAllocate"),
        ("ORDER_FULFIL", "Mutation.orderShip"),
        ("ORDER_FULFIL", "Mutation.orderDeliver"),
        ("ORDER_FULFIL", "Mutation.shipmentDeliver"),
        ("ORDER_FULFIL", "Mutation.shipmentDeliveryFail"),
        ("ORDER_FULFIL", "Mutation.shipmentRefuse"),
        ("ORDER_FULFIL", "Mutation.shipmentReturnReceive"),
        ("PAYMENT_MANAGE", "Mutation.orderRefund"),
        ("PAYMENT_MANAGE", "Mutation.orderMarkAsPaid"),
        ("EVENT_READ", "Query.events"),
        ("WEBHOOK_MANAGE", "Query.webhook"),
        ("WEBHOOK_MANAGE", "Query.webhooks"),
        ("WEBHOOK_MANAGE", "Query.webhookDeliveries"),
        ("WEBHOOK_MANAGE", "Mutation.webhookCreate"),
        ("WEBHOOK_MANAGE", "Mutation.webhookUpdate"),
        ("WEBHOOK_MANAGE", "Mutation.webhookDelete"),
        ("WEBHOOK_MANAGE", "Mutation.webhookSecretRotate"),
        ("WEBHOOK_MANAGE", "Mutation.webhookTest"),
        ("WEBHOOK_MANAGE", "Mutation.webhookDeliveryReplay"),
    ];
    for (permission, field) in hidden {
        let field = field.to_owned();
        assert!(!guest.contains(&field) && all.contains(&field), "{field}");
        assert!(seen_by(shop.staff(permission)).await.contains(&field), "{field} for {permission}");
    }
    assert_eq!(all.len() - guest.len(), hidden.len(), "nothing else is hidden: {all:#?}");
}
