//! Mutations of promises beyond the shelf, and of what suppliers are to deliver.

use app::{cx::Cx, inventory};
use async_graphql::{Context, ID, Object, SimpleObject};
use domain::{
    id::{self, Id},
    identity::permission::{Proves, proof::ManageStock},
};

use super::{
    supply::{InboundSupply, VariantSelling},
    supply_input::{
        ChannelPromiseSetInput, InboundSupplyCancelInput, InboundSupplyCreateInput, InboundSupplyReceiveInput,
        InboundSupplyUpdateInput, VariantSellingSetInput,
    },
};
use crate::graphql::{
    directive::{emits, requires},
    error::UserError,
    language::Reading,
    loader,
    payload::{Outcome, outcome, split},
};

/// How variants are sold beyond their stock, or why that was not changed.
#[derive(SimpleObject, Clone, Debug)]
pub struct VariantSellingPayload {
    /// How they are sold, in the order of the input; with `dryRun` how they would be. None if the change was refused.
    pub selling: Option<Vec<VariantSelling>>,
    /// What is wrong. Nothing was changed.
    pub user_errors: Vec<UserError>,
}

/// How far ahead a channel promises, or why that was not changed.
#[derive(SimpleObject, Clone, Debug)]
pub struct ChannelPromisePayload {
    /// Days; with `dryRun` as they would be. None if the change was refused.
    pub promise_days: Option<i64>,
    /// What is wrong. Nothing was changed.
    pub user_errors: Vec<UserError>,
}

/// A supply, or why it was not changed.
#[derive(SimpleObject, Clone, Debug)]
pub struct InboundSupplyPayload {
    /// The supply; none if the change was refused.
    pub supply: Option<InboundSupply>,
    /// What is wrong. Nothing was changed.
    pub user_errors: Vec<UserError>,
}

/// Mutations of promises beyond the shelf.
#[derive(Clone, Copy, Debug, Default)]
pub struct SupplyMutation;

/// What staff do with promises beyond the shelf.
#[Object]
impl SupplyMutation {
    /// Says whether variants are sold although there are none, and how many units of them. What was promised stays
    /// promised. All of it or nothing. Refuses with `NOT_FOUND`, by line.
    #[graphql(
        directive = requires::apply(ManageStock::PERMISSION.code().to_owned()),
        directive = emits::apply("variant.selling_set".to_owned()),
        visible = "crate::graphql::directive::manages_stock"
    )]
    async fn variant_selling_set(
        &self,
        ctx: &Context<'_>,
        input: VariantSellingSetInput,
    ) -> async_graphql::Result<VariantSellingPayload> {
        let cx: &Cx = ctx.cx();
        let said = input.lines.clone();
        let done = outcome(cx, async { inventory::set_selling(cx, cx.permit()?, input.parse()?).await });
        let (done, user_errors) = split(done.await?);
        let shown = |(one, said): (inventory::Sold, super::supply_input::VariantSellingLineInput)| VariantSelling {
            variant: ID(one.variant.to_string()),
            policy: said.policy,
            limit: said.limit,
            backordered: one.promised,
            expected_at: said.expected_at,
        };
        let selling = done.map(|done| done.into_iter().zip(said).map(shown).collect());
        Ok(VariantSellingPayload { selling, user_errors })
    }

    /// Says how many days ahead a channel promises what suppliers are to deliver. Refuses with `NOT_FOUND`.
    #[graphql(
        directive = requires::apply(ManageStock::PERMISSION.code().to_owned()),
        directive = emits::apply("channel.promise_set".to_owned()),
        visible = "crate::graphql::directive::manages_stock"
    )]
    async fn channel_promise_set(
        &self,
        ctx: &Context<'_>,
        input: ChannelPromiseSetInput,
    ) -> async_graphql::Result<ChannelPromisePayload> {
        let cx: &Cx = ctx.cx();
        let days = input.promise_days;
        let done = outcome(cx, async { inventory::set_promise(cx, cx.permit()?, input.parse()?).await });
        let (done, user_errors) = split(done.await?);
        Ok(ChannelPromisePayload { promise_days: done.map(|_| days), user_errors })
    }

    /// Writes down what a supplier is to deliver: channels that promise so far ahead sell it already. Refuses with
    /// `NOT_FOUND`.
    #[graphql(
        directive = requires::apply(ManageStock::PERMISSION.code().to_owned()),
        directive = emits::apply("supply.created".to_owned()),
        visible = "crate::graphql::directive::manages_stock"
    )]
    async fn inbound_supply_create(
        &self,
        ctx: &Context<'_>,
        input: InboundSupplyCreateInput,
    ) -> async_graphql::Result<InboundSupplyPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { inventory::create_supply(cx, cx.permit()?, input.parse()?).await });
        payload(ctx, done.await?).await
    }

    /// Changes how much of a supply is to come, or when. What was promised of it stays promised. Refuses with
    /// `SUPPLY_CLOSED`, `SUPPLY_RECEIVED` or `NOT_FOUND`.
    #[graphql(
        directive = requires::apply(ManageStock::PERMISSION.code().to_owned()),
        directive = emits::apply("supply.updated".to_owned()),
        visible = "crate::graphql::directive::manages_stock"
    )]
    async fn inbound_supply_update(
        &self,
        ctx: &Context<'_>,
        input: InboundSupplyUpdateInput,
    ) -> async_graphql::Result<InboundSupplyPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { inventory::update_supply(cx, cx.permit()?, input.parse()?).await });
        payload(ctx, done.await?).await
    }

    /// Puts goods that came on the shelf: orders that wait for them are served first, in the order in which they were
    /// placed. A supply of which all came is closed. Refuses with `SUPPLY_CLOSED` or `NOT_FOUND`.
    #[graphql(
        directive = requires::apply(ManageStock::PERMISSION.code().to_owned()),
        directive = emits::apply("supply.received".to_owned()),
        directive = emits::apply("stock.received".to_owned()),
        directive = emits::apply("stock.back".to_owned()),
        directive = emits::apply("order.backorder_served".to_owned()),
        visible = "crate::graphql::directive::manages_stock"
    )]
    async fn inbound_supply_receive(
        &self,
        ctx: &Context<'_>,
        input: InboundSupplyReceiveInput,
    ) -> async_graphql::Result<InboundSupplyPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { inventory::receive_supply(cx, cx.permit()?, input.parse()?).await });
        payload(ctx, done.await?).await
    }

    /// Writes down that nothing more of a supply will come. What was promised of it stays promised. Refuses with
    /// `SUPPLY_CLOSED` or `NOT_FOUND`.
    #[graphql(
        directive = requires::apply(ManageStock::PERMISSION.code().to_owned()),
        directive = emits::apply("supply.cancelled".to_owned()),
        visible = "crate::graphql::directive::manages_stock"
    )]
    async fn inbound_supply_cancel(
        &self,
        ctx: &Context<'_>,
        input: InboundSupplyCancelInput,
    ) -> async_graphql::Result<InboundSupplyPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { inventory::cancel_supply(cx, cx.permit()?, input.parse()?).await });
        payload(ctx, done.await?).await
    }
}

async fn payload(
    ctx: &Context<'_>,
    done: Outcome<Id<id::InboundSupply>>,
) -> async_graphql::Result<InboundSupplyPayload> {
    let (supply, user_errors) = split(done);
    let supply = match supply {
        Some(supply) => loader::one(ctx, supply).await?.map(InboundSupply),
        None => None,
    };
    Ok(InboundSupplyPayload { supply, user_errors })
}
