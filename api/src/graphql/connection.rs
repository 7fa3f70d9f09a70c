//! Lists, as Relay connections.

use app::{cx::Cx, list::Listed};
use async_graphql::{
    Context, InputObject, OutputType, SimpleObject,
    connection::{self, Edge},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use store::{Cursor, Slice, SortKind};

use super::{code::ErrorCode, error};
use crate::i18n::Arg;

/// The most rows of a page.
pub const MAX_PAGE: i32 = 100;

/// The rows of a page if none are asked for.
const DEFAULT_PAGE: i32 = 20;

/// A page of a list.
pub type Connection<T> = connection::Connection<String, T, Total>;

/// What a list says besides its page.
#[derive(SimpleObject, Clone, Copy, Debug)]
pub struct Total {
    /// Rows in the whole list; counted only when asked for.
    pub total_count: Option<u64>,
}

/// Which part of a list is wanted.
#[derive(InputObject, Clone, Debug, Default)]
pub struct Paging {
    /// So many rows from the start, 100 at most.
    pub first: Option<i32>,
    /// Only rows after this cursor.
    pub after: Option<String>,
    /// So many rows from the end, 100 at most.
    pub last: Option<i32>,
    /// Only rows before this cursor.
    pub before: Option<String>,
}

impl Paging {
    /// The part of a list that is sorted by a key of this kind.
    pub fn slice(self, cx: &Cx, kind: SortKind) -> async_graphql::Result<Slice> {
        let (limit, from_end) = match (self.first, self.last) {
            (Some(first), _) => (first, false),
            (None, Some(last)) => (last, true),
            (None, None) => (DEFAULT_PAGE, false),
        };
        let limit = u64::try_from(limit).ok().filter(|limit| *limit <= 100).ok_or_else(|| {
            error::top(cx.language(), ErrorCode::PageTooLarge, &[("max", Arg::Number(MAX_PAGE.into()))])
        })?;
        let cursor = |text: Option<String>| text.map(|text| read(cx, &text, kind)).transpose();
        Ok(Slice { after: cursor(self.after)?, before: cursor(self.before)?, limit, from_end })
    }
}

fn read(cx: &Cx, text: &str, kind: SortKind) -> async_graphql::Result<Cursor> {
    let decoded = URL_SAFE_NO_PAD.decode(text).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let cursor = decoded.and_then(|text| Cursor::parse(&text, kind).ok());
    cursor.ok_or_else(|| error::top(cx.language(), ErrorCode::InvalidCursor, &[]))
}

/// Whether the query asks for the list's total.
pub fn wants_total(ctx: &Context<'_>) -> bool {
    ctx.look_ahead().field("totalCount").exists()
}

/// The page of rows, given what is found of each place. A row that vanished meanwhile is left out.
pub fn connection<T: OutputType>(listed: Listed, mut row: impl FnMut(&Cursor) -> Option<T>) -> Connection<T> {
    let total = Total { total_count: listed.total };
    let page = listed.page;
    let mut shown = Connection::with_additional_fields(page.has_previous, page.has_next, total);
    let edge = |place: &Cursor| Some(Edge::new(URL_SAFE_NO_PAD.encode(place.to_string()), row(place)?));
    shown.edges.extend(page.rows.iter().filter_map(edge));
    shown
}
