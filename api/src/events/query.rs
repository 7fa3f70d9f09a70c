//! Queries of the feed of events and of the audit trail.

use std::collections::HashMap;

use app::events::{AuditFilter, ENTRIES_SORTED_BY, FeedError, Wanted, audit, entries, seals};
use async_graphql::{Context, ID, InputObject, Object};
use domain::{
    events::types::Types,
    id::{self, Id},
    identity::permission::{
        Proves,
        proof::{ReadAudit, ReadEvents},
    },
};

use super::{
    audit::AuditEntry,
    feed::{self, Event, EventFeed},
};
use crate::{
    graphql::{
        code::{ErrorCode, of_problem},
        connection::{Connection, Paging, connection, wants_total},
        directive::requires,
        error,
        language::Reading,
        scalar::DateTime,
    },
    i18n::Arg,
};

/// The most events of one answer.
const MAX_FEED: u64 = 100;

/// The events of one answer if nobody says how many.
const DEFAULT_FEED: i32 = 20;

/// Which entries are wanted. What is not said does not restrict.
#[derive(InputObject, Clone, Debug, Default)]
pub struct AuditEntryFilter {
    /// Of this record, by its id.
    pub record: Option<ID>,
    /// By this actor: an account's id, `guest` or `system`.
    pub actor: Option<String>,
    /// Of this action, such as `order.cancelled`.
    pub action: Option<String>,
    /// Done at this instant or later.
    pub from: Option<DateTime>,
    /// Done before this instant.
    pub until: Option<DateTime>,
}

/// Queries of the feed and of the audit trail.
#[derive(Clone, Copy, Debug, Default)]
pub struct EventsQuery;

/// What happened, and who did what.
#[Object]
impl EventsQuery {
    /// What happened, the oldest first: ask again with `after` as `endCursor` was, and you miss nothing and see the
    /// events of each record in their order. An event appears here a moment after what it tells of. Refuses with
    /// `EVENTS_TRIMMED` if events beyond `after` were removed because of their age.
    #[graphql(
        directive = requires::apply(ReadEvents::PERMISSION.code().to_owned()),
        visible = "crate::graphql::directive::reads_events",
        complexity = "usize::try_from(first.unwrap_or(20)).unwrap_or(100).min(100) * child_complexity + 1"
    )]
    async fn events(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only events beyond this cursor; from the first that is kept if left out.")] after: Option<
            String,
        >,
        #[graphql(
            desc = "Only events of these types, such as `order.placed`, or of groups of them, such as `order.*`; \
                          of all if left out."
        )]
        types: Option<Vec<String>>,
        #[graphql(desc = "So many at most: 100, and 20 if left out.")] first: Option<i32>,
    ) -> async_graphql::Result<EventFeed> {
        let cx = ctx.cx();
        let may = cx.permit::<ReadEvents>().map_err(|denied| error::denied(cx.language(), denied))?;
        let top = |code, args: &[_]| error::top(cx.language(), code, args);
        let place = |cursor: String| feed::place(&cursor).ok_or_else(|| top(ErrorCode::InvalidCursor, &[]));
        let types = Types::parse(&types.unwrap_or_default()).map_err(|problem| {
            let (code, args) = of_problem(&problem);
            top(code, &args)
        })?;
        let limit = u64::try_from(first.unwrap_or(DEFAULT_FEED)).ok().filter(|limit| (1..=MAX_FEED).contains(limit));
        let limit = limit.ok_or_else(|| top(ErrorCode::PageTooLarge, &[("max", Arg::Number(100))]))?;
        let wanted = Wanted { after: after.map(place).transpose()?, types, limit };
        let found = app::events::feed(cx, &may, &wanted).await.map_err(|refused| match refused {
            FeedError::Trimmed => top(ErrorCode::EventsTrimmed, &[]),
            FeedError::Beyond => top(ErrorCode::InvalidCursor, &[]),
            FeedError::Fault(fault) => error::fault(cx.language(), cx.request_id(), &fault),
        })?;
        Ok(EventFeed {
            nodes: found.events.into_iter().map(Event::from).collect(),
            end_cursor: feed::cursor(found.end),
            has_next_page: found.has_next,
        })
    }

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
        let (from, until) = (filter.from.map(|at| at.0), filter.until.map(|at| at.0));
        let filter = AuditFilter { record, actor: filter.actor, action: filter.action, from, until };
        let slice = page.slice(cx, ENTRIES_SORTED_BY)?;
        let listed = audit(cx, &may, &filter, slice, wants_total(ctx)).await.map_err(failed)?;
        let ids: Vec<_> = listed.page.rows.iter().map(|row| Id::new(row.id)).collect();
        let mut found: HashMap<_, _> = entries(cx, &may, &ids).await.map_err(failed)?;
        let mut sealed = seals(cx, &may, &ids).await.map_err(failed)?;
        Ok(connection(listed, |row| {
            let id = Id::<id::AuditEntry>::new(row.id);
            found.remove(&id).map(|entry| AuditEntry::of(entry, sealed.remove(&id)))
        }))
    }
}
