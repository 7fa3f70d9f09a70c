//! Refusals that every context knows.

use domain::identity::permission::Permission;

/// The caller may not do it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Denied {
    /// Nobody is signed in.
    #[error("nobody is signed in")]
    Unauthenticated,
    /// The caller lacks a permission.
    #[error("the caller lacks {}", .0.code())]
    Forbidden(Permission),
}
