//! The context of one piece of work: whose it is, who does it, when, and what it may reach.

use std::{
    collections::BTreeSet,
    convert::Infallible,
    fmt,
    marker::PhantomData,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicI64, Ordering},
    },
    time::{Duration, UNIX_EPOCH},
};

use domain::{
    events::address::Networks,
    id::{Account, Id, Organisation},
    identity::permission::{Permission, Proves},
    language::Language,
    payments::gateway::CardGateway,
    time::Instant,
};
use entity::channels::channel;
use serde::{Serialize, de::DeserializeOwned};
use store::{Actor, Db, Fault, KeyReused, Once, Read, Scope, Stamp, Tx};

use crate::{
    events::{amqp, webhooks::Shape},
    refusal::Denied,
};

/// What tells the time.
#[derive(Clone, Debug)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// A clock that stands still until it is set: milliseconds since the epoch.
    Fixed(Arc<AtomicI64>),
}

impl Clock {
    /// What time it is.
    #[expect(clippy::disallowed_methods, reason = "this is the clock")]
    pub fn now(&self) -> Instant {
        match self {
            Self::Fixed(millis) => Instant::from_millis(millis.load(Ordering::SeqCst)),
            Self::System => {
                let since = std::time::SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
                Instant::from_millis(0).plus(since)
            }
        }
    }
}

/// What an operator sets.
#[derive(Clone)]
pub struct Settings {
    /// Signs tokens; also what other secrets are derived from.
    pub secret: String,
    /// How long an access token is good for.
    pub access_token: Duration,
    /// How long a refresh token is good for.
    pub refresh_token: Duration,
    /// How long an unpaid card order holds its stock.
    pub payment_window: Duration,
    /// How long an order waits for a bank transfer.
    pub transfer_window: Duration,
    /// Where shoppers and gateways reach this server.
    pub public_url: String,
    /// How late the simulated gateway sends its webhooks; `None` switches the gateway off.
    pub simulator_delay: Option<Duration>,
    /// Networks that webhooks may be in although they are not of the public internet.
    pub webhook_networks: Arc<Networks>,
    /// How long events are kept after everybody has heard of them.
    pub event_retention: Duration,
    /// The RabbitMQ that is told of events; `None` if there is none.
    pub amqp: Option<amqp::Settings>,
}

/// Shows no secret.
impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings").field("public_url", &self.public_url).finish_non_exhaustive()
    }
}

/// What the whole process shares.
#[derive(Debug)]
pub struct App {
    /// The database.
    pub db: Db,
    /// The clock.
    pub clock: Clock,
    /// What the operator set.
    pub settings: Settings,
    /// Carries requests to the outside.
    pub http: reqwest::Client,
    /// Carries requests to webhooks, which anybody may have named.
    pub webhooks: reqwest::Client,
    /// Shapes what webhooks are sent.
    pub shape: Arc<dyn Shape>,
}

impl App {
    /// The gateway that takes a tenant's cards; `None` if it has none.
    pub fn card_gateway(&self, tenant: Id<domain::id::Tenant>) -> Option<Box<dyn CardGateway>> {
        self.settings.simulator_delay?;
        let key = crate::payments::simulator::key(&self.settings.secret, tenant);
        Some(Box::new(integrations::simulator::Simulator::new(&self.settings.public_url, key)))
    }
}

/// Who is there, as authentication found out.
#[derive(Clone, Debug, Default)]
pub struct Caller {
    /// The account; none for a guest.
    pub account: Option<Id<Account>>,
    /// What staff may do. Customers and guests have none.
    pub permissions: BTreeSet<Permission>,
    /// Whether it is one of the staff.
    pub is_staff: bool,
}

/// A request, as far as it is known who asks for what.
#[derive(Clone, Debug)]
pub struct Request {
    /// Who asks.
    pub caller: Caller,
    /// The company that the caller says they buy for, and may; none: they buy for themselves.
    pub buys_for: Option<Id<Organisation>>,
    /// Its id, for logs and the audit trail.
    pub id: String,
    /// The channel it is asked in.
    pub channel: Option<Arc<channel::Model>>,
    /// The language to answer in.
    pub language: Language,
}

/// The context of one piece of work in one tenant.
#[derive(Debug)]
pub struct Cx {
    app: Arc<App>,
    scope: Scope,
    caller: Caller,
    buys_for: Option<Id<Organisation>>,
    actor: Actor,
    request_id: String,
    correlation_id: String,
    channel: Option<Arc<channel::Model>>,
    language: Language,
    read: Mutex<Arc<Read>>,
}

impl Cx {
    /// The context of a request.
    pub fn of_request(app: Arc<App>, scope: Scope, request: Request) -> Self {
        let Request { caller, buys_for, id, channel, language } = request;
        let actor = caller.account.map_or(Actor::Guest, Actor::Account);
        let read = Mutex::new(Arc::new(app.db.read(scope)));
        let (correlation_id, request_id) = (id.clone(), id);
        Self { app, scope, caller, buys_for, actor, request_id, correlation_id, channel, language, read }
    }

    /// The context of work that nobody asked for just now: a worker, the command line.
    pub fn of_system(app: Arc<App>, scope: Scope, request_id: String) -> Self {
        let read = Mutex::new(Arc::new(app.db.read(scope)));
        let (caller, buys_for) = (Caller::default(), None);
        let (actor, correlation_id) = (Actor::System, request_id.clone());
        let (channel, language) = (None, Language::Ar);
        Self { app, scope, caller, buys_for, actor, request_id, correlation_id, channel, language, read }
    }

    /// The context of work that an event asks for: what comes of it is caused by the event, and correlated as it is.
    pub fn of_event(app: Arc<App>, event: &store::Waiting) -> Self {
        let correlation_id = event.correlation_id.clone();
        Self { correlation_id, ..Self::of_system(app, event.scope, event.id.to_string()) }
    }

    /// What the process shares.
    pub fn app(&self) -> &Arc<App> {
        &self.app
    }

    /// Whose it is.
    pub const fn scope(&self) -> Scope {
        self.scope
    }

    /// Who does it.
    pub const fn caller(&self) -> &Caller {
        &self.caller
    }

    /// The company that the caller buys for; none: they buy for themselves.
    pub const fn buys_for(&self) -> Option<Id<Organisation>> {
        self.buys_for
    }

    /// The channel it happens in. A worker has none.
    pub fn channel(&self) -> Result<&Arc<channel::Model>, Fault> {
        self.channel.as_ref().ok_or_else(|| Fault::new("this work has no channel"))
    }

    /// The language of the reader.
    pub const fn language(&self) -> Language {
        self.language
    }

    /// The request, for logs and the audit trail.
    pub fn request_id(&self) -> &str {
        &self.request_id
    }

    /// What time it is.
    pub fn now(&self) -> Instant {
        self.app.clock.now()
    }

    /// The handle to read with. It sees what was committed before its first statement.
    pub fn read(&self) -> Arc<Read> {
        Arc::clone(&self.read.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Runs `work` in one transaction: commits on `Ok`, rolls back on `Err`.
    pub async fn write<T, E: From<Fault>>(&self, work: impl AsyncFnOnce(&Tx) -> Result<T, E>) -> Result<T, E> {
        self.forget_reads();
        self.app.db.write(self.scope, self.stamp(), work).await
    }

    /// The same, once for a key, if there is one.
    pub async fn write_once<T, E>(
        &self,
        once: Option<&Once>,
        work: impl AsyncFnOnce(&Tx) -> Result<T, E>,
    ) -> Result<T, E>
    where
        T: Serialize + DeserializeOwned,
        E: From<Fault> + From<KeyReused>,
    {
        self.forget_reads();
        match once {
            Some(once) => self.app.db.write_once(self.scope, self.stamp(), once, work).await,
            None => self.app.db.write(self.scope, self.stamp(), work).await,
        }
    }

    /// The same; or, if it is only tried, runs `work` to see what would come of it, and undoes it. Then the key is left for
    /// the call that is meant.
    pub async fn write_or_rehearse<T, E>(
        &self,
        (is_dry_run, once): (bool, Option<&Once>),
        work: impl AsyncFnOnce(&Tx) -> Result<T, E>,
    ) -> Result<T, E>
    where
        T: Serialize + DeserializeOwned,
        E: From<Fault> + From<KeyReused>,
    {
        if !is_dry_run {
            return self.write_once(once, work).await;
        }
        let Err(Undone(rehearsed)) = self.write(async |tx| Err::<Infallible, _>(Undone(work(tx).await))).await;
        rehearsed
    }

    /// The same where, if it is only tried, there is nothing to show of it.
    pub async fn carry_out<T, E>(
        &self,
        (is_dry_run, once): (bool, Option<&Once>),
        work: impl AsyncFnOnce(&Tx) -> Result<T, E>,
    ) -> Result<Option<T>, E>
    where
        T: Serialize + DeserializeOwned,
        E: From<Fault> + From<KeyReused>,
    {
        let done = self.write_or_rehearse((is_dry_run, once), work).await?;
        Ok(Some(done).filter(|_| !is_dry_run))
    }

    /// The proof that the caller may do what `P` names.
    pub fn permit<P: Proves>(&self) -> Result<Permit<P>, Denied> {
        if self.caller.account.is_none() {
            Err(Denied::Unauthenticated)
        } else if self.caller.permissions.contains(&P::PERMISSION) {
            Ok(Permit(PhantomData))
        } else {
            Err(Denied::Forbidden(P::PERMISSION))
        }
    }

    /// The one who shops: a customer or a guest.
    pub fn shopper(&self) -> Shopper {
        let customer = self.caller.account.filter(|_| !self.caller.is_staff);
        Shopper { customer, buys_for: self.buys_for.filter(|_| customer.is_some()) }
    }

    /// The signed-in customer.
    pub fn customer(&self) -> Result<Customer, Denied> {
        self.shopper().customer.map(|account| Customer { account }).ok_or(Denied::Unauthenticated)
    }

    /// The proof for work of the shop itself: only the context of a worker gives it.
    pub fn as_system(&self) -> Result<System, Denied> {
        if self.actor == Actor::System { Ok(System(())) } else { Err(Denied::Unauthenticated) }
    }

    fn stamp(&self) -> Stamp {
        let (request_id, correlation_id) = (self.request_id.clone(), self.correlation_id.clone());
        Stamp { actor: self.actor, at: self.now(), request_id, correlation_id }
    }

    /// What is read from now on is read afresh. The connection for what was read before is held no more, unless somebody has
    /// its handle still.
    pub(crate) fn forget_reads(&self) {
        *self.read.lock().unwrap_or_else(PoisonError::into_inner) = Arc::new(self.app.db.read(self.scope));
    }
}

/// What came of work, as a failure, which undoes it.
struct Undone<T, E>(Result<T, E>);

impl<T, E: From<Fault>> From<Fault> for Undone<T, E> {
    fn from(fault: Fault) -> Self {
        Self(Err(fault.into()))
    }
}

/// Proof that the caller has a permission. Only [`Cx::permit`] makes one.
#[derive(Debug)]
pub struct Permit<P>(PhantomData<P>);

/// Proof that it is the shop's own work. Only [`Cx::as_system`] makes one.
#[derive(Debug)]
pub struct System(());

/// Marks a use case that anybody may call.
#[derive(Clone, Copy, Debug)]
pub struct Public;

/// The one who shops. What belongs to somebody else is not found.
#[derive(Clone, Copy, Debug)]
pub struct Shopper {
    /// The account; none for a guest.
    pub customer: Option<Id<Account>>,
    /// The company they buy for; none: they buy for themselves.
    pub buys_for: Option<Id<Organisation>>,
}

/// A signed-in customer.
#[derive(Clone, Copy, Debug)]
pub struct Customer {
    /// The account.
    pub account: Id<Account>,
}
