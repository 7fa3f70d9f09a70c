//! A place in the queue, as clients see it.

use std::future::ready;

use app::checkout::{
    CheckoutError,
    ticket::{Outcome, Standing},
};
use async_graphql::{Context, Enum, ID, Object};

use crate::{
    graphql::{
        error::UserError,
        language::Reading,
        payload::{outcome, split},
        scalar::DateTime,
    },
    orders::{order::Order, query::find},
};

/// Where a ticket stands.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum TicketState {
    /// It waits for its turn.
    Waiting,
    /// Its cart became an order.
    Placed,
    /// Its cart became no order, and stays as it is.
    Refused,
}

/// A cart that was handed in to become an order. Turns are in the order of acceptance.
#[derive(Debug)]
pub struct CheckoutTicket(pub Standing);

/// A cart that was handed in to become an order. Turns are in the order of acceptance.
#[Object]
impl CheckoutTicket {
    /// Bears the type, such as `ticket_01h…`. A guest's ticket is open to whoever knows it.
    async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// When it was accepted.
    async fn accepted_at(&self) -> DateTime {
        DateTime(self.0.accepted_at)
    }

    /// Where it stands.
    async fn state(&self) -> TicketState {
        match self.0.outcome {
            Outcome::Waiting { .. } => TicketState::Waiting,
            Outcome::Placed { .. } => TicketState::Placed,
            Outcome::Refused { .. } => TicketState::Refused,
        }
    }

    /// Its place among those that wait: 1 is next. None once it is decided.
    async fn position(&self) -> Option<u64> {
        match self.0.outcome {
            Outcome::Waiting { n_ahead } => Some(n_ahead.saturating_add(1)),
            Outcome::Placed { .. } | Outcome::Refused { .. } => None,
        }
    }

    /// When it was decided.
    async fn decided_at(&self) -> Option<DateTime> {
        match self.0.outcome {
            Outcome::Waiting { .. } => None,
            Outcome::Placed { at, .. } | Outcome::Refused { at, .. } => Some(DateTime(at)),
        }
    }

    /// The order, once there is one. If it is paid by card it waits for its payment: go on with `orderPay`.
    async fn order(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Order>> {
        match &self.0.outcome {
            Outcome::Placed { order, token, .. } => find(ctx, *order, Some(token)).await,
            Outcome::Waiting { .. } | Outcome::Refused { .. } => Ok(None),
        }
    }

    /// With the order's number it shows the order to a guest. Keep it.
    async fn order_token(&self) -> Option<&str> {
        match &self.0.outcome {
            Outcome::Placed { token, .. } => Some(token),
            Outcome::Waiting { .. } | Outcome::Refused { .. } => None,
        }
    }

    /// Why its cart became no order: what `checkoutComplete` would have said.
    async fn user_errors(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<UserError>> {
        match &self.0.outcome {
            Outcome::Refused { why, .. } => {
                let refused: Result<(), CheckoutError> = Err(why.clone().into());
                Ok(split(outcome(ctx.cx(), ready(refused)).await?).1)
            }
            Outcome::Waiting { .. } | Outcome::Placed { .. } => Ok(Vec::new()),
        }
    }
}
