//! What a query holds, before it is executed.

use std::{collections::HashMap, convert::Infallible};

use async_graphql::{
    Positioned, Value, Variables,
    parser::types::{ExecutableDocument, OperationType, Selection, SelectionSet},
};

/// How deep fragments are looked into; the library refuses deeper ones.
const FRAGMENTS_IN_FRAGMENTS: usize = 32;

/// Whether the operation that would be executed is a mutation.
pub(crate) fn is_mutation(document: &ExecutableDocument, operation: Option<&str>) -> bool {
    document
        .operations
        .iter()
        .filter(|(name, _)| operation.is_none() || name.map(async_graphql::Name::as_str) == operation)
        .any(|(_, operation)| operation.node.ty == OperationType::Mutation)
}

/// Whether a query holds a null byte: no text of ours has one, and PostgreSQL takes none to look for. Mutations tell
/// of it themselves, by field.
pub(crate) fn looks_for_null_byte(document: &ExecutableDocument, variables: &Variables) -> bool {
    let operations = document.operations.iter().map(|(_, operation)| &operation.node);
    let queries: Vec<_> = operations.filter(|operation| operation.ty != OperationType::Mutation).collect();
    if queries.is_empty() {
        return false;
    }
    let definitions = queries.iter().flat_map(|query| &query.variable_definitions);
    let defaults = definitions.filter_map(|definition| definition.node.default_value.as_ref());
    let mut values = variables.values().chain(defaults.map(|value| &value.node));
    let fragments = document.fragments.values().map(|fragment| &fragment.node.selection_set);
    let mut sets = queries.iter().map(|query| &query.selection_set).chain(fragments);
    values.any(null_in_value) || sets.any(null_in_set)
}

fn null_in_set(set: &Positioned<SelectionSet>) -> bool {
    set.node.items.iter().any(|selection| match &selection.node {
        Selection::Field(field) => {
            let without_variables = |_| Ok::<_, Infallible>(Value::Null);
            let values = field.node.arguments.iter().map(|(_, value)| value.node.clone());
            let mut values = values.filter_map(|value| value.into_const_with(without_variables).ok());
            values.any(|value| null_in_value(&value)) || null_in_set(&field.node.selection_set)
        }
        Selection::InlineFragment(fragment) => null_in_set(&fragment.node.selection_set),
        Selection::FragmentSpread(_) => false,
    })
}

fn null_in_value(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains('\0'),
        Value::List(items) => items.iter().any(null_in_value),
        Value::Object(fields) => fields.values().any(null_in_value),
        Value::Null | Value::Number(_) | Value::Boolean(_) | Value::Binary(_) | Value::Enum(_) => false,
    }
}

/// How many aliases it has.
pub(crate) fn aliases(document: &ExecutableDocument) -> usize {
    let operations = document.operations.iter().map(|(_, operation)| &operation.node.selection_set);
    let fragments = document.fragments.values().map(|fragment| &fragment.node.selection_set);
    operations.chain(fragments).map(in_set).sum()
}

fn in_set(set: &Positioned<SelectionSet>) -> usize {
    let in_selection = |selection: &Positioned<Selection>| match &selection.node {
        Selection::Field(field) => {
            usize::from(field.node.alias.is_some()).saturating_add(in_set(&field.node.selection_set))
        }
        Selection::InlineFragment(fragment) => in_set(&fragment.node.selection_set),
        Selection::FragmentSpread(_) => 0,
    };
    set.node.items.iter().map(in_selection).sum()
}

/// How many selections there are once every fragment stands wherever it is spread: of its operations together, or of
/// a fragment that has more. A few fragments that spread each other twice are billions.
pub(crate) fn selections(document: &ExecutableDocument) -> usize {
    let mut expanded = Expanded { document, sizes: HashMap::new() };
    let operations = document.operations.iter().map(|(_, operation)| &operation.node.selection_set);
    let in_operations = operations.fold(0_usize, |sum, set| sum.saturating_add(expanded.set(set, 0)));
    let fragments = document.fragments.keys().map(|name| expanded.fragment(name, 0));
    fragments.fold(in_operations, usize::max)
}

/// Counts each fragment once.
struct Expanded<'d> {
    document: &'d ExecutableDocument,
    sizes: HashMap<&'d str, usize>,
}

impl<'d> Expanded<'d> {
    fn set(&mut self, set: &'d Positioned<SelectionSet>, depth: usize) -> usize {
        set.node.items.iter().fold(set.node.items.len(), |sum, selection| {
            sum.saturating_add(match &selection.node {
                Selection::Field(field) => self.set(&field.node.selection_set, depth),
                Selection::InlineFragment(fragment) => self.set(&fragment.node.selection_set, depth),
                Selection::FragmentSpread(spread) => self.fragment(&spread.node.fragment_name.node, depth),
            })
        })
    }

    /// The library refuses a fragment that is not there, or that spreads itself: neither counts.
    fn fragment(&mut self, name: &'d str, depth: usize) -> usize {
        if let Some(size) = self.sizes.get(name) {
            return *size;
        }
        let Some(fragment) = self.document.fragments.get(name) else { return 0 };
        if FRAGMENTS_IN_FRAGMENTS < depth {
            return usize::MAX;
        }
        self.sizes.insert(name, 0);
        let size = self.set(&fragment.node.selection_set, depth.saturating_add(1));
        self.sizes.insert(name, size);
        size
    }
}
