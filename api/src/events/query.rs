//! Queries of the audit trail.

use std::collections::HashMap;

use app::events::{AuditFilter, ENTRIES_SORTED_BY, audit, entries};
use async_graphql::{Context, ID, InputObject, Object};
use domain::{
    id::{self, Id},
    identity::permission::{Proves, proof::ReadAudit},
};

use super::audit::AuditEntry;
use crate::graphql::{
    code::ErrorCode,
    connection::{Connection, Paging, connection, wants_total},
    directive::requires,
    error,
    language::Reading,
};

/// Which entries are wanted. What is not said does not restrict.
#[derive(InputObject, Clone, Debug, Default)]
pub struct AuditEntryFilter {
    /// Of this record, by its id.
    pub record: Option<ID>,
    /// By this actor: an account's id, `guest` or `system`.
    pub actor: Option<String>,
    /// Of this action, such as `order.cancelled`.
    pub action: Option<String>,
}

/// Queries of the audit trail.
#[derive(Clone, Copy, Debug, Default)]
pub struct EventsQuery;

/// Who did what.
#[Object]
impl EventsQuery {
    /// Who did what, the newest first.
    #[graphql(
        directive = requires::apply(ReadAudit::PERMISSION.code().to_owned()),
        visible = "crate::graphql::directive::reads_audit"
    )]
    async fn audit_entries(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which part of the list.", default)] page: Paging,
        #[graphql(desc = "Which entries.", default)] filter: AuditEntryFilter,
    ) -> async_graphql::Result<Connection<AuditEntry>> {
        let cx = ctx.cx();
        let may = cx.permit::<ReadAudit>().map_err(|denied| error::denied(cx.language(), denied))?;
        let failed = |fault| error::fault(cx.language(), cx.request_id(), &fault);
        let wrong = |_| error::top(cx.language(), ErrorCode::InvalidId, &[]);
        let record = filter.record.map(|id| id::any(&id).map_err(wrong)).transpose()?.map(|(_, uuid)| uuid);
        let filter = AuditFilter { record, actor: filter.actor, action: filter.action };
        let slice = page.slice(cx, ENTRIES_SORTED_BY)?;
        let listed = audit(cx, &may, &filter, slice, wants_total(ctx)).await.map_err(failed)?;
        let ids: Vec<_> = listed.page.rows.iter().map(|row| Id::new(row.id)).collect();
        let mut found: HashMap<_, _> = entries(cx, &may, &ids).await.map_err(failed)?;
        Ok(connection(listed, |row| found.remove(&Id::<id::AuditEntry>::new(row.id)).map(AuditEntry::from)))
    }
}
