//! Who did what.

use std::collections::HashMap;

use domain::{
    id::{AuditEntry, Id},
    identity::permission::proof::ReadAudit,
    time::Instant,
};
use entity::audit::{entry, seal};
use sea_orm::{ColumnTrait, QueryFilter, sea_query::Expr};
use store::{Fault, Slice, Sort, SortKind};
use uuid::Uuid;

use crate::{
    cx::{Cx, Permit},
    list::Listed,
};

/// Which entries are wanted. What is not said does not restrict.
#[derive(Clone, Debug, Default)]
pub struct AuditFilter {
    /// Of this record.
    pub record: Option<Uuid>,
    /// By this actor: an account's id, `guest` or `system`.
    pub actor: Option<String>,
    /// Of this action.
    pub action: Option<String>,
    /// At this instant or later.
    pub from: Option<Instant>,
    /// Before this instant.
    pub until: Option<Instant>,
}

/// What entries are sorted by: when it was done, the latest first.
pub const ENTRIES_SORTED_BY: SortKind = SortKind::Integer("audit");

/// Entries of the audit trail, the newest first.
pub async fn audit(
    cx: &Cx,
    _may: &Permit<ReadAudit>,
    filter: &AuditFilter,
    slice: Slice,
    with_total: bool,
) -> Result<Listed, Fault> {
    let read = cx.read();
    let find = || {
        let mut find = read.find::<entry::Entity>();
        if let Some(record) = filter.record {
            find = find.filter(entry::Column::RecordId.eq(record));
        }
        if let Some(actor) = &filter.actor {
            find = find.filter(entry::Column::Actor.eq(actor.as_str()));
        }
        if let Some(action) = &filter.action {
            find = find.filter(entry::Column::Action.eq(action.as_str()));
        }
        if let Some(from) = filter.from {
            find = find.filter(entry::Column::At.gte(from));
        }
        if let Some(until) = filter.until {
            find = find.filter(entry::Column::At.lt(until));
        }
        find
    };
    let total = if with_total { Some(find().count().await?) } else { None };
    let by = Expr::col((entry::Entity, entry::Column::At));
    let page = find().page(entry::Column::Id, Sort { by, kind: ENTRIES_SORTED_BY, descending: true }, slice).await?;
    Ok(Listed { page, total })
}

/// Entries by id.
pub async fn entries(
    cx: &Cx,
    _may: &Permit<ReadAudit>,
    ids: &[Id<AuditEntry>],
) -> Result<HashMap<Id<AuditEntry>, entry::Model>, Fault> {
    let rows = cx.read().find::<entry::Entity>().by_any(ids.iter().copied()).all().await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// The seals of entries that have one.
pub async fn seals(
    cx: &Cx,
    _may: &Permit<ReadAudit>,
    ids: &[Id<AuditEntry>],
) -> Result<HashMap<Id<AuditEntry>, seal::Model>, Fault> {
    let rows = cx.read().find::<seal::Entity>().by_any(ids.iter().copied()).all().await?;
    Ok(rows.into_iter().map(|row| (row.entry_id, row)).collect())
}
