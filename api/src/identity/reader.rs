//! Reading as somebody who was let in by this very request, whose own context is still a guest's.

use std::sync::Arc;

use app::{
    cx::{Cx, Request},
    identity::{self, AuthError, RefreshError},
};

/// The request's context, as it would be with this access token.
pub async fn of(cx: &Cx, access_token: &str) -> Result<Arc<Cx>, RefreshError> {
    let caller = identity::authenticate(cx.app(), cx.scope(), access_token).await.map_err(|why| match why {
        // A used refresh token came back just now, and ended the session.
        AuthError::TokenInvalid | AuthError::TokenExpired => RefreshError::SessionEnded,
        AuthError::Fault(fault) => RefreshError::Fault(fault),
    })?;
    let request = Request {
        caller,
        buys_for: None,
        id: cx.request_id().to_owned(),
        channel: cx.channel().ok().cloned(),
        language: cx.language(),
    };
    Ok(Arc::new(Cx::of_request(Arc::clone(cx.app()), cx.scope(), request)))
}
