//! What is wanted.

mod address;
mod at_once;
mod change;
mod create;
mod delivery;
pub(crate) mod draft;
mod draft_company;
mod hold;
mod input;
mod price;
pub(crate) mod read;
pub(crate) mod refusal;
mod repeat;
mod warning;
mod whose;
