//! A second server on the database of a shop.

use std::{ops::Deref, sync::Arc};

use api::{
    config::Config,
    server::{self, Server, Work},
};

use crate::{tenant::Tenant, wire::Wire};

/// Another server of a shop. It is itself the first tenant there. Close it before the shop.
#[derive(Debug)]
pub struct Replica {
    ours: Tenant,
    server: Server,
}

impl Replica {
    pub(crate) async fn start(config: &Config, wire: &Wire) -> Self {
        let clock = server::fixed(Arc::clone(&wire.clock));
        let server = server::start(config, clock, Work::ByHand).await.unwrap();
        let wire = Wire::to(format!("http://{}", server.address()), Arc::clone(&wire.clock), wire.access_token);
        Self { ours: Tenant { wire, slug: "shop" }, server }
    }

    /// Does what is due by now, as [`crate::shop::Shop::work`] does.
    pub async fn work(&self) {
        self.server.work().await.unwrap();
    }

    /// Stops it as an operator does.
    pub async fn close(self) {
        self.server.stop().await;
    }
}

/// What is said of a tenant is said of the first.
impl Deref for Replica {
    type Target = Tenant;

    fn deref(&self) -> &Tenant {
        &self.ours
    }
}
