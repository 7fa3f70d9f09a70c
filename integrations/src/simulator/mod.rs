//! The adapter to the simulated card gateway.

mod signature;
pub mod wire;

use std::fmt;

use domain::{
    id::{Id, PaymentEntry},
    money::Money,
    outside::{HttpRequest, HttpResponse},
    payments::{
        gateway::{Authorisation, Authorise, CardGateway, DeclineCode, News, NotDone, NotGenuine, Notice},
        simulator::ChargeState,
    },
};
use serde::Serialize;

pub use signature::sign;

/// A merchant's access to the simulated card gateway.
pub struct Simulator {
    base: String,
    key: String,
}

/// Never shows its key.
impl fmt::Debug for Simulator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Simulator").field("base", &self.base).finish_non_exhaustive()
    }
}

impl Simulator {
    /// The gateway that is reached at `public_url` with a merchant's key.
    pub fn new(public_url: &str, key: String) -> Self {
        Self { base: format!("{}/simulator/v1/charges", public_url.trim_end_matches('/')), key }
    }

    fn request(&self, path: &str, once: Id<PaymentEntry>, body: &impl Serialize) -> HttpRequest {
        HttpRequest {
            url: format!("{}{path}", self.base),
            headers: vec![("authorization", format!("Bearer {}", self.key)), (wire::IDEMPOTENCY_KEY, once.to_string())],
            // These structs always serialise; were one not to, the gateway would refuse the empty body.
            body: serde_json::to_string(body).unwrap_or_default(),
        }
    }
}

impl CardGateway for Simulator {
    fn authorise(&self, ask: &Authorise) -> HttpRequest {
        let charge = wire::Charge {
            amount_minor: ask.amount.minor,
            currency: ask.amount.currency.code().to_owned(),
            card_token: ask.card_token.clone(),
            return_url: ask.return_url.clone(),
        };
        self.request("", ask.attempt, &charge)
    }

    fn authorised(&self, answer: &HttpResponse) -> Result<Authorisation, NotDone> {
        let not_done = NotDone { status: answer.status };
        if answer.status == 400 && problem(&answer.body).as_deref() == Some(wire::INVALID_CARD) {
            return Ok(Authorisation::Refused { charge: None, code: DeclineCode::DoNotHonour });
        }
        if answer.status != 200 {
            return Err(not_done);
        }
        let charged: wire::Charged = serde_json::from_str(&answer.body).map_err(|_| not_done.clone())?;
        let charge = charged.id;
        match ChargeState::parse(&charged.state).ok_or_else(|| not_done.clone())? {
            // Asked again after its money was taken, a charge is still one that was granted.
            ChargeState::Authorised | ChargeState::Captured => Ok(Authorisation::Granted { charge }),
            ChargeState::Challenged => {
                let url = charged.challenge_url.ok_or(not_done)?;
                Ok(Authorisation::Challenge { charge, url })
            }
            ChargeState::Declined => {
                let code = decline_code(charged.decline_code.as_deref());
                Ok(Authorisation::Refused { charge: Some(charge), code })
            }
            ChargeState::Voided => Err(not_done),
        }
    }

    fn capture(&self, charge: &str, amount: Money, key: Id<PaymentEntry>) -> HttpRequest {
        self.request(&format!("/{charge}/capture"), key, &wire::Amount { amount_minor: amount.minor })
    }

    fn void(&self, charge: &str, key: Id<PaymentEntry>) -> HttpRequest {
        self.request(&format!("/{charge}/void"), key, &wire::Empty {})
    }

    fn refund(&self, charge: &str, amount: Money, key: Id<PaymentEntry>) -> HttpRequest {
        self.request(&format!("/{charge}/refund"), key, &wire::Amount { amount_minor: amount.minor })
    }

    fn done(&self, answer: &HttpResponse) -> Result<(), NotDone> {
        if answer.status == 200 { Ok(()) } else { Err(NotDone { status: answer.status }) }
    }

    fn notice(&self, signature: &str, body: &str) -> Result<Notice, NotGenuine> {
        if !signature::is_genuine(&self.key, signature, body) {
            return Err(NotGenuine);
        }
        let told: wire::Told = serde_json::from_str(body).map_err(|_| NotGenuine)?;
        let news = match told.news.as_str() {
            wire::news::AUTHORISED => News::Authorised,
            wire::news::DECLINED => News::Declined(decline_code(told.decline_code.as_deref())),
            wire::news::CAPTURED => News::Captured,
            wire::news::VOIDED => News::Voided,
            wire::news::REFUNDED => News::Refunded,
            _ => return Err(NotGenuine),
        };
        let attempt = told.idempotency_key.parse().map_err(|_| NotGenuine)?;
        Ok(Notice { id: told.id, charge: told.charge, attempt, news })
    }
}

/// Why a charge was refused; a reason that we do not know is none that we may tell.
fn decline_code(code: Option<&str>) -> DeclineCode {
    code.and_then(DeclineCode::parse).unwrap_or(DeclineCode::DoNotHonour)
}

fn problem(body: &str) -> Option<String> {
    serde_json::from_str(body).ok().map(|problem: wire::Problem| problem.code)
}

#[cfg(test)]
mod tests;
