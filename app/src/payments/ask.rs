//! Trying a card.

use domain::payments::gateway::{Authorisation, Authorise, DeclineCode};

use super::attempt::Attempt;
use crate::{cx::Cx, outside};

/// Asks the gateway for an authorisation. Not inside a transaction, nor while a read handle is held:
/// the gateway may take its time.
///
/// What is no sensible answer counts as a refusal. Was it an authorisation after all, a notice says so.
pub async fn ask(cx: &Cx, attempt: &Attempt, card_token: &str, return_url: &str) -> Authorisation {
    let unavailable = Authorisation::Refused { charge: None, code: DeclineCode::GatewayUnavailable };
    let Some(gateway) = cx.app().card_gateway(cx.scope().tenant()) else { return unavailable };
    let request = gateway.authorise(&Authorise {
        payment: attempt.payment,
        attempt: attempt.entry,
        amount: attempt.amount,
        card_token: card_token.to_owned(),
        return_url: return_url.to_owned(),
    });
    let answer = match outside::send(cx, request).await {
        Ok(answer) => answer,
        Err(fault) => {
            tracing::warn!(error = %fault, attempt = %attempt.entry, "the card gateway did not answer");
            return unavailable;
        }
    };
    gateway.authorised(&answer).unwrap_or_else(|not_done| {
        tracing::warn!(status = not_done.status, attempt = %attempt.entry, "the card gateway made no sense");
        unavailable
    })
}
