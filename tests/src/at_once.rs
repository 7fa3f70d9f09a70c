//! Many doing the same in the same moment.

use futures_util::future::join_all;

/// Runs `n` futures concurrently, and gives their answers in order.
///
/// They share the test's task, so they may borrow; each request is served by a task of its own.
pub async fn at_once<T, F: Future<Output = T>>(n: usize, work: impl Fn(usize) -> F) -> Vec<T> {
    join_all((0..n).map(work)).await
}
