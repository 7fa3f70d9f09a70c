//! Ids of the catalogue.

use serde_json::json;

use super::{
    NODE, Read, Write,
    id_of::{category, collection, product, variant},
    none, null, read, write,
};

pub const READS: &[Read] = &[
    read("Query.node.id", product, NODE, null),
    read("Query.node.id", variant, NODE, null),
    read("Query.node.id", category, NODE, null),
    read("Query.node.id", collection, NODE, null),
    read(
        "Query.externalSkus.filter.variants",
        variant,
        "query ($id: ID!) { found: externalSkus(filter: { variants: [$id] }) { totalCount nodes { id } } }",
        none,
    ),
    read("Query.product.by.id", product, "query ($id: ID!) { found: product(by: { id: $id }) { id } }", null),
    read(
        "Query.productVariant.by.id",
        variant,
        "query ($id: ID!) { found: productVariant(by: { id: $id }) { id } }",
        null,
    ),
    read("Query.category.by.id", category, "query ($id: ID!) { found: category(by: { id: $id }) { id } }", null),
    read("Query.collection.by.id", collection, "query ($id: ID!) { found: collection(by: { id: $id }) { id } }", null),
    read(
        "Query.products.filter.ids",
        product,
        "query ($id: ID!) { found: products(filter: { ids: [$id] }) { totalCount nodes { id } } }",
        none,
    ),
    read(
        "Query.products.filter.categories",
        category,
        "query ($id: ID!) { found: products(filter: { categories: [$id] }) { totalCount nodes { id } } }",
        none,
    ),
    read(
        "Query.products.filter.collections",
        collection,
        "query ($id: ID!) { found: products(filter: { collections: [$id] }) { totalCount nodes { id } } }",
        none,
    ),
];

pub const WRITES: &[Write] = &[write(
    "Mutation.externalSkusSet.input.lines.variant.id",
    variant,
    |_, id| json!({ "marketplace": "noon-sa", "lines": [{ "externalSku": "N-1", "variant": { "id": id } }] }),
)
.at(&["lines", "0", "variant"])];
