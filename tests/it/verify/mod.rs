//! Asking whether the invariants hold.

mod breach;
