//! What the store must know of a table.

use sea_orm::{EntityTrait, Value};

/// A table whose rows belong to one tenant.
#[diagnostic::on_unimplemented(message = "rows of `{Self}` have no tenant", note = "see `store::Owned`")]
pub trait Owned: EntityTrait {
    /// The column of the tenant.
    const TENANT: Self::Column;
}

/// An id of this type names this column of `E`, so that ids cannot be mixed up.
pub trait Key<E: EntityTrait>: Into<Value> {
    /// The column.
    const COLUMN: E::Column;
}
