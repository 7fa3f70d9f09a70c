//! Queries of checkout.

use app::checkout;
use async_graphql::{Context, ID, Object};
use domain::id::{self, Id};

use super::ticket::CheckoutTicket;
use crate::graphql::{code::ErrorCode, error, input, language::Reading};

/// Queries of checkout.
#[derive(Clone, Copy, Debug, Default)]
pub struct CheckoutQuery;

/// From a cart to an order.
#[Object]
impl CheckoutQuery {
    /// A ticket: a guest's by whoever knows its id, a customer's by the customer alone.
    async fn checkout_ticket(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] id: ID,
    ) -> async_graphql::Result<Option<CheckoutTicket>> {
        let language = ctx.cx().language();
        let id = input::id(&id).map_err(|_| error::top(language, ErrorCode::InvalidId, &[]))?;
        show(ctx, id).await
    }
}

/// A ticket that the caller may see.
pub async fn show(ctx: &Context<'_>, id: Id<id::Ticket>) -> async_graphql::Result<Option<CheckoutTicket>> {
    let cx = ctx.cx();
    let found = checkout::ticket::ticket(cx, cx.shopper(), id).await;
    let found = found.map_err(|fault| error::fault(cx.language(), cx.request_id(), &fault))?;
    Ok(found.map(CheckoutTicket))
}
