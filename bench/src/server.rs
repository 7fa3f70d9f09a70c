//! A database with a shop of one product, and a server on it.

use std::{
    fs,
    net::TcpListener,
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};

use sqlx::{Connection, PgConnection};
use tempfile::TempDir;
use tokio::process::{Child, Command};

/// What is sold.
pub const SKU: &str = "HOT";

/// Units of it, all at one place: more than are ever bought.
const UNITS: u32 = 10_000_000;

/// A database with a shop of one product.
#[derive(Debug)]
pub struct Site {
    /// Where the database is.
    pub url: String,
    directory: TempDir,
    port: u16,
}

impl Site {
    /// Makes the database on a PostgreSQL server.
    pub async fn make(postgres: &str, name: &str) -> Self {
        let directory = TempDir::with_prefix("qafila-bench-").expect("a folder");
        let port = TcpListener::bind("127.0.0.1:0").and_then(|held| held.local_addr()).expect("a free port").port();
        let name = format!("bench_{name}_{}", std::process::id());
        let mut server = PgConnection::connect(postgres).await.expect("the PostgreSQL server");
        let create = format!("CREATE DATABASE {name}");
        sqlx::query(sqlx::AssertSqlSafe(create)).execute(&mut server).await.expect("a database");
        let (head, _) = postgres.rsplit_once('/').expect("a URL with a database");
        let site = Self { url: format!("{head}/{name}"), directory, port };
        let folder = site.directory.path().join("seed");
        write_goods(&folder);
        site.run(&["migrate"]).await;
        site.run(&["seed", "--tenant", "shop", "--from", folder.to_str().expect("a path")]).await;
        site
    }

    /// Starts a server, and waits until it answers.
    pub async fn start(&self) -> Child {
        let listen = format!("127.0.0.1:{}", self.port);
        let mut command = self.command(&["serve", "--listen", &listen]);
        let server = command.stdout(Stdio::null()).stderr(Stdio::inherit()).spawn().expect("qafila starts");
        let ready = format!("{}/readyz", self.address());
        while !reqwest::get(&ready).await.is_ok_and(|answer| answer.status().is_success()) {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        server
    }

    /// Where the server answers.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Checks the database by `qafila verify`.
    pub async fn verify(&self) {
        self.run(&["verify"]).await;
    }

    async fn run(&self, arguments: &[&str]) {
        let ran = self.command(arguments).output().await.expect("qafila runs");
        let (out, err) = (String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
        assert!(ran.status.success(), "qafila {arguments:?}: {}\n{out}{err}", ran.status);
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(beside("qafila"));
        command.current_dir(self.directory.path()).env_clear().args(arguments).kill_on_drop(true);
        command.env("DATABASE_URL", &self.url).env("QAFILA_DATA_DIR", self.directory.path());
        command.env("QAFILA_TOKEN_SECRET", "a secret for measurements, longer than 32 characters");
        command.env("QAFILA_DEMO", "false").env("QAFILA_LOG", "warn").env("QAFILA_DATABASE_CONNECTIONS", "24");
        command
    }
}

/// A program that lies beside this one.
fn beside(name: &str) -> PathBuf {
    let executable = std::env::current_exe().expect("our own path");
    executable.with_file_name(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

/// Writes a folder for `qafila seed --from`: the shop of the tests, with one product.
fn write_goods(folder: &Path) {
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixture");
    fs::create_dir_all(folder.join("departments")).expect("a folder");
    for file in ["shop.toml", "types.toml", "collections.toml"] {
        fs::copy(fixture.join(file), folder.join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
    }
    let department = format!(
        "[[category]]\nslug = \"bench\"\nname = {{ ar = \"قياس\", en = \"Bench\" }}\n\
         [[product]]\nslug = \"hot\"\ntype = \"food\"\ncategory = \"bench\"\nname = {{ ar = \"صنف\", en = \"Product\" }}\n\
         variants = [{{ sku = \"{SKU}\", ean = \"6281000000014\", sar = \"11.50\", grams = 100, stock = [{UNITS}, 0, 0] }}]\n"
    );
    fs::write(folder.join("departments/bench.toml"), department).expect("a file");
}
