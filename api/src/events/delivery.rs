//! What webhooks are sent.

use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use domain::events::webhook::DeliveryState;
use entity::events::{webhook_attempt, webhook_delivery};

use super::webhook::{Webhook, find};
use crate::graphql::{
    loader::{self, AttemptsOf, BodyOf},
    scalar::DateTime,
};

/// Where a delivery stands.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "DeliveryState")]
pub enum WebhookDeliveryState {
    /// It is to be sent, or to be sent again.
    Pending,
    /// The webhook took it.
    Delivered,
    /// It was given up: it did not arrive for a day, or the webhook said that it is gone.
    Dead,
}

/// An event that a webhook is told of.
#[derive(Clone, Debug)]
pub struct WebhookDelivery(pub webhook_delivery::Model);

/// An event that a webhook is told of.
#[Object]
impl WebhookDelivery {
    /// Its id.
    async fn id(&self) -> ID {
        ID(self.0.id.to_string())
    }

    /// Who is told.
    async fn webhook(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Webhook>> {
        find(ctx, self.0.webhook_id).await
    }

    /// The event's id: the header `webhook-id`, the same at every attempt.
    async fn event(&self) -> ID {
        ID(self.0.event_id.to_string())
    }

    /// What happened, such as `order.placed`.
    #[graphql(name = "type")]
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Where it stands.
    async fn state(&self) -> Option<WebhookDeliveryState> {
        DeliveryState::parse(&self.0.state).map(WebhookDeliveryState::from)
    }

    /// What the webhook's `payloadQuery` made of it: the JSON that every attempt sends. None if it was not sent yet, if
    /// there was no query when it was made (then the event is sent as it is), and if the query is run in the name of
    /// somebody else, who may see more than you.
    async fn body(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<String>> {
        loader::one(ctx, BodyOf(self.0.id)).await
    }

    /// How it went, the first attempt first.
    async fn attempts(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<WebhookAttempt>> {
        let rows = loader::one(ctx, AttemptsOf(self.0.id)).await?.unwrap_or_default();
        Ok(rows.into_iter().map(WebhookAttempt::from).collect())
    }

    /// When it is tried next; none if it is not.
    async fn due_at(&self) -> Option<DateTime> {
        (self.0.state == DeliveryState::Pending.code()).then_some(DateTime(self.0.due_at))
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// When the webhook took it.
    async fn delivered_at(&self) -> Option<DateTime> {
        self.0.delivered_at.map(DateTime)
    }
}

/// One request to a webhook, and what came of it.
#[derive(SimpleObject, Clone, Debug)]
pub struct WebhookAttempt {
    /// 1 for the first.
    pub number: i32,
    /// Where it was sent.
    pub url: String,
    /// The HTTP status of the answer, if one came.
    pub status: Option<i32>,
    /// What the answer began with, at most 4 KiB.
    pub response: Option<String>,
    /// Why no answer came, in English.
    pub error: Option<String>,
    /// How long it took.
    pub duration_milliseconds: i64,
    /// When.
    pub at: DateTime,
}

impl From<webhook_attempt::Model> for WebhookAttempt {
    fn from(row: webhook_attempt::Model) -> Self {
        Self {
            number: row.number,
            url: row.url,
            status: row.status,
            response: row.response,
            error: row.error,
            duration_milliseconds: row.duration_ms,
            at: DateTime(row.at),
        }
    }
}
