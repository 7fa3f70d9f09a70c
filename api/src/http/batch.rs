//! Loads of a request, run beside it in its own task.
//!
//! A load begins only when the request can go no further by itself: when every resolver that can ask has asked. So what
//! many rows ask for is one load, however long the asking takes. A clock, as the loader has one, cannot promise that.

use std::{
    future::poll_fn,
    pin::{Pin, pin},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll, Wake, Waker},
};

use tokio::{
    sync::mpsc::{UnboundedReceiver, unbounded_channel},
    task::coop::unconstrained,
};

type Task = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Loads that wait to be run.
pub(crate) type Loads = UnboundedReceiver<Task>;

/// What a loader hands its loads to, and where they come out.
pub(crate) fn spawner() -> (impl Fn(Task) + Send + Sync + 'static, Loads) {
    let (sender, loads) = unbounded_channel();
    // Nobody receives once the request has ended: then nobody waits for the load either.
    (move |task| sender.send(task).unwrap_or_default(), loads)
}

/// Whether a request was woken since it was polled, and whom to wake then.
struct Woken {
    since: AtomicBool,
    task: Waker,
}

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.since.store(true, Ordering::SeqCst);
        self.task.wake_by_ref();
    }
}

/// Runs a request to its end, and its loads whenever it waits.
///
/// A request that gives way only to let others run wakes itself: it does not wait yet. Joins of more than 30 futures do
/// so, and so do tasks that used up their budget; the request is not bound to one.
pub(crate) async fn drive<T>(request: impl Future<Output = T>, mut loads: Loads) -> T {
    let mut request = pin!(unconstrained(request));
    let mut running: Vec<Task> = Vec::new();
    poll_fn(|cx| {
        let woken = Arc::new(Woken { since: AtomicBool::new(false), task: cx.waker().clone() });
        let waker = Waker::from(Arc::clone(&woken));
        loop {
            woken.since.store(false, Ordering::SeqCst);
            if let Poll::Ready(done) = request.as_mut().poll(&mut Context::from_waker(&waker)) {
                return Poll::Ready(done);
            }
            if !woken.since.load(Ordering::SeqCst) {
                break;
            }
        }
        while let Poll::Ready(Some(load)) = loads.poll_recv(cx) {
            running.push(load);
        }
        running.retain_mut(|load| load.as_mut().poll(cx).is_pending());
        Poll::Pending
    })
    .await
}
