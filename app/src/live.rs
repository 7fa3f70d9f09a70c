//! Telling those who are connected what changed: one look at the database a process, however many listen.
//!
//! Events are read from the feed, by place, so that what another replica did is heard of as well. Of carts and tickets
//! no event tells: those that somebody listens for are looked at.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use domain::{
    events::types::Types,
    id::{Cart, Id, Ticket},
};
use store::{Fault, Scope};
use tokio::sync::{
    Notify,
    broadcast::{self, error::RecvError},
};
use uuid::Uuid;

use crate::{
    cart, checkout,
    cx::{App, Cx},
    news::{Interest, News, What},
};

/// How long to wait between two looks.
const EVERY: Duration = Duration::from_millis(250);

/// How many events are read at one go.
const EVENTS: u64 = 500;

/// How many carts or tickets are looked at in one statement.
const AT_ONCE: usize = 500;

/// Where those who listen hear of what changes.
#[derive(Debug)]
pub struct Live {
    sender: broadcast::Sender<Arc<News>>,
    heard: Mutex<HashMap<Uuid, Watched>>,
    wake: Notify,
    n_lagged: AtomicU64,
    max: usize,
}

/// What is looked at in a tenant.
#[derive(Debug)]
struct Watched {
    scope: Scope,
    /// How many listen.
    n: usize,
    /// How many of them to the feed, and the place up to which it was told.
    n_feed: usize,
    after: i64,
    carts: HashMap<Id<Cart>, Seen>,
    tickets: HashMap<Id<Ticket>, usize>,
}

/// A cart as it was when it was last looked at.
#[derive(Clone, Copy, Debug)]
struct Seen {
    n: usize,
    shown: cart::Shown,
}

/// Why nobody can listen.
#[derive(Debug, thiserror::Error)]
pub enum ListenError {
    /// As many listen as may.
    #[error("as many listen as may")]
    Full {
        /// How many that is.
        max: usize,
    },
    /// Ours to mend.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Why nothing more is heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deaf {
    /// More happened than is kept for who is slow.
    Lagged,
    /// Nobody tells any more.
    Ended,
}

/// One who listens. Whoever drops it listens no more.
#[derive(Debug)]
pub struct Listener {
    live: Arc<Live>,
    receiver: broadcast::Receiver<Arc<News>>,
    scope: Scope,
    interests: Vec<Interest>,
}

impl Live {
    /// For so many listeners, who may be so many news behind.
    pub fn new(max: usize, backlog: usize) -> Arc<Self> {
        let (sender, _) = broadcast::channel(backlog.max(1));
        let (heard, wake, n_lagged) = (Mutex::default(), Notify::new(), AtomicU64::new(0));
        Arc::new(Self { sender, heard, wake, n_lagged, max })
    }

    /// How many listen.
    pub fn listeners(&self) -> usize {
        self.watched().values().map(|watched| watched.n).sum()
    }

    /// How many were too slow.
    pub fn lagged(&self) -> u64 {
        self.n_lagged.load(Ordering::Relaxed)
    }

    /// Begins to listen: what commits from now on is heard.
    pub async fn listen(
        self: &Arc<Self>,
        app: &Arc<App>,
        scope: Scope,
        interests: Vec<Interest>,
    ) -> Result<Listener, ListenError> {
        let receiver = self.sender.subscribe();
        let cx = Cx::of_system(Arc::clone(app), scope, "live".to_owned());
        let reach = cx.read().reach().await?;
        let carts: Vec<_> = interests.iter().filter_map(cart_of).collect();
        let shown = shown(&cx, &carts).await?;
        let mut heard = self.watched();
        if self.max <= heard.values().map(|watched| watched.n).sum() {
            return Err(ListenError::Full { max: self.max });
        }
        let watched = heard.entry(scope.tenant().uuid()).or_insert_with(|| Watched::new(scope));
        watched.n = watched.n.saturating_add(1);
        for interest in &interests {
            if interest.is_in_feed() {
                watched.after = if watched.n_feed == 0 { reach.last } else { watched.after };
                watched.n_feed = watched.n_feed.saturating_add(1);
            }
            match interest {
                Interest::Cart(cart) => {
                    let shown = shown.get(cart).copied().unwrap_or_default();
                    let seen = watched.carts.entry(*cart).or_insert(Seen { n: 0, shown });
                    seen.n = seen.n.saturating_add(1);
                }
                Interest::Ticket(ticket) => {
                    let n = watched.tickets.entry(*ticket).or_default();
                    *n = n.saturating_add(1);
                }
                Interest::Orders | Interest::OrdersOf(_) | Interest::Order(_) | Interest::Stock(_) => {}
            }
        }
        drop(heard);
        self.wake.notify_one();
        Ok(Listener { live: Arc::clone(self), receiver, scope, interests })
    }

    /// Looks, again and again, as long as somebody listens, until `stop` is done.
    pub async fn run(self: Arc<Self>, app: Arc<App>, stop: impl Future<Output = ()>) {
        let mut stop = std::pin::pin!(stop);
        loop {
            let rest = async {
                if self.watched().is_empty() {
                    self.wake.notified().await;
                } else {
                    tokio::time::sleep(EVERY).await;
                }
            };
            tokio::select! {
                () = &mut stop => return,
                () = rest => {}
            }
            if let Err(fault) = self.look(&app).await {
                tracing::error!(error = %fault, "nobody could be told what changed; it is tried again");
            }
        }
    }

    async fn look(&self, app: &Arc<App>) -> Result<(), Fault> {
        let scopes: Vec<_> = self.watched().values().map(|watched| watched.scope).collect();
        for scope in scopes {
            while self.tell_events(app, scope).await? {}
            self.tell_carts(app, scope).await?;
            self.tell_tickets(app, scope).await?;
        }
        Ok(())
    }

    /// Tells events that were not told yet. Says whether there may be more.
    async fn tell_events(&self, app: &Arc<App>, scope: Scope) -> Result<bool, Fault> {
        let Some(after) = self.of(scope, |watched| (0 < watched.n_feed).then_some(watched.after)).flatten() else {
            return Ok(false);
        };
        let read = app.db.read(scope);
        let reach = read.reach().await?;
        if reach.last <= after {
            return Ok(false);
        }
        let events = read.events(after, reach.last, &Types::default(), EVENTS).await?;
        drop(read);
        let is_full = u64::try_from(events.len()).is_ok_and(|n| n == EVENTS);
        let last = events.last().and_then(|event| event.position).filter(|_| is_full).unwrap_or(reach.last);
        self.of(scope, |watched| watched.after = watched.after.max(last));
        for event in events {
            self.tell(scope, What::Happened(event));
        }
        Ok(is_full)
    }

    async fn tell_carts(&self, app: &Arc<App>, scope: Scope) -> Result<(), Fault> {
        let carts: Vec<_> = self.of(scope, |watched| watched.carts.keys().copied().collect()).unwrap_or_default();
        let cx = Cx::of_system(Arc::clone(app), scope, "live".to_owned());
        for (cart, shown) in shown(&cx, &carts).await? {
            let is_news = self.of(scope, |watched| {
                watched.carts.get_mut(&cart).is_some_and(|seen| std::mem::replace(&mut seen.shown, shown) != shown)
            });
            if is_news == Some(true) {
                self.tell(scope, What::Cart(cart));
            }
        }
        Ok(())
    }

    async fn tell_tickets(&self, app: &Arc<App>, scope: Scope) -> Result<(), Fault> {
        let tickets: Vec<_> = self.of(scope, |watched| watched.tickets.keys().copied().collect()).unwrap_or_default();
        let cx = Cx::of_system(Arc::clone(app), scope, "live".to_owned());
        for some in tickets.chunks(AT_ONCE) {
            let system = cx.as_system().map_err(Fault::new)?;
            for ticket in checkout::ticket::decided(&cx, &system, some).await? {
                // It is decided once, so it is looked at no more.
                if self.of(scope, |watched| watched.tickets.remove(&ticket)).flatten().is_some() {
                    self.tell(scope, What::Ticket(ticket));
                }
            }
        }
        Ok(())
    }

    fn tell(&self, scope: Scope, what: What) {
        // That nobody listens any more is no failure.
        drop(self.sender.send(Arc::new(News::new(scope, what))));
    }

    /// Does something with what is looked at in a tenant, if anybody listens there.
    fn of<T>(&self, scope: Scope, work: impl FnOnce(&mut Watched) -> T) -> Option<T> {
        self.watched().get_mut(&scope.tenant().uuid()).map(work)
    }

    fn watched(&self) -> MutexGuard<'_, HashMap<Uuid, Watched>> {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Watched {
    fn new(scope: Scope) -> Self {
        Self { scope, n: 0, n_feed: 0, after: 0, carts: HashMap::new(), tickets: HashMap::new() }
    }
}

impl Listener {
    /// What is of interest next.
    pub async fn next(&mut self, app: &Arc<App>) -> Result<Arc<News>, Result<Deaf, Fault>> {
        loop {
            let news = match self.receiver.recv().await {
                Ok(news) => news,
                Err(RecvError::Closed) => return Err(Ok(Deaf::Ended)),
                Err(RecvError::Lagged(_)) => {
                    self.live.n_lagged.fetch_add(1, Ordering::Relaxed);
                    return Err(Ok(Deaf::Lagged));
                }
            };
            if news.scope != self.scope {
                continue;
            }
            for interest in &self.interests {
                if interest.wants(app, &news).await.map_err(Err)? {
                    return Ok(news);
                }
            }
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let mut heard = self.live.watched();
        let tenant = self.scope.tenant().uuid();
        let Some(watched) = heard.get_mut(&tenant) else { return };
        watched.n = watched.n.saturating_sub(1);
        for interest in &self.interests {
            watched.n_feed = watched.n_feed.saturating_sub(usize::from(interest.is_in_feed()));
            match interest {
                Interest::Cart(cart) => {
                    watched.carts.entry(*cart).and_modify(|seen| seen.n = seen.n.saturating_sub(1));
                    watched.carts.retain(|_, seen| 0 < seen.n);
                }
                Interest::Ticket(ticket) => {
                    watched.tickets.entry(*ticket).and_modify(|n| *n = n.saturating_sub(1));
                    watched.tickets.retain(|_, n| 0 < *n);
                }
                Interest::Orders | Interest::OrdersOf(_) | Interest::Order(_) | Interest::Stock(_) => {}
            }
        }
        if watched.n == 0 {
            heard.remove(&tenant);
        }
    }
}

const fn cart_of(interest: &Interest) -> Option<Id<Cart>> {
    match interest {
        Interest::Cart(cart) => Some(*cart),
        Interest::Orders | Interest::OrdersOf(_) | Interest::Order(_) | Interest::Stock(_) | Interest::Ticket(_) => {
            None
        }
    }
}

async fn shown(cx: &Cx, carts: &[Id<Cart>]) -> Result<HashMap<Id<Cart>, cart::Shown>, Fault> {
    let mut found = HashMap::new();
    for some in carts.chunks(AT_ONCE) {
        let system = cx.as_system().map_err(Fault::new)?;
        found.extend(cart::shown(cx, &system, some).await?);
    }
    Ok(found)
}
