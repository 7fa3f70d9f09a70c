//! Which events somebody wants to hear of.

use serde::{Deserialize, Serialize};

use crate::invalid::Problem;

/// The most types that somebody can name.
pub const MAX_TYPES: usize = 100;

/// Names of events, such as `order.placed`, and groups of them, such as `order.*`. None is all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Types(Vec<String>);

impl Types {
    /// The types that were named. Refuses too many, and what is the name of no event.
    pub fn parse(named: &[String]) -> Result<Self, Problem> {
        if MAX_TYPES < named.len() {
            return Err(Problem::TooLong { max: MAX_TYPES });
        }
        if named.iter().all(|name| is_type(name)) { Ok(Self(named.to_vec())) } else { Err(Problem::InvalidEventType) }
    }

    /// Whether an event of this name is among them.
    pub fn hold(&self, name: &str) -> bool {
        let group = name.split('.').next();
        self.0.is_empty()
            || self.names().any(|wanted| wanted == name)
            || self.groups().any(|wanted| Some(wanted) == group)
    }

    /// The events that were named.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str).filter(|name| !name.ends_with(".*"))
    }

    /// The groups that were named: `order` of `order.*`.
    pub fn groups(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|name| name.strip_suffix(".*"))
    }

    /// What was named, in its order.
    pub fn as_slice(&self) -> &[String] {
        &self.0
    }
}

/// Whether it is a noun, a dot, and a participle or an asterisk.
fn is_type(name: &str) -> bool {
    let is_word = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte == b'_' || byte.is_ascii_lowercase());
    let is_short = name.len() <= MAX_LENGTH;
    is_short && name.split_once('.').is_some_and(|(noun, past)| is_word(noun) && (past == "*" || is_word(past)))
}

/// The longest name of an event.
const MAX_LENGTH: usize = 60;

#[cfg(test)]
mod tests {
    use super::*;

    fn types(named: &[&str]) -> Result<Types, Problem> {
        Types::parse(&named.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn names_and_groups_hold_what_they_name_and_none_holds_all() {
        let wanted = types(&["order.placed", "payment.*"]).unwrap();
        for (name, held) in [("order.placed", true), ("order.paid", false), ("payment.voided", true), ("pay.x", false)]
        {
            assert_eq!(wanted.hold(name), held, "{name}");
        }
        assert!(types(&[]).unwrap().hold("order.paid"));
        assert_eq!(wanted.names().collect::<Vec<_>>(), ["order.placed"]);
        assert_eq!(wanted.groups().collect::<Vec<_>>(), ["payment"]);
    }

    #[test]
    fn what_is_the_name_of_no_event_is_refused() {
        for wrong in ["", "*", "order", "order.", ".placed", "Order.placed", "order.placed.v2", "order.%", "a\0.b"] {
            assert_eq!(types(&[wrong]), Err(Problem::InvalidEventType), "{wrong}");
        }
        assert_eq!(types(&vec!["order.placed"; MAX_TYPES + 1]), Err(Problem::TooLong { max: MAX_TYPES }));
    }
}
