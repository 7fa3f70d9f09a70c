//! Queries of carts.

use std::sync::Arc;

use app::{cart, cx::Cx};
use async_graphql::{Context, ID, Object};
use domain::id::{self, Id};

use super::cart::Cart;
use crate::graphql::{code::ErrorCode, error, input, language::Reading};

/// Queries of carts.
#[derive(Clone, Copy, Debug, Default)]
pub struct CartQuery;

/// What is wanted.
#[Object]
impl CartQuery {
    /// A cart: a guest's by whoever knows its id, a customer's by the customer alone.
    async fn cart(&self, ctx: &Context<'_>, #[graphql(desc = "Which.")] id: ID) -> async_graphql::Result<Option<Cart>> {
        let language = ctx.cx().language();
        let id = input::id(&id).map_err(|_| error::top(language, ErrorCode::InvalidId, &[]))?;
        show(ctx, id).await
    }
}

/// A cart that the caller may see, priced now.
pub async fn show(ctx: &Context<'_>, id: Id<id::Cart>) -> async_graphql::Result<Option<Cart>> {
    show_to(ctx.cx(), id).await
}

/// A cart that the caller of a context may see, priced now.
pub async fn show_to(cx: &Cx, id: Id<id::Cart>) -> async_graphql::Result<Option<Cart>> {
    let view = cart::see(cx, cx.shopper(), id).await;
    let view = view.map_err(|fault| error::fault(cx.language(), cx.request_id(), &fault))?;
    Ok(view.map(|view| Cart(Arc::new(view))))
}
