//! What can be had again is told to those who wait for it.

use std::{collections::HashSet, sync::Arc, time::Duration};

use domain::{
    date::Date,
    id::{Channel, Id, Variant},
    inventory::alert_events::StockAlertEvent,
};
use entity::{channels::channel, inventory::stock_alert};
use serde::Deserialize;
use store::{Fault, Scope, Tx};

use super::rows;
use crate::{
    channels,
    cx::{App, Cx},
    inventory::load,
};

/// How many channels one pass of the worker looks at.
const CHANNELS_A_PASS: u32 = 20;

/// How many are told in one transaction.
const BATCH: u64 = 200;

/// How long until somebody is looked at again whose variant cannot be had. Stock that comes back says so itself; this is
/// for what says nothing: buffers, places, promises, and supply that comes near.
pub(super) const AGAIN: Duration = Duration::from_mins(15);

/// The JSON of the event that a place has units again.
#[derive(Debug, Deserialize)]
struct Back {
    variant: Id<Variant>,
}

/// Whether it is the event that [`on`] acts on.
pub fn acts_on(event: &str) -> bool {
    event == "stock.back"
}

/// Has those who wait for what is back looked at now. Twice has one effect.
pub async fn on(cx: &Cx, payload: &str) -> Result<(), Fault> {
    let back: Back = serde_json::from_str(payload).map_err(Fault::new)?;
    cx.write(async |tx| rows::look_now(tx, back.variant).await).await
}

/// One pass of the worker: looks at those whose time it is, of every tenant, and tells those whose variant can be had in
/// their channel. How many were looked at.
///
/// A channel that fails is logged and left to the next pass; the others do not wait for it.
pub async fn tell_due(app: &Arc<App>) -> Result<usize, Fault> {
    let mut n_looked_at = 0_usize;
    for (scope, channel) in app.db.platform().due_alerts(app.clock.now(), CHANNELS_A_PASS).await? {
        match tell_in(app, scope, channel).await {
            Ok(n) => n_looked_at = n_looked_at.saturating_add(n),
            Err(error) => tracing::error!(%channel, %error, "those who wait for stock were not told"),
        }
    }
    Ok(n_looked_at)
}

/// Emits `stock_alert.due` for each who is told. Whoever is looked at is held until the transaction ends, and another
/// worker passes them by: so each is told once.
async fn tell_in(app: &Arc<App>, scope: Scope, channel: Id<Channel>) -> Result<usize, Fault> {
    let cx = Cx::of_system(Arc::clone(app), scope, format!("tell {channel}"));
    cx.write(async |tx| {
        let channel = channels::by_id(tx, channel).await?.ok_or_else(|| Fault::new("a wish in no channel"))?;
        let held = rows::hold_due(tx, channel.id, BATCH).await?;
        let n_held = held.len();
        let variants: HashSet<_> = held.iter().map(|row| row.variant_id).collect();
        let variants: Vec<_> = variants.into_iter().collect();
        let shown = rows::shown(tx, channel.id, &variants).await?;
        let had = to_be_had(tx, &channel, &shown).await?;
        let (due, others): (Vec<_>, Vec<_>) = held.into_iter().partition(|row| had.contains(&row.variant_id));
        rows::look_later(tx, &others, tx.now().plus(AGAIN)).await?;
        tell(tx, due).await?;
        Ok(n_held)
    })
    .await
}

async fn tell(tx: &Tx, due: Vec<stock_alert::Model>) -> Result<(), Fault> {
    rows::set_told(tx, &due).await?;
    let event = |row: stock_alert::Model| StockAlertEvent::Due {
        alert: row.id,
        variant: row.variant_id,
        channel: row.channel_id,
        email: row.email,
        language: row.language,
        at: tx.now(),
    };
    let events: Vec<_> = due.into_iter().map(event).collect();
    tx.emit_all(events.iter().map(|event| (tx.stamp(), event))).await
}

/// Those of the variants of which somebody can buy a unit in a channel now, although it may come later.
pub(super) async fn to_be_had(
    tx: &Tx,
    channel: &channel::Model,
    variants: &[Id<Variant>],
) -> Result<HashSet<Id<Variant>>, Fault> {
    let found = load::promisable(tx, channel, variants, Date::of(tx.now())).await?;
    Ok(found.into_iter().filter(|(_, of)| 0 < of.on_shelf || 0 < of.beyond).map(|(variant, _)| variant).collect())
}
