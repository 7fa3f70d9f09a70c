//! A payer confirms at the gateway's page, or does not.

use domain::{
    id::{Id, SimulatedCharge},
    money::{Currency, Money},
    payments::{gateway::DeclineCode, simulator::ChargeState},
};
use integrations::simulator::wire::news;
use store::Fault;

use super::{SimulatorError, notices, rows};
use crate::cx::{Cx, System};

/// What the gateway's page shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Challenge {
    /// How much is to be confirmed.
    pub amount: Money,
    /// Where the payer goes afterwards.
    pub return_url: String,
    /// Whether it can still be confirmed.
    pub is_open: bool,
}

/// What there is to confirm.
pub async fn find_challenge(cx: &Cx, _may: System, charge: Id<SimulatedCharge>) -> Result<Challenge, SimulatorError> {
    let found = rows::charge(&cx.read(), charge).await?.ok_or(SimulatorError::NotFound)?;
    let currency = Currency::parse(&found.currency).ok_or_else(|| Fault::new("a charge of an unknown currency"))?;
    Ok(Challenge {
        amount: Money::new(found.amount_minor, currency),
        return_url: found.return_url,
        is_open: found.state == ChargeState::Challenged.code(),
    })
}

/// The payer approves, or fails. Once: a second answer changes nothing. Returns where the payer goes.
pub async fn challenge(
    cx: &Cx,
    _may: System,
    charge: Id<SimulatedCharge>,
    approve: bool,
) -> Result<String, SimulatorError> {
    let (after, why, tidings) = if approve {
        (ChargeState::Authorised, None, news::AUTHORISED)
    } else {
        (ChargeState::Declined, Some(DeclineCode::AuthenticationFailed), news::DECLINED)
    };
    let delay = notices::delay(cx);
    cx.write(async |tx| {
        if rows::set_state(tx, charge, (ChargeState::Challenged, after), why).await? {
            notices::tell(tx, charge, tidings, delay).await?;
        }
        let found = rows::charge(tx, charge).await?.ok_or(SimulatorError::NotFound)?;
        Ok(found.return_url)
    })
    .await
}
