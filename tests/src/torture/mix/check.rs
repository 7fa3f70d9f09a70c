//! Comparing what is there with what was told.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use super::{book::Told, client::Client};
use crate::torture::{caller::Unanswered, listed, shopping::text};

/// How long the queue may take to decide.
const QUEUE: Duration = Duration::from_mins(2);

/// The states in which units are promised that did not leave.
const PROMISES: [&str; 5] = ["AWAITING_PAYMENT", "PLACED", "CONFIRMED", "ALLOCATED", "PARTLY_SHIPPED"];

/// What is there.
#[derive(Debug, Default)]
pub(in crate::torture) struct There {
    /// How many orders stand in which state.
    pub(in crate::torture) states: BTreeMap<String, usize>,
    /// Units on all shelves.
    pub(in crate::torture) n_units: i64,
    /// Units promised.
    n_reserved: BTreeMap<String, i64>,
}

impl Client<'_> {
    /// Waits until every ticket is decided, and every buyer knows.
    pub(in crate::torture) async fn hear_of_all_tickets(&self) -> Result<(), Unanswered> {
        let begun = Instant::now();
        loop {
            let tickets: Vec<_> = self.book.pages().tickets.iter().cloned().collect();
            for ticket in &tickets {
                self.read_ticket(ticket).await?;
            }
            let n_left = self.book.pages().tickets.len();
            if n_left == 0 {
                return Ok(());
            }
            if QUEUE < begun.elapsed() {
                self.report().found(format!("{n_left} tickets wait after {} s", QUEUE.as_secs()));
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// Asks everything again that was not answered: twice at once, as impatient people do. How many it were.
    pub(in crate::torture) async fn ask_all_again(&self) -> Result<usize, Unanswered> {
        let unanswered = self.book.unanswered();
        for question in &unanswered {
            self.ask_again(question, 2).await?;
        }
        Ok(unanswered.len())
    }

    /// Every order that was acknowledged is there as it was told; if `is_all`, there is no other, and the units are
    /// where they should be.
    pub(in crate::torture) async fn check(&self, is_all: bool) -> Result<There, Unanswered> {
        let (mut there, mut numbers) = (There::default(), Vec::new());
        let mut acknowledged = self.book.pages().orders.clone();
        let query = "query ($after: String) { orders(page: { first: 100, after: $after },
            sortBy: { field: PLACED_AT, direction: ASC }) { pageInfo { hasNextPage endCursor } nodes {
            id number state totals { total { amount } } lines { id sku quantity quantityShipped cancelledQuantity backordered }
            edits { added { id } }
            shipments { id location { code } lines { quantity line { sku } } } } } }";
        for order in self.all(query, "orders").await? {
            numbers.push(text(&order["number"]));
            let told = acknowledged.remove(order["id"].as_str().unwrap_or_default());
            there.add(&order);
            match told {
                Some(told) if !is_as_told(&order, &told) => {
                    self.report().found(format!("{told:?} was acknowledged, and became {order}"));
                }
                None if is_all => self.report().found(format!("nobody was told of {order}")),
                _ => {}
            }
            self.book.pages().shelves.see_parcels(&order, self.report());
        }
        for (id, told) in acknowledged {
            self.report().found(format!("{id} was acknowledged, and is lost: {told:?}"));
        }
        if let Some(wrong) = listed::wrong_number(numbers.iter().map(String::as_str)) {
            self.report().found(wrong);
        }
        if is_all {
            self.check_shelves(&mut there).await?;
        }
        Ok(there)
    }

    /// What was there, and came, and left, by what clients were told, is what the server says.
    async fn check_shelves(&self, there: &mut There) -> Result<(), Unanswered> {
        let query = "query ($after: String) { stockLevels(page: { first: 100, after: $after }) {
            pageInfo { hasNextPage endCursor } nodes { onHand reserved quarantined location variant { sku } } } }";
        let mut due = self.book.pages().shelves.units().clone();
        let mut reserved = BTreeMap::new();
        for level in self.all(query, "stockLevels").await? {
            let whole = |field: &str| level[field].as_i64().unwrap_or_default();
            let sku = text(&level["variant"]["sku"]);
            there.n_units += whole("onHand");
            *reserved.entry(sku.clone()).or_insert(0) += whole("reserved");
            let shelf = due.remove(&(sku, text(&level["location"]))).unwrap_or_default();
            if (shelf.on_hand, shelf.quarantined) != (whole("onHand"), whole("quarantined")) {
                self.report()
                    .found(format!("by what clients were told there should be {shelf:?}, and there is {level}"));
            }
        }
        for (place, shelf) in due {
            if (shelf.on_hand, shelf.quarantined) != (0, 0) {
                self.report().found(format!("there should be {shelf:?} at {place:?}, which has no level"));
            }
        }
        for (sku, n) in reserved {
            let promised = there.n_reserved.get(&sku).copied().unwrap_or_default();
            if n != promised {
                self.report().found(format!("of {sku}, {n} units are reserved, and open orders have {promised}"));
            }
        }
        Ok(())
    }

    /// All nodes of a list.
    async fn all(&self, query: &str, name: &str) -> Result<Vec<Value>, Unanswered> {
        let staff = self.door.staff();
        let (mut all, mut after) = (Vec::new(), Value::Null);
        loop {
            let mut page = staff.ask(query, json!({ "after": after })).await?[name].take();
            if let Value::Array(nodes) = page["nodes"].take() {
                all.extend(nodes);
            }
            if page["pageInfo"]["hasNextPage"] != true {
                return Ok(all);
            }
            after = page["pageInfo"]["endCursor"].take();
        }
    }
}

impl There {
    fn add(&mut self, order: &Value) {
        let state = text(&order["state"]);
        if PROMISES.contains(&state.as_str()) {
            for line in order["lines"].as_array().into_iter().flatten() {
                let whole = |field: &str| line[field].as_i64().unwrap_or_default();
                let left =
                    whole("quantity") - whole("quantityShipped") - whole("cancelledQuantity") - whole("backordered");
                *self.n_reserved.entry(text(&line["sku"])).or_default() += left;
            }
        }
        *self.states.entry(state).or_default() += 1;
    }
}

fn is_as_told(order: &Value, told: &Told) -> bool {
    order["number"] == told.number.as_str()
        && order["totals"]["total"]["amount"] == told.total.as_str()
        && listed::lines(order) == told.lines
}
