//! The orders that are there, as staff see them.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{
    caller::{Caller, Unanswered},
    shopping::text,
};

/// An order that is there.
#[derive(Clone, Debug)]
pub(super) struct Listed {
    pub(super) number: String,
    /// The key of the wish that it came of.
    pub(super) key: String,
    /// Units by SKU.
    pub(super) lines: BTreeMap<String, u64>,
}

/// Every order of the shop.
pub(super) async fn orders(staff: &Caller<'_>) -> Result<Vec<Listed>, Unanswered> {
    let query = "query ($after: String) { orders(page: { first: 100, after: $after },
        sortBy: { field: PLACED_AT, direction: ASC }) { pageInfo { hasNextPage endCursor } nodes {
        number email lines { sku quantity } } } }";
    let (mut listed, mut after) = (Vec::new(), Value::Null);
    loop {
        let page = staff.ask(query, json!({ "after": after })).await?["orders"].take();
        listed.extend(page["nodes"].as_array().into_iter().flatten().map(order));
        if page["pageInfo"]["hasNextPage"] != true {
            return Ok(listed);
        }
        after = page["pageInfo"]["endCursor"].clone();
    }
}

fn order(node: &Value) -> Listed {
    Listed {
        number: text(&node["number"]),
        key: text(&node["email"]).trim_end_matches("@torture.example").to_owned(),
        lines: lines(node),
    }
}

/// Units by SKU of an order's `lines { sku quantity }`, as it was bought: without `edits { added { id } }`.
pub(super) fn lines(order: &Value) -> BTreeMap<String, u64> {
    let edits = order["edits"].as_array().into_iter().flatten();
    let added: Vec<_> = edits.flat_map(|edit| edit["added"].as_array().into_iter().flatten()).collect();
    let is_bought = |line: &&Value| added.iter().all(|later| later["id"] != line["id"]);
    let mut units = BTreeMap::new();
    for line in order["lines"].as_array().into_iter().flatten().filter(is_bought) {
        *units.entry(text(&line["sku"])).or_default() += line["quantity"].as_u64().unwrap_or_default();
    }
    units
}

/// What is wrong with the numbers of all orders of a channel that begins at `W1001`: a gap, or one twice.
pub(super) fn wrong_number<'n>(listed: impl Iterator<Item = &'n str>) -> Option<String> {
    let parse = |number: &str| number.strip_prefix('W').and_then(|number| number.parse::<usize>().ok());
    let mut numbers: Vec<_> = listed.map(|number| parse(number).unwrap_or_default()).collect();
    numbers.sort_unstable();
    let wrong = numbers.iter().zip(1001..).find(|(number, due)| *number != due);
    wrong.map(|(number, due)| format!("sorted by number, W{due} is due, and W{number} is there"))
}
