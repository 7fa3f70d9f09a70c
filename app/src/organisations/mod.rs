//! Companies that buy, their units, and who buys for them.

mod create;
mod error;
pub mod list;
pub mod load;
pub mod members;
mod named;
mod party;
mod rows;
pub mod units;
mod update;

pub use create::{CreateOrganisation, create};
pub use error::OrganisationError;
pub(crate) use named::{called, company_of, known, seat_in, units_called};
pub(crate) use party::tax_numbers;
pub use party::{Party, Wish, admits, parties, party};
pub use update::{UpdateOrganisation, update};
