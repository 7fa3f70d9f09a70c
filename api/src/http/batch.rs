//! Loads of a request, run beside it in its own task.
//!
//! A load begins only when the request can go no further by itself: when every resolver that can ask has asked. So what
//! many rows ask for is one load, however long the asking takes. A clock, as the loader has one, cannot promise that.

use std::{
    future::poll_fn,
    pin::{Pin, pin},
    task::Poll,
};

use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

type Task = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Loads that wait to be run.
pub(crate) type Loads = UnboundedReceiver<Task>;

/// What a loader hands its loads to, and where they come out.
pub(crate) fn spawner() -> (impl Fn(Task) + Send + Sync + 'static, Loads) {
    let (sender, loads) = unbounded_channel();
    // Nobody receives once the request has ended: then nobody waits for the load either.
    (move |task| sender.send(task).unwrap_or_default(), loads)
}

/// Runs a request to its end, and its loads whenever it waits.
pub(crate) async fn drive<T>(request: impl Future<Output = T>, mut loads: Loads) -> T {
    let mut request = pin!(request);
    let mut running: Vec<Task> = Vec::new();
    poll_fn(|cx| {
        if let Poll::Ready(done) = request.as_mut().poll(cx) {
            return Poll::Ready(done);
        }
        while let Poll::Ready(Some(load)) = loads.poll_recv(cx) {
            running.push(load);
        }
        running.retain_mut(|load| load.as_mut().poll(cx).is_pending());
        Poll::Pending
    })
    .await
}
