//! What is wanted.

mod apply;
mod claim;
mod coupon;
mod create;
pub mod draft;
mod error;
mod get;
mod hold;
pub mod load;
mod merge;
mod price;
mod quote;
mod rows;
mod simulate;
mod sold;
mod step;
mod taxes;
mod tender;
mod version;
pub mod view;

pub use apply::{Apply, apply};
pub use claim::{Claim, claim, complete};
pub(crate) use create::create_in;
pub use create::{Create, create};
pub use error::{CartError, Rejection, Why};
pub use get::{get, get_in, see};
pub use hold::release_overdue;
pub use merge::merge;
pub use price::{Good, Terms, goods};
pub use quote::{AskPrice, Party, QuoteError, Quoted, QuotedGood, quote_prices};
pub use simulate::{Case, On, Simulate, SimulateError, Simulated, Subject, simulate};
pub(crate) use sold::sold;
pub use step::{Step, Wish};
pub(crate) use taxes::{Bound, ask_taxes, ask_taxes_of, ask_taxes_of_any, ask_taxes_of_cart, ask_taxes_of_carts};
pub use tender::GivenCredit;
pub use version::{Shown, shown};
