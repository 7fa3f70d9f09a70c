//! The statements of identity.

use domain::{
    id::{Account, Id, Session},
    identity::email::Email,
    time::Instant,
};
use entity::identity::{account, account_role, role, session};
use sea_orm::{ColumnTrait, QueryFilter, sea_query::Expr};
use store::{Fault, Read, Tx};

/// The account of an e-mail address.
pub(super) async fn by_email(read: &Read, email: &Email) -> Result<Option<account::Model>, Fault> {
    read.find::<account::Entity>().filter(account::Column::Email.eq(email.as_str())).one().await
}

/// The account of an id.
pub(super) async fn by_id(read: &Read, id: Id<Account>) -> Result<Option<account::Model>, Fault> {
    read.find::<account::Entity>().by(id).one().await
}

/// A session, whether it has ended or not.
pub(super) async fn session(read: &Read, id: Id<Session>) -> Result<Option<session::Model>, Fault> {
    read.find::<session::Entity>().by(id).one().await
}

/// The roles of an account.
pub(super) async fn roles(read: &Read, account: Id<Account>) -> Result<Vec<role::Model>, Fault> {
    let theirs = read.find::<account_role::Entity>().by(account).only(account_role::Column::RoleId);
    read.find::<role::Entity>().filter(role::Column::Id.in_subquery(theirs)).all().await
}

/// Puts a new refresh token in the place of the one that is valid. `false`: `old` is not it, or the
/// session has ended.
pub(super) async fn rotate(
    tx: &Tx,
    session: Id<Session>,
    (old, new): (&str, &str),
    expires_at: Instant,
) -> Result<bool, Fault> {
    let update = living(tx, session).filter(session::Column::RefreshHash.eq(old));
    let update =
        update.set(session::Column::RefreshHash, Expr::val(new)).set(session::Column::ExpiresAt, Expr::val(expires_at));
    Ok(update.run().await? == 1)
}

/// Ends a session. `false`: it has ended before.
pub(super) async fn end(tx: &Tx, session: Id<Session>) -> Result<bool, Fault> {
    Ok(living(tx, session).set(session::Column::EndedAt, Expr::val(tx.now())).run().await? == 1)
}

fn living(tx: &Tx, session: Id<Session>) -> store::Update<'_, session::Entity> {
    tx.update::<session::Entity>()
        .by(session)
        .filter(session::Column::EndedAt.is_null())
        .filter(session::Column::ExpiresAt.gt(tx.now()))
}
