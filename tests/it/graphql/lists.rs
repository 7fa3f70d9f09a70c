//! A list is a page of a connection, or it is short by what it is.

use std::collections::BTreeSet;

use tests::shop::Shop;

use super::introspection::{Schema, is_list, list, name};

/// The lists that are no connections, and what bounds them.
const BOUNDED: &[(&str, &str)] = &[
    ("Account.permissionLabels", "the permissions there are"),
    ("Account.permissions", "the permissions there are"),
    ("Account.roles", "the roles of one person"),
    ("Account.stockAlerts", "100 wishes"),
    ("Cart.deliveryOptions", "the delivery methods of the shop"),
    ("Cart.lines", "200 lines"),
    ("Cart.paymentOptions", "the payment methods there are"),
    ("Cart.promotions", "the promotions of the shop"),
    ("Cart.warnings", "a few for each of 200 lines"),
    ("CartPayload.userErrors", "the fields of the input"),
    ("OrderEditPayload.userErrors", "the fields of the input"),
    ("ReturnExchangePayload.userErrors", "the fields of the input"),
    ("CartPayload.warnings", "a few for each of 200 lines"),
    ("Category.children", "a navigation is made for people"),
    ("Channel.languages", "the languages there are"),
    ("ChannelLocationsPayload.locations", "the places of the shop"),
    ("ChannelLocationsPayload.userErrors", "the fields of the input"),
    ("ChannelCartReservationPayload.userErrors", "the fields of the input"),
    ("ChannelDiscountCapPayload.userErrors", "the fields of the input"),
    ("ChannelPromisePayload.userErrors", "the fields of the input"),
    ("ChannelSourcing.rules", "the rules there are"),
    ("ChannelSourcingPayload.userErrors", "the fields of the input"),
    ("ChannelReturnDaysPayload.userErrors", "the fields of the input"),
    ("CheckoutSubmitPayload.userErrors", "the fields of the input"),
    ("CheckoutTicket.userErrors", "the fields of the input, and 200 lines"),
    ("CheckoutPayload.userErrors", "the fields of the input, and 200 lines"),
    ("Customer.groups", "the groups of the shop"),
    ("CustomerGroupDeletePayload.userErrors", "the fields of the input"),
    ("CustomerGroupMembersPayload.changedCustomers", "500 customers"),
    ("CustomerGroupMembersPayload.userErrors", "500 customers"),
    ("CustomerGroupPayload.userErrors", "the fields of the input"),
    ("Account.organisations", "the companies that a customer buys for"),
    ("Customer.organisations", "the companies that a customer buys for"),
    ("Organisation.units", "1,000 units"),
    ("OrganisationMembersPayload.changedCustomers", "500 customers"),
    ("OrganisationMembersPayload.userErrors", "500 customers"),
    ("OrganisationPayload.userErrors", "the fields of the input"),
    ("OrganisationUnitDeletePayload.userErrors", "the fields of the input"),
    ("OrganisationUnitPayload.userErrors", "the fields of the input"),
    ("PromotionCondition.organisations", "1,000 things of a rule"),
    ("LinePricing.explanation", "the lists of a buyer, and their ancestors"),
    ("LinePricing.totalExplanation", "what comes to a line, or goes off it"),
    ("ListPrice.tiers", "20 tiers"),
    ("CouponPayload.userErrors", "the fields of the input"),
    ("Cart.coupons", "10 coupons"),
    ("Cart.giftCards", "10 gift cards"),
    ("Account.storeCredit", "one of each currency"),
    ("Query.storeCredit", "one of each currency"),
    ("GiftCardsIssuePayload.giftCards", "100 gift cards"),
    ("GiftCardsIssuePayload.userErrors", "the fields of the input"),
    ("GiftCardPayload.userErrors", "the fields of the input"),
    ("StoreCreditPayload.userErrors", "the fields of the input"),
    ("Coupon.codes", "10,000, as asked for"),
    ("DiscountExplanation.explanation", "the promotions that run, and 10 coupons"),
    ("DiscountStep.lines", "200 lines"),
    ("Promotion.channels", "100 channels"),
    ("PromotionAttribute.values", "1,000 things of a rule"),
    ("PromotionBundle.parts", "8 parts"),
    ("PromotionCondition.all", "1,000 things of a rule"),
    ("PromotionCondition.any", "1,000 things of a rule"),
    ("PromotionCondition.countries", "1,000 things of a rule"),
    ("PromotionCondition.customerGroups", "1,000 things of a rule"),
    ("PromotionCondition.paymentMethods", "the ways to pay there are"),
    ("PromotionHours.days", "the days of the week"),
    ("PromotionOrder.tiers", "20 tiers"),
    ("PromotionPayload.userErrors", "the fields of the input"),
    ("PromotionPayload.warnings", "20 overlaps, and what keeps one from applying"),
    ("PromotionWarning.channels", "the channels of a shop"),
    ("PromotionWarning.things", "1,000 things of a rule"),
    ("PromotionSelector.all", "1,000 things of a rule"),
    ("PromotionSelector.any", "1,000 things of a rule"),
    ("PromotionSelector.categories", "1,000 things of a rule"),
    ("PromotionSelector.collections", "1,000 things of a rule"),
    ("PromotionSelector.products", "1,000 things of a rule"),
    ("PromotionSelector.variants", "1,000 things of a rule"),
    ("PriceList.assignments", "who buys by one list, as people say it"),
    ("PriceList.prices", "the prices of 500 variants"),
    ("VariantPricing.discountExplanation", "the promotions that are seen while browsing"),
    ("PriceList.quantityRules", "the rules of 500 variants"),
    ("PriceList.rules", "one for each time staff set it"),
    ("PriceListAssignment.countries", "60 countries"),
    ("Cart.taxes", "the ways of being taxed of 200 lines"),
    ("Order.taxes", "the ways of being taxed of 200 lines"),
    ("ChannelTaxEnginePayload.userErrors", "the fields of the input"),
    ("ChannelTaxesPayload.userErrors", "the fields of the input"),
    ("TaxClassAssignPayload.products", "200 products"),
    ("TaxClassAssignPayload.userErrors", "the fields of the input"),
    ("TaxClassPayload.userErrors", "the fields of the input"),
    ("TaxExemptionPayload.userErrors", "the fields of the input"),
    ("TaxRatePayload.userErrors", "the fields of the input"),
    ("TaxRateRemovePayload.userErrors", "the fields of the input"),
    ("PriceListPricesAdjustPayload.changes", "100 prices"),
    ("PriceListPricesAdjustPayload.warnings", "100 prices"),
    ("PriceListPricesAdjustPayload.userErrors", "100 prices, or the fields of the input"),
    ("PriceListPayload.warnings", "one for each of 500 lines"),
    ("PriceListPayload.userErrors", "the fields of 500 lines"),
    ("PromotionSimulatePayload.userErrors", "the fields of the input"),
    ("PromotionSimulation.cases", "200 orders"),
    ("PriceQuote.lines", "100 lines"),
    ("PriceQuote.promotions", "the promotions of the shop"),
    ("PriceQuote.taxes", "the ways of being taxed of 100 lines"),
    ("PriceQuotePayload.userErrors", "the fields of 100 lines, and of the input"),
    ("Totals.explanation", "what comes to a total, or goes off it"),
    ("VariantPricing.explanation", "the lists of a buyer, and their ancestors"),
    ("VariantPricing.tiers", "20 tiers of each ancestor"),
    ("DraftOrder.agreedPrices", "200 lines"),
    ("DraftOrderPayload.userErrors", "the fields of the input"),
    ("DraftOrderSendPayload.userErrors", "the fields of the input"),
    ("EventFeed.nodes", "100, as asked for"),
    ("ExternalSkusPayload.results", "500 lines"),
    ("ExternalSkusPayload.userErrors", "the fields of 500 lines"),
    ("InboundSupplyPayload.userErrors", "the fields of the input"),
    ("Location.zones", "200 zones"),
    ("LocationPayload.userErrors", "the fields of the input"),
    ("Order.addressChanges", "one for each time staff sent it elsewhere"),
    ("Order.availableTransitions", "the moves of an order there are"),
    ("Order.cancellations", "at most one of each unit"),
    ("Order.edits", "one for each time staff changed it"),
    ("Order.payments", "one, and at most one of each edit"),
    ("OrderEdit.added", "the lines of one edit"),
    ("Order.holds", "what people held it for"),
    ("Order.lines", "200 lines, as in the cart"),
    ("Order.notes", "what people wrote on one order"),
    ("Order.promotions", "the promotions of the shop"),
    ("Order.returns", "at most one of each unit"),
    ("Order.shipments", "one of each place, and of each part that left"),
    ("Order.tags", "20 tags"),
    ("OrderCancellation.lines", "200 lines, as in the cart"),
    ("OrderLine.sources", "the places of the shop, and those that refused"),
    ("OrderLineSource.considered", "ten places"),
    ("OrderImportPayload.results", "100 orders"),
    ("OrderImportPayload.userErrors", "the fields of 100 orders"),
    ("OrderPayPayload.userErrors", "the fields of the input"),
    ("OrderPayload.userErrors", "the fields of the input"),
    ("OrderReorderPayload.userErrors", "the fields of the input"),
    ("OrderReorderPayload.warnings", "a few for each of 200 lines"),
    ("OrderReturn.lines", "200 lines, as in the cart"),
    ("OrderReturnLine.outcomes", "the outcomes there are"),
    ("Payment.entries", "what happens to one payment"),
    ("Product.attributes", "the attributes of its type"),
    ("Product.collections", "the collections of the shop"),
    ("Product.variants", "one product's options"),
    ("ReturnPayload.userErrors", "the fields of the input"),
    ("Shipment.deliveryFailures", "a carrier does not come for ever"),
    ("Shipment.lines", "200 lines, as in the cart"),
    ("ProductVariant.costs", "the currencies of ISO 4217"),
    ("ProductVariant.externalSkus", "200 names"),
    ("ProductVariant.selectedOptions", "one product's options"),
    ("ProductVariant.stock", "the places of the shop"),
    ("Query.channelLocations", "the places of the shop"),
    ("Query.channels", "the channels of the shop"),
    ("Query.stockAlertCounts", "100, as asked for"),
    ("StockAlertDeletePayload.userErrors", "the fields of the input"),
    ("StockAlertPayload.userErrors", "the fields of the input"),
    ("SignInPayload.userErrors", "the fields of the input"),
    ("SignOutPayload.userErrors", "the fields of the input"),
    ("StockCount.lines", "2,000 lines"),
    ("StockCountPayload.userErrors", "the fields of 500 lines"),
    ("StockTransfer.lines", "500 lines"),
    ("StockTransferPayload.userErrors", "the fields of 500 lines"),
    ("StockLevel.allocations", "the channels of the shop"),
    ("StockChangePayload.results", "500 lines"),
    ("StockChangePayload.userErrors", "the fields of 500 lines"),
    ("TokenRefreshPayload.userErrors", "the fields of the input"),
    ("UserError.field", "a path in the input"),
    ("UserError.params", "the values of one message"),
    ("VariantCostsPayload.userErrors", "the fields of 500 lines"),
    ("VariantCostsPayload.warnings", "one of each kind"),
    ("PriceWarning.field", "a path in the input"),
    ("VariantCostsPayload.variants", "500 lines"),
    ("VariantMeasuresPayload.userErrors", "the fields of 500 lines"),
    ("VariantMeasuresPayload.variants", "500 lines"),
    ("VariantSellingPayload.selling", "500 lines"),
    ("VariantSellingPayload.userErrors", "the fields of 500 lines"),
    ("Webhook.types", "100 types"),
    ("WebhookDelivery.attempts", "a dozen a day, and after each replay"),
    ("WebhookDeletePayload.userErrors", "the fields of the input"),
    ("WebhookDeliveryPayload.userErrors", "the fields of the input"),
    ("WebhookPayload.userErrors", "the fields of the input"),
    ("WebhookSecretPayload.userErrors", "the fields of the input"),
    ("Whereabouts.timeline", "what happens to one order"),
    ("Zone.areas", "200 cities"),
    ("ZoneArea.cities", "200 cities"),
    ("ZonePayload.userErrors", "the fields of the input"),
];

#[tokio::test(flavor = "multi_thread")]
async fn every_list_is_a_connection_or_bounded() {
    let shop = Shop::open().await;
    let schema = Schema::of(&shop.staff_all()).await;
    let is_connection = |kind: &str| kind.ends_with("Connection");
    let mut lists = BTreeSet::new();
    for kind in schema.types().iter().filter(|kind| !is_connection(name(kind))) {
        let fields = list(kind, "fields").iter().filter(|field| is_list(field));
        lists.extend(fields.map(|field| format!("{}.{}", name(kind), name(field))));
    }
    let bounded: BTreeSet<_> = BOUNDED.iter().map(|(field, _)| (*field).to_owned()).collect();
    assert_eq!(lists.difference(&bounded).collect::<Vec<_>>(), Vec::<&String>::new(), "what bounds these?");
    assert_eq!(bounded.difference(&lists).collect::<Vec<_>>(), Vec::<&String>::new(), "no such lists any more");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_connection_has_nodes_edges_a_count_and_is_paged_alike() {
    let shop = Shop::open().await;
    let schema = Schema::of(&shop.staff_all()).await;
    let connections = schema.types().iter().filter(|kind| name(kind).ends_with("Connection"));
    for kind in connections {
        let fields: Vec<_> = list(kind, "fields").iter().map(name).collect();
        let mut sorted = fields.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, ["edges", "nodes", "pageInfo", "totalCount"], "{}", name(kind));
    }
    for field in list(schema.kind("Query"), "fields") {
        if super::introspection::innermost(field).ends_with("Connection") {
            let page = list(field, "args").iter().find(|argument| name(argument) == "page");
            let page = page.unwrap_or_else(|| panic!("{} is not paged", name(field)));
            assert_eq!(super::introspection::innermost(page), "Paging", "{}", name(field));
        }
    }
}
