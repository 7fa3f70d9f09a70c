//! The gateway's HTTP API: parse, call, show.

use domain::{
    id::{Id, SimulatedCharge},
    money::{Currency, Money},
    payments::simulator::ChargeState,
};
use entity::payments::simulated_charge;
use integrations::simulator::wire;
use serde::Serialize;
use store::Fault;

use super::{Charge, Refund, SimulatorError, capture::capture, charge::charge, refund::refund, void::void};
use crate::cx::{Cx, System};

/// The longest idempotency key, in bytes.
const MAX_KEY: usize = 255;

/// The longest address to return to, in bytes.
const MAX_URL: usize = 2048;

/// A POST request of a merchant whose key was right.
#[derive(Clone, Debug)]
pub struct Call {
    /// The path below `/simulator/v1/`, such as `charges`.
    pub path: String,
    /// The header of this name.
    pub idempotency_key: Option<String>,
    /// JSON text.
    pub body: String,
}

/// What the gateway answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// JSON text.
    pub body: String,
}

impl Answer {
    /// To a request without a merchant's key.
    pub fn unauthorised() -> Self {
        Self::problem(401, "unauthorised")
    }

    fn problem(status: u16, code: &str) -> Self {
        Self::of(status, &wire::Problem { code: code.to_owned() })
    }

    fn of(status: u16, body: &impl Serialize) -> Self {
        // These structs always serialise.
        Self { status, body: serde_json::to_string(body).unwrap_or_default() }
    }
}

/// Answers a request.
pub async fn serve(cx: &Cx, may: System, call: Call) -> Result<Answer, Fault> {
    match act(cx, may, &call).await {
        Ok(charge) => Ok(Answer::of(200, &charged(cx, charge))),
        Err(SimulatorError::InvalidCard) => Ok(Answer::problem(400, wire::INVALID_CARD)),
        Err(SimulatorError::InvalidAmount) => Ok(Answer::problem(400, "invalid_amount")),
        Err(SimulatorError::InvalidRequest) => Ok(Answer::problem(400, "invalid_request")),
        Err(SimulatorError::NotFound) => Ok(Answer::problem(404, "not_found")),
        Err(SimulatorError::KeyReused) => Ok(Answer::problem(409, "idempotency_key_reused")),
        Err(SimulatorError::NotAllowed) => Ok(Answer::problem(409, "not_allowed")),
        Err(SimulatorError::Fault(fault)) => Err(fault),
    }
}

async fn act(cx: &Cx, may: System, call: &Call) -> Result<simulated_charge::Model, SimulatorError> {
    let key = call.idempotency_key.clone().filter(|key| !key.is_empty() && key.len() <= MAX_KEY);
    let idempotency_key = key.ok_or(SimulatorError::InvalidRequest)?;
    let mut path = call.path.trim_matches('/').split('/');
    match (path.next(), path.next(), path.next(), path.next()) {
        (Some("charges"), None, None, None) => charge(cx, may, charge_of(call, idempotency_key)?).await,
        (Some("charges"), Some(id), Some("capture"), None) => capture(cx, may, id_of(id)?, amount_of(call)?).await,
        (Some("charges"), Some(id), Some("void"), None) => void(cx, may, id_of(id)?).await,
        (Some("charges"), Some(id), Some("refund"), None) => {
            refund(cx, may, Refund { idempotency_key, charge: id_of(id)?, amount_minor: amount_of(call)? }).await
        }
        _ => Err(SimulatorError::NotFound),
    }
}

fn charge_of(call: &Call, idempotency_key: String) -> Result<Charge, SimulatorError> {
    let asked: wire::Charge = serde_json::from_str(&call.body).map_err(|_| SimulatorError::InvalidRequest)?;
    let currency = Currency::parse(&asked.currency).ok_or(SimulatorError::InvalidRequest)?;
    if MAX_URL < asked.return_url.len() {
        return Err(SimulatorError::InvalidRequest);
    }
    let amount = Money::new(asked.amount_minor, currency);
    Ok(Charge { idempotency_key, amount, card_token: asked.card_token, return_url: asked.return_url })
}

fn id_of(text: &str) -> Result<Id<SimulatedCharge>, SimulatorError> {
    text.parse().map_err(|_| SimulatorError::NotFound)
}

fn amount_of(call: &Call) -> Result<i64, SimulatorError> {
    let asked: wire::Amount = serde_json::from_str(&call.body).map_err(|_| SimulatorError::InvalidRequest)?;
    Ok(asked.amount_minor)
}

/// A charge as merchants see it.
fn charged(cx: &Cx, charge: simulated_charge::Model) -> wire::Charged {
    let base = cx.app().settings.public_url.trim_end_matches('/');
    let url = || format!("{base}/simulator/challenge/{}/{}", charge.tenant_id, charge.id);
    wire::Charged {
        challenge_url: (charge.state == ChargeState::Challenged.code()).then(url),
        id: charge.id.to_string(),
        decline_code: charge.decline_code,
        state: charge.state,
    }
}
