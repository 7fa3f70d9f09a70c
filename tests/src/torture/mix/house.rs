//! Servers in this process, whose clock is ours: what takes hours, such as giving up what nobody pays, takes seconds.

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use api::{
    cli::prepare::prepare,
    server::{self, Server, Work},
};

use crate::{
    database::{Database, Kind},
    shop::{BEGINNING, config, flags, log_errors},
    tenant::Tenant,
    torture::{
        door::Door,
        goods::{self, Goods},
        report::Report,
    },
    verify::verify,
    wire::Wire,
};

/// A database with a shop, and servers on it: one on SQLite, two on PostgreSQL.
pub(super) struct House {
    database: Database,
    servers: Vec<Server>,
    pub(super) clock: Arc<AtomicI64>,
}

impl House {
    /// Makes a database of its own, fills the tenant `shop`, and starts the servers.
    pub(super) async fn open(kind: Kind, goods: &[Goods]) -> Self {
        log_errors();
        let database = Database::make_empty(kind).await;
        let folder = database.directory().join("seed");
        goods::write(&folder, goods);
        let mut flags = flags(database.url(), database.directory().to_str().unwrap());
        let set = |value: &str| Some(value.to_owned());
        // A slow machine is no finding; nor is it by how many orders the staff's lists cost.
        (flags.request_timeout_seconds, flags.max_query_complexity) = (set("600"), set("1000000"));
        (flags.access_token_minutes, flags.transfer_window_hours) = (set("1440"), set("1"));
        let config = config(flags);
        let clock = Arc::new(AtomicI64::new(BEGINNING));
        let prepared = prepare(&config, server::fixed(Arc::clone(&clock)), &[("shop", folder.as_path())]).await;
        prepared.unwrap_or_else(|failure| panic!("the shop: {failure}"));
        let n_servers = if kind == Kind::Postgres { 2 } else { 1 };
        let mut servers = Vec::new();
        for _ in 0..n_servers {
            let clock = server::fixed(Arc::clone(&clock));
            servers.push(server::start(&config, clock, Work::Background).await.unwrap());
        }
        Self { database, servers, clock }
    }

    /// A door to each of the servers.
    pub(super) fn doors<'r>(&self, report: &'r Report) -> Vec<Door<'r>> {
        let door = |server: &Server| {
            let url = format!("http://{}", server.address());
            // Less than the tokens are good for: the clock moves while a request is on its way.
            let wire = Wire::to(url, Arc::clone(&self.clock), Duration::from_hours(1));
            Door::of(Tenant { wire, slug: "shop" }, report)
        };
        self.servers.iter().map(door).collect()
    }

    /// Days go by, and what is due is done.
    pub(super) async fn days_later(&self, report: &Report) {
        self.clock.fetch_add(3 * 24 * 3_600_000, Ordering::SeqCst);
        for server in &self.servers {
            if let Err(fault) = server.work().await {
                report.found(format!("what was due could not be done: {fault:?}"));
            }
        }
    }

    /// What `qafila verify` says if it is not content.
    pub(super) async fn verify(&self) -> Result<(), String> {
        verify(self.database.url().to_owned(), self.database.directory().to_owned()).await
    }

    /// Stops the servers, and removes the database.
    pub(super) async fn close(self) {
        for server in self.servers {
            server.stop().await;
        }
        self.database.remove().await;
    }
}
