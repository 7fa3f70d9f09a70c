//! The inputs of mutations of webhooks.

use app::events::webhooks::{Create, Delete, Replay, Rotate, Test, Update};
use async_graphql::{ID, InputObject, InputType, MaybeUndefined};
use domain::{
    id::{Id, Kind},
    invalid::{Check, Invalid},
};
use store::Once;

use crate::graphql::input;

/// A webhook to make.
#[derive(InputObject, Clone, Debug)]
pub struct WebhookCreateInput {
    /// What people call it, at most 100 characters.
    pub name: String,
    /// Where events are sent: an address that begins with `https://`. It is shown to who may set up webhooks only.
    pub url: String,
    /// What it is told of: names such as `order.placed`, or groups such as `order.*`, at most 100; of all if left out.
    pub types: Option<Vec<String>>,
    /// Whether it is told from now on.
    #[graphql(default = true)]
    pub is_enabled: bool,
    /// What it is sent of an event as `data`, instead of the event's own: one query of this schema, at most 8000
    /// characters, such as `query ($id: ID!) { order(by: { id: $id }) { number } }`. It may have variables, all of type
    /// `ID!`: `$id`, the record that the event is about, and `$order`, `$variant` and `$location`, as far as the event's
    /// own `data` has such a field.
    ///
    /// It is run when the event is first sent, and every attempt sends what came of it then. It is run in your name and
    /// with what you may do then, in the shop's first channel and its language. What you may not see is null, and the
    /// reasons stand beside `data`, as `errors`. At most 256 KiB are sent.
    pub payload_query: Option<String>,
    /// Any text of yours: the same key with the same input makes one webhook.
    pub idempotency_key: Option<String>,
}

/// What to change of a webhook. What is left out stays as it is.
#[derive(InputObject, Clone, Debug)]
pub struct WebhookUpdateInput {
    /// The webhook.
    pub webhook: ID,
    /// What people call it, at most 100 characters.
    pub name: Option<String>,
    /// Where events are sent: an address that begins with `https://`.
    pub url: Option<String>,
    /// What it is told of: names such as `order.placed`, or groups such as `order.*`; of all if the list is empty.
    pub types: Option<Vec<String>>,
    /// Whether it is told. What happens while it is off, it is never told of; the feed has it.
    pub is_enabled: Option<bool>,
    /// What it is sent of what happens from now on, as `webhookCreate` has it; null or an empty text has events sent as
    /// they are. Who sets this or `url` is the one in whose name the query is run.
    pub payload_query: MaybeUndefined<String>,
    /// The webhook's version that you saw last; refused if it was changed since.
    pub expected_version: Option<i64>,
    /// Any text of yours: the same key with the same input changes it once.
    pub idempotency_key: Option<String>,
}

/// A webhook to remove.
#[derive(InputObject, Clone, Debug)]
pub struct WebhookDeleteInput {
    /// The webhook.
    pub webhook: ID,
    /// The webhook's version that you saw last; refused if it was changed since.
    pub expected_version: Option<i64>,
    /// Any text of yours: the same key with the same input removes it once.
    pub idempotency_key: Option<String>,
}

/// A webhook to give another secret.
#[derive(InputObject, Clone, Debug)]
pub struct WebhookSecretRotateInput {
    /// The webhook.
    pub webhook: ID,
    /// The webhook's version that you saw last; refused if it was changed since.
    pub expected_version: Option<i64>,
    /// Any text of yours: the same key with the same input changes the secret once.
    pub idempotency_key: Option<String>,
}

/// A webhook to try.
#[derive(InputObject, Clone, Debug)]
pub struct WebhookTestInput {
    /// The webhook.
    pub webhook: ID,
    /// Any text of yours: the same key with the same input sends one event.
    pub idempotency_key: Option<String>,
}

/// A delivery to send once more.
#[derive(InputObject, Clone, Debug)]
pub struct WebhookDeliveryReplayInput {
    /// The delivery.
    pub delivery: ID,
    /// Any text of yours: the same key with the same input sends it once.
    pub idempotency_key: Option<String>,
}

impl WebhookCreateInput {
    /// Checks the key.
    pub fn parse(self) -> Result<Create, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "webhookCreate", self.idempotency_key.as_deref(), &self);
        check.done(Some(()))?;
        let Self { name, url, types, is_enabled, payload_query, .. } = self;
        Ok(Create { name, url, types: types.unwrap_or_default(), is_enabled, payload_query, once })
    }
}

impl WebhookUpdateInput {
    /// Checks the webhook and the key.
    pub fn parse(self) -> Result<Update, Invalid> {
        let key = self.idempotency_key.as_deref();
        let (webhook, once) = which("webhookUpdate", "webhook", &self.webhook, key, &self)?;
        let Self { name, url, types, is_enabled, expected_version, .. } = self;
        // Nothing is a blank one.
        let payload_query = match self.payload_query {
            MaybeUndefined::Undefined => None,
            MaybeUndefined::Null => Some(String::new()),
            MaybeUndefined::Value(query) => Some(query),
        };
        Ok(Update { webhook, name, url, types, is_enabled, payload_query, expected_version, once })
    }
}

impl WebhookDeleteInput {
    /// Checks the webhook and the key.
    pub fn parse(self) -> Result<Delete, Invalid> {
        let key = self.idempotency_key.as_deref();
        let (webhook, once) = which("webhookDelete", "webhook", &self.webhook, key, &self)?;
        Ok(Delete { webhook, expected_version: self.expected_version, once })
    }
}

impl WebhookSecretRotateInput {
    /// Checks the webhook and the key.
    pub fn parse(self) -> Result<Rotate, Invalid> {
        let key = self.idempotency_key.as_deref();
        let (webhook, once) = which("webhookSecretRotate", "webhook", &self.webhook, key, &self)?;
        Ok(Rotate { webhook, expected_version: self.expected_version, once })
    }
}

impl WebhookTestInput {
    /// Checks the webhook and the key.
    pub fn parse(self) -> Result<Test, Invalid> {
        let key = self.idempotency_key.as_deref();
        let (webhook, once) = which("webhookTest", "webhook", &self.webhook, key, &self)?;
        Ok(Test { webhook, once })
    }
}

impl WebhookDeliveryReplayInput {
    /// Checks the delivery and the key.
    pub fn parse(self) -> Result<Replay, Invalid> {
        let key = self.idempotency_key.as_deref();
        let (delivery, once) = which("webhookDeliveryReplay", "delivery", &self.delivery, key, &self)?;
        Ok(Replay { delivery, once })
    }
}

/// What every change says: of which record, and what makes it happen once.
fn which<K: Kind>(
    operation: &'static str,
    field: &str,
    id: &ID,
    key: Option<&str>,
    input: &impl InputType,
) -> Result<(Id<K>, Option<Once>), Invalid> {
    let mut check = Check::default();
    let id = check.field(field, input::id(id));
    let once = input::once(&mut check, operation, key, input);
    check.done(id.map(|id| (id, once)))
}
