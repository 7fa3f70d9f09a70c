//! What is promised beyond the shelf, and what suppliers are to deliver.

use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use domain::inventory::{selling::Policy, supply::SupplyState};
use entity::inventory::inbound_supply;

use super::{found, location::Location};
use crate::{
    catalog::variant::ProductVariant,
    graphql::{
        language::Reading,
        loader::{self, AnyVariant},
        scalar::{Date, DateTime},
    },
    i18n,
};

/// Whether a variant is sold although there is none.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "Policy")]
pub enum SellingPolicy {
    /// It is not.
    Deny,
    /// It is: more of it will come.
    Backorder,
    /// It is: it will come for the first time.
    Preorder,
}

/// How a variant is sold beyond its stock.
#[derive(SimpleObject, Clone, Debug)]
pub struct VariantSelling {
    /// The variant.
    pub variant: ID,
    /// Whether it is.
    pub policy: SellingPolicy,
    /// Units that orders may wait for at once, besides those that suppliers are to deliver in time.
    pub limit: i64,
    /// Units that orders wait for now. More than `limit` if that was lowered: then nothing more is promised.
    pub backordered: i64,
    /// The day that buyers are told; none if nobody said.
    pub expected_at: Option<Date>,
}

/// Goods that a supplier is to deliver.
#[derive(Clone, Debug)]
pub struct InboundSupply(pub inbound_supply::Model);

/// Where a supply stands.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "SupplyState")]
pub enum InboundSupplyState {
    /// More of it is to come.
    Expected,
    /// It came, or nothing more will come.
    Received,
    /// It will not come.
    Cancelled,
}

/// Goods that a supplier is to deliver.
#[Object]
impl InboundSupply {
    /// Its id.
    async fn id(&self) -> ID {
        ID(self.0.id.to_string())
    }

    /// Of what.
    async fn variant(&self, ctx: &Context<'_>) -> async_graphql::Result<ProductVariant> {
        let row = loader::one(ctx, AnyVariant(self.0.variant_id)).await?;
        Ok(ProductVariant(found(ctx, row, "a supply of no variant")?))
    }

    /// Where to.
    async fn location(&self, ctx: &Context<'_>) -> async_graphql::Result<Location> {
        let row = loader::one(ctx, self.0.location_id).await?;
        Ok(Location(found(ctx, row, "a supply to no place")?))
    }

    /// Units that were announced.
    async fn quantity(&self) -> i64 {
        self.0.quantity
    }

    /// Units that came so far; more than were announced if the supplier sent more.
    async fn received(&self) -> i64 {
        self.0.received
    }

    /// The day on which it is to come.
    async fn expected_at(&self) -> Date {
        Date(domain::date::Date::from_days(self.0.expected_on))
    }

    /// The supplier's paper.
    async fn reference(&self) -> Option<&str> {
        self.0.reference.as_deref()
    }

    /// Where it stands.
    async fn state(&self, ctx: &Context<'_>) -> async_graphql::Result<InboundSupplyState> {
        Ok(found(ctx, SupplyState::parse(&self.0.state), "a supply in an unknown state")?.into())
    }

    /// What to call the state, in the reader's language.
    async fn state_label(&self, ctx: &Context<'_>) -> String {
        i18n::label(ctx.cx().language(), "supply-state", &self.0.state)
    }

    /// Who wrote it down: an account's id.
    async fn actor(&self) -> &str {
        &self.0.actor
    }

    /// When it was written down.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.announced_at)
    }

    /// Since when nothing more of it is to come; none before that.
    async fn closed_at(&self) -> Option<DateTime> {
        self.0.closed_at.map(DateTime)
    }
}
