//! Reading as somebody who was let in by this very request, whose own context is still a guest's.

use std::sync::Arc;

use app::{
    cart,
    cx::Cx,
    identity::{self, AuthError, RefreshError},
};
use domain::id::{self, Id};
use store::Fault;

use crate::{cart::cart::Cart, graphql::error};

/// The request's context, as it would be with this access token.
pub async fn of(cx: &Cx, access_token: &str) -> Result<Arc<Cx>, RefreshError> {
    let caller = identity::authenticate(cx.app(), cx.scope(), access_token).await.map_err(|why| match why {
        // A used refresh token came back just now, and ended the session.
        AuthError::TokenInvalid | AuthError::TokenExpired => RefreshError::SessionEnded,
        AuthError::Fault(fault) => RefreshError::Fault(fault),
    })?;
    let (app, request, channel) = (Arc::clone(cx.app()), cx.request_id().to_owned(), cx.channel().ok().cloned());
    Ok(Arc::new(Cx::of_request(app, cx.scope(), caller, request, channel, cx.language())))
}

/// A cart that the reader may see, priced now.
pub async fn cart(cx: &Cx, id: Id<id::Cart>) -> async_graphql::Result<Option<Cart>> {
    let priced = async {
        let Some(row) = cart::get(cx, cx.shopper(), id).await? else { return Ok(None) };
        cart::view::view(&cx.read(), cx.channel()?, row, cx.now()).await.map(Some)
    };
    let view: Result<_, Fault> = priced.await;
    let view = view.map_err(|fault| error::fault(cx.language(), cx.request_id(), &fault))?;
    Ok(view.map(|view| Cart(Arc::new(view))))
}
