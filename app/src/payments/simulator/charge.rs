//! A merchant charges a card.

use domain::{
    money::Money,
    payments::{
        gateway::DeclineCode,
        simulator::{Behaviour, ChargeState, behaviour},
    },
};
use entity::payments::simulated_charge;
use integrations::simulator::wire::news;
use sea_orm::Set;
use store::{Fault, Tx};

use super::{SimulatorError, notices, rows};
use crate::cx::{Cx, System};

/// What to charge.
#[derive(Clone, Debug)]
pub struct Charge {
    /// What makes it happen once.
    pub idempotency_key: String,
    /// How much.
    pub amount: Money,
    /// Which test card.
    pub card_token: String,
    /// Where the payer goes after a challenge.
    pub return_url: String,
}

/// Makes a charge: held, refused, or to be confirmed, as its test card does. Once for a key.
pub async fn charge(cx: &Cx, _may: System, input: Charge) -> Result<simulated_charge::Model, SimulatorError> {
    let (state, why) = match behaviour(&input.card_token).ok_or(SimulatorError::InvalidCard)? {
        Behaviour::Approve => (ChargeState::Authorised, None),
        Behaviour::Challenge => (ChargeState::Challenged, None),
        Behaviour::Decline(code) => (ChargeState::Declined, Some(code)),
    };
    if input.amount.minor < 0 {
        return Err(SimulatorError::InvalidAmount);
    }
    let delay = notices::delay(cx);
    cx.write(async |tx| {
        let is_new = insert(tx, &input, state, why).await?;
        let made = rows::charge_by_key(tx, &input.idempotency_key).await?;
        let made = made.ok_or_else(|| Fault::new("a charge vanished"))?;
        if (made.amount_minor, made.currency.as_str()) != (input.amount.minor, input.amount.currency.code()) {
            return Err(SimulatorError::KeyReused);
        }
        if is_new {
            match state {
                ChargeState::Authorised => notices::tell(tx, made.id, news::AUTHORISED, delay).await?,
                ChargeState::Declined => notices::tell(tx, made.id, news::DECLINED, delay).await?,
                ChargeState::Challenged | ChargeState::Captured | ChargeState::Voided => {}
            }
        }
        Ok(made)
    })
    .await
}

async fn insert(tx: &Tx, input: &Charge, state: ChargeState, why: Option<DeclineCode>) -> Result<bool, Fault> {
    tx.insert_new(simulated_charge::ActiveModel {
        id: Set(tx.new_id()),
        idempotency_key: Set(input.idempotency_key.clone()),
        currency: Set(input.amount.currency.code().to_owned()),
        amount_minor: Set(input.amount.minor),
        refunded_minor: Set(0),
        state: Set(state.code().to_owned()),
        decline_code: Set(why.map(|why| why.code().to_owned())),
        return_url: Set(input.return_url.clone()),
        ..Default::default()
    })
    .await
}
