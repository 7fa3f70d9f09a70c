//! The statements of identity.

use std::collections::HashSet;

use domain::{
    id::{Account, CustomerGroup, Id, Session},
    identity::{email::Email, kind::AccountKind},
    time::Instant,
};
use entity::identity::{account, account_role, customer_group, customer_group_member, role, session};
use sea_orm::{ColumnTrait, Condition, QueryFilter, Set, sea_query::Expr};
use store::{Fault, Read, Tx};

/// The account of an e-mail address.
pub(super) async fn by_email(read: &Read, email: &Email) -> Result<Option<account::Model>, Fault> {
    read.find::<account::Entity>().filter(account::Column::Email.eq(email.as_str())).one().await
}

/// The account of an id.
pub(super) async fn by_id(read: &Read, id: Id<Account>) -> Result<Option<account::Model>, Fault> {
    read.find::<account::Entity>().by(id).one().await
}

/// Somebody who buys here.
pub async fn customer(read: &Read, id: Id<Account>) -> Result<Option<account::Model>, Fault> {
    let find = read.find::<account::Entity>().by(id);
    find.filter(account::Column::Kind.eq(AccountKind::Customer.code())).one().await
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

/// A group, held until the transaction ends: of those who change it or who is in it at once, one goes first.
pub(super) async fn hold_group(tx: &Tx, id: Id<CustomerGroup>) -> Result<Option<customer_group::Model>, Fault> {
    // Its version stays: the row is written for its lock alone.
    let same = Expr::col(customer_group::Column::Version);
    let held = tx.update::<customer_group::Entity>().by(id).set(customer_group::Column::Version, same).run().await?;
    if held == 0 { Ok(None) } else { tx.find::<customer_group::Entity>().by(id).one().await }
}

/// Writes the names and the version of a group that is held.
pub(super) async fn replace_group(tx: &Tx, next: &customer_group::Model) -> Result<(), Fault> {
    let update = tx
        .update::<customer_group::Entity>()
        .by(next.id)
        .set(customer_group::Column::NameAr, next.name_ar.clone())
        .set(customer_group::Column::NameEn, next.name_en.clone())
        .set(customer_group::Column::Version, next.version);
    update.run().await.map(drop)
}

/// Removes a group that is held, and who is in it.
pub(super) async fn delete_group(tx: &Tx, id: Id<CustomerGroup>) -> Result<(), Fault> {
    tx.delete::<customer_group_member::Entity>().by(id).run().await?;
    tx.delete::<customer_group::Entity>().by(id).run().await.map(drop)
}

/// Those of the accounts that are of customers.
pub(super) async fn customers(read: &Read, accounts: &[Id<Account>]) -> Result<HashSet<Id<Account>>, Fault> {
    let find = read.find::<account::Entity>().by_any(accounts.iter().copied());
    let found = find.filter(account::Column::Kind.eq(AccountKind::Customer.code())).all().await?;
    Ok(found.into_iter().map(|row| row.id).collect())
}

/// Customers of these ids, and of these e-mail addresses.
pub(super) async fn customers_named(
    read: &Read,
    accounts: &[Id<Account>],
    emails: Vec<String>,
) -> Result<Vec<account::Model>, Fault> {
    let named = Condition::any().add(account::Column::Id.is_in(accounts.iter().copied()));
    let named = named.add(account::Column::Email.is_in(emails));
    let find = read.find::<account::Entity>().filter(account::Column::Kind.eq(AccountKind::Customer.code()));
    find.filter(named).all().await
}

/// Those of the accounts that are in a group.
pub(super) async fn in_group(
    read: &Read,
    group: Id<CustomerGroup>,
    accounts: &[Id<Account>],
) -> Result<HashSet<Id<Account>>, Fault> {
    let find = read.find::<customer_group_member::Entity>().by(group).by_any(accounts.iter().copied());
    Ok(find.all().await?.into_iter().map(|row| row.account_id).collect())
}

/// How many are in a group.
pub(super) async fn n_in_group(read: &Read, group: Id<CustomerGroup>) -> Result<u64, Fault> {
    read.find::<customer_group_member::Entity>().by(group).count().await
}

/// Puts accounts into a group.
pub(super) async fn add_to_group(tx: &Tx, group: Id<CustomerGroup>, accounts: &[Id<Account>]) -> Result<(), Fault> {
    let row = |account: &Id<Account>| customer_group_member::ActiveModel {
        group_id: Set(group),
        account_id: Set(*account),
        ..Default::default()
    };
    tx.insert_many(accounts.iter().map(row)).await
}

/// Takes accounts out of a group.
pub(super) async fn remove_from_group(
    tx: &Tx,
    group: Id<CustomerGroup>,
    accounts: &[Id<Account>],
) -> Result<(), Fault> {
    let delete = tx.delete::<customer_group_member::Entity>().by(group);
    let theirs = customer_group_member::Column::AccountId.is_in(accounts.iter().copied());
    delete.filter(theirs).run().await.map(drop)
}
