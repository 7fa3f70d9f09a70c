//! The card gateway's side: its notices to us, and the simulated gateway itself.

use std::sync::Arc;

use app::{
    cx::{Cx, Public},
    payments::{
        self, NoticeError,
        simulator::{Answer, Call, SimulatorError, challenge as decide, find_challenge, serve, tenant_of_key},
    },
};
use axum::{
    Form,
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{Html, IntoResponse, Redirect, Response},
};
use domain::id::{Id, SimulatedCharge, Tenant};
use serde::Deserialize;
use store::{Fault, Scope};

use super::Shared;
use crate::i18n;

/// Takes a notice: stores it, answers, acts on it later.
pub(crate) async fn notice(
    State(shared): State<Shared>,
    Path(tenant): Path<String>,
    headers: HeaderMap,
    body: String,
) -> StatusCode {
    let Ok(tenant) = tenant.parse() else { return StatusCode::NOT_FOUND };
    let cx = system(&shared, tenant);
    let signature = headers.get(SIGNATURE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    match payments::receive_notice(&cx, Public, signature, &body).await {
        Ok(()) => StatusCode::OK,
        Err(NoticeError::NotGenuine(_)) => StatusCode::BAD_REQUEST,
        Err(NoticeError::Fault(fault)) => failed(&fault).status(),
    }
}

/// The header that bears a notice's signature.
const SIGNATURE: &str = integrations::simulator::wire::SIGNATURE;

/// The simulated gateway's API.
pub(crate) async fn simulator(
    State(shared): State<Shared>,
    Path(path): Path<String>,
    headers: HeaderMap,
    body: String,
) -> Response {
    if shared.app.settings.simulator_delay.is_none() {
        return StatusCode::NOT_FOUND.into_response();
    }
    let text = |name| headers.get(name).and_then(|value: &header::HeaderValue| value.to_str().ok());
    let key = text("authorization").and_then(|value| value.strip_prefix("Bearer "));
    let Some(tenant) = key.and_then(|key| tenant_of_key(&shared.app.settings.secret, key)) else {
        return json(Answer::unauthorised());
    };
    let cx = system(&shared, tenant);
    let Ok(may) = cx.as_system() else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    let idempotency_key = text(integrations::simulator::wire::IDEMPOTENCY_KEY).map(str::to_owned);
    match serve(&cx, may, Call { path, idempotency_key, body }).await {
        Ok(answer) => json(answer),
        Err(fault) => failed(&fault),
    }
}

/// The page on which the payer confirms, as a bank's would be.
pub(crate) async fn challenge(
    State(shared): State<Shared>,
    Path((tenant, charge)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let Some((cx, charge)) = parse(&shared, &tenant, &charge) else { return StatusCode::NOT_FOUND.into_response() };
    let Ok(may) = cx.as_system() else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    match find_challenge(&cx, may, charge).await {
        Ok(found) if found.is_open => {
            let language = super::admit::spoken(&headers);
            let say = |key: &str| i18n::message(language, key, &[]);
            let amount = i18n::money::money(found.amount, language, i18n::number::Digits::Latin);
            Html(format!(
                "<!doctype html><html lang=\"{}\" dir=\"auto\"><meta charset=\"utf-8\"><title>{title}</title>\
                 <h1>{title}</h1><p>{amount}</p><form method=\"post\">\
                 <button name=\"answer\" value=\"approve\">{approve}</button> \
                 <button name=\"answer\" value=\"decline\">{decline}</button></form></html>",
                language.tag(),
                title = say("challenge-title"),
                approve = say("challenge-approve"),
                decline = say("challenge-decline"),
            ))
            .into_response()
        }
        Ok(found) => Redirect::to(&found.return_url).into_response(),
        Err(SimulatorError::Fault(fault)) => failed(&fault),
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}

/// What the payer chose.
#[derive(Deserialize, Debug)]
pub(crate) struct Chosen {
    answer: String,
}

/// Takes the payer's answer and sends them back to the shop.
pub(crate) async fn answer(
    State(shared): State<Shared>,
    Path((tenant, charge)): Path<(String, String)>,
    Form(chosen): Form<Chosen>,
) -> Response {
    let Some((cx, charge)) = parse(&shared, &tenant, &charge) else { return StatusCode::NOT_FOUND.into_response() };
    let Ok(may) = cx.as_system() else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    match decide(&cx, may, charge, chosen.answer == "approve").await {
        Ok(return_url) => Redirect::to(&return_url).into_response(),
        Err(SimulatorError::Fault(fault)) => failed(&fault),
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}

fn parse(shared: &Shared, tenant: &str, charge: &str) -> Option<(Cx, Id<SimulatedCharge>)> {
    shared.app.settings.simulator_delay?;
    Some((system(shared, tenant.parse().ok()?), charge.parse().ok()?))
}

#[expect(clippy::disallowed_methods, reason = "the tenant is authenticated by key, signature or unguessable id")]
fn system(shared: &Shared, tenant: Id<Tenant>) -> Cx {
    Cx::of_system(Arc::clone(&shared.app), Scope::of(tenant), format!("{:032x}", rand::random::<u128>()))
}

fn json(answer: Answer) -> Response {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, [(header::CONTENT_TYPE, "application/json")], answer.body).into_response()
}

fn failed(fault: &Fault) -> Response {
    tracing::error!(error = %fault, "the gateway's request failed");
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}
