//! Finding out who asks.

use domain::{
    id::{Account, Id},
    identity::{kind::AccountKind, permission::Permission},
};
use entity::identity::{account, role};
use store::{Fault, Read, Scope};

use super::{
    rows,
    tokens::{self, NotAccepted},
};
use crate::cx::{App, Caller};

/// Why the bearer of a token is nobody.
#[derive(Debug, thiserror::Error)]
pub enum AuthError {
    /// Not a token of this tenant, or of a session that was ended.
    #[error("not a token of this shop")]
    TokenInvalid,
    /// It was good once: a refresh token gives the next.
    #[error("the token has expired")]
    TokenExpired,
    /// Ours to mend.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<NotAccepted> for AuthError {
    fn from(why: NotAccepted) -> Self {
        match why {
            NotAccepted::Invalid => Self::TokenInvalid,
            NotAccepted::Expired => Self::TokenExpired,
        }
    }
}

/// Who bears the access token. Three statements, two for a customer.
pub async fn authenticate(app: &App, scope: Scope, bearer: &str) -> Result<Caller, AuthError> {
    let claims = tokens::read_access(bearer, &app.settings.secret, app.clock.now())?;
    if claims.tid != scope.tenant() {
        return Err(AuthError::TokenInvalid);
    }
    let read = app.db.read(scope);
    let session = rows::session(&read, claims.sid).await?;
    let lives = session.is_some_and(|session| session.account_id == claims.sub && session.ended_at.is_none());
    let account = if lives { rows::by_id(&read, claims.sub).await? } else { None };
    let Some(account) = account else { return Err(AuthError::TokenInvalid) };
    Ok(caller(&read, &account).await?)
}

/// Who does what an account left to be done: with what it may do now. Nobody, if there is no such account any more.
pub async fn in_the_name_of(read: &Read, account: Id<Account>) -> Result<Caller, Fault> {
    match rows::by_id(read, account).await? {
        Some(account) => caller(read, &account).await,
        None => Ok(Caller::default()),
    }
}

async fn caller(read: &Read, account: &account::Model) -> Result<Caller, Fault> {
    let is_staff = account.kind == AccountKind::Staff.code();
    let roles = if is_staff { rows::roles(read, account.id).await? } else { Vec::new() };
    let permissions = roles.iter().flat_map(permissions).collect();
    Ok(Caller { account: Some(account.id), permissions, is_staff })
}

/// What a role allows. A code that this version does not know allows nothing.
fn permissions(role: &role::Model) -> impl Iterator<Item = Permission> {
    role.permissions.split(',').filter_map(Permission::parse)
}
