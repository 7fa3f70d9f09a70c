//! Groups of customers, who are treated alike.

use std::collections::{BTreeSet, HashMap, HashSet};

use domain::{
    id::{Account, CustomerGroup, Id},
    identity::{
        group_events::CustomerGroupEvent,
        permission::proof::{ManageCustomers, ReadCustomers},
    },
    invalid::Invalid,
};
use entity::identity::{customer_group, customer_group_member};
use sea_orm::{ColumnTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr};
use serde::{Deserialize, Serialize};
use store::{Fault, KeyReused, Once, Read, Slice, Sort, SortKind, Tx};

use super::rows;
use crate::{
    cx::{Cx, Permit},
    list::{Listed, grouped},
    refusal::Denied,
};

/// A group of customers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// The group.
    pub id: Id<CustomerGroup>,
    /// Its name in imports.
    pub code: String,
    /// Arabic name.
    pub name_ar: Option<String>,
    /// English name.
    pub name_en: Option<String>,
    /// Counts its changes.
    pub version: i64,
}

/// A group to make.
#[derive(Clone, Debug)]
pub struct CreateGroup {
    /// Its name in imports.
    pub code: String,
    /// Arabic name.
    pub name_ar: Option<String>,
    /// English name.
    pub name_en: Option<String>,
    /// Whether nothing is to be changed.
    pub is_dry_run: bool,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// What changes of a group. What is not said stays as it is.
#[derive(Clone, Debug)]
pub struct UpdateGroup {
    /// The group.
    pub group: Id<CustomerGroup>,
    /// Arabic name.
    pub name_ar: Option<String>,
    /// English name.
    pub name_en: Option<String>,
    /// The version that the caller saw: if it has another one, nothing is done.
    pub expected_version: Option<i64>,
    /// Whether nothing is to be changed.
    pub is_dry_run: bool,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// A group to remove.
#[derive(Clone, Debug)]
pub struct DeleteGroup {
    /// The group.
    pub group: Id<CustomerGroup>,
    /// Whether nothing is to be changed.
    pub is_dry_run: bool,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// What became of a group; of a dry run, what would.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct GroupChange {
    /// The group as it is now; one that was removed as it was.
    pub group: Group,
    /// Who came or left.
    pub customers: Vec<Id<Account>>,
}

/// Why a group is not changed.
#[derive(Debug, thiserror::Error)]
pub enum GroupError {
    /// There is no such group.
    #[error("there is no such group")]
    NoGroup,
    /// There are no such customers: where they stand in the input.
    #[error("there are no such customers")]
    NoCustomers(Vec<usize>),
    /// Another group has the code.
    #[error("another group has the code")]
    CodeTaken,
    /// It is not as the caller saw it.
    #[error("it has changed")]
    Stale,
    /// The input does not parse.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// The idempotency key was used with another input.
    #[error(transparent)]
    KeyReused(#[from] KeyReused),
    /// The caller may not do it.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Ours to mend.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Makes a group, which nobody is in yet. Emits `customer_group.created`.
pub async fn create_group(
    cx: &Cx,
    _may: Permit<ManageCustomers>,
    input: CreateGroup,
) -> Result<Option<GroupChange>, GroupError> {
    let CreateGroup { code, name_ar, name_en, is_dry_run, once } = input;
    cx.carry_out((is_dry_run, once.as_ref()), async |tx| {
        let (id, tenant_id) = (tx.new_id(), tx.scope().tenant());
        let row = customer_group::Model { tenant_id, id, code, name_ar, name_en, version: 1 };
        if !tx.insert_new(row.clone().into_active_model()).await? {
            return Err(GroupError::CodeTaken);
        }
        tx.emit(&told(tx, &row)).await?;
        Ok(GroupChange { group: row.into(), customers: Vec::new() })
    })
    .await
}

/// Changes what a group is called. Emits `customer_group.updated`.
pub async fn update_group(
    cx: &Cx,
    _may: Permit<ManageCustomers>,
    input: UpdateGroup,
) -> Result<GroupChange, GroupError> {
    let UpdateGroup { group, name_ar, name_en, expected_version, is_dry_run, once } = input;
    cx.write_or_rehearse((is_dry_run, once.as_ref()), async |tx| {
        let was = rows::hold_group(tx, group).await?.ok_or(GroupError::NoGroup)?;
        if expected_version.is_some_and(|version| version != was.version) {
            return Err(GroupError::Stale);
        }
        let next = customer_group::Model {
            name_ar: name_ar.or_else(|| was.name_ar.clone()),
            name_en: name_en.or_else(|| was.name_en.clone()),
            version: was.version.saturating_add(1),
            ..was.clone()
        };
        rows::replace_group(tx, &next).await?;
        tx.emit_change(&told(tx, &was), &told(tx, &next)).await?;
        Ok(GroupChange { group: next.into(), customers: Vec::new() })
    })
    .await
}

/// Removes a group, and who is in it from it. Emits `customer_group.deleted`.
pub async fn delete_group(
    cx: &Cx,
    _may: Permit<ManageCustomers>,
    input: DeleteGroup,
) -> Result<GroupChange, GroupError> {
    let DeleteGroup { group, is_dry_run, once } = input;
    cx.write_or_rehearse((is_dry_run, once.as_ref()), async |tx| {
        let was = rows::hold_group(tx, group).await?.ok_or(GroupError::NoGroup)?;
        rows::delete_group(tx, group).await?;
        tx.emit_change(&told(tx, &was), &CustomerGroupEvent::Deleted { group, at: tx.now() }).await?;
        Ok(GroupChange { group: was.into(), customers: Vec::new() })
    })
    .await
}

/// A group as its event tells it.
fn told(tx: &Tx, group: &customer_group::Model) -> CustomerGroupEvent {
    CustomerGroupEvent::Group {
        group: group.id,
        code: group.code.clone(),
        name_ar: group.name_ar.clone(),
        name_en: group.name_en.clone(),
        version: group.version,
        at: tx.now(),
    }
}

impl From<customer_group::Model> for Group {
    fn from(row: customer_group::Model) -> Self {
        let customer_group::Model { tenant_id: _, id, code, name_ar, name_en, version } = row;
        Self { id, code, name_ar, name_en, version }
    }
}

/// What groups are sorted by: their code.
pub const GROUPS_SORTED_BY: SortKind = SortKind::Text("customer_group.code");

/// Groups, by code.
pub async fn groups(cx: &Cx, _may: &Permit<ReadCustomers>, slice: Slice, with_total: bool) -> Result<Listed, Fault> {
    let read = cx.read();
    let total = if with_total { Some(read.find::<customer_group::Entity>().count().await?) } else { None };
    let by = Expr::col((customer_group::Entity, customer_group::Column::Code));
    let sort = Sort { by, kind: GROUPS_SORTED_BY, descending: false };
    let page = read.find::<customer_group::Entity>().page(customer_group::Column::Id, sort, slice).await?;
    Ok(Listed { page, total })
}

/// The group of a code.
pub async fn group_by_code(cx: &Cx, _may: &Permit<ReadCustomers>, code: &str) -> Result<Option<Group>, Fault> {
    let read = cx.read();
    let find = read.find::<customer_group::Entity>().filter(customer_group::Column::Code.eq(code));
    Ok(find.one().await?.map(Group::from))
}

/// Groups by id.
pub async fn groups_by_id(read: &Read, ids: &[Id<CustomerGroup>]) -> Result<HashMap<Id<CustomerGroup>, Group>, Fault> {
    let rows = read.find::<customer_group::Entity>().by_any(ids.iter().copied()).all().await?;
    Ok(rows.into_iter().map(|row| (row.id, row.into())).collect())
}

/// Those of these groups that somebody is in: one statement.
pub async fn with_somebody(
    read: &Read,
    groups: &BTreeSet<Id<CustomerGroup>>,
) -> Result<HashSet<Id<CustomerGroup>>, Fault> {
    let find = read.find::<customer_group_member::Entity>().by_any(groups.iter().copied());
    let find = find.select_only().column(customer_group_member::Column::GroupId).distinct();
    Ok(find.tuples::<(Id<CustomerGroup>,)>().await?.into_iter().map(|(id,)| id).collect())
}

/// The groups that each account is in, the oldest first: one statement for all. Of who is in none nothing is told.
pub async fn groups_of(
    read: &Read,
    accounts: &[Id<Account>],
) -> Result<HashMap<Id<Account>, Vec<Id<CustomerGroup>>>, Fault> {
    let find = read.find::<customer_group_member::Entity>().by_any(accounts.iter().copied());
    let rows = find.order_by_asc(customer_group_member::Column::GroupId).all().await?;
    Ok(grouped(rows.into_iter().map(|row| (row.account_id, row.group_id))))
}

/// The same for readers, with what they are, by code.
pub async fn groups_of_customers(
    cx: &Cx,
    _may: &Permit<ReadCustomers>,
    customers: &[Id<Account>],
) -> Result<HashMap<Id<Account>, Vec<Group>>, Fault> {
    let read = cx.read();
    let held = groups_of(&read, customers).await?;
    let ids: Vec<_> = held.values().flatten().copied().collect();
    let known = groups_by_id(&read, &ids).await?;
    let shown = |(customer, ids): (_, Vec<_>)| {
        let mut theirs: Vec<Group> = ids.iter().filter_map(|id| known.get(id).cloned()).collect();
        theirs.sort_by(|one, other| one.code.cmp(&other.code));
        (customer, theirs)
    };
    Ok(held.into_iter().map(shown).collect())
}
