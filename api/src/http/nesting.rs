//! How deep the arguments of a query are nested, before it is parsed.
//!
//! The library limits how deep selections are; arguments it parses, and turns into inputs, by recursion without a limit, so
//! that a query of two kilobytes would end the process.

use std::sync::Arc;

use async_graphql::{
    Request, ServerError, ServerResult, Value, Variables,
    async_trait::async_trait,
    extensions::{Extension, ExtensionContext, ExtensionFactory, NextPrepareRequest},
};

/// The most levels of brackets in the arguments of a field, and of lists and objects in a variable.
const LEVELS_MAX: usize = 64;

/// Lets through what is nested within the limit. It must be asked before anything that parses queries.
#[derive(Clone, Copy, Debug)]
pub struct Shallow;

impl ExtensionFactory for Shallow {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(*self)
    }
}

#[async_trait]
impl Extension for Shallow {
    async fn prepare_request(
        &self,
        ctx: &ExtensionContext<'_>,
        request: Request,
        next: NextPrepareRequest<'_>,
    ) -> ServerResult<Request> {
        if is_too_deep(&request.query) || has_deep(&request.variables) {
            // In the words of the library, which answers are made of.
            return Err(ServerError::new("Query is nested too deep.", None));
        }
        next.run(ctx, request).await
    }
}

/// Whether arguments of a query are nested deeper than anything that is meant.
pub(super) fn is_too_deep(query: &str) -> bool {
    LEVELS_MAX < levels(query)
}

fn has_deep(variables: &Variables) -> bool {
    variables.values().any(|value| LEVELS_MAX < levels_of(value))
}

/// The most brackets that are open at once from a parenthesis on, but for those in strings and comments; or more.
fn levels(query: &str) -> usize {
    let (mut open, mut most, mut rest) = (0_usize, 0_usize, query);
    loop {
        let mut chars = rest.chars();
        let Some(char) = chars.next() else { return most };
        rest = match char {
            '#' => chars.as_str().trim_start_matches(|char| char != '\n' && char != '\r'),
            '"' => match after_string(rest) {
                Some(after) => after,
                // What looks like a string over lines and does not end may be read as several strings: none is looked for.
                None => return most.max(open.saturating_add(rest.matches(['(', '[', '{']).count())),
            },
            '(' | '[' | '{' => {
                open = if 0 < open || char == '(' { open.saturating_add(1) } else { 0 };
                most = most.max(open);
                chars.as_str()
            }
            ')' | ']' | '}' => {
                open = open.saturating_sub(1);
                chars.as_str()
            }
            _ => chars.as_str(),
        };
    }
}

/// What follows the string that a text begins with. One that does not end on its line ends there: it is no query. `None`: it
/// is one over several lines, and does not end.
fn after_string(text: &str) -> Option<&str> {
    if let Some(mut inside) = text.strip_prefix("\"\"\"") {
        while let Some((before, after)) = inside.split_once("\"\"\"") {
            if !before.ends_with('\\') {
                return Some(after);
            }
            inside = after;
        }
        return None;
    }
    let mut chars = text.chars();
    chars.next();
    while let Some(char) = chars.next() {
        match char {
            '"' | '\n' | '\r' => break,
            '\\' => drop(chars.next()),
            _ => {}
        }
    }
    Some(chars.as_str())
}

/// How many lists and objects are in each other: no deeper than JSON is read.
fn levels_of(value: &Value) -> usize {
    let inside = match value {
        Value::List(items) => items.iter().map(levels_of).max(),
        Value::Object(fields) => fields.values().map(levels_of).max(),
        Value::Null | Value::Number(_) | Value::String(_) | Value::Boolean(_) | Value::Binary(_) | Value::Enum(_) => {
            return 0;
        }
    };
    inside.unwrap_or_default().saturating_add(1)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn brackets_are_counted_from_a_parenthesis_on() {
        for (query, expected) in [
            ("{ shop { name } }", 0),
            ("{ a(b: { c: [1, { d: 2 }] }) { e { f } } g(h: [[]]) }", 4),
            ("query ($a: [[ID!]!]) { a(b: 1) }", 3),
            ("{ a(b: \"(((\\\"(((\", c: [1]) # ((((\n }", 2),
            ("{ a(b: \"\"\"((( \\\"\"\" (( \" \"\"\", c: [1]) }", 2),
            ("{ a(b: \"\", c: { d: [1] }) }", 3),
            ("{ a(b: \"(\n[[[", 4),
            (")))]]}}} a(b: [1])", 2),
            ("{ a(b: \"\"\" ((( ", 4),
            ("{ a(b: [\"\"\"\" [[[[]]]] ]) }", 6),
            ("{ a(b: [\"\"\"\"\"\" [[[[]]]] ]) }", 6),
        ] {
            assert_eq!(levels(query), expected, "{query}");
        }
        let nested = |levels| format!("{{ a(b: {}{}) }}", "[".repeat(levels), "]".repeat(levels));
        assert!(!is_too_deep(&nested(LEVELS_MAX - 1)) && is_too_deep(&nested(LEVELS_MAX)));
    }

    #[test]
    fn lists_and_objects_are_counted_in_variables() {
        let value = Value::from_json(json!({ "a": [1, { "b": [] }], "c": 1 })).unwrap();
        assert_eq!(levels_of(&value), 4);
    }
}
