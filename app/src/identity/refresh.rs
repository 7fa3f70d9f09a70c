//! Trading a refresh token for the next pair.

use domain::identity::events::IdentityEvent;
use store::Fault;

use super::{
    rows,
    sign_in::SignedIn,
    tokens::{self, Pair},
};
use crate::{
    cx::{Cx, Public},
    digest::digest,
};

/// Why there are no new tokens.
#[derive(Debug, thiserror::Error)]
pub enum RefreshError {
    /// The token is not one, or its session has ended: one must sign in again.
    #[error("the session has ended")]
    SessionEnded,
    /// Ours to mend.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Trades a refresh token for a new pair; it is used up by that.
///
/// A used one that comes back was copied by somebody, so it ends the session for whoever has a token
/// of it. Emits `account.session_revoked` then.
pub async fn refresh(cx: &Cx, _anybody: Public, refresh_token: &str) -> Result<SignedIn, RefreshError> {
    let Some(id) = tokens::session_of(refresh_token) else { return Err(RefreshError::SessionEnded) };
    let presented = digest(refresh_token);
    let signed_in = cx
        .write(async |tx| {
            let Some(session) = rows::session(tx, id).await? else { return Ok(None) };
            let (at, account) = (tx.now(), session.account_id);
            let pair = Pair::issue(&cx.app().settings, (tx.scope().tenant(), account, id), at)?;
            let next = digest(&pair.refresh);
            if rows::rotate(tx, id, (&presented, &next), pair.refresh_expires_at).await? {
                let account = rows::by_id(tx, account).await?;
                return Ok(account.map(|account| SignedIn::new(account, pair)));
            }
            // It must be committed, so it is an answer here and a refusal below.
            if rows::end(tx, id).await? {
                tx.emit(&IdentityEvent::SessionRevoked { account, session: id, at }).await?;
            }
            Ok::<_, Fault>(None)
        })
        .await?;
    signed_in.ok_or(RefreshError::SessionEnded)
}
