//! Carries requests to webhooks, and to nowhere inside.
//!
//! A name can lead anywhere, and elsewhere the next time. So what it leads to is looked at when the connection is made,
//! and the connection is made to the very address that was looked at.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use domain::events::address::Networks;
use reqwest::{
    dns::{Addrs, Name, Resolve, Resolving},
    redirect::Policy,
};
use store::Fault;

/// How long a connection may take to be made.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// How long idle connections are kept.
const IDLE: Duration = Duration::from_secs(30);

/// Names lead to none but permitted addresses.
struct Guard {
    networks: Arc<Networks>,
}

/// A name leads to no address that events may be sent to.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("the host leads to no address that events may be sent to")]
pub(super) struct NotPermitted;

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let networks = Arc::clone(&self.networks);
        Box::pin(async move {
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            let permitted: Vec<_> = found.into_iter().filter(|address| networks.permit(address.ip())).collect();
            if permitted.is_empty() {
                return Err(NotPermitted.into());
            }
            Ok::<Addrs, _>(Box::new(permitted.into_iter()))
        })
    }
}

/// The client that carries requests to webhooks: by no proxy, and without following redirects.
pub fn client(networks: Arc<Networks>) -> Result<reqwest::Client, Fault> {
    let client = reqwest::Client::builder()
        .user_agent("qafila")
        .redirect(Policy::none())
        .no_proxy()
        .connect_timeout(CONNECT_TIMEOUT)
        .pool_idle_timeout(IDLE)
        .pool_max_idle_per_host(4)
        .dns_resolver(Arc::new(Guard { networks }));
    client.build().map_err(Fault::new)
}
