//! Lists: a page of places, and how many there are in all.

use store::Page;

/// A page of a list, and its total if that was asked for.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The places.
    pub page: Page,
    /// Rows in all, computed only when wanted.
    pub total: Option<u64>,
}
