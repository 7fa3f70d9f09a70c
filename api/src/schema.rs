//! The schema: every context's queries and mutations under one root each.

use async_graphql::{EmptySubscription, MergedObject, SDLExportOptions, SchemaBuilder};

use crate::{
    cart::{mutation::CartMutation, query::CartQuery},
    catalog::query::CatalogQuery,
    checkout::mutation::CheckoutMutation,
    events::query::EventsQuery,
    graphql::{node::NodeQuery, shop::ShopQuery},
    identity::{mutation::IdentityMutation, query::IdentityQuery},
    orders::{mutation::OrdersMutation, query::OrdersQuery},
    organisations::query::OrganisationsQuery,
};

/// What can be asked.
#[derive(MergedObject, Default)]
pub struct Query(
    NodeQuery,
    ShopQuery,
    CatalogQuery,
    CartQuery,
    IdentityQuery,
    OrdersQuery,
    OrganisationsQuery,
    EventsQuery,
);

/// What can be done.
#[derive(MergedObject, Default)]
pub struct Mutation(CartMutation, CheckoutMutation, IdentityMutation, OrdersMutation);

/// The schema as it is served.
pub type Schema = async_graphql::Schema<Query, Mutation, EmptySubscription>;

/// The schema, without its limits.
pub fn build() -> SchemaBuilder<Query, Mutation, EmptySubscription> {
    async_graphql::Schema::build(Query::default(), Mutation::default(), EmptySubscription)
}

/// The schema as text: the contract, as `schema.graphql` has it.
pub fn sdl() -> String {
    let options = SDLExportOptions::new().sorted_fields().sorted_arguments().sorted_enum_items();
    let sdl = build().finish().sdl_with_options(options);
    let lines: Vec<_> = sdl.lines().map(str::trim_end).collect();
    format!("{}\n", lines.join("\n").trim())
}
