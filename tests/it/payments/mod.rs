//! How orders are paid.

pub mod card;
mod cards;
pub mod credit;
mod money;
mod notices;
mod secure;
mod transfer;
pub mod wiretap;
