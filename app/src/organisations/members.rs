//! Staff say who buys for a company.

use std::collections::HashSet;

use domain::{
    id::{Account, Id, Organisation, OrganisationUnit},
    identity::{
        email::Email,
        permission::proof::{ManageCustomers, ReadCustomers},
    },
    organisations::events::OrganisationEvent,
};
use entity::{identity::account, organisations::organisation_member};
use sea_orm::{ColumnTrait, QueryFilter, sea_query::Expr};
use serde::{Deserialize, Serialize};
use store::{Fault, Once, Slice, Sort, SortKind, Tx};

use super::{OrganisationError, rows};
use crate::{
    cx::{Cx, Permit},
    identity,
    list::Listed,
};

/// How a customer is named.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Who {
    /// By the id of their account.
    Id(Id<Account>),
    /// By their e-mail address.
    Email(Email),
}

/// Who is to buy for a company.
#[derive(Clone, Debug)]
pub struct AddMembers {
    /// The company.
    pub organisation: Id<Organisation>,
    /// In which of its units; `None`: in the company itself.
    pub unit: Option<Id<OrganisationUnit>>,
    /// The customers.
    pub customers: Vec<Who>,
    /// Whether nothing is to be changed.
    pub is_dry_run: bool,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// Who is to buy for a company no more.
#[derive(Clone, Debug)]
pub struct RemoveMembers {
    /// The company.
    pub organisation: Id<Organisation>,
    /// The customers.
    pub customers: Vec<Who>,
    /// Whether nothing is to be changed.
    pub is_dry_run: bool,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// Who came, moved or left.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct MembersChange {
    /// The company.
    pub organisation: Id<Organisation>,
    /// The customers.
    pub customers: Vec<Id<Account>>,
}

/// Has customers buy for a company, in one of its units. Who is in another of its units moves; who is in this one stays.
/// Emits `organisation.members_added`, if anybody came or moved.
pub async fn add_members(
    cx: &Cx,
    _may: Permit<ManageCustomers>,
    input: AddMembers,
) -> Result<MembersChange, OrganisationError> {
    let AddMembers { organisation, unit, customers, is_dry_run, once } = input;
    cx.write_or_rehearse((is_dry_run, once.as_ref()), async |tx| {
        rows::hold(tx, organisation).await?.ok_or(OrganisationError::NoOrganisation)?;
        if let Some(unit) = unit {
            let is_its = |row: &entity::organisations::organisation_unit::Model| row.organisation_id == organisation;
            rows::units(tx, [unit]).await?.pop().filter(is_its).ok_or(OrganisationError::NoUnit)?;
        }
        let wanted = known(tx, &customers).await?;
        let seats = rows::seats(tx, organisation, &wanted).await?;
        let there: HashSet<_> = seats.keys().copied().collect();
        let new: Vec<_> = wanted.into_iter().filter(|customer| seats.get(customer) != Some(&unit)).collect();
        if !new.is_empty() {
            let (before, at) = (rows::n_members(tx, organisation).await?, tx.now());
            rows::put(tx, (organisation, unit), &new, &there).await?;
            let after = rows::n_members(tx, organisation).await?;
            let told =
                |customers, n_members| OrganisationEvent::MembersAdded { organisation, unit, customers, n_members, at };
            tx.emit_change(&told(Vec::new(), before), &told(new.clone(), after)).await?;
        }
        Ok(MembersChange { organisation, customers: new })
    })
    .await
}

/// Has customers buy for a company no more: what was agreed on with it is not theirs from now on, whatever their carts say.
/// Who does not buy for it is not told of. Emits `organisation.members_removed`, if anybody left.
pub async fn remove_members(
    cx: &Cx,
    _may: Permit<ManageCustomers>,
    input: RemoveMembers,
) -> Result<MembersChange, OrganisationError> {
    let RemoveMembers { organisation, customers, is_dry_run, once } = input;
    cx.write_or_rehearse((is_dry_run, once.as_ref()), async |tx| {
        rows::hold(tx, organisation).await?.ok_or(OrganisationError::NoOrganisation)?;
        let wanted = known(tx, &customers).await?;
        let seats = rows::seats(tx, organisation, &wanted).await?;
        let gone: Vec<_> = wanted.into_iter().filter(|customer| seats.contains_key(customer)).collect();
        if !gone.is_empty() {
            let (before, at) = (rows::n_members(tx, organisation).await?, tx.now());
            rows::take_out(tx, organisation, &gone).await?;
            let after = rows::n_members(tx, organisation).await?;
            let told =
                |customers, n_members| OrganisationEvent::MembersRemoved { organisation, customers, n_members, at };
            tx.emit_change(&told(Vec::new(), before), &told(gone.clone(), after)).await?;
        }
        Ok(MembersChange { organisation, customers: gone })
    })
    .await
}

/// The accounts of customers, each once. Refuses who is none.
async fn known(tx: &Tx, customers: &[Who]) -> Result<Vec<Id<Account>>, OrganisationError> {
    let ids: Vec<_> = customers.iter().filter_map(|who| if let Who::Id(id) = who { Some(*id) } else { None }).collect();
    let emails = customers.iter().filter_map(|who| if let Who::Email(email) = who { Some(email) } else { None });
    let (by_id, by_email) = identity::customers_named(tx, &ids, emails).await?;
    let (mut known, mut seen, mut missing) = (Vec::with_capacity(customers.len()), HashSet::new(), Vec::new());
    for (index, who) in customers.iter().enumerate() {
        let found = match who {
            Who::Id(id) => by_id.get(id).copied(),
            Who::Email(email) => by_email.get(email.as_str()).copied(),
        };
        match found {
            // Somebody may be named by both.
            Some(customer) => known.extend(Some(customer).filter(|customer| seen.insert(*customer))),
            None => missing.push(index),
        }
    }
    if missing.is_empty() { Ok(known) } else { Err(OrganisationError::NoCustomers(missing)) }
}

/// What those who buy for a company are sorted by: when they registered, the latest first.
pub const MEMBERS_SORTED_BY: SortKind = SortKind::Integer("organisation.member");

/// The customers who buy for a company, the latest first.
pub async fn members(
    cx: &Cx,
    _may: &Permit<ReadCustomers>,
    organisation: Id<Organisation>,
    (slice, with_total): (Slice, bool),
) -> Result<Listed, Fault> {
    let read = cx.read();
    let total = if with_total { Some(rows::n_members(&read, organisation).await?) } else { None };
    let theirs = read.find::<organisation_member::Entity>().by(organisation);
    let theirs = theirs.only(organisation_member::Column::AccountId);
    let find = read.find::<account::Entity>().filter(account::Column::Id.in_subquery(theirs));
    let by = Expr::col((account::Entity, account::Column::CreatedAt));
    let sort = Sort { by, kind: MEMBERS_SORTED_BY, descending: true };
    Ok(Listed { page: find.page(account::Column::Id, sort, slice).await?, total })
}
