//! The contract: `schema.graphql` is what is served.

use similar::TextDiff;

use crate::source::read;

#[test]
fn the_schema_is_what_is_served() {
    let (committed, served) = (read("schema.graphql"), api::schema::sdl());
    if committed != served {
        let diff = TextDiff::from_lines(&committed, &served);
        let shown = diff.unified_diff().context_radius(3).header("schema.graphql", "served").to_string();
        panic!("if the change is meant: cargo run -q -p api -- schema > schema.graphql\n{shown}");
    }
}
