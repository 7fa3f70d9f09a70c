//! Reading the schema as a client does.

use serde_json::{Value, json};
use tests::client::Client;

const QUERY: &str = "{ __schema { types { name kind description
    fields(includeDeprecated: true) { name description type { ...T } args { name description type { ...T } } }
    inputFields { name description type { ...T } }
    enumValues(includeDeprecated: true) { name description } } } }
    fragment T on __Type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }";

/// The types of the schema.
pub struct Schema {
    types: Vec<Value>,
}

impl Schema {
    /// The schema as somebody sees it, without what is GraphQL's own.
    pub async fn of(client: &Client) -> Self {
        let mut answer = client.run(QUERY, json!({})).await;
        let Value::Array(mut types) = answer["__schema"]["types"].take() else { panic!("no types") };
        types.retain(|one| !name(one).starts_with("__"));
        Self { types }
    }

    /// Its types.
    pub fn types(&self) -> &[Value] {
        &self.types
    }

    /// A type.
    pub fn kind(&self, called: &str) -> &Value {
        self.types.iter().find(|one| name(one) == called).unwrap_or_else(|| panic!("no type {called}"))
    }

    /// Every place in which a caller can write an id, such as `Mutation.cartLinesAdd.input.lines.variant`.
    pub fn id_places(&self) -> Vec<String> {
        let mut places = Vec::new();
        for root in ["Query", "Mutation"] {
            for field in list(self.kind(root), "fields") {
                for argument in list(field, "args") {
                    let place = format!("{root}.{}.{}", name(field), name(argument));
                    self.ids_within(innermost(argument), &place, &mut places);
                }
            }
        }
        places
    }

    fn ids_within(&self, called: &str, place: &str, places: &mut Vec<String>) {
        // An input within itself has no end: it is one place of the mutation, wherever it stands.
        if place.split('.').any(|part| part == called) {
            return;
        }
        let is_endless = list(self.kind(called), "inputFields").iter().any(|field| innermost(field) == called);
        let root: Vec<_> = place.split('.').take(2).collect();
        let place = if is_endless { &format!("{}.{called}", root.join(".")) } else { place };
        assert!(place.split('.').count() < 13, "{place}");
        if called == "ID" {
            places.push(place.to_owned());
        }
        for field in list(self.kind(called), "inputFields") {
            self.ids_within(innermost(field), &format!("{place}.{}", name(field)), places);
        }
    }
}

/// The name of anything.
pub fn name(of: &Value) -> &str {
    of["name"].as_str().expect("a name")
}

/// The parts of a type; none if it has none of this sort.
pub fn list<'v>(of: &'v Value, key: &str) -> &'v [Value] {
    of[key].as_array().map(Vec::as_slice).unwrap_or_default()
}

/// Whether it is a list, whatever may be null.
pub fn is_list(field: &Value) -> bool {
    let of = &field["type"];
    of["kind"] == "LIST" || of["ofType"]["kind"] == "LIST"
}

/// The name of its type, without lists and nulls.
pub fn innermost(field: &Value) -> &str {
    let mut of = &field["type"];
    while !of["ofType"].is_null() {
        of = &of["ofType"];
    }
    name(of)
}
