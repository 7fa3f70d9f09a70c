//! A PostgreSQL of our own, to kill.

use std::{
    fs,
    net::TcpListener,
    os::unix::fs::{MetadataExt, chown},
    path::{Path, PathBuf},
    process::Stdio,
    time::{Duration, Instant},
};

use rand::{RngExt, rngs::StdRng};
use sqlx::{Connection, PgConnection};
use tempfile::TempDir;
use tokio::process::{Child, Command};

use crate::environment::variable;

/// How long a start may take, the recovery from a kill included.
const START: Duration = Duration::from_mins(2);

/// A cluster that survives its processes. What it acknowledged is on its way to the disk: it waits for its log, as it
/// does by default.
#[derive(Debug)]
pub(super) struct Cluster {
    folder: TempDir,
    programs: PathBuf,
    /// PostgreSQL refuses to be run by root.
    user: Option<u32>,
    port: u16,
    running: Option<Child>,
}

impl Cluster {
    /// Makes one, and starts it.
    pub(super) async fn make(rng: &mut StdRng) -> Self {
        let folder = TempDir::with_prefix("qafila-cluster-").unwrap();
        let is_root = fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0);
        let user = if is_root { Some(user_of_postgres().await) } else { None };
        if let Some(user) = user {
            chown(folder.path(), Some(user), None).unwrap();
        }
        let mut ports = (0..1000).map(|_| rng.random_range(10_000..20_000));
        let port = ports.find(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok()).expect("a free port");
        let mut cluster = Self { folder, programs: programs(), user, port, running: None };
        let made = cluster
            .command("initdb")
            .args(["-D", "data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"])
            .output()
            .await
            .expect("initdb runs");
        assert!(made.status.success(), "initdb: {}", String::from_utf8_lossy(&made.stderr));
        cluster.start().await;
        cluster
    }

    /// Where its database is.
    pub(super) fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }

    /// Starts it on the data that are there, and waits until it answers. Says how long that took.
    pub(super) async fn start(&mut self) -> Duration {
        let begun = Instant::now();
        loop {
            let mut child = self.spawn();
            while child.try_wait().unwrap().is_none() {
                if let Ok(connection) = PgConnection::connect(&self.url()).await {
                    connection.close().await.unwrap();
                    self.running = Some(child);
                    return begun.elapsed();
                }
                assert!(begun.elapsed() < START, "PostgreSQL does not start");
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            // Somebody of before holds the shared memory still.
            assert!(begun.elapsed() < START, "PostgreSQL does not start");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    fn spawn(&self) -> Child {
        let log = fs::OpenOptions::new().create(true).append(true).open(self.folder.path().join("log")).unwrap();
        let port = self.port.to_string();
        let mut command = self.command("postgres");
        command.args(["-D", "data", "-p", &port, "-c", "listen_addresses=127.0.0.1", "-c", "max_connections=100"]);
        // The machine does not die with its processes: what was written is there, synced or not.
        command.args(["-c", "fsync=off", "-c", "unix_socket_directories="]);
        command.stdout(Stdio::null()).stderr(log).spawn().expect("postgres starts")
    }

    /// Sends SIGKILL to all of its processes. How many it were.
    pub(super) async fn kill(&mut self) -> usize {
        let mut parent = self.running.take().expect("it runs");
        let id = parent.id().expect("it lives");
        let children = fs::read_to_string(format!("/proc/{id}/task/{id}/children")).unwrap_or_default();
        let children: Vec<_> = children.split_whitespace().map(str::to_owned).collect();
        parent.kill().await.expect("it can be killed");
        if !children.is_empty() {
            // Some end by themselves when their parent is gone.
            let mut kill = Command::new("kill");
            kill.arg("-9").args(&children).stderr(Stdio::null());
            kill.status().await.expect("kill runs");
        }
        1 + children.len()
    }

    /// Ends it, and removes its folder.
    pub(super) async fn remove(mut self) {
        self.kill().await;
        // A process that dies may write its last file.
        tokio::time::sleep(Duration::from_millis(200)).await;
        self.folder.close().unwrap();
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(self.programs.join(program));
        command.current_dir(self.folder.path()).stdin(Stdio::null()).kill_on_drop(true);
        if let Some(user) = self.user {
            command.uid(user);
        }
        command
    }
}

/// Whom PostgreSQL runs as, since it refuses root.
async fn user_of_postgres() -> u32 {
    for name in ["postgres", "nobody"] {
        let asked = Command::new("id").args(["-u", name]).output().await.expect("id runs");
        if let Ok(id) = String::from_utf8_lossy(&asked.stdout).trim().parse() {
            return id;
        }
    }
    panic!("there is no user to run PostgreSQL as");
}

/// The folder of the server's programs.
fn programs() -> PathBuf {
    let told = variable("QAFILA_TEST_POSTGRES_BIN").map(PathBuf::from);
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut installed: Vec<_> = versions.map(|version| version.path().join("bin")).collect();
    installed.sort_unstable();
    let path = variable("PATH").unwrap_or_default();
    let known = installed.into_iter().rev().chain(path.split(':').map(PathBuf::from));
    let has_server = |folder: &PathBuf| Path::new(&folder.join("postgres")).is_file();
    told.into_iter().chain(known).find(has_server).expect("PostgreSQL's programs: run bin/torture or bin/test")
}
