//! What the clients were told.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Mutex, MutexGuard, PoisonError},
};

use serde_json::Value;

use super::{
    act::{Act, gist},
    shelves::Shelves,
};
use crate::torture::{goods::Goods, listed, report::Report, shopping::text};

/// Everything that was acknowledged, and every question that was not answered.
#[derive(Debug)]
pub(in crate::torture) struct Book {
    pages: Mutex<Pages>,
}

/// The pages of the book.
#[derive(Debug, Default)]
pub(super) struct Pages {
    /// Orders by id.
    pub(super) orders: BTreeMap<String, Told>,
    /// Ids of orders, in the order in which they were acknowledged.
    pub(super) sold: Vec<String>,
    /// Carts that somebody works on, by id.
    pub(super) carts: BTreeMap<String, Cart>,
    /// Tickets of which nobody was told what became of them.
    pub(super) tickets: BTreeSet<String>,
    /// Transfers under way.
    pub(super) transfers: Vec<String>,
    /// Open counts, and where.
    pub(super) counts: Vec<(String, String)>,
    /// What is where.
    pub(super) shelves: Shelves,
    /// How often what was answered to what.
    pub(super) tally: BTreeMap<(String, String), usize>,
    /// What two answers to a question must have in common, by the question's key.
    done: BTreeMap<String, Value>,
    /// What was asked and not answered, by key.
    open: BTreeMap<String, Question>,
}

/// A question that can be asked again.
#[derive(Clone, Debug)]
pub(super) struct Question {
    pub(super) act: &'static Act,
    /// With its idempotency key.
    pub(super) input: Value,
}

/// An order, as its buyer was told of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Told {
    pub(super) number: String,
    pub(super) token: String,
    pub(super) total: String,
    /// Units by SKU.
    pub(super) lines: BTreeMap<String, u64>,
}

/// A cart, as it was seen last.
#[derive(Clone, Debug, Default)]
pub(super) struct Cart {
    pub(super) version: i64,
    /// Ids of lines.
    pub(super) lines: Vec<String>,
    /// Whether it lacks nothing.
    pub(super) is_ready: bool,
}

impl Question {
    pub(super) fn key(&self) -> String {
        text(&self.input["idempotencyKey"])
    }
}

impl Book {
    /// An empty book of a shop that has these goods.
    pub(in crate::torture) fn of(goods: &[Goods]) -> Self {
        let pages = Pages { shelves: Shelves::of(goods), ..Pages::default() };
        Self { pages: Mutex::new(pages) }
    }

    /// All of it, to look at and to change. Hold it across no question.
    pub(super) fn pages(&self) -> MutexGuard<'_, Pages> {
        self.pages.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes that something is asked; until it is answered, the question is open.
    pub(super) fn ask(&self, question: &Question) {
        self.pages().open.insert(question.key(), question.clone());
    }

    /// Notes that all of a question's answers came.
    pub(super) fn close(&self, question: &Question) {
        self.pages().open.remove(&question.key());
    }

    /// What was not answered.
    pub(super) fn unanswered(&self) -> Vec<Question> {
        self.pages().open.values().cloned().collect()
    }

    /// Whether it was acknowledged that something was done.
    pub(super) fn is_done(&self, question: &Question) -> bool {
        self.pages().done.contains_key(&question.key())
    }

    /// How many orders were acknowledged, and how many things altogether.
    pub(in crate::torture) fn acknowledged(&self) -> (usize, usize) {
        let pages = self.pages();
        (pages.orders.len(), pages.done.len())
    }

    /// Writes down what was answered. Says whether it was done.
    pub(super) fn learn(&self, question: &Question, payload: &Value, report: &Report) -> bool {
        let act = question.act;
        let codes = crate::client::codes(payload);
        let gist = gist(payload);
        let is_done = if act.name.starts_with("stock") { !gist.is_null() } else { codes.is_empty() };
        for code in codes.iter().filter(|code| !act.refusals.contains(code)) {
            report.found(format!("{} of {} was refused with {code}: {payload}", act.name, question.input));
        }
        if is_done == gist.is_null() {
            report.found(format!("{} of {} is neither done nor refused: {payload}", act.name, question.input));
        }
        let mut pages = self.pages();
        let outcome = if is_done { "done".to_owned() } else { codes.join(" ") };
        *pages.tally.entry((act.name.to_owned(), outcome)).or_default() += 1;
        if is_done {
            let key = question.key();
            if let Some(before) = pages.done.get(&key) {
                if *before != gist {
                    report.found(format!("{key}: {} gave {before} and then {gist}", act.name));
                }
                return true;
            }
            pages.done.insert(key, gist);
            pages.note(question, payload, report);
        }
        is_done
    }
}

impl Pages {
    /// Writes down, once, what was done.
    fn note(&mut self, question: &Question, payload: &Value, report: &Report) {
        let Question { act, input } = question;
        let id = |thing: &str| text(&payload[thing]["id"]);
        match act.name {
            "checkoutComplete" => {
                self.carts.remove(&text(&input["cart"]));
                self.note_order(&payload["order"], &payload["orderToken"], report);
            }
            "checkoutSubmit" => {
                self.tickets.insert(id("ticket"));
            }
            "stockTransferShip" => self.transfers.push(id("transfer")),
            "stockTransferCancel" => self.transfers.retain(|transfer| *transfer != id("transfer")),
            "stockCountOpen" => self.counts.push((id("count"), text(&payload["count"]["location"]["code"]))),
            "stockCountClose" => self.counts.retain(|(count, _)| *count != id("count")),
            _ if act.name.starts_with("cart") => {
                let cart = self.carts.entry(id("cart")).or_default();
                cart.version = payload["cart"]["version"].as_i64().unwrap_or_default();
                let lines = payload["cart"]["lines"].as_array().into_iter().flatten();
                cart.lines = lines.map(|line| text(&line["id"])).collect();
            }
            _ => {}
        }
        if payload["transfer"]["state"] == "RECEIVED" {
            self.transfers.retain(|transfer| *transfer != id("transfer"));
        }
        self.shelves.note(act.name, input, payload, report);
    }

    /// Writes down an order that somebody was told of.
    pub(super) fn note_order(&mut self, order: &Value, token: &Value, report: &Report) {
        let told = Told {
            number: text(&order["number"]),
            token: text(token),
            total: text(&order["totals"]["total"]["amount"]),
            lines: listed::lines(order),
        };
        let id = text(&order["id"]);
        match self.orders.get(&id) {
            Some(before) if *before != told => report.found(format!("{id}: was told {before:?}, then {told:?}")),
            Some(_) => {}
            None => {
                self.orders.insert(id.clone(), told);
                self.sold.push(id);
            }
        }
    }
}
