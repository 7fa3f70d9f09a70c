//! What a query holds, before it is executed.

use async_graphql::{
    Positioned,
    parser::types::{ExecutableDocument, OperationType, Selection, SelectionSet},
};

/// Whether the operation that would be executed is a mutation.
pub(crate) fn is_mutation(document: &ExecutableDocument, operation: Option<&str>) -> bool {
    document
        .operations
        .iter()
        .filter(|(name, _)| operation.is_none() || name.map(async_graphql::Name::as_str) == operation)
        .any(|(_, operation)| operation.node.ty == OperationType::Mutation)
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
