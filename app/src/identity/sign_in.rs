//! Signing in.

use domain::{
    identity::{email::Email, events::IdentityEvent},
    time::Instant,
};
use entity::identity::{account, session};
use sea_orm::Set;
use store::Fault;

use super::{hash, rows, tokens::Pair};
use crate::{
    cx::{Cx, Public},
    digest::digest,
};

/// What one signs in with.
pub struct SignIn {
    /// The e-mail address of the account.
    pub email: String,
    /// Its password.
    pub password: String,
}

/// Somebody who is signed in, and the tokens that say so.
pub struct SignedIn {
    /// The account.
    pub account: account::Model,
    /// What requests carry.
    pub access_token: String,
    /// When it ends.
    pub access_expires_at: Instant,
    /// What is traded for the next pair of tokens, once.
    pub refresh_token: String,
    /// When it ends.
    pub refresh_expires_at: Instant,
}

impl SignedIn {
    pub(super) fn new(account: account::Model, tokens: Pair) -> Self {
        Self {
            account,
            access_token: tokens.access,
            access_expires_at: tokens.access_expires_at,
            refresh_token: tokens.refresh,
            refresh_expires_at: tokens.refresh_expires_at,
        }
    }
}

/// Why one is not signed in.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// No account has this e-mail address and this password. Which of them is wrong is not said.
    #[error("wrong e-mail address or password")]
    BadCredentials,
    /// Ours to mend.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Signs a customer or one of the staff in. Emits `account.signed_in`.
///
/// An address that has no account takes as long as a wrong password.
pub async fn sign_in(cx: &Cx, _anybody: Public, input: SignIn) -> Result<SignedIn, SignInError> {
    let account = match Email::parse(&input.email) {
        // A handle of its own, so that no transaction is open while the password is hashed.
        Ok(email) => rows::by_email(&cx.app().db.read(cx.scope()), &email).await?,
        Err(_) => None,
    };
    let hashed = account.as_ref().map(|account| account.password_hash.clone());
    let is_right = hash::is_right(input.password, hashed).await?;
    let Some(account) = account.filter(|_| is_right) else { return Err(SignInError::BadCredentials) };

    let pair = cx
        .write(async |tx| {
            let (at, session) = (tx.now(), tx.new_id());
            let whose = (tx.scope().tenant(), account.id, session);
            let pair = Pair::issue(&cx.app().settings, whose, at)?;
            let row = session::ActiveModel {
                id: Set(session),
                account_id: Set(account.id),
                refresh_hash: Set(digest(&pair.refresh)),
                expires_at: Set(pair.refresh_expires_at),
                created_at: Set(at),
                ..Default::default()
            };
            tx.insert(row).await?;
            tx.emit(&IdentityEvent::SignedIn { account: account.id, session, at }).await?;
            Ok::<_, Fault>(pair)
        })
        .await?;
    Ok(SignedIn::new(account, pair))
}
