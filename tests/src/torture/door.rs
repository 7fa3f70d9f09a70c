//! Where people come in.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use tokio::sync::Notify;

use super::{caller::Caller, report::Report};
use crate::{client::Client, tenant::Tenant};

/// Where people come in.
pub(super) struct Door<'r> {
    shop: Tenant,
    busy: Notify,
    is_killed: AtomicBool,
    n_put_off: AtomicUsize,
    report: &'r Report,
}

impl<'r> Door<'r> {
    /// The way into a shop that nobody has killed yet.
    pub(super) const fn of(shop: Tenant, report: &'r Report) -> Self {
        Self {
            shop,
            busy: Notify::const_new(),
            is_killed: AtomicBool::new(false),
            n_put_off: AtomicUsize::new(0),
            report,
        }
    }

    /// The shop behind it.
    pub(super) const fn shop(&self) -> &Tenant {
        &self.shop
    }

    /// From now on, the server is being killed.
    pub(super) fn kill(&self) {
        self.is_killed.store(true, Ordering::SeqCst);
    }

    /// Whether the server is being killed, and may leave questions open.
    pub(super) fn is_killed(&self) -> bool {
        self.is_killed.load(Ordering::SeqCst)
    }

    /// How often anybody was told to come back later.
    pub(super) fn n_put_off(&self) -> usize {
        self.n_put_off.load(Ordering::SeqCst)
    }

    /// Where findings go.
    pub(super) const fn report(&self) -> &'r Report {
        self.report
    }

    /// Somebody does now what the server may die of.
    pub(super) fn say_busy(&self) {
        self.busy.notify_one();
    }

    /// Waits until somebody says so.
    pub(super) async fn wait_until_busy(&self) {
        self.busy.notified().await;
    }

    /// A guest.
    pub(super) fn guest(&self) -> Caller<'_> {
        self.caller(self.shop.anonymous())
    }

    /// One of the staff who may everything, as she goes on whatever becomes of the server: with one token.
    pub(super) async fn watcher(&self) -> Client {
        let staff = self.shop.staff_all();
        let token = staff.token().await.expect("she is somebody");
        self.shop.anonymous().bearing(&token)
    }

    /// One of the staff who may everything.
    pub(super) fn staff(&self) -> Caller<'_> {
        self.caller(self.shop.staff_all())
    }

    /// Events that are not delivered.
    pub(super) async fn waiting_events(&self) -> u64 {
        self.shop.anonymous().metric("qafila_events_waiting").await
    }

    fn caller(&self, client: Client) -> Caller<'_> {
        Caller { client, is_killed: &self.is_killed, n_put_off: &self.n_put_off, report: self.report }
    }
}
