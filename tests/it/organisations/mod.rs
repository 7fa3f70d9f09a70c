//! Companies that buy.

mod act;
pub mod ask;
mod contracts;
mod limits;
mod list;
mod manage;
mod members;
mod units;
