//! Telling merchants what happened to their charges: late, and twice, as real gateways do.

use std::{sync::Arc, time::Duration};

use domain::{
    id::{Id, SimulatedCharge, SimulatedNotice},
    outside::HttpRequest,
};
use entity::payments::{simulated_charge, simulated_notice};
use integrations::simulator::{sign, wire};
use sea_orm::Set;
use store::{Fault, Tx};

use super::{key::key, rows};
use crate::{
    cx::{App, Cx},
    outside,
};

/// How often a notice is sent.
const SENDS: i32 = 2;

/// How much later than the first the second sending is, on top of the delay.
const PAUSE: Duration = Duration::from_secs(1);

/// How many notices are sent at one go.
const BATCH: u32 = 50;

/// How late notices are.
pub(super) fn delay(cx: &Cx) -> Duration {
    cx.app().settings.simulator_delay.unwrap_or_default()
}

/// Puts a notice in the post.
pub(super) async fn tell(tx: &Tx, charge: Id<SimulatedCharge>, news: &str, delay: Duration) -> Result<(), Fault> {
    tx.insert(simulated_notice::ActiveModel {
        id: Set(tx.new_id()),
        charge_id: Set(charge),
        news: Set(news.to_owned()),
        due_at: Set(tx.now().plus(delay)),
        sends_left: Set(SENDS),
        ..Default::default()
    })
    .await
}

/// Sends every notice that is due, to each merchant's webhook. Returns how many arrived.
///
/// One that does not arrive is not sent again for it; the second sending is what there is.
pub async fn send_due_notices(app: &Arc<App>) -> Result<usize, Fault> {
    if app.settings.simulator_delay.is_none() {
        return Ok(0);
    }
    let mut n_arrived = 0_usize;
    for (scope, notice) in app.db.platform().due_simulated_notices(app.clock.now(), BATCH).await? {
        let cx = Cx::of_system(Arc::clone(app), scope, notice.to_string());
        if let Some(request) = claim(&cx, notice).await?
            && arrives(&cx, request).await
        {
            n_arrived = n_arrived.saturating_add(1);
        }
    }
    Ok(n_arrived)
}

/// Takes a notice to send it, and writes the request. `None`: somebody else took it.
async fn claim(cx: &Cx, notice: Id<SimulatedNotice>) -> Result<Option<HttpRequest>, Fault> {
    let next = cx.now().plus(delay(cx)).plus(PAUSE);
    let claimed = cx
        .write(async |tx| {
            let Some(notice) = rows::notice(tx, notice).await? else { return Ok(None) };
            if !rows::claim_notice(tx, &notice, next).await? {
                return Ok(None);
            }
            let charge = rows::charge(tx, notice.charge_id).await?;
            Ok::<_, Fault>(charge.map(|charge| (notice, charge)))
        })
        .await?;
    claimed.map(|(notice, charge)| request(cx, notice, charge)).transpose()
}

fn request(cx: &Cx, notice: simulated_notice::Model, charge: simulated_charge::Model) -> Result<HttpRequest, Fault> {
    let settings = &cx.app().settings;
    let tenant = cx.scope().tenant();
    let told = wire::Told {
        id: notice.id.to_string(),
        news: notice.news,
        charge: charge.id.to_string(),
        idempotency_key: charge.idempotency_key,
        decline_code: charge.decline_code,
    };
    let body = serde_json::to_string(&told).map_err(Fault::new)?;
    let sent_at = cx.now().millis().div_euclid(1000);
    let signature = sign(&key(&settings.secret, tenant), sent_at, &body);
    let url = format!("{}/webhooks/cards/{tenant}", settings.public_url.trim_end_matches('/'));
    Ok(HttpRequest { url, headers: vec![(wire::SIGNATURE, signature)], body })
}

/// Sends a notice. Whether the merchant took it.
async fn arrives(cx: &Cx, request: HttpRequest) -> bool {
    match outside::send(cx, request).await {
        Ok(answer) if (200..300).contains(&answer.status) => true,
        Ok(answer) => {
            tracing::warn!(status = answer.status, notice = cx.request_id(), "a merchant did not take a notice");
            false
        }
        Err(fault) => {
            tracing::warn!(error = %fault, notice = cx.request_id(), "a notice did not reach its merchant");
            false
        }
    }
}
