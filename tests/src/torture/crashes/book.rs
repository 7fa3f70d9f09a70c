//! What the clients were told.

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use crate::torture::{
    listed::Listed,
    shopping::{ReadyCart, Wish},
};

/// Every wish for an order, by its key.
#[derive(Debug, Default)]
pub(super) struct Book {
    entries: Mutex<BTreeMap<String, Entry>>,
}

/// A wish for an order, and what became of it.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) wish: Wish,
    pub(super) cart: ReadyCart,
    pub(super) fate: Fate,
    /// What was asked for and not answered.
    pub(super) asked: Option<Step>,
}

/// What the client was told of its wish.
#[derive(Clone, Debug)]
pub(super) enum Fate {
    /// Nothing yet.
    Unknown,
    /// There is not enough stock.
    Refused,
    /// It is an order.
    Placed(Placed),
}

/// An order that was acknowledged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Placed {
    pub(super) id: String,
    pub(super) number: String,
    pub(super) token: String,
    /// Where the payer confirms, if they must.
    pub(super) challenge: Option<String>,
    /// Where it may stand, from the last answer on; the last of them when everything is done that nobody waits for.
    pub(super) states: States,
}

/// Names of states.
pub(super) type States = &'static [&'static str];

/// What somebody does for an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// The buyer completes the checkout.
    Complete,
    /// The buyer pays with another card.
    Pay,
    /// The buyer confirms at the gateway's page.
    Approve,
    /// Staff move it along.
    Move(Move),
}

/// What staff do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Move {
    Confirm,
    Allocate,
    Ship,
    Deliver,
    Cancel,
}

impl Book {
    /// All entries, to look at and to change. Hold it across no question.
    pub(super) fn entries(&self) -> MutexGuard<'_, BTreeMap<String, Entry>> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// An entry as it is now.
    pub(super) fn entry(&self, key: &str) -> Entry {
        self.entries()[key].clone()
    }

    /// Changes an entry.
    pub(super) fn change(&self, key: &str, change: impl FnOnce(&mut Entry)) {
        change(self.entries().get_mut(key).expect("an entry of the book"));
    }

    /// The keys of what was not answered, with what that is.
    pub(super) fn unanswered(&self) -> Vec<(String, Step)> {
        let entries = self.entries();
        entries.iter().filter_map(|(key, entry)| Some((key.clone(), entry.asked.clone()?))).collect()
    }

    /// How many orders were acknowledged.
    pub(super) fn n_acknowledged(&self) -> usize {
        self.entries().values().filter(|entry| entry.placed().is_some()).count()
    }

    /// How many wishes were refused for want of stock.
    pub(super) fn n_refused(&self) -> usize {
        self.entries().values().filter(|entry| matches!(entry.fate, Fate::Refused)).count()
    }
}

impl Entry {
    /// The order, if it was acknowledged.
    pub(super) const fn placed(&self) -> Option<&Placed> {
        match &self.fate {
            Fate::Placed(placed) => Some(placed),
            Fate::Unknown | Fate::Refused => None,
        }
    }

    /// What is wrong with the orders that are there of it; `settled` when nothing is in motion any more.
    pub(super) fn compare(&self, there: &[&Listed], settled: bool) -> Option<String> {
        let key = &self.wish.key;
        let (order, placed) = match (there, &self.fate) {
            ([], Fate::Refused) => return None,
            ([], Fate::Unknown) if !settled => return None,
            ([], Fate::Placed(placed)) => {
                return Some(format!("{key}: {} was acknowledged, and is lost", placed.number));
            }
            ([order], Fate::Placed(placed)) => (order, Some(placed)),
            // What was asked for was done, and the answer was lost.
            ([order], Fate::Unknown) if !settled => (order, None),
            (_, told) => return Some(format!("{key}: told {told:?}, and there are {there:?}")),
        };
        if order.lines != self.wish.lines || order.total != self.cart.total {
            return Some(format!("{key}: {:?} for {} became {order:?}", self.wish.lines, self.cart.total));
        }
        let placed = placed?;
        if order.number != placed.number {
            return Some(format!("{key}: {} was acknowledged, and became {}", placed.number, order.number));
        }
        let states = if settled { &placed.states[placed.states.len() - 1..] } else { placed.states };
        if !states.contains(&order.state.as_str()) && !self.is_asked_for(&order.state) {
            return Some(format!("{key}: {} should be {states:?}, and is {}", order.number, order.state));
        }
        let payment = self.payment(&order.state);
        let is_paid = !settled || order.payment == payment;
        (!is_paid)
            .then(|| format!("{key}: {} is {}: {payment} was due, not {}", order.number, order.state, order.payment))
    }

    /// Whether a step that was not answered leads to this state.
    fn is_asked_for(&self, state: &str) -> bool {
        self.asked.as_ref().is_some_and(|step| step.leads_to() == state)
    }

    /// What the payment is when the order stands there and nothing is in motion.
    fn payment(&self, state: &str) -> &'static str {
        match (state, self.wish.card) {
            ("CANCELLED", _) => "VOIDED",
            ("DELIVERED", _) | ("SHIPPED", Some(_)) => "CAPTURED",
            (_, None) => "PENDING",
            ("AWAITING_PAYMENT", Some("tok_challenge")) => "REQUIRES_ACTION",
            ("AWAITING_PAYMENT", Some(_)) => "DECLINED",
            (_, Some(_)) => "AUTHORISED",
        }
    }
}

impl Step {
    /// The state that the order has after it.
    pub(super) const fn leads_to(&self) -> &'static str {
        match self {
            Self::Complete | Self::Pay | Self::Approve => "PLACED",
            Self::Move(Move::Confirm) => "CONFIRMED",
            Self::Move(Move::Allocate) => "ALLOCATED",
            Self::Move(Move::Ship) => "SHIPPED",
            Self::Move(Move::Deliver) => "DELIVERED",
            Self::Move(Move::Cancel) => "CANCELLED",
        }
    }
}
