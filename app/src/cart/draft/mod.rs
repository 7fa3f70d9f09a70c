//! Carts that staff make for customers. They are no shopper's: who completes them is staff, or who knows their token.

mod company;
mod create;
mod delete;
mod error;
pub mod list;
pub mod load;
mod price;
mod rows;
mod send;
mod update;

pub(crate) use company::still;
pub(crate) use load::ask_taxes_of_draft;
pub(crate) use rows::{by_id, by_token, claim, note_of};

pub use company::{Company, NoCompany};
pub use create::{CreateDraft, create};
pub use delete::{DeleteDraft, delete};
pub use error::DraftError;
pub use load::{Draft, offered};
pub use price::{AgreePrice, agree_price};
pub use send::{SendDraft, send};
pub use update::{UpdateDraft, update};
