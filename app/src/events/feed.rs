//! The feed: what happened, in the order in which everybody can rely on it.

use domain::{events::types::Types, identity::permission::proof::ReadEvents};
use store::{Fault, Recorded};

use crate::cx::{Cx, Permit};

/// Which part of the feed is wanted.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Only events beyond this place; from the first that is kept if none is named.
    pub after: Option<i64>,
    /// Only events of these types.
    pub types: Types,
    /// So many at most.
    pub limit: u64,
}

/// A part of the feed.
#[derive(Clone, Debug)]
pub struct Feed {
    /// Events, in order.
    pub events: Vec<Recorded>,
    /// The place up to which the feed was looked through.
    pub end: i64,
    /// Whether there are more already.
    pub has_next: bool,
}

/// Why there is no such part of the feed.
#[derive(Debug, thiserror::Error)]
pub enum FeedError {
    /// Events beyond the place were removed before they were asked for.
    #[error("events were trimmed beyond this place")]
    Trimmed,
    /// Nobody was given this place yet.
    #[error("the feed does not reach so far")]
    Beyond,
    /// Ours to mend.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Events beyond a place. Who asks again from where the answer ended misses none, and gets those of one record in
/// their order.
pub async fn feed(cx: &Cx, _may: &Permit<ReadEvents>, wanted: &Wanted) -> Result<Feed, FeedError> {
    let read = cx.read();
    // Before the events: what gets its place meanwhile is for the next time.
    let reach = read.reach().await?;
    let after = wanted.after.unwrap_or(reach.trimmed);
    if after < reach.trimmed {
        return Err(FeedError::Trimmed);
    }
    if reach.last < after {
        return Err(FeedError::Beyond);
    }
    let mut events = read.events(after, reach.last, &wanted.types, wanted.limit.saturating_add(1)).await?;
    let has_next = usize::try_from(wanted.limit).is_ok_and(|limit| limit < events.len());
    events.truncate(usize::try_from(wanted.limit).unwrap_or(usize::MAX));
    let last = events.last().and_then(|event| event.position);
    let end = if has_next { last.unwrap_or(after) } else { reach.last };
    Ok(Feed { events, end, has_next })
}
