//! Webhooks, and queries of them.

use app::events::webhooks::{
    self, DELIVERIES_SORTED_BY, DeliveryFilter, WEBHOOKS_SORTED_BY, deliveries_by_id, webhooks_by_id,
};
use async_graphql::{Context, ID, InputObject, Object};
use domain::{
    events::types::Types,
    id::{self, Id, Kind},
    identity::permission::{Proves, proof::ManageWebhooks},
};
use entity::events::webhook;

use super::delivery::{WebhookDelivery, WebhookDeliveryState};
use crate::graphql::{
    code::ErrorCode,
    connection::{Connection, Paging, connection, wants_total},
    directive::requires,
    error, input,
    language::Reading,
    scalar::DateTime,
};

/// An address that is told of events by signed requests, as <https://www.standardwebhooks.com> says: at least once, in
/// order for each record, and again for a day if it does not answer with 2xx.
#[derive(Clone, Debug)]
pub struct Webhook(pub webhook::Model);

/// An address that is told of events by signed requests, as <https://www.standardwebhooks.com> says: at least once, in
/// order for each record, and again for a day if it does not answer with 2xx. One that answers with 410 is switched off.
#[Object]
impl Webhook {
    /// Its id.
    async fn id(&self) -> ID {
        ID(self.0.id.to_string())
    }

    /// What people call it.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Where events are sent.
    async fn url(&self) -> &str {
        &self.0.url
    }

    /// What it is told of, such as `order.placed` or `order.*`; of all if there are none.
    async fn types(&self) -> Vec<String> {
        let types: Types = serde_json::from_str(&self.0.types).unwrap_or_default();
        types.as_slice().to_vec()
    }

    /// Whether it is told.
    async fn is_enabled(&self) -> bool {
        self.0.is_enabled
    }

    /// The query whose answer it is sent as `data` of what happens; none if events are sent as they are.
    async fn payload_query(&self) -> Option<&str> {
        self.0.payload_query.as_deref()
    }

    /// The account in whose name `payloadQuery` is run: who set it, or the address, last.
    async fn payload_account(&self) -> Option<ID> {
        self.0.account_id.filter(|_| self.0.payload_query.is_some()).map(|id| ID(id.to_string()))
    }

    /// How many attempts failed since the last that did not.
    async fn failures(&self) -> i32 {
        self.0.failures
    }

    /// Until when nothing is tried, as too many attempts in a row failed; then one delivery is.
    async fn closed_until(&self) -> Option<DateTime> {
        self.0.closed_until.map(DateTime)
    }

    /// Until when the secret before the last rotation signs as well.
    async fn previous_secret_until(&self) -> Option<DateTime> {
        self.0.previous_until.map(DateTime)
    }

    /// Counts its changes: for `expectedVersion`.
    async fn version(&self) -> i64 {
        self.0.version
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }
}

/// Which deliveries are wanted. What is not said does not restrict.
#[derive(InputObject, Clone, Debug, Default)]
pub struct WebhookDeliveryFilter {
    /// To this webhook.
    pub webhook: Option<ID>,
    /// Of this event, by its id.
    pub event: Option<ID>,
    /// In one of these states.
    pub states: Option<Vec<WebhookDeliveryState>>,
}

/// Queries of webhooks.
#[derive(Clone, Copy, Debug, Default)]
pub struct WebhooksQuery;

/// Who is told of events, and how it went.
#[Object]
impl WebhooksQuery {
    /// Who is told of events, the oldest first.
    #[graphql(
        directive = requires::apply(ManageWebhooks::PERMISSION.code().to_owned()),
        visible = "crate::graphql::directive::manages_webhooks"
    )]
    async fn webhooks(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which part of the list.", default)] page: Paging,
    ) -> async_graphql::Result<Connection<Webhook>> {
        let cx = ctx.cx();
        let may = cx.permit::<ManageWebhooks>().map_err(|denied| error::denied(cx.language(), denied))?;
        let failed = |fault| error::fault(cx.language(), cx.request_id(), &fault);
        let slice = page.slice(cx, WEBHOOKS_SORTED_BY)?;
        let listed = webhooks::webhooks(cx, &may, slice, wants_total(ctx)).await.map_err(failed)?;
        let ids: Vec<_> = listed.page.rows.iter().map(|row| Id::new(row.id)).collect();
        let mut found = webhooks_by_id(cx, &may, &ids).await.map_err(failed)?;
        Ok(connection(listed, |row| found.remove(&Id::new(row.id)).map(Webhook)))
    }

    /// One who is told of events; none if there is none of this id.
    #[graphql(
        directive = requires::apply(ManageWebhooks::PERMISSION.code().to_owned()),
        visible = "crate::graphql::directive::manages_webhooks"
    )]
    async fn webhook(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The webhook's id.")] id: ID,
    ) -> async_graphql::Result<Option<Webhook>> {
        find(ctx, parse(ctx, &id)?).await
    }

    /// What webhooks were sent or are to be sent, the newest first.
    #[graphql(
        directive = requires::apply(ManageWebhooks::PERMISSION.code().to_owned()),
        visible = "crate::graphql::directive::manages_webhooks"
    )]
    async fn webhook_deliveries(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which part of the list.", default)] page: Paging,
        #[graphql(desc = "Which deliveries.", default)] filter: WebhookDeliveryFilter,
    ) -> async_graphql::Result<Connection<WebhookDelivery>> {
        let cx = ctx.cx();
        let may = cx.permit::<ManageWebhooks>().map_err(|denied| error::denied(cx.language(), denied))?;
        let failed = |fault| error::fault(cx.language(), cx.request_id(), &fault);
        let filter = DeliveryFilter {
            webhook: filter.webhook.map(|id| parse(ctx, &id)).transpose()?,
            event: filter.event.map(|id| parse(ctx, &id)).transpose()?,
            states: filter.states.map(|states| states.into_iter().map(Into::into).collect()),
        };
        let slice = page.slice(cx, DELIVERIES_SORTED_BY)?;
        let listed = webhooks::deliveries(cx, &may, &filter, slice, wants_total(ctx)).await.map_err(failed)?;
        let ids: Vec<_> = listed.page.rows.iter().map(|row| Id::new(row.id)).collect();
        let mut found = deliveries_by_id(cx, &may, &ids).await.map_err(failed)?;
        Ok(connection(listed, |row| found.remove(&Id::new(row.id)).map(WebhookDelivery)))
    }
}

/// A webhook, for who may set them up.
pub(super) async fn find(ctx: &Context<'_>, id: Id<id::Webhook>) -> async_graphql::Result<Option<Webhook>> {
    let cx = ctx.cx();
    let may = cx.permit::<ManageWebhooks>().map_err(|denied| error::denied(cx.language(), denied))?;
    let found = webhooks_by_id(cx, &may, &[id]).await;
    let mut found = found.map_err(|fault| error::fault(cx.language(), cx.request_id(), &fault))?;
    Ok(found.remove(&id).map(Webhook))
}

/// A delivery, for who may set webhooks up.
pub(super) async fn find_delivery(
    ctx: &Context<'_>,
    id: Id<id::WebhookDelivery>,
) -> async_graphql::Result<Option<WebhookDelivery>> {
    let cx = ctx.cx();
    let may = cx.permit::<ManageWebhooks>().map_err(|denied| error::denied(cx.language(), denied))?;
    let found = deliveries_by_id(cx, &may, &[id]).await;
    let mut found = found.map_err(|fault| error::fault(cx.language(), cx.request_id(), &fault))?;
    Ok(found.remove(&id).map(WebhookDelivery))
}

fn parse<K: Kind>(ctx: &Context<'_>, id: &ID) -> async_graphql::Result<Id<K>> {
    input::id(id).map_err(|_| error::top(ctx.cx().language(), ErrorCode::InvalidId, &[]))
}
