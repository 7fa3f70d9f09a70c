//! What is wanted.

mod apply;
mod claim;
mod create;
mod error;
mod get;
mod hold;
pub mod load;
mod merge;
mod price;
mod rows;
mod step;
mod version;
pub mod view;

pub use apply::{Apply, apply};
pub use claim::{Claim, claim, complete};
pub use create::{Create, create};
pub use error::{CartError, Rejection, Why};
pub use get::{get, get_in};
pub use hold::release_overdue;
pub use merge::merge;
pub use price::Terms;
pub use step::{Step, Wish};
pub use version::{Shown, shown};
