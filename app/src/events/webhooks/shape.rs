//! Payloads that a webhook's own query shapes.

use std::{fmt, time::Duration};

use async_trait::async_trait;
use domain::{
    id::{Account, Id},
    invalid::Problem,
    text,
};
use entity::events::{webhook, webhook_payload};
use sea_orm::Set;
use serde_json::{Map, Value};
use store::{Fault, Recorded, Tx};

use super::{
    deliver::{Claimed, LEASE},
    rows,
};
use crate::{cx::Cx, events::body};

/// The longest query, in characters.
pub(super) const QUERY_MAX: usize = 8000;

/// The variables that a query can have: the record that the event is about, and records that it names besides, by the
/// fields of its data that bear their ids.
pub const VARIABLES: [&str; 4] = ["id", "order", "variant", "location"];

/// How long it may take to shape a payload: with an attempt to send it, less than what is left to who claimed it.
const TIMEOUT: Duration = Duration::from_secs(20);

/// Runs the queries of webhooks: the port to the schema, which `api` has.
#[async_trait]
pub trait Shape: fmt::Debug + Send + Sync {
    /// Whether a query can shape payloads. Refuses with what is wrong with it, in English. Runs nothing.
    async fn check(&self, query: &str) -> Result<(), String>;

    /// Runs a query as a request of somebody would be run now. What they may not see is an error in what comes of it;
    /// only what is ours to mend fails.
    async fn shape(&self, cx: &Cx, wish: &Wish) -> Result<Shaped, Fault>;
}

/// A payload to shape.
#[derive(Clone, Debug)]
pub struct Wish {
    /// The query. It passed [`Shape::check`] when it was stored, perhaps by an older version of the schema.
    pub query: String,
    /// In whose name it is run.
    pub account: Id<Account>,
    /// Those of [`VARIABLES`] that the event has.
    pub variables: Value,
}

/// What came of a query.
#[derive(Clone, Debug)]
pub struct Shaped {
    /// Its data, null if there are none.
    pub data: Value,
    /// Its errors, as the API says them; none if there are none.
    pub errors: Option<Value>,
}

/// A query that somebody wants, checked; none if it is blank.
pub(super) async fn query(cx: &Cx, text: &str) -> Result<Option<String>, Problem> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let query = text::prose(text, QUERY_MAX)?;
    match cx.app().shape.check(&query).await {
        Ok(()) => Ok(Some(query)),
        Err(detail) => Err(Problem::InvalidPayloadQuery { detail }),
    }
}

/// What shapes the payload of an event, if its webhook has a query.
pub(super) fn wish(webhook: &webhook::Model, event: &Recorded) -> Result<Option<Wish>, Fault> {
    let asked = webhook.payload_query.clone().zip(webhook.account_id);
    let Some((query, account)) = asked else { return Ok(None) };
    Ok(Some(Wish { query, account, variables: variables(event)? }))
}

fn variables(event: &Recorded) -> Result<Value, Fault> {
    let mut variables: Map<String, Value> = serde_json::from_str(&event.payload).map_err(Fault::new)?;
    variables.retain(|name, value| VARIABLES.contains(&name.as_str()) && value.is_string());
    let id = domain::id::display(&event.aggregate_kind, event.aggregate_id);
    variables.insert("id".to_owned(), id.into());
    Ok(Value::Object(variables))
}

/// Makes the payload of a claimed delivery, outside any transaction, and keeps it before it is sent, so that every
/// attempt sends the same bytes. `None`: it took so long that somebody else claimed the delivery, and sends it.
pub(super) async fn make(cx: &Cx, claimed: &Claimed, wish: &Wish) -> Result<Option<String>, Fault> {
    let shaped = tokio::time::timeout(TIMEOUT, cx.app().shape.shape(cx, wish)).await;
    let shaped = shaped.map_err(|_| Fault::new("a payload was not shaped in time"))??;
    let body = body::shaped(&claimed.event, shaped)?;
    let is_kept = cx.write(async |tx| keep(tx, claimed, wish.account, &body).await).await?;
    Ok(is_kept.then_some(body))
}

async fn keep(tx: &Tx, claimed: &Claimed, account: Id<Account>, body: &str) -> Result<bool, Fault> {
    if !rows::claim_on(tx, &claimed.delivery, tx.now().plus(LEASE)).await? {
        return Ok(false);
    }
    let payload = webhook_payload::ActiveModel {
        delivery_id: Set(claimed.delivery.id),
        account_id: Set(account),
        body: Set(body.to_owned()),
        ..Default::default()
    };
    rows::set_payload(tx, claimed.delivery.id, payload).await?;
    Ok(true)
}
