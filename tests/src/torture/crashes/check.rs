//! Comparing what is there with what was told.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use super::{
    book::{Book, Fate, Step},
    take::take,
};
use crate::{
    at_once::at_once,
    torture::{
        caller::Unanswered,
        listed::{self, Listed},
        site::Door,
    },
};

/// How long it may take until nothing waits. An event that a dead server was delivering is left to it for half a
/// minute.
const DRAIN: Duration = Duration::from_mins(3);

/// What was asked again.
#[derive(Debug, Default)]
pub(super) struct Again {
    pub(super) checkouts: usize,
    /// Those of the checkouts whose order was there before.
    pub(super) there: usize,
    pub(super) others: usize,
}

/// Compares every order with what was told of it.
pub(super) async fn check(door: &Door<'_>, book: &Book) -> Result<Vec<Listed>, Unanswered> {
    let listed = listed::orders(&door.staff()).await?;
    for wrong in wrong(&listed, book, false) {
        door.guest().report.found(wrong);
    }
    Ok(listed)
}

/// Asks every question again that was not answered: twice at once, as impatient people do.
pub(super) async fn ask_again(door: &Door<'_>, book: &Book, listed: &[Listed]) -> Again {
    let unanswered = book.unanswered();
    at_once(unanswered.len() * 2, async |i| {
        let (key, step) = &unanswered[i / 2];
        take(door, book, key, step.clone()).await
    })
    .await;
    let is_checkout = |(_, step): &&(String, Step)| *step == Step::Complete;
    let is_there = |(key, _): &&(String, Step)| listed.iter().any(|order| order.key == *key);
    let checkouts = unanswered.iter().filter(is_checkout).count();
    let there = unanswered.iter().filter(is_checkout).filter(is_there).count();
    Again { checkouts, there, others: unanswered.len() - checkouts }
}

/// Waits until nothing is in motion, and compares for the last time. Gives the orders, and how long it took.
pub(super) async fn settle(door: &Door<'_>, book: &Book) -> Result<(Vec<Listed>, Duration), Unanswered> {
    let begun = Instant::now();
    loop {
        let n_waiting = door.waiting_events().await;
        let listed = listed::orders(&door.staff()).await?;
        let wrong = wrong(&listed, book, true);
        let is_late = DRAIN < begun.elapsed();
        if is_late || n_waiting == 0 && wrong.is_empty() {
            let stuck = (0 < n_waiting).then(|| format!("{n_waiting} events wait after {} s", DRAIN.as_secs()));
            wrong.into_iter().chain(stuck).for_each(|wrong| door.guest().report.found(wrong));
            return Ok((listed, begun.elapsed()));
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

fn wrong(listed: &[Listed], book: &Book, settled: bool) -> Vec<String> {
    let mut there: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for order in listed {
        there.entry(order.key.as_str()).or_default().push(order);
    }
    let mut wrong: Vec<_> = listed::wrong_number(listed).into_iter().collect();
    for (key, entry) in &*book.entries() {
        let there = there.remove(key.as_str()).unwrap_or_default();
        if matches!(entry.fate, Fate::Unknown) && entry.asked.is_none() {
            wrong.push(format!("{key}: was neither answered nor asked again"));
        }
        wrong.extend(entry.compare(&there, settled));
    }
    wrong.extend(there.into_values().map(|orders| format!("nobody asked for {orders:?}")));
    wrong
}
