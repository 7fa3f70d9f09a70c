//! A shopper wants to hear when a variant can be had again.

use domain::{
    id::{Id, StockAlert, Variant},
    identity::email::Email,
    inventory::alert_events::StockAlertEvent,
};
use store::Once;

use super::{
    AlertError,
    due::to_be_had,
    rows::{self, Wish},
};
use crate::{
    cx::{Cx, Shopper},
    digest,
};

/// The most variants that one address, or one customer, waits for.
const WAITING_MAX: u64 = 50;

/// Of what somebody wants to hear.
#[derive(Clone, Debug)]
pub struct CreateAlert {
    /// The variant.
    pub variant: Id<Variant>,
    /// Whom to tell.
    pub email: Email,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// Writes down who is to hear when a variant that cannot be had now can be had again in the request's channel. Gives an id
/// whose [`token`] takes that back.
///
/// Who asks does not learn whether the address waits for it already: then, and if it waits for too much, nothing is
/// written, and the answer is the same. Emits `stock_alert.created` if it is written.
pub async fn create(cx: &Cx, shopper: Shopper, input: CreateAlert) -> Result<Id<StockAlert>, AlertError> {
    let CreateAlert { variant, email, once } = input;
    let channel = cx.channel()?;
    cx.write_once(once.as_ref(), async |tx| {
        if rows::shown(tx, channel.id, &[variant]).await?.is_empty() {
            return Err(AlertError::NoVariant);
        }
        if !to_be_had(tx, channel, &[variant]).await?.is_empty() {
            return Err(AlertError::Available);
        }
        let alert = tx.new_id();
        if rows::n_waiting(tx, &email, shopper.customer).await? < WAITING_MAX {
            let token_hash = digest::digest(&token(cx, alert));
            let (channel, language) = (channel.id, cx.language());
            let wish =
                Wish { alert, channel, variant, customer: shopper.customer, email: &email, language, token_hash };
            if rows::insert(tx, wish).await? {
                tx.emit(&StockAlertEvent::Created { alert, variant, channel, at: tx.now() }).await?;
            }
        }
        Ok(alert)
    })
    .await
}

/// The token by which a wish is taken back.
pub fn token(cx: &Cx, alert: Id<StockAlert>) -> String {
    digest::token(&cx.app().settings.secret, b"stock alert token ", &[alert.uuid()])
}
