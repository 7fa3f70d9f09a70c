//! The gateway answered an attempt.

use domain::{
    id::{Id, Order},
    payments::{
        entry::EntryKind,
        events::{Outcome, Request},
        gateway::{Authorisation, DeclineCode},
    },
};
use store::{Fault, Tx};

use super::{
    attempt::Attempt,
    entries::{self, Became, Entry, Wanted},
    rows,
};

/// What an answer changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settled {
    /// What the payment is for.
    pub reference: Id<Order>,
    /// Whether the money is held for the shop since now. True once at most in the life of a payment.
    pub became_authorised: bool,
}

/// Applies an answer to an attempt, once, however often and late it comes.
///
/// Money that the gateway holds for a payment that was given up or paid meanwhile is given up: emits
/// `payment.void_requested`. Emits `payment.authorised` or `payment.declined` otherwise.
pub async fn settle(tx: &Tx, attempt: &Attempt, answer: &Authorisation) -> Result<Settled, Fault> {
    rows::lock(tx, attempt.payment).await?;
    let became_authorised = match answer {
        Authorisation::Granted { charge } => granted(tx, attempt, charge).await?,
        Authorisation::Challenge { charge, url } => {
            challenged(tx, attempt, charge, url).await?;
            false
        }
        Authorisation::Refused { charge, code } => {
            refused(tx, attempt, charge.as_deref(), *code).await?;
            false
        }
    };
    Ok(Settled { reference: attempt.reference, became_authorised })
}

async fn granted(tx: &Tx, attempt: &Attempt, charge: &str) -> Result<bool, Fault> {
    let Attempt { payment, entry, amount, .. } = *attempt;
    if rows::set_authorised(tx, payment, amount.minor, charge).await? {
        let outcome = Outcome::Authorised;
        entries::became(tx, Became { payment, outcome, answers: Some(entry), amount, code: None }).await?;
        return Ok(true);
    }
    if !rows::is_answered(tx, entry, EntryKind::Authorised).await? {
        let request = Request::Void;
        entries::want(tx, Wanted { payment, request, charge, stray: Some(entry), amount }).await?;
    }
    Ok(false)
}

async fn challenged(tx: &Tx, attempt: &Attempt, charge: &str, url: &str) -> Result<(), Fault> {
    let Attempt { payment, entry, amount, .. } = *attempt;
    // The news that the challenge was failed may be here before the answer that there is one.
    let is_over = rows::is_answered(tx, entry, EntryKind::Declined).await?;
    if !is_over && rows::set_challenged(tx, payment, charge, url).await? {
        let kind = EntryKind::Challenged;
        entries::write(tx, Entry { payment, kind, answers: Some(entry), amount, code: None }).await?;
    }
    Ok(())
}

async fn refused(tx: &Tx, attempt: &Attempt, charge: Option<&str>, code: DeclineCode) -> Result<(), Fault> {
    let Attempt { payment, entry, amount, .. } = *attempt;
    // That the gateway cannot be reached is no answer of it: the true one may be known or yet to come.
    let (is_known, answers) = if code == DeclineCode::GatewayUnavailable {
        (rows::has_answer(tx, entry).await?, None)
    } else {
        (rows::is_answered(tx, entry, EntryKind::Declined).await?, Some(entry))
    };
    if !is_known && rows::set_declined(tx, payment, charge, code).await? {
        let (outcome, code) = (Outcome::Declined, Some(code.code()));
        entries::became(tx, Became { payment, outcome, answers, amount, code }).await?;
    }
    Ok(())
}
