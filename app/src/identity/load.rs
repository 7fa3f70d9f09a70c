//! People for readers, many at once.

use std::collections::{HashMap, HashSet};

use domain::{
    id::{Account, Id},
    identity::{email::Email, permission::proof::ReadCustomers},
};
use entity::identity::{account, account_role, role};
use store::{Fault, Read};

use super::rows;
use crate::cx::Cx;

/// Accounts by id: the caller's own, and of who may see customers all. Others are not found.
pub async fn accounts(cx: &Cx, ids: &[Id<Account>]) -> Result<HashMap<Id<Account>, account::Model>, Fault> {
    let rows = cx.read().find::<account::Entity>().by_any(visible(cx, ids)).all().await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// The roles of the same accounts, by code.
pub async fn roles(cx: &Cx, ids: &[Id<Account>]) -> Result<HashMap<Id<Account>, Vec<role::Model>>, Fault> {
    let read = cx.read();
    let held = read.find::<account_role::Entity>().by_any(visible(cx, ids)).all().await?;
    let known = read.find::<role::Entity>().by_any(held.iter().map(|held| held.role_id)).all().await?;
    let known: HashMap<_, _> = known.into_iter().map(|role| (role.id, role)).collect();
    let mut roles: HashMap<_, Vec<_>> = HashMap::new();
    for held in held {
        roles.entry(held.account_id).or_default().extend(known.get(&held.role_id).cloned());
    }
    for theirs in roles.values_mut() {
        theirs.sort_by(|one, other| one.code.cmp(&other.code));
    }
    Ok(roles)
}

/// Customers of these ids and of these e-mail addresses, by either: one statement.
pub(crate) async fn customers_named(
    read: &Read,
    ids: &[Id<Account>],
    emails: impl IntoIterator<Item = &Email>,
) -> Result<(HashSet<Id<Account>>, HashMap<String, Id<Account>>), Fault> {
    let emails = emails.into_iter().map(|email| email.as_str().to_owned()).collect();
    let found = rows::customers_named(read, ids, emails).await?;
    let by_email = found.iter().map(|row| (row.email.clone(), row.id)).collect();
    Ok((found.into_iter().map(|row| row.id).collect(), by_email))
}

fn visible(cx: &Cx, ids: &[Id<Account>]) -> Vec<Id<Account>> {
    let sees_all = cx.permit::<ReadCustomers>().is_ok();
    ids.iter().copied().filter(|id| sees_all || cx.caller().account == Some(*id)).collect()
}
