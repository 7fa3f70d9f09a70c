//! The secrets of webhooks. None is stored: each is derived from the server's own and a salt that is.

use base64::{Engine, engine::general_purpose::STANDARD};
use domain::{
    id::{Id, Webhook},
    identity::permission::proof::ManageWebhooks,
    time::Instant,
};
use entity::events::webhook;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use store::Fault;
use uuid::Uuid;

use super::{WebhookError, rows};
use crate::cx::{Cx, Permit};

/// What secrets begin with.
const PREFIX: &str = "whsec_";

/// Signs what is sent to one webhook.
pub(super) struct Signer {
    keys: Vec<[u8; 32]>,
}

impl Signer {
    /// The signer of a webhook: with the secret before, too, while that is good.
    pub(super) fn of(cx: &Cx, webhook: &webhook::Model, now: Instant) -> Result<Self, Fault> {
        let previous = webhook.previous_salt.filter(|_| webhook.previous_until.is_some_and(|until| now < until));
        let salts = [Some(webhook.salt), previous];
        let keys = salts.into_iter().flatten().map(|salt| key(&cx.app().settings.secret, webhook.id, salt));
        Ok(Self { keys: keys.collect::<Result<_, _>>()? })
    }

    /// The header `webhook-signature`: one signature for each secret.
    pub(super) fn sign(&self, id: &str, at_seconds: i64, body: &str) -> Result<String, Fault> {
        let message = format!("{id}.{at_seconds}.{body}");
        let one = |key: &[u8; 32]| Ok(format!("v1,{}", STANDARD.encode(mac(key, &message)?)));
        Ok(self.keys.iter().map(one).collect::<Result<Vec<_>, Fault>>()?.join(" "))
    }
}

/// The secret of a webhook, for who set it up to keep.
pub async fn reveal(cx: &Cx, _may: &Permit<ManageWebhooks>, webhook: Id<Webhook>) -> Result<String, WebhookError> {
    let webhook = rows::webhook(&cx.read(), webhook).await?.ok_or(WebhookError::NotFound)?;
    let key = key(&cx.app().settings.secret, webhook.id, webhook.salt)?;
    Ok(format!("{PREFIX}{}", STANDARD.encode(key)))
}

/// The key of a webhook. Other keys that are derived from the server's secret sign something else.
fn key(secret: &str, webhook: Id<Webhook>, salt: Uuid) -> Result<[u8; 32], Fault> {
    mac(secret.as_bytes(), &format!("secret {salt} of {webhook}"))
}

fn mac(key: &[u8], message: &str) -> Result<[u8; 32], Fault> {
    let mac = Hmac::<Sha256>::new_from_slice(key).map_err(Fault::new)?;
    Ok(mac.chain_update(message).finalize().into_bytes().into())
}
