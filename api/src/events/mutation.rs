//! Mutations of webhooks.

use app::{
    cx::{Cx, Permit},
    events::webhooks,
};
use async_graphql::{Context, ID, Object, SimpleObject};
use domain::{
    id::{self, Id},
    identity::permission::{Proves, proof::ManageWebhooks},
};

use super::{
    delivery::WebhookDelivery,
    input::{
        WebhookCreateInput, WebhookDeleteInput, WebhookDeliveryReplayInput, WebhookSecretRotateInput, WebhookTestInput,
        WebhookUpdateInput,
    },
    webhook::{Webhook, find, find_delivery},
};
use crate::graphql::{
    directive::{emits, requires},
    error::{self, UserError},
    language::Reading,
    payload::{Outcome, outcome, split},
};

/// A webhook that was changed, or why it was not.
#[derive(SimpleObject, Clone, Debug)]
pub struct WebhookPayload {
    /// The webhook as it is now; none if it was refused.
    pub webhook: Option<Webhook>,
    /// What is wrong. Nothing was changed.
    pub user_errors: Vec<UserError>,
}

/// A webhook with its secret, or why it has none. Keep the secret: it is not shown again.
#[derive(SimpleObject, Clone)]
pub struct WebhookSecretPayload {
    /// The webhook; none if it was refused.
    pub webhook: Option<Webhook>,
    /// What its requests are signed with: `whsec_` and base64. Keep it secret.
    pub secret: Option<String>,
    /// What is wrong. Nothing was changed.
    pub user_errors: Vec<UserError>,
}

/// The id of a webhook that was removed, or why it was not.
#[derive(SimpleObject, Clone, Debug)]
pub struct WebhookDeletePayload {
    /// The id that it had; none if it was refused.
    pub deleted_webhook: Option<ID>,
    /// What is wrong. Nothing was changed.
    pub user_errors: Vec<UserError>,
}

/// A delivery that is to be sent, or why it is not.
#[derive(SimpleObject, Clone, Debug)]
pub struct WebhookDeliveryPayload {
    /// The delivery; none if it was refused.
    pub delivery: Option<WebhookDelivery>,
    /// What is wrong. Nothing was changed.
    pub user_errors: Vec<UserError>,
}

/// Mutations of webhooks.
#[derive(Clone, Copy, Debug, Default)]
pub struct EventsMutation;

/// What is done with webhooks.
#[Object]
impl EventsMutation {
    /// Has somebody outside told of events from now on. Shows the secret, once. Refuses with `REQUIRED`, `TOO_LONG`,
    /// `INVALID_ENDPOINT`, `ADDRESS_REFUSED`, `INVALID_EVENT_TYPE` or `INVALID_PAYLOAD_QUERY`.
    #[graphql(
        directive = requires::apply(ManageWebhooks::PERMISSION.code().to_owned()),
        directive = emits::apply("webhook.created".to_owned()),
        visible = "crate::graphql::directive::manages_webhooks"
    )]
    async fn webhook_create(
        &self,
        ctx: &Context<'_>,
        input: WebhookCreateInput,
    ) -> async_graphql::Result<WebhookSecretPayload> {
        let (cx, may) = permit(ctx)?;
        let done = outcome(cx, async { webhooks::create(cx, &may, input.parse()?).await }).await?;
        with_secret(ctx, &may, done).await
    }

    /// Changes what somebody outside is told of, or where. Refuses as `webhookCreate` does, and with `CONFLICT` or
    /// `NOT_FOUND`.
    #[graphql(
        directive = requires::apply(ManageWebhooks::PERMISSION.code().to_owned()),
        directive = emits::apply("webhook.updated".to_owned()),
        visible = "crate::graphql::directive::manages_webhooks"
    )]
    async fn webhook_update(
        &self,
        ctx: &Context<'_>,
        input: WebhookUpdateInput,
    ) -> async_graphql::Result<WebhookPayload> {
        let (cx, may) = permit(ctx)?;
        let done = outcome(cx, async { webhooks::update(cx, &may, input.parse()?).await }).await?;
        let (webhook, user_errors) = split(done);
        let webhook = match webhook {
            Some(webhook) => find(ctx, webhook).await?,
            None => None,
        };
        Ok(WebhookPayload { webhook, user_errors })
    }

    /// Has somebody outside told no more. What was sent is forgotten with it. Refuses with `CONFLICT` or `NOT_FOUND`.
    #[graphql(
        directive = requires::apply(ManageWebhooks::PERMISSION.code().to_owned()),
        directive = emits::apply("webhook.deleted".to_owned()),
        visible = "crate::graphql::directive::manages_webhooks"
    )]
    async fn webhook_delete(
        &self,
        ctx: &Context<'_>,
        input: WebhookDeleteInput,
    ) -> async_graphql::Result<WebhookDeletePayload> {
        let (cx, may) = permit(ctx)?;
        let done = outcome(cx, async { webhooks::delete(cx, &may, input.parse()?).await }).await?;
        let (webhook, user_errors) = split(done);
        Ok(WebhookDeletePayload { deleted_webhook: webhook.map(|id| ID(id.to_string())), user_errors })
    }

    /// Gives a webhook another secret, and shows it, once. For 24 hours the one before signs as well. Refuses with
    /// `CONFLICT` or `NOT_FOUND`.
    #[graphql(
        directive = requires::apply(ManageWebhooks::PERMISSION.code().to_owned()),
        directive = emits::apply("webhook.secret_rotated".to_owned()),
        visible = "crate::graphql::directive::manages_webhooks"
    )]
    async fn webhook_secret_rotate(
        &self,
        ctx: &Context<'_>,
        input: WebhookSecretRotateInput,
    ) -> async_graphql::Result<WebhookSecretPayload> {
        let (cx, may) = permit(ctx)?;
        let done = outcome(cx, async { webhooks::rotate(cx, &may, input.parse()?).await }).await?;
        with_secret(ctx, &may, done).await
    }

    /// Sends a webhook an event `webhook.tested`, also if it is off. Refuses with `NOT_FOUND`.
    #[graphql(
        directive = requires::apply(ManageWebhooks::PERMISSION.code().to_owned()),
        directive = emits::apply("webhook.tested".to_owned()),
        visible = "crate::graphql::directive::manages_webhooks"
    )]
    async fn webhook_test(
        &self,
        ctx: &Context<'_>,
        input: WebhookTestInput,
    ) -> async_graphql::Result<WebhookDeliveryPayload> {
        let (cx, may) = permit(ctx)?;
        let done = outcome(cx, async { webhooks::test(cx, &may, input.parse()?).await }).await?;
        delivery(ctx, done).await
    }

    /// Sends once more what a webhook was sent, or what was given up, with the same id. Refuses with
    /// `DELIVERY_PENDING` or `NOT_FOUND`.
    #[graphql(
        directive = requires::apply(ManageWebhooks::PERMISSION.code().to_owned()),
        directive = emits::apply("webhook.delivery_replayed".to_owned()),
        visible = "crate::graphql::directive::manages_webhooks"
    )]
    async fn webhook_delivery_replay(
        &self,
        ctx: &Context<'_>,
        input: WebhookDeliveryReplayInput,
    ) -> async_graphql::Result<WebhookDeliveryPayload> {
        let (cx, may) = permit(ctx)?;
        let done = outcome(cx, async { webhooks::replay(cx, &may, input.parse()?).await }).await?;
        delivery(ctx, done).await
    }
}

fn permit<'c>(ctx: &'c Context<'_>) -> async_graphql::Result<(&'c Cx, Permit<ManageWebhooks>)> {
    let cx: &Cx = ctx.cx();
    let may = cx.permit().map_err(|denied| error::denied(cx.language(), denied))?;
    Ok((cx, may))
}

async fn with_secret(
    ctx: &Context<'_>,
    may: &Permit<ManageWebhooks>,
    done: Outcome<Id<id::Webhook>>,
) -> async_graphql::Result<WebhookSecretPayload> {
    let (webhook, user_errors) = split(done);
    let Some(id) = webhook else { return Ok(WebhookSecretPayload { webhook: None, secret: None, user_errors }) };
    match outcome(ctx.cx(), webhooks::reveal(ctx.cx(), may, id)).await? {
        Ok(secret) => Ok(WebhookSecretPayload { webhook: find(ctx, id).await?, secret: Some(secret), user_errors }),
        Err(user_errors) => Ok(WebhookSecretPayload { webhook: None, secret: None, user_errors }),
    }
}

async fn delivery(
    ctx: &Context<'_>,
    done: Outcome<Id<id::WebhookDelivery>>,
) -> async_graphql::Result<WebhookDeliveryPayload> {
    let (delivery, user_errors) = split(done);
    let delivery = match delivery {
        Some(delivery) => find_delivery(ctx, delivery).await?,
        None => None,
    };
    Ok(WebhookDeliveryPayload { delivery, user_errors })
}
