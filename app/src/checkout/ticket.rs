//! What became of a cart that was handed in.

use domain::{
    id::{Id, Order, Ticket},
    time::Instant,
};
use entity::checkout::outcome;
use store::Fault;

use super::{Refusal, order_token, rows};
use crate::cx::{Cx, Shopper, System};

/// A ticket, as its owner sees it.
#[derive(Debug)]
pub struct Standing {
    /// The ticket.
    pub id: Id<Ticket>,
    /// When it was accepted.
    pub accepted_at: Instant,
    /// What became of it.
    pub outcome: Outcome,
}

/// What became of a ticket.
#[derive(Debug)]
pub enum Outcome {
    /// Nothing yet.
    Waiting {
        /// How many of its channel are decided before it.
        n_ahead: u64,
    },
    /// An order.
    Placed {
        /// The order.
        order: Id<Order>,
        /// The token by which a guest sees it.
        token: String,
        /// When that was decided.
        at: Instant,
    },
    /// No order.
    Refused {
        /// Why.
        why: Refusal,
        /// When that was decided.
        at: Instant,
    },
}

/// A shopper's ticket: a guest's by whoever knows its id, a customer's by the customer alone.
pub async fn ticket(cx: &Cx, shopper: Shopper, id: Id<Ticket>) -> Result<Option<Standing>, Fault> {
    let read = cx.read();
    let Some(row) = rows::ticket(&read, id).await? else { return Ok(None) };
    if row.customer_id.is_some() && row.customer_id != shopper.customer {
        return Ok(None);
    }
    let outcome = match rows::outcome(&read, id).await? {
        None => Outcome::Waiting { n_ahead: rows::ahead_of(&read, &row).await? },
        Some(decided) => became(cx, &decided)?,
    };
    Ok(Some(Standing { id, accepted_at: row.accepted_at, outcome }))
}

/// Those of the tickets that are decided.
pub async fn decided(cx: &Cx, _system: &System, tickets: &[Id<Ticket>]) -> Result<Vec<Id<Ticket>>, Fault> {
    rows::decided(&cx.read(), tickets).await
}

fn became(cx: &Cx, decided: &outcome::Model) -> Result<Outcome, Fault> {
    let at = decided.decided_at;
    match (decided.order_id, &decided.refusal) {
        (Some(order), None) => Ok(Outcome::Placed { order, token: order_token(cx, order), at }),
        (None, Some(json)) => {
            let refusal: Refusal = serde_json::from_str(json).map_err(Fault::new)?;
            Ok(Outcome::Refused { why: refusal, at })
        }
        (Some(_), Some(_)) | (None, None) => Err(Fault::new("an outcome that is none, or two")),
    }
}
