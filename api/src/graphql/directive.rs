//! What a field says of itself in the schema: who may use it, and what it emits.
#![expect(missing_docs, reason = "the directives are documented in the schema; their macro documents no code")]

use app::cx::Cx;
use async_graphql::{Context, TypeDirective};
use domain::identity::permission::Permission;

use super::language::Reading;

/// The permission that the field needs.
#[TypeDirective(location = "FieldDefinition")]
pub fn requires(permission: String) {}

/// An event that the mutation can emit.
#[TypeDirective(location = "FieldDefinition", repeatable = true)]
pub fn emits(event: String) {}

fn may(ctx: &Context<'_>, permission: Permission) -> bool {
    // Without a request the whole schema is printed.
    ctx.data_opt::<std::sync::Arc<Cx>>().is_none_or(|_| ctx.cx().caller().permissions.contains(&permission))
}

/// Whether the caller may see orders.
pub fn reads_orders(ctx: &Context<'_>) -> bool {
    may(ctx, Permission::ReadOrders)
}

/// Whether the caller may change orders.
pub fn manages_orders(ctx: &Context<'_>) -> bool {
    may(ctx, Permission::ManageOrders)
}

/// Whether the caller may agree on other prices.
pub fn overrides_prices(ctx: &Context<'_>) -> bool {
    may(ctx, Permission::OverridePrices)
}

/// Whether the caller may see price lists.
pub fn reads_prices(ctx: &Context<'_>) -> bool {
    may(ctx, Permission::ReadPrices)
}

/// Whether the caller may change price lists.
pub fn manages_prices(ctx: &Context<'_>) -> bool {
    may(ctx, Permission::ManagePrices)
}

/// Whether the caller may see what variants cost the shop.
pub fn reads_costs(ctx: &Context<'_>) -> bool {
    may(ctx, Permission::ReadCosts)
}

/// Whether the caller may say what variants cost the shop.
pub fn manages_costs(ctx: &Context<'_>) -> bool {
    may(ctx, Permission::ManageCosts)
}

/// Whether the caller may see promotions.
pub fn reads_promotions(ctx: &Context<'_>) -> bool {
    may(ctx, Permission::ReadPromotions)
}

/// Whether the caller may change promotions.
pub fn manages_promotions(ctx: &Context<'_>) -> bool {
    may(ctx, Permission::ManagePromotions)
}

/// Whether the caller may see taxes.
pub fn reads_taxes(ctx: &Context<'_>) -> bool {
    may(ctx, Permission::ReadTaxes)
}

/// Whether the caller may change taxes.
pub fn manages_taxes(ctx: &Context<'_>) -> bool {
    may(ctx, Permission::ManageTaxes)
}

/// Whether the caller may ship orders.
pub fn fulfils_orders(ctx: &Context<'_>) -> bool {
    may(ctx, Permission::FulfilOrders)
}

/// Whether the caller may move money.
pub fn manages_payments(ctx: &Context<'_>) -> bool {
    may(ctx, Permission::ManagePayments)
}

/// Whether the caller may see stock.
pub fn reads_stock(ctx: &Context<'_>) -> bool {
    may(ctx, Permission::ReadStock)
}

/// Whether the caller may change stock.
pub fn manages_stock(ctx: &Context<'_>) -> bool {
    may(ctx, Permission::ManageStock)
}

/// Whether the caller may see customers.
pub fn reads_customers(ctx: &Context<'_>) -> bool {
    may(ctx, Permission::ReadCustomers)
}

/// Whether the caller may manage groups of customers.
pub fn manages_customers(ctx: &Context<'_>) -> bool {
    may(ctx, Permission::ManageCustomers)
}

/// Whether the caller may see gift cards and store credit.
pub fn reads_credit(ctx: &Context<'_>) -> bool {
    may(ctx, Permission::ReadCredit)
}

/// Whether the caller may issue gift cards, and give store credit.
pub fn manages_credit(ctx: &Context<'_>) -> bool {
    may(ctx, Permission::ManageCredit)
}

/// Whether the caller may see who did what.
pub fn reads_audit(ctx: &Context<'_>) -> bool {
    may(ctx, Permission::ReadAudit)
}

/// Whether the caller may read the feed of events.
pub fn reads_events(ctx: &Context<'_>) -> bool {
    may(ctx, Permission::ReadEvents)
}

/// Whether the caller may set up webhooks.
pub fn manages_webhooks(ctx: &Context<'_>) -> bool {
    may(ctx, Permission::ManageWebhooks)
}
