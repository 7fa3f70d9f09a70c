//! A server that can be killed, and the database that outlives it.

use std::{
    fs::{self, File, OpenOptions},
    net::TcpListener,
    path::PathBuf,
    process::{ExitStatus, Stdio},
    sync::{Arc, atomic::AtomicI64},
    time::{Duration, Instant},
};

use rand::{RngExt, rngs::StdRng};
use tokio::process::{Child, Command};

use super::{
    door::Door,
    goods::{self, Goods},
    report::Report,
};
use crate::{
    binary::qafila,
    client::Client,
    database::{Database, Kind},
    tenant::Tenant,
    verify::verify,
    wire::Wire,
};

/// How long a start may take.
const START: Duration = Duration::from_mins(1);

/// How long the tool rests between two looks at a server.
const REST: Duration = Duration::from_millis(20);

/// A database with a shop, and ports for the servers that come and go.
#[derive(Debug)]
pub(super) struct Site {
    database: Database,
    /// A second server may stand beside the first.
    ports: [u16; 2],
    /// The RabbitMQ that is told of events.
    broker: Option<String>,
}

/// A server, from its start to its end.
pub(super) struct Life<'r> {
    child: Child,
    door: Door<'r>,
}

impl Site {
    /// Makes a database of its own, and fills the tenant `shop`.
    pub(super) async fn make(kind: Kind, goods: &[Goods], rng: &mut StdRng) -> Self {
        Self::make_on(Database::make_empty(kind).await, goods, rng).await
    }

    /// The same, on a database without tables.
    pub(super) async fn make_on(database: Database, goods: &[Goods], rng: &mut StdRng) -> Self {
        // Installed once a process; a second call finds it installed.
        let _installed = rustls::crypto::ring::default_provider().install_default();
        let site = Self { database, ports: [free_port(rng), free_port(rng)], broker: None };
        let folder = site.path("seed");
        goods::write(&folder, goods);
        site.run(&["migrate"]).await;
        site.run(&["seed", "--tenant", "shop", "--from", folder.to_str().unwrap()]).await;
        site
    }

    /// From the next start on, servers tell this RabbitMQ of events.
    pub(super) fn tell(&mut self, broker: String) {
        self.broker = Some(broker);
    }

    /// Starts a server, and waits until it is ready.
    pub(super) async fn start<'r>(&self, report: &'r Report) -> Life<'r> {
        self.wait_for(self.start_only(report)).await
    }

    /// Starts one more beside it, and waits until it is ready.
    pub(super) async fn start_another<'r>(&self, report: &'r Report) -> Life<'r> {
        self.wait_for(self.start_at(self.ports[1], report)).await
    }

    async fn wait_for<'r>(&self, mut life: Life<'r>) -> Life<'r> {
        let (begun, guest) = (Instant::now(), life.door.shop().anonymous());
        while !is_ready(&guest).await {
            let ended: Option<ExitStatus> = life.child.try_wait().unwrap();
            let late = START < begun.elapsed();
            assert!(ended.is_none() && !late, "the server does not start ({ended:?}):\n{}", self.log());
            tokio::time::sleep(REST).await;
        }
        // Signs in now, so that nobody has to while the server dies.
        life.door.shop().staff_all().token().await;
        life
    }

    /// Starts a server, and does not wait.
    pub(super) fn start_only<'r>(&self, report: &'r Report) -> Life<'r> {
        self.start_at(self.ports[0], report)
    }

    fn start_at<'r>(&self, port: u16, report: &'r Report) -> Life<'r> {
        let log = self.log_file();
        let child = self
            .command(&["serve", "--listen", &format!("127.0.0.1:{port}")])
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .expect("qafila starts");
        // Its clock is the machine's: the tokens are good for a day, which is longer than this.
        let wire = Wire::to(format!("http://127.0.0.1:{port}"), Arc::new(AtomicI64::new(0)), START * 60);
        let shop = Tenant { wire, slug: "shop" };
        Life { child, door: Door::of(shop, report) }
    }

    /// Runs `qafila verify`, and says what it printed if it is not content.
    pub(super) async fn verify(&self) -> Result<(), String> {
        verify(self.database.url().to_owned(), self.database.directory().to_owned()).await
    }

    /// Removes the database. What servers logged as errors is a finding.
    pub(super) async fn remove(self, report: &Report) {
        self.remove_unless(report, |line| line.contains(" ERROR ") || line.contains("panicked")).await;
    }

    /// Removes a database that was not always there: of that, servers log errors. A panic is a finding.
    pub(super) async fn remove_after_outages(self, report: &Report) {
        self.remove_unless(report, |line| line.contains("panicked")).await;
    }

    async fn remove_unless(self, report: &Report, is_wrong: fn(&str) -> bool) {
        let log = self.log();
        let errors: Vec<_> = log.lines().filter(|line| is_wrong(line)).collect();
        if !errors.is_empty() {
            report.found(format!(
                "{} errors were logged, such as\n{}",
                errors.len(),
                errors[..errors.len().min(5)].join("\n")
            ));
        }
        self.database.remove().await;
    }

    async fn run(&self, arguments: &[&str]) {
        let ran = self.command(arguments).output().await.expect("qafila runs");
        let (out, err) = (String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
        assert!(ran.status.success(), "qafila {arguments:?}: {}\n{out}{err}", ran.status);
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = qafila(self.database.url(), self.database.directory());
        command.args(arguments).env("QAFILA_DEMO", "false").env("QAFILA_LOG", "warn").env("QAFILA_LOG_FORMAT", "text");
        // A slow machine is no finding; nor is it by how many orders the staff's lists cost.
        command.env("QAFILA_REQUEST_TIMEOUT_SECONDS", "600").env("QAFILA_MAX_QUERY_COMPLEXITY", "1000000");
        command.env("QAFILA_ACCESS_TOKEN_MINUTES", "1440");
        // Where the receivers of webhooks listen; and what nobody pays is given up soon.
        command.env("QAFILA_WEBHOOK_ALLOWED_NETWORKS", "127.0.0.1/32").env("QAFILA_PAYMENT_WINDOW_MINUTES", "1");
        command.env("QAFILA_CARD_SIMULATOR", "true").env("QAFILA_SIMULATOR_DELAY_SECONDS", "1");
        if let Some(broker) = &self.broker {
            command.env("QAFILA_AMQP_URL", broker).env("QAFILA_AMQP_QUEUES", "all: shop.#");
        }
        let mut command = Command::from(command);
        command.stdin(Stdio::null()).kill_on_drop(true);
        command
    }

    fn path(&self, name: &str) -> PathBuf {
        self.database.directory().join(name)
    }

    fn log_file(&self) -> File {
        OpenOptions::new().create(true).append(true).open(self.path("server.log")).unwrap()
    }

    /// What all servers logged.
    fn log(&self) -> String {
        fs::read_to_string(self.path("server.log")).unwrap_or_default()
    }
}

impl<'r> Life<'r> {
    /// Where people come in.
    pub(super) const fn door(&self) -> &Door<'r> {
        &self.door
    }

    /// The same server, which leaves no question open any more, once it is ready again.
    pub(super) async fn recover(mut self, site: &Site) -> Self {
        self.door = Door::of(self.door.shop().clone(), self.door.report());
        site.wait_for(self).await
    }

    /// Has people come in, and amid what they do, so long after one of them said to be busy, something befalls what the
    /// server stands on; from then on it may leave questions open.
    pub(super) async fn amid<T>(
        &self,
        after: Duration,
        work: impl AsyncFnOnce(&Door<'r>) -> T,
        befalls: impl AsyncFnOnce(),
    ) -> T {
        let strike = async || {
            self.door.kill();
            befalls().await;
        };
        self.struck(after, work, strike).await
    }

    /// Has people come in, and amid what they do, so long after one of them said to be busy, something befalls that is
    /// nothing to the server: no question may be left open until that is over.
    pub(super) async fn beside<T>(
        &self,
        after: Duration,
        work: impl AsyncFnOnce(&Door<'r>) -> T,
        befalls: impl AsyncFnOnce(),
    ) -> T {
        let strike = async || {
            befalls().await;
            self.door.kill();
        };
        self.struck(after, work, strike).await
    }

    /// Has people come in, and strikes so long after one of them said to be busy.
    async fn struck<T>(
        &self,
        after: Duration,
        work: impl AsyncFnOnce(&Door<'r>) -> T,
        strike: impl AsyncFnOnce(),
    ) -> T {
        let work = async {
            let said = work(&self.door).await;
            self.door.say_busy();
            said
        };
        let strike = async {
            self.door.wait_until_busy().await;
            tokio::time::sleep(after).await;
            strike().await;
        };
        tokio::join!(work, strike).0
    }

    /// Has people come in, and sends SIGKILL amid what they do: so long after one of them said to be busy.
    pub(super) async fn kill_amid<T>(self, after: Duration, work: impl AsyncFnOnce(&Door<'r>) -> T) -> T {
        let work = async {
            let said = work(&self.door).await;
            self.door.say_busy();
            said
        };
        let kill = async {
            self.door.wait_until_busy().await;
            kill(self.child, &self.door, after).await;
        };
        tokio::join!(work, kill).0
    }

    /// Sends SIGKILL after a while.
    pub(super) async fn kill(self, after: Duration) {
        kill(self.child, &self.door, after).await;
    }
}

async fn kill(mut child: Child, door: &Door<'_>, after: Duration) {
    tokio::time::sleep(after).await;
    door.kill();
    child.kill().await.expect("it can be killed");
}

async fn is_ready(guest: &Client) -> bool {
    let request = guest.request(reqwest::Method::GET, "/readyz").await;
    request.send().await.is_ok_and(|answer| answer.status().is_success())
}

/// A port that nobody listens on, below those that connections are given: else a client that looks for a dead server
/// might be given the very port, and find itself.
fn free_port(rng: &mut StdRng) -> u16 {
    let mut drawn = (0..1000).map(|_| rng.random_range(10_000..20_000));
    drawn.find(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok()).expect("a free port")
}
