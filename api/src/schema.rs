//! The schema: every context's queries and mutations under one root each.

use async_graphql::{MergedObject, SDLExportOptions, SchemaBuilder};

use crate::{
    cart::{
        draft::{DraftOrder, DraftQuery},
        draft_mutation::DraftMutation,
        mutation::CartMutation,
        query::CartQuery,
        quote::QuoteQuery,
        simulate::SimulationQuery,
    },
    catalog::{
        category::Category,
        collection::Collection,
        external_sku::{ExternalSku, ExternalSkuQuery},
        external_sku_mutation::ExternalSkuMutation,
        measure::MeasureMutation,
        product::Product,
        query::CatalogQuery,
        variant::ProductVariant,
    },
    checkout::{
        draft::DraftCheckoutMutation, mutation::CheckoutMutation, query::CheckoutQuery, reorder::ReorderMutation,
    },
    events::{
        audit::AuditEntry,
        delivery::WebhookDelivery,
        mutation::EventsMutation,
        query::EventsQuery,
        subscription::Subscription,
        webhook::{Webhook, WebhooksQuery},
    },
    fulfilment::{mutation::SourcingMutation, query::SourcingQuery, zone::Zone},
    graphql::{connection::Connection, node::NodeQuery, shop::ShopQuery},
    identity::{
        customer::Customer,
        group::{CustomerGroup, CustomerGroupQuery},
        group_mutation::CustomerGroupMutation,
        mutation::IdentityMutation,
        query::IdentityQuery,
    },
    inventory::{
        alert::{StockAlert, StockAlertQuery},
        alert_mutation::StockAlertMutation,
        allocation::AllocationMutation,
        cart_hold_mutation::CartHoldMutation,
        count::StockCount,
        count_mutation::CountMutation,
        level::StockLevel,
        location::Location,
        location_mutation::LocationMutation,
        movement::StockMovement,
        mutation::InventoryMutation,
        query::InventoryQuery,
        supply::InboundSupply,
        supply_mutation::SupplyMutation,
        supply_query::SupplyQuery,
        transfer::StockTransfer,
        transfer_mutation::TransferMutation,
        work_query::StockWorkQuery,
    },
    orders::{
        address::AddressMutation,
        cancellation::CancellationMutation,
        delivery::DeliveryMutation,
        edit::EditMutation,
        exchange::ExchangeMutation,
        hold::HoldsMutation,
        import::ImportMutation,
        mutation::OrdersMutation,
        note::NotesMutation,
        order::Order,
        query::OrdersQuery,
        re_source::ReSourceMutation,
        returns::{OrderReturn, ReturnsQuery},
        returns_mutation::ReturnsMutation,
    },
    organisations::{
        member::OrganisationMember, mutation::OrganisationMutation, organisation::Organisation,
        query::OrganisationsQuery, unit_mutation::OrganisationUnitMutation,
    },
    payments::{gift_card::GiftCard, ledger::CreditEntry, mutation::CreditMutation, query::GiftCardQuery},
    pricing::{
        adjust::PriceAdjustMutation,
        costs::CostMutation,
        discount_cap::DiscountCapMutation,
        list::PriceList,
        mutation::PricingMutation,
        promotions::{coupon::Coupon, mutation::PromotionMutation, promotion::Promotion, query::PromotionQuery},
        quantity_rules::QuantityRuleMutation,
        query::PricingQuery,
        taxes::{class::TaxClass, exemption::TaxExemption, mutation::TaxMutation, query::TaxQuery, rate::TaxRate},
    },
};

/// What can be asked. In groups: each member of one is a step deeper on the stack for those before it.
#[derive(MergedObject, Default)]
pub struct Query(ShoppingQuery, StockQuery, DeskQuery);

/// What shoppers ask.
#[derive(MergedObject, Default)]
pub struct ShoppingQuery(NodeQuery, ShopQuery, CatalogQuery, CartQuery, CheckoutQuery, IdentityQuery);

/// What staff ask of stock.
#[derive(MergedObject, Default)]
pub struct StockQuery(InventoryQuery, StockWorkQuery, SupplyQuery, SourcingQuery, ExternalSkuQuery, StockAlertQuery);

/// What staff ask of orders, of those who buy, and of what happened.
#[derive(MergedObject, Default)]
pub struct DeskQuery(
    DraftQuery,
    OrdersQuery,
    ReturnsQuery,
    OrganisationsQuery,
    CustomerGroupQuery,
    GiftCardQuery,
    PricingQuery,
    QuoteQuery,
    SimulationQuery,
    PromotionQuery,
    TaxQuery,
    EventsQuery,
    WebhooksQuery,
);

/// What can be done. In groups: each member of one is a step deeper on the stack for those before it.
#[derive(MergedObject, Default)]
pub struct Mutation(
    ShoppingMutation,
    StockMutation,
    OrderMutation,
    PricesMutation,
    DiscountCapMutation,
    QuantityRuleMutation,
    PromotionMutation,
    TaxMutation,
    BuyerMutation,
    EventsMutation,
);

/// What staff say of prices.
#[derive(MergedObject, Default)]
pub struct PricesMutation(PricingMutation, PriceAdjustMutation, MeasureMutation, CostMutation);

/// What shoppers do.
#[derive(MergedObject, Default)]
pub struct ShoppingMutation(CartMutation, CheckoutMutation, ReorderMutation, IdentityMutation);

/// What staff say of those who buy, and of what they have to pay with.
#[derive(MergedObject, Default)]
pub struct BuyerMutation(CustomerGroupMutation, OrganisationMutation, OrganisationUnitMutation, CreditMutation);

/// What staff do with stock.
#[derive(MergedObject, Default)]
pub struct StockMutation(
    InventoryMutation,
    LocationMutation,
    TransferMutation,
    CountMutation,
    SupplyMutation,
    SourcingMutation,
    CartHoldMutation,
    ExternalSkuMutation,
    StockAlertMutation,
    AllocationMutation,
);

/// What staff do with orders.
#[derive(MergedObject, Default)]
pub struct OrderMutation(
    DraftMutation,
    DraftCheckoutMutation,
    OrdersMutation,
    ReSourceMutation,
    CancellationMutation,
    AddressMutation,
    EditMutation,
    ExchangeMutation,
    ReturnsMutation,
    DeliveryMutation,
    HoldsMutation,
    ImportMutation,
    NotesMutation,
);

/// The schema as it is served.
pub type Schema = async_graphql::Schema<Query, Mutation, Subscription>;

/// The schema, without its limits.
pub fn build() -> SchemaBuilder<Query, Mutation, Subscription> {
    async_graphql::Schema::build(Query::default(), Mutation::default(), Subscription)
        .override_output_type_description::<Connection<AuditEntry>>("A page of entries.")
        .override_output_type_description::<Connection<Category>>("A page of categories.")
        .override_output_type_description::<Connection<Collection>>("A page of collections.")
        .override_output_type_description::<Connection<Coupon>>("A page of coupons.")
        .override_output_type_description::<Connection<Customer>>("A page of customers.")
        .override_output_type_description::<Connection<CustomerGroup>>("A page of groups.")
        .override_output_type_description::<Connection<DraftOrder>>("A page of drafts.")
        .override_output_type_description::<Connection<ExternalSku>>("A page of names.")
        .override_output_type_description::<Connection<Location>>("A page of places.")
        .override_output_type_description::<Connection<StockAlert>>("A page of wishes.")
        .override_output_type_description::<Connection<StockCount>>("A page of counts.")
        .override_output_type_description::<Connection<InboundSupply>>("A page of supplies.")
        .override_output_type_description::<Connection<StockTransfer>>("A page of transfers.")
        .override_output_type_description::<Connection<StockLevel>>("A page of stock levels.")
        .override_output_type_description::<Connection<StockMovement>>("A page of movements.")
        .override_output_type_description::<Connection<Order>>("A page of orders.")
        .override_output_type_description::<Connection<OrderReturn>>("A page of returns.")
        .override_output_type_description::<Connection<Organisation>>("A page of companies.")
        .override_output_type_description::<Connection<OrganisationMember>>("A page of members.")
        .override_output_type_description::<Connection<CreditEntry>>("A page of what moved a balance.")
        .override_output_type_description::<Connection<GiftCard>>("A page of gift cards.")
        .override_output_type_description::<Connection<PriceList>>("A page of price lists.")
        .override_output_type_description::<Connection<ProductVariant>>("A page of variants.")
        .override_output_type_description::<Connection<Product>>("A page of products.")
        .override_output_type_description::<Connection<Promotion>>("A page of promotions.")
        .override_output_type_description::<Connection<TaxClass>>("A page of tax classes.")
        .override_output_type_description::<Connection<TaxExemption>>("A page of exemptions.")
        .override_output_type_description::<Connection<TaxRate>>("A page of rates.")
        .override_output_type_description::<Connection<Webhook>>("A page of webhooks.")
        .override_output_type_description::<Connection<WebhookDelivery>>("A page of deliveries.")
        .override_output_type_description::<Connection<Zone>>("A page of zones.")
}

/// The schema as text: the contract, as `schema.graphql` has it.
pub fn sdl() -> String {
    let options = SDLExportOptions::new().sorted_fields().sorted_arguments().sorted_enum_items();
    let sdl = build().finish().sdl_with_options(options);
    let lines: Vec<_> = sdl.lines().map(str::trim_end).collect();
    format!("{}\n", lines.join("\n").trim())
}
