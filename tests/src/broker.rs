//! A throwaway RabbitMQ for one test: it can be killed, and started again with what it had.

use std::{
    net::TcpListener,
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use amqprs::{
    BasicProperties, FieldTable, FieldValue,
    channel::{BasicAckArguments, BasicGetArguments, Channel, QueueDeclareArguments},
    connection::{Connection, OpenConnectionArguments},
    error::Error,
};
use tempfile::TempDir;

use crate::environment::variable;

/// How long it may take to start.
const PATIENCE: Duration = Duration::from_mins(2);

/// How long to rest before it is looked at again.
const REST: Duration = Duration::from_millis(100);

/// How long it may take to answer.
const TIMEOUT: Duration = Duration::from_secs(20);

/// A RabbitMQ of a test. It is killed when it is dropped.
#[derive(Debug)]
pub struct Broker {
    directory: TempDir,
    port: u16,
    distribution: u16,
    names: u16,
    /// Where Erlang's nodes name themselves: ours alone, and a child of ours, so that it ends with us.
    registry: Child,
    running: Option<Child>,
}

impl Broker {
    /// Starts one that has these queues, of the quorum type.
    ///
    /// It is stopped and started again before it is handed out: a quorum queue of RabbitMQ 3.10 whose broker is killed
    /// within seconds of the queue's making never has a leader again.
    pub async fn start(queues: &[&str]) -> Self {
        let directory = TempDir::with_prefix("qafila-rabbitmq-").unwrap();
        let (port, distribution, names) = (free_port(), free_port(), free_port());
        let mut registry = Command::new("epmd");
        registry.args(["-port", &names.to_string(), "-address", "127.0.0.1"]);
        let registry = registry.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        let registry = registry.expect("epmd, which comes with RabbitMQ: run bin/test, which installs it");
        let mut broker = Self { directory, port, distribution, names, registry, running: None };
        broker.start_again().await;
        broker.make(queues).await;
        broker.stop().await;
        broker.start_again().await;
        broker
    }

    async fn make(&self, queues: &[&str]) {
        let reader = Reader::of(self.port).await.unwrap();
        for queue in queues {
            let mut arguments = FieldTable::new();
            arguments.insert("x-queue-type".try_into().unwrap(), FieldValue::S("quorum".try_into().unwrap()));
            let durable = QueueDeclareArguments::durable_client_named(queue).arguments(arguments).finish();
            reader.channel.queue_declare(durable).await.unwrap();
        }
        reader.connection.close().await.unwrap();
    }

    /// Where it is, for the account that it has from the beginning.
    pub fn url(&self) -> String {
        format!("amqp://guest:guest@127.0.0.1:{}/%2f", self.port)
    }

    /// The port that it listens on.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Kills it, as a power cut does.
    pub fn kill(&mut self) {
        let Some(mut running) = self.running.take() else { return };
        self.signal("-9");
        // The script that waits for it.
        drop(running.kill());
        running.wait().unwrap();
        std::fs::remove_file(self.pid_file()).unwrap();
    }

    /// Has it end in its own way.
    async fn stop(&mut self) {
        let mut running = self.running.take().expect("it runs");
        self.signal("-15");
        let began = Instant::now();
        while running.try_wait().unwrap().is_none() {
            assert!(began.elapsed() < PATIENCE, "RabbitMQ does not stop");
            tokio::time::sleep(REST).await;
        }
        drop(std::fs::remove_file(self.pid_file()));
    }

    fn signal(&self, signal: &str) {
        let server = std::fs::read_to_string(self.pid_file()).expect("it has written its process id");
        let sent = Command::new("kill").args([signal, server.trim()]).status().unwrap();
        assert!(sent.success(), "{server} is ours");
    }

    fn pid_file(&self) -> PathBuf {
        self.directory.path().join("pid")
    }

    /// Starts it with what it had when it was killed.
    pub async fn start_again(&mut self) {
        assert!(self.running.is_none(), "it runs");
        self.running = Some(self.command().spawn().expect("RabbitMQ starts"));
        let began = Instant::now();
        while Reader::of(self.port).await.is_err() {
            let log = std::fs::read_to_string(self.directory.path().join("out")).unwrap_or_default();
            assert!(began.elapsed() < PATIENCE, "RabbitMQ does not start:\n{log}");
            tokio::time::sleep(REST).await;
        }
    }

    /// A server that shares nothing with one of the machine: its files, its ports, its cookie and its `epmd`.
    fn command(&self) -> Command {
        let home = self.directory.path();
        let configuration = "loopback_users.guest = true\nlog.console.level = error\n\
            vm_memory_high_watermark.absolute = 512MB\ndisk_free_limit.absolute = 10MB\n";
        let listens = format!("listeners.tcp.1 = 127.0.0.1:{}\n{configuration}", self.port);
        std::fs::write(home.join("rabbitmq.conf"), listens).unwrap();
        std::fs::write(home.join("plugins"), "[].").unwrap();
        let out = std::fs::File::create(home.join("out")).unwrap();
        let mut command = Command::new(program());
        command.env_clear().env("PATH", variable("PATH").unwrap_or_default()).env("HOME", home).current_dir(home);
        command.env("ERL_EPMD_PORT", self.names.to_string()).env("ERL_EPMD_ADDRESS", "127.0.0.1");
        command.env("RABBITMQ_NODENAME", format!("qafila{}@localhost", self.port));
        command.env("RABBITMQ_DIST_PORT", self.distribution.to_string());
        command.env("RABBITMQ_CONF_ENV_FILE", "/dev/null").env("RABBITMQ_CONFIG_FILE", home.join("rabbitmq.conf"));
        command.env("RABBITMQ_MNESIA_BASE", home.join("data")).env("RABBITMQ_LOG_BASE", home.join("log"));
        command.env("RABBITMQ_PID_FILE", self.pid_file()).env("RABBITMQ_ENABLED_PLUGINS_FILE", home.join("plugins"));
        command.env("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "+S 1:1 +sbwt none");
        command.stdin(Stdio::null()).stderr(out.try_clone().unwrap()).stdout(out);
        command
    }
}

impl Drop for Broker {
    fn drop(&mut self) {
        self.kill();
        drop(self.registry.kill());
        drop(self.registry.wait());
    }
}

/// Who takes what queues hold.
pub struct Reader {
    connection: Connection,
    channel: Channel,
}

/// What a queue held.
#[derive(Debug)]
pub struct Message {
    /// What it was published with.
    pub key: String,
    /// What is said of it.
    pub properties: BasicProperties,
    /// Whether it was handed out before, to somebody who went away without a word.
    pub is_redelivered: bool,
    /// What it says.
    pub body: String,
}

impl Reader {
    /// Connects to the RabbitMQ that listens there.
    pub async fn of(port: u16) -> Result<Self, Error> {
        in_time(async {
            let connection =
                Connection::open(&OpenConnectionArguments::new("127.0.0.1", port, "guest", "guest")).await?;
            let channel = connection.open_channel(None).await?;
            Ok(Self { connection, channel })
        })
        .await
    }

    /// Takes the next of a queue's messages, if there is one, and hands it to `keep` before it says that it has it.
    pub async fn take(&self, queue: &str, keep: impl FnOnce(Message)) -> Result<bool, Error> {
        let got = in_time(self.channel.basic_get(BasicGetArguments::new(queue))).await?;
        let Some((got, properties, body)) = got else { return Ok(false) };
        let body = String::from_utf8(body).unwrap();
        keep(Message { key: got.routing_key().clone(), properties, is_redelivered: got.redelivered(), body });
        in_time(self.channel.basic_ack(BasicAckArguments::new(got.delivery_tag(), false))).await?;
        Ok(true)
    }
}

async fn in_time<T>(work: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
    let silent = |_| Error::NetworkError("RabbitMQ did not answer".to_owned());
    tokio::time::timeout(TIMEOUT, work).await.map_err(silent)?
}

/// The server's program: Debian's own, not the wrapper that becomes the service's user.
fn program() -> PathBuf {
    let named = variable("QAFILA_TEST_RABBITMQ").map(PathBuf::from);
    let usual = ["/usr/lib/rabbitmq/bin", "/usr/sbin", "/opt/homebrew/sbin", "/usr/local/sbin"];
    let mut usual = usual.iter().map(|folder| PathBuf::from(folder).join("rabbitmq-server"));
    let found = named.or_else(|| usual.find(|program| program.exists()));
    found.expect("QAFILA_TEST_RABBITMQ: the path of rabbitmq-server, or run bin/test, which installs it")
}

/// A port that nobody listens on, below those that connections are given: else who looks for a dead RabbitMQ might be
/// given the very port, find itself, and keep RabbitMQ from coming back.
fn free_port() -> u16 {
    let mut drawn = (0..1000).map(|_| rand::random_range(20_000..30_000_u16));
    drawn.find(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok()).expect("a free port")
}
