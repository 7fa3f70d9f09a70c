//! `qafila schema`

use std::fs;

use super::place::{Place, root};

#[test]
fn the_schema_is_printed_as_it_is_committed() {
    let place = Place::new();
    let committed = fs::read_to_string(root().join("schema.graphql")).unwrap();
    assert!(place.run(&["schema"]).well() == committed, "cargo run -q -p api -- schema > schema.graphql");
    assert!(!place.has("data"), "nothing is made");
}
