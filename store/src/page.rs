//! Keyset paging: a page costs the same wherever it stands in a list.

use std::fmt;

use sea_orm::{
    Condition, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect, Value,
    sea_query::{Expr, ExprTrait},
};
use uuid::Uuid;

use crate::{Fault, Find};

/// What a list is sorted by. Rows of equal keys are sorted by id.
#[derive(Clone, Debug)]
pub struct Sort {
    /// The key, never null.
    pub by: Expr,
    /// What the key is.
    pub kind: SortKind,
    /// From high to low.
    pub descending: bool,
}

/// What a sort key is, with a name such as `product.price`: cursors bear it, so that one of a list is none of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SortKind {
    /// An integer: an amount, an instant, a place.
    Integer(&'static str),
    /// Text.
    Text(&'static str),
}

/// The sort key of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Key {
    /// An integer.
    Integer(i64),
    /// Text.
    Text(String),
}

impl From<Key> for Value {
    fn from(key: Key) -> Self {
        match key {
            Key::Integer(n) => n.into(),
            Key::Text(text) => text.into(),
        }
    }
}

/// A place in a list: the key and the id of the row there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// The name of the sort key.
    pub of: &'static str,
    /// The row's sort key.
    pub key: Key,
    /// The row's id.
    pub id: Uuid,
}

/// The text is not a cursor of such a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a cursor")]
pub struct NotACursor;

/// The cursor as text: the id, what the key is, its name, and the key.
impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.key {
            Key::Integer(n) => write!(f, "{}i{}:{n}", self.id.simple(), self.of),
            Key::Text(text) => write!(f, "{}t{}:{text}", self.id.simple(), self.of),
        }
    }
}

impl Cursor {
    /// Reads a cursor of a list that is sorted by a key of this kind.
    pub fn parse(text: &str, kind: SortKind) -> Result<Self, NotACursor> {
        let (id, key) = text.split_at_checked(32).ok_or(NotACursor)?;
        let id = Uuid::try_parse(id).map_err(|_| NotACursor)?;
        let named = |letter: char, of| key.strip_prefix(letter)?.strip_prefix(of)?.strip_prefix(':');
        let (of, key) = match kind {
            SortKind::Integer(of) => (of, named('i', of).and_then(|n| n.parse().ok()).map(Key::Integer)),
            SortKind::Text(of) => (of, named('t', of).map(|text| Key::Text(text.to_owned()))),
        };
        key.map(|key| Self { of, key, id }).ok_or(NotACursor)
    }
}

/// Which part of a list is wanted.
#[derive(Clone, Debug, Default)]
pub struct Slice {
    /// Only what comes after this place.
    pub after: Option<Cursor>,
    /// Only what comes before this place.
    pub before: Option<Cursor>,
    /// So many rows at most.
    pub limit: u64,
    /// The last of them instead of the first.
    pub from_end: bool,
}

/// A part of a list.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// The places of its rows, in the order of the list.
    pub rows: Vec<Cursor>,
    /// Whether rows come before.
    pub has_previous: bool,
    /// Whether rows come after.
    pub has_next: bool,
}

impl<E: EntityTrait> Find<'_, E> {
    /// The places of a part of the list. `id` is the column of the rows' ids.
    pub async fn page(self, id: E::Column, sort: Sort, slice: Slice) -> Result<Page, Fault> {
        let id_expr = Expr::col((E::default(), id));
        let mut find = self;
        if let Some(after) = &slice.after {
            find = find.filter(beyond(&sort, &id_expr, after, sort.descending));
        }
        if let Some(before) = &slice.before {
            find = find.filter(beyond(&sort, &id_expr, before, !sort.descending));
        }
        let order = if sort.descending == slice.from_end { Order::Asc } else { Order::Desc };
        let find = find.order_by(sort.by.clone(), order.clone()).order_by(id_expr.clone(), order);
        let find =
            find.limit(slice.limit.saturating_add(1)).select_only().expr_as(id_expr, "id").expr_as(sort.by, "key");
        let mut rows: Vec<Cursor> = match sort.kind {
            SortKind::Integer(of) => {
                let row = |(id, n)| Cursor { of, key: Key::Integer(n), id };
                find.tuples::<(Uuid, i64)>().await?.into_iter().map(row).collect()
            }
            SortKind::Text(of) => {
                let row = |(id, text)| Cursor { of, key: Key::Text(text), id };
                find.tuples::<(Uuid, String)>().await?.into_iter().map(row).collect()
            }
        };
        let wanted = usize::try_from(slice.limit).unwrap_or(usize::MAX);
        let more = rows.len() > wanted;
        rows.truncate(wanted);
        if slice.from_end {
            rows.reverse();
        }
        let (has_previous, has_next) =
            if slice.from_end { (more, slice.before.is_some()) } else { (slice.after.is_some(), more) };
        Ok(Page { rows, has_previous, has_next })
    }
}

/// The rows on the far side of a place.
fn beyond(sort: &Sort, id: &Expr, place: &Cursor, below: bool) -> Condition {
    let key: Value = place.key.clone().into();
    let (key_beyond, id_beyond) = if below {
        (sort.by.clone().lt(key.clone()), id.clone().lt(place.id))
    } else {
        (sort.by.clone().gt(key.clone()), id.clone().gt(place.id))
    };
    Condition::any().add(key_beyond).add(Condition::all().add(sort.by.clone().eq(key)).add(id_beyond))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_reads_back_what_it_wrote() {
        let id = Uuid::from_u128(77);
        let of = "product.price";
        for (key, kind) in [(Key::Integer(-5), SortKind::Integer(of)), (Key::Text("تمر:i".into()), SortKind::Text(of))]
        {
            let cursor = Cursor { of, key, id };
            assert_eq!(Cursor::parse(&cursor.to_string(), kind), Ok(cursor));
        }
        assert_eq!(Cursor::parse("x", SortKind::Integer(of)), Err(NotACursor));
        let cursor = Cursor { of, key: Key::Integer(1), id }.to_string();
        assert_eq!(Cursor::parse(&cursor, SortKind::Text(of)), Err(NotACursor));
        assert_eq!(Cursor::parse(&cursor, SortKind::Integer("product.date")), Err(NotACursor));
    }
}
