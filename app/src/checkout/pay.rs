//! Paying an order by card: intent, call, result, in two transactions.

use domain::id::{Id, Order};
use store::{Fault, Once};

use super::{Card, PayError};
use crate::{
    cx::{Cx, Public},
    orders,
    payments::{self, AttemptError},
};

/// Another try to pay an order that waits for its payment.
#[derive(Clone, Debug)]
pub struct Pay {
    /// The order.
    pub order: Id<Order>,
    /// The token by which a guest sees it; a customer sees their own without.
    pub token: Option<String>,
    /// The card.
    pub card: Card,
    /// What makes two calls the same.
    pub once: Once,
}

/// Tries to pay an order by card.
///
/// Emits `payment.authorised` and `order.paid`, `payment.declined`, or `payment.void_requested` if the money came
/// too late.
pub async fn pay(cx: &Cx, _anybody: Public, input: Pay) -> Result<Id<Order>, PayError> {
    let order = orders::visible_with_token(cx, input.order, input.token.as_deref()).await?;
    let order = order.ok_or(PayError::NotFound)?.id;
    let attempt = cx.write_once(Some(&input.once), async |tx| attempt(tx, order).await).await?;
    finish(cx, attempt, &input.card).await?;
    Ok(order)
}

/// Pays an order that was just placed. The attempt is made once for the call's key: a repeated call
/// asks the gateway for what became of the first.
pub(crate) async fn authorise(cx: &Cx, order: Id<Order>, card: &Card, once: &Once) -> Result<(), Fault> {
    let once = Once { operation: "checkoutComplete.card", ..once.clone() };
    match cx.write_once(Some(&once), async |tx| attempt(tx, order).await).await {
        Ok(attempt) => finish(cx, attempt, card).await,
        Err(PayError::Fault(fault)) => Err(fault),
        Err(PayError::NotFound | PayError::NotPayable | PayError::Invalid(_) | PayError::KeyReused(_)) => Ok(()),
    }
}

async fn attempt(tx: &store::Tx, order: Id<Order>) -> Result<payments::Attempt, PayError> {
    let attempt = payments::attempt(tx, order).await.map_err(|refused| match refused {
        AttemptError::NotPayable => PayError::NotPayable,
        AttemptError::Fault(fault) => PayError::Fault(fault),
    })?;
    // The worker cancels it soon; money for it would have to be given back.
    if orders::is_overdue(tx, order).await? {
        return Err(PayError::NotPayable);
    }
    Ok(attempt)
}

async fn finish(cx: &Cx, attempt: payments::Attempt, card: &Card) -> Result<(), Fault> {
    let answer = payments::ask(cx, &attempt, &card.token, &card.return_url).await;
    cx.write(async |tx| {
        let settled = payments::settle(tx, &attempt, &answer).await?;
        if settled.became_authorised {
            orders::paid(tx, settled.reference).await?;
        }
        Ok(())
    })
    .await
}
