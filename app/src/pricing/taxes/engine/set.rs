//! Staff say who says how what a channel sells is taxed.

use domain::{
    events::address,
    id::{Channel, Id},
    identity::permission::proof::ManageTaxes,
    invalid::Invalid,
    pricing::tax::{engine::Fallback, events::TaxEvent},
    time::Instant,
};
use entity::channels::channel;
use store::{Once, Tx};

use super::{
    super::{TaxError, error::missing},
    rows,
};
use crate::{
    channels,
    cx::{Cx, Permit},
};

/// The tax engine that a channel is to have.
#[derive(Clone, Debug)]
pub struct SetEngine {
    /// The channel's code.
    pub channel: String,
    /// Its address; `None`: the shop's own rules go.
    pub url: Option<String>,
    /// What goes where it does not say; `None`: what went before, and of a new engine the shop's rules.
    pub fallback: Option<Fallback>,
    /// Whether questions are to be signed with another secret from now on.
    pub rotates_secret: bool,
    /// Whether nothing is to be changed.
    pub is_dry_run: bool,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// Says who says how what a channel sells is taxed, from the next time on that a cart is priced. What was said before is
/// forgotten. Emits `channel.tax_engine_set`.
pub async fn set_engine(cx: &Cx, _may: Permit<ManageTaxes>, input: SetEngine) -> Result<Option<Id<Channel>>, TaxError> {
    let SetEngine { channel, url, fallback, rotates_secret, is_dry_run, once } = input;
    let networks = &cx.app().settings.webhook_networks;
    let url = url.map(|url| address::endpoint(&url, networks).map(String::from)).transpose();
    let url = url.map_err(|problem| Invalid::at("url", problem))?;
    cx.carry_out((is_dry_run, once.as_ref()), async |tx| {
        let was = channels::by_code(tx, &channel).await?.ok_or(missing(&["channel"]))?;
        let next = channel::Model {
            tax_engine_salt: url.is_some().then(|| salt(tx, &was, rotates_secret)),
            tax_fallback: url.is_some().then(|| goes_then(&was, fallback)),
            tax_engine_version: was.tax_engine_version.saturating_add(1),
            tax_engine_url: url,
            ..was.clone()
        };
        if !rows::set(tx, &was, &next).await? {
            return Err(TaxError::Stale);
        }
        rows::forget(tx, was.id).await?;
        tx.emit_change(&told(&was, tx.now()), &told(&next, tx.now())).await?;
        Ok(was.id)
    })
    .await
}

fn goes_then(was: &channel::Model, fallback: Option<Fallback>) -> String {
    let before = || was.tax_fallback.clone();
    fallback.map(|one| one.code().to_owned()).or_else(before).unwrap_or_else(|| Fallback::Rules.code().to_owned())
}

/// What the secret of the engine follows from: it stays the same unless another is asked for.
fn salt(tx: &Tx, was: &channel::Model, rotates: bool) -> uuid::Uuid {
    was.tax_engine_salt.filter(|_| !rotates).unwrap_or_else(|| tx.new_id::<Channel>().uuid())
}

/// Its address is told to nobody who only hears of events: it may bear a secret.
fn told(row: &channel::Model, at: Instant) -> TaxEvent {
    let (channel, fallback) = (row.id, row.tax_fallback.clone());
    let (is_set, version) = (row.tax_engine_url.is_some(), row.tax_engine_version);
    TaxEvent::Engine { channel, is_set, fallback, version, at }
}
