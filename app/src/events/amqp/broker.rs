//! A connection to RabbitMQ.

use std::{
    sync::{Arc, atomic::AtomicU64},
    time::Duration,
};

use amqprs::{
    BasicProperties, DELIVERY_MODE_PERSISTENT, FieldTable, FieldValue,
    channel::{
        BasicPublishArguments, Channel, ConfirmSelectArguments, ExchangeDeclareArguments, QueueBindArguments,
        QueueDeclareArguments,
    },
    connection::{Connection, OpenConnectionArguments},
    tls::TlsAdaptor,
};
use rustls_platform_verifier::ConfigVerifierExt;
use store::{Fault, Recorded};
use tokio::{sync::watch, time::Instant};
use tokio_rustls::TlsConnector;

use super::{
    address::Address,
    answers::{Answers, Listener},
};
use crate::events::body::body;

/// The topic exchange that events are published to, with the routing key `<tenant>.<type>`.
pub const EXCHANGE: &str = "qafila.events";

/// How long RabbitMQ may take to answer.
const TIMEOUT: Duration = Duration::from_secs(10);

/// After how many seconds of silence either side says that it is there. A peer that is gone without a word is found out
/// after two of them.
const HEARTBEAT_SECONDS: u16 = 10;

/// How long messages may be without an answer on a connection that stands, before another is tried. RabbitMQ reads nothing
/// while it lacks memory or disk, and a connection that it does not read cannot be closed: to connect again each time
/// would heap them up.
const PATIENCE: Duration = Duration::from_mins(5);

/// What an operator sets.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where RabbitMQ is.
    pub address: Address,
    /// Queues to declare.
    pub queues: Vec<Queue>,
    /// How many events no queue took, since the process began.
    pub n_unrouted: Arc<AtomicU64>,
}

/// A queue to declare, of the quorum type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Queue {
    /// Its name.
    pub name: String,
    /// What of the exchange it gets, such as `shop.order.*`.
    pub bindings: Vec<String>,
}

/// A connection that publishes, and is told what the broker has taken.
pub(super) struct Broker {
    connection: Connection,
    channel: Channel,
    answers: watch::Receiver<Answers>,
    n_sent: u64,
    /// Since when something has been without an answer for too long.
    silent_since: Option<Instant>,
}

impl Broker {
    /// Connects, and declares the exchange and the queues.
    pub(super) async fn connect(settings: &Settings) -> Result<Self, Fault> {
        let arguments = arguments(&settings.address)?;
        let quorum = table([("x-queue-type", FieldValue::S("quorum".try_into().map_err(Fault::new)?))])?;
        in_time(async {
            let connection = Connection::open(&arguments).await?;
            let channel = connection.open_channel(None).await?;
            let (said, answers) = watch::channel(Answers::default());
            channel.register_callback(Listener(said)).await?;
            channel.confirm_select(ConfirmSelectArguments::default()).await?;
            channel.exchange_declare(ExchangeDeclareArguments::new(EXCHANGE, "topic").durable(true).finish()).await?;
            for queue in &settings.queues {
                declare(&channel, queue, quorum.clone()).await?;
            }
            Ok(Self { connection, channel, answers, n_sent: 0, silent_since: None })
        })
        .await
    }

    /// Whether it can be used, as far as is known.
    pub(super) fn stands(&self) -> bool {
        let is_silent = self.silent_since.is_some_and(|since| PATIENCE < since.elapsed());
        self.connection.is_open() && self.channel.is_open() && self.answers.has_changed().is_ok() && !is_silent
    }

    /// Sends events, and waits until the broker has all of them. Says how many no queue took.
    pub(super) async fn tell(&mut self, tenant: &str, events: &[Recorded]) -> Result<u64, Fault> {
        let (n_refused, n_returned) = self.n_not_kept();
        for event in events {
            self.send(tenant, event).await?;
        }
        self.settle().await?;
        let (now_refused, now_returned) = self.n_not_kept();
        if n_refused < now_refused {
            return Err(Fault::new("RabbitMQ did not take a message"));
        }
        Ok(now_returned.saturating_sub(n_returned))
    }

    /// Waits until all that was sent is answered.
    pub(super) async fn settle(&mut self) -> Result<(), Fault> {
        let n_sent = self.n_sent;
        let answered = self.answers.wait_for(|answers| n_sent <= answers.through);
        let Ok(answered) = tokio::time::timeout(TIMEOUT, answered).await else {
            self.silent_since.get_or_insert_with(Instant::now);
            return Err(silence());
        };
        answered.map_err(|_| Fault::new("RabbitMQ is gone"))?;
        self.silent_since = None;
        Ok(())
    }

    /// Says goodbye. What was sent is confirmed or not; nothing is lost by it.
    pub(super) async fn close(self) {
        drop(in_time(self.connection.close()).await);
    }

    /// How many messages were not taken, and how many no queue took.
    fn n_not_kept(&self) -> (u64, u64) {
        let answers = self.answers.borrow();
        (answers.n_refused, answers.n_returned)
    }

    async fn send(&mut self, tenant: &str, event: &Recorded) -> Result<(), Fault> {
        let aggregate = domain::id::display(&event.aggregate_kind, event.aggregate_id);
        let headers = table([
            ("aggregate", FieldValue::S(aggregate.try_into().map_err(Fault::new)?)),
            ("sequence", FieldValue::l(event.sequence)),
        ])?;
        let properties = BasicProperties::default()
            .with_message_id(&event.id.to_string())
            .with_content_type("application/json")
            .with_message_type(&event.name)
            .with_delivery_mode(DELIVERY_MODE_PERSISTENT)
            .with_headers(headers)
            .finish();
        let to = BasicPublishArguments::new(EXCHANGE, &format!("{tenant}.{}", event.name)).mandatory(true).finish();
        let body = body(event)?.into_bytes();
        self.n_sent = self.n_sent.saturating_add(1);
        in_time(self.channel.basic_publish(properties, body, to)).await
    }
}

fn arguments(address: &Address) -> Result<OpenConnectionArguments, Fault> {
    let mut arguments = OpenConnectionArguments::new(&address.host, address.port, &address.user, &address.password);
    arguments.virtual_host(&address.virtual_host).heartbeat(HEARTBEAT_SECONDS).connection_name("qafila");
    if address.is_encrypted {
        let trusting = rustls::ClientConfig::with_platform_verifier().map_err(Fault::new)?;
        let name = address.host.trim_matches(['[', ']']).to_owned();
        arguments.tls_adaptor(TlsAdaptor::new(TlsConnector::from(Arc::new(trusting)), name));
    }
    Ok(arguments)
}

async fn declare(channel: &Channel, queue: &Queue, arguments: FieldTable) -> Result<(), amqprs::error::Error> {
    let durable = QueueDeclareArguments::durable_client_named(&queue.name).arguments(arguments).finish();
    channel.queue_declare(durable).await?;
    for binding in &queue.bindings {
        channel.queue_bind(QueueBindArguments::new(&queue.name, EXCHANGE, binding)).await?;
    }
    Ok(())
}

fn table<const N: usize>(entries: [(&str, FieldValue); N]) -> Result<FieldTable, Fault> {
    let mut table = FieldTable::new();
    for (name, value) in entries {
        table.insert(name.try_into().map_err(Fault::new)?, value);
    }
    Ok(table)
}

fn silence() -> Fault {
    Fault::new("RabbitMQ did not answer in time")
}

async fn in_time<T>(work: impl Future<Output = Result<T, amqprs::error::Error>>) -> Result<T, Fault> {
    tokio::time::timeout(TIMEOUT, work).await.map_err(|_| silence())?.map_err(Fault::new)
}
