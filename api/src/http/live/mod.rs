//! Subscriptions: over WebSocket as graphql-transport-ws, and as server-sent events.
//!
//! For each piece of news the whole operation is run afresh, as a query is: with the caller as they are then, with a
//! read transaction of its own and within the same limits. Nothing is held while nothing happens.

mod operation;
pub(crate) mod socket;
pub(crate) mod sse;

use std::sync::{Arc, Mutex, PoisonError};

use app::{
    live::Live,
    news::{Interest, News},
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// What all connections share.
#[derive(Clone, Debug)]
pub struct Connections {
    /// Where news come from.
    pub live: Arc<Live>,
    /// How many subscriptions one connection may have.
    pub per_connection: usize,
    /// Done when the server stops.
    pub stop: CancellationToken,
    /// Who must have ended before the database is closed.
    pub tasks: TaskTracker,
}

/// Why a subscription's resolver is called. It stands in the request's data.
#[derive(Debug)]
pub(crate) enum Hearing {
    /// It begins: the resolver looks whether the caller may, and says what is of interest.
    Opens(Mutex<Vec<Interest>>),
    /// Something happened: the resolver shows it, if the caller may still see it.
    Tells(Arc<News>),
}

impl Hearing {
    fn opens() -> Arc<Self> {
        Arc::new(Self::Opens(Mutex::default()))
    }

    /// Says what is of interest. `None`: it was said before, and these are the news.
    pub(crate) fn news_of(&self, interest: Interest) -> Option<&Arc<News>> {
        match self {
            Self::Opens(interests) => {
                interests.lock().unwrap_or_else(PoisonError::into_inner).push(interest);
                None
            }
            Self::Tells(news) => Some(news),
        }
    }

    fn interests(&self) -> Vec<Interest> {
        match self {
            Self::Opens(interests) => std::mem::take(&mut *interests.lock().unwrap_or_else(PoisonError::into_inner)),
            Self::Tells(_) => Vec::new(),
        }
    }
}
