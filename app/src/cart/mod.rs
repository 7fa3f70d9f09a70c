//! What is wanted.

mod apply;
mod create;
mod error;
mod get;
pub mod load;
mod merge;
mod rows;
mod step;
pub mod view;

pub use apply::{Apply, apply};
pub use create::{Create, create};
pub use error::{CartError, Rejection, Why};
pub use get::get;
pub use merge::merge;
pub use rows::{claim, set_order};
pub use step::{Step, Wish};
