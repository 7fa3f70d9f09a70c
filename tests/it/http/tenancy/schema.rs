//! The table of operations knows every id of the schema.

use std::collections::BTreeSet;

use tests::shop::Shop;

use super::operations::{reads, writes};
use crate::graphql::introspection::Schema;

#[tokio::test(flavor = "multi_thread")]
async fn every_place_of_the_schema_that_takes_an_id_is_tried_with_the_neighbour_s() {
    let shop = Shop::open().await;
    let schema = Schema::of(&shop.staff_all()).await;
    let taken: BTreeSet<_> = schema.id_places().into_iter().collect();
    let tried: BTreeSet<_> =
        reads().map(|read| read.place).chain(writes().map(|write| write.place)).map(str::to_owned).collect();
    assert_eq!(taken.difference(&tried).collect::<Vec<_>>(), Vec::<&String>::new(), "not tried");
    assert_eq!(tried.difference(&taken).collect::<Vec<_>>(), Vec::<&String>::new(), "not in the schema any more");
}
