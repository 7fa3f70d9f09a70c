//! Signing out.

use domain::identity::events::IdentityEvent;
use store::Fault;

use super::{rows, tokens};
use crate::{
    cx::{Cx, Public},
    digest::digest,
};

/// Ends the session of a refresh token; its access tokens end with it. One that has ended before, or
/// is none, is left as it is.
///
/// Emits `account.signed_out`, or `account.session_revoked` if the token was used up before.
pub async fn sign_out(cx: &Cx, _anybody: Public, refresh_token: &str) -> Result<(), Fault> {
    let Some(id) = tokens::session_of(refresh_token) else { return Ok(()) };
    let presented = digest(refresh_token);
    cx.write(async |tx| {
        let Some(session) = rows::session(tx, id).await? else { return Ok(()) };
        if !rows::end(tx, id).await? {
            return Ok(());
        }
        let (account, at) = (session.account_id, tx.now());
        let event = if session.refresh_hash == presented {
            IdentityEvent::SignedOut { account, session: id, at }
        } else {
            IdentityEvent::SessionRevoked { account, session: id, at }
        };
        tx.emit(&event).await
    })
    .await
}
