//! One of many who work at once.

use std::sync::atomic::{AtomicUsize, Ordering};

use rand::{RngExt, SeedableRng, rngs::StdRng};
use serde_json::{Value, json};

use super::{
    act::Act,
    book::{Book, Question},
    ground::Ground,
};
use crate::{
    at_once::at_once,
    torture::{
        caller::{Caller, Unanswered},
        door::Door,
    },
};

/// Somebody who does now this, now that.
pub(in crate::torture) struct Client<'r> {
    pub(super) door: &'r Door<'r>,
    pub(super) ground: &'r Ground,
    pub(super) book: &'r Book,
    /// Nobody else's.
    pub(super) name: String,
    n_asked: AtomicUsize,
}

/// After how many answers that did not come somebody goes home.
const PATIENCE: usize = 3;

impl<'r> Client<'r> {
    /// Somebody of this name.
    pub(in crate::torture) const fn new(door: &'r Door<'r>, ground: &'r Ground, book: &'r Book, name: String) -> Self {
        Self { door, ground, book, name, n_asked: AtomicUsize::new(0) }
    }

    /// Asks for so many things, or until there is no answer. What they are, the seed says, step by step; of which cart
    /// and order, also what the others did.
    pub(in crate::torture) async fn work(&self, seed: u64, n_operations: usize) {
        let (mut cart, mut n_unanswered) = (None, 0);
        for step in 0_u64.. {
            if n_operations <= self.n_asked.load(Ordering::SeqCst) || n_unanswered == PATIENCE {
                return;
            }
            let mut rng = StdRng::seed_from_u64(seed ^ step.wrapping_mul(0x9E37_79B9_7F4A_7C15));
            self.ground.wait_a_little(&mut rng);
            let done = match rng.random_range(0..100) {
                0..38 => self.shop(&mut cart, &mut rng).await,
                38..75 => self.tend(&mut rng).await,
                75..79 => self.ask_for_ticket(&mut rng).await,
                79..91 => self.move_stock(&mut rng).await,
                _ => self.transfer_or_count(&mut rng).await,
            };
            if self.door.is_killed() {
                return;
            }
            n_unanswered += usize::from(done.is_err());
        }
    }

    /// Asks for something with a key of its own: sometimes twice at once, and sometimes once more afterwards, as
    /// impatient people do. Gives the payload if it was done.
    pub(super) async fn put(
        &self,
        rng: &mut StdRng,
        act: &'static Act,
        input: Value,
    ) -> Result<Option<Value>, Unanswered> {
        let key = format!("{}-{}", self.name, self.n_asked.load(Ordering::SeqCst));
        let mut input = input;
        input["idempotencyKey"] = json!(key);
        let question = Question { act, input };
        let n_times = if rng.random_ratio(1, 10) { 2 } else { 1 };
        let is_again = rng.random_ratio(1, 12);
        let done = self.ask(&question, n_times).await?;
        if is_again && done.is_some() {
            self.ask_again(&question, 1).await?;
        }
        Ok(done)
    }

    /// Asks so often at once.
    async fn ask(&self, question: &Question, n_times: usize) -> Result<Option<Value>, Unanswered> {
        self.book.ask(question);
        let (caller, query) = (self.caller(question.act), question.act.query());
        self.count(n_times);
        let answers = at_once(n_times, async |_| caller.call(&query, question.input.clone()).await).await;
        let n_answers = answers.iter().flatten().count();
        let done = answers.into_iter().flatten().filter(|payload| self.book.learn(question, payload, caller.report));
        let done = done.last();
        if n_answers < n_times {
            return Err(Unanswered);
        }
        self.book.close(question);
        Ok(done)
    }

    /// Asks once more, with the same key: what was done is done.
    pub(super) async fn ask_again(&self, question: &Question, n_times: usize) -> Result<(), Unanswered> {
        let was_done = self.book.is_done(question);
        let is_done = self.ask(question, n_times).await?.is_some();
        if was_done && !is_done {
            self.report().found(format!("{} of {} was done, and then refused", question.act.name, question.input));
        }
        Ok(())
    }

    /// Asks a question of the reader's.
    pub(super) async fn read(&self, caller: &Caller<'_>, query: &str, variables: Value) -> Result<Value, Unanswered> {
        self.count(1);
        let data = caller.ask(query, variables).await?;
        let name = data.as_object().and_then(|fields| fields.keys().next()).cloned().unwrap_or_default();
        *self.book.pages().tally.entry((name, "read".to_owned())).or_default() += 1;
        Ok(data)
    }

    pub(super) fn count(&self, n: usize) {
        self.n_asked.fetch_add(n, Ordering::SeqCst);
    }

    pub(super) fn report(&self) -> &'r crate::torture::report::Report {
        self.door.report()
    }

    fn caller(&self, act: &Act) -> Caller<'_> {
        if act.is_staffs { self.door.staff() } else { self.door.guest() }
    }
}
