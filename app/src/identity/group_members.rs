//! Who is in a group of customers.

use domain::{
    id::{Account, CustomerGroup, Id},
    identity::{
        group_events::CustomerGroupEvent,
        permission::proof::{ManageCustomers, ReadCustomers},
    },
};
use entity::identity::{account, customer_group_member};
use sea_orm::{ColumnTrait, QueryFilter, sea_query::Expr};
use store::{Fault, Once, Slice, Sort, SortKind, Tx};

use super::{
    groups::{GroupChange, GroupError},
    rows,
};
use crate::{
    cx::{Cx, Permit},
    list::Listed,
};

/// Who comes into a group, or leaves it.
#[derive(Clone, Debug)]
pub struct ChangeMembers {
    /// The group.
    pub group: Id<CustomerGroup>,
    /// The customers, each once.
    pub customers: Vec<Id<Account>>,
    /// Whether nothing is to be changed.
    pub is_dry_run: bool,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// Puts customers into a group. Who is in it already stays. Emits `customer_group.members_added`, if anybody came.
pub async fn add_members(
    cx: &Cx,
    _may: Permit<ManageCustomers>,
    input: ChangeMembers,
) -> Result<GroupChange, GroupError> {
    let ChangeMembers { group, customers, is_dry_run, once } = input;
    cx.write_or_rehearse((is_dry_run, once.as_ref()), async |tx| {
        let row = rows::hold_group(tx, group).await?.ok_or(GroupError::NoGroup)?;
        known(tx, &customers).await?;
        let there = rows::in_group(tx, group, &customers).await?;
        let new: Vec<_> = customers.into_iter().filter(|customer| !there.contains(customer)).collect();
        if !new.is_empty() {
            let (before, at) = (rows::n_in_group(tx, group).await?, tx.now());
            rows::add_to_group(tx, group, &new).await?;
            let told = |customers, n_members| CustomerGroupEvent::MembersAdded { group, customers, n_members, at };
            let after = before.saturating_add(count(&new));
            tx.emit_change(&told(Vec::new(), before), &told(new.clone(), after)).await?;
        }
        Ok(GroupChange { group: row.into(), customers: new })
    })
    .await
}

/// Takes customers out of a group. Who is not in it stays out. Emits `customer_group.members_removed`, if anybody left.
pub async fn remove_members(
    cx: &Cx,
    _may: Permit<ManageCustomers>,
    input: ChangeMembers,
) -> Result<GroupChange, GroupError> {
    let ChangeMembers { group, customers, is_dry_run, once } = input;
    cx.write_or_rehearse((is_dry_run, once.as_ref()), async |tx| {
        let row = rows::hold_group(tx, group).await?.ok_or(GroupError::NoGroup)?;
        known(tx, &customers).await?;
        let there = rows::in_group(tx, group, &customers).await?;
        let gone: Vec<_> = customers.into_iter().filter(|customer| there.contains(customer)).collect();
        if !gone.is_empty() {
            let (before, at) = (rows::n_in_group(tx, group).await?, tx.now());
            rows::remove_from_group(tx, group, &gone).await?;
            let told = |customers, n_members| CustomerGroupEvent::MembersRemoved { group, customers, n_members, at };
            let after = before.saturating_sub(count(&gone));
            tx.emit_change(&told(Vec::new(), before), &told(gone.clone(), after)).await?;
        }
        Ok(GroupChange { group: row.into(), customers: gone })
    })
    .await
}

/// Refuses accounts that are not there, or not of customers.
async fn known(tx: &Tx, customers: &[Id<Account>]) -> Result<(), GroupError> {
    let known = rows::customers(tx, customers).await?;
    let missing = customers.iter().enumerate().filter(|(_, customer)| !known.contains(customer));
    let missing: Vec<_> = missing.map(|(index, _)| index).collect();
    if missing.is_empty() { Ok(()) } else { Err(GroupError::NoCustomers(missing)) }
}

fn count(customers: &[Id<Account>]) -> u64 {
    u64::try_from(customers.len()).unwrap_or(u64::MAX)
}

/// What the customers of a group are sorted by: when they registered, the latest first.
pub const MEMBERS_SORTED_BY: SortKind = SortKind::Integer("customer_group.member");

/// The customers of a group, the latest first.
pub async fn members(
    cx: &Cx,
    _may: &Permit<ReadCustomers>,
    group: Id<CustomerGroup>,
    slice: Slice,
    with_total: bool,
) -> Result<Listed, Fault> {
    let read = cx.read();
    let total = if with_total { Some(rows::n_in_group(&read, group).await?) } else { None };
    let theirs = read.find::<customer_group_member::Entity>().by(group);
    let theirs = theirs.only(customer_group_member::Column::AccountId);
    let find = read.find::<account::Entity>().filter(account::Column::Id.in_subquery(theirs));
    let by = Expr::col((account::Entity, account::Column::CreatedAt));
    let sort = Sort { by, kind: MEMBERS_SORTED_BY, descending: true };
    Ok(Listed { page: find.page(account::Column::Id, sort, slice).await?, total })
}
