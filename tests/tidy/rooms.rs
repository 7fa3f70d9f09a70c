//! The same rooms on every floor: a context has the same name in every crate.

use crate::source::{folders, sources};

/// The contexts.
const CONTEXTS: &[&str] = &[
    "cart",
    "catalog",
    "channels",
    "checkout",
    "events",
    "fulfilment",
    "identity",
    "integrations",
    "inventory",
    "invoicing",
    "orders",
    "organisations",
    "payments",
    "pricing",
    "search",
];

/// What a crate has besides, because it is what it is.
const OWN: &[(&str, &[&str])] = &[
    ("domain/src", &[]),
    ("entity/src", &["audit"]),
    ("app/src", &["seed", "verify"]),
    ("api/src", &["cli", "config", "graphql", "http", "i18n"]),
    ("tests/src", &["bin", "database", "torture"]),
];

#[test]
fn every_folder_is_a_context_or_what_its_crate_is_for() {
    for (crate_folder, own) in OWN {
        for folder in folders(crate_folder) {
            let known = CONTEXTS.contains(&folder.as_str()) || own.contains(&folder.as_str());
            assert!(known, "{crate_folder}/{folder}: no context of that name");
        }
    }
}

#[test]
fn tests_lie_in_the_room_that_they_test() {
    for folder in folders("tests/it") {
        let mut rooms = CONTEXTS.iter().chain(OWN.iter().flat_map(|(_, own)| *own));
        assert!(rooms.any(|room| *room == folder), "tests/it/{folder}: nothing is called that");
    }
}

#[test]
fn every_file_says_what_it_is() {
    let silent: Vec<_> =
        sources().into_iter().filter(|file| !file.text.starts_with("//!")).map(|file| file.path).collect();
    assert!(silent.is_empty(), "no `//!` at the top: {silent:#?}");
}
