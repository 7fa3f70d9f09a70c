//! Gift cards and store credit: what the shop owes somebody, and takes for money.
//!
//! Every change of a balance begins with its locked row, moves lots by conditional statements, and writes one entry a lot.

mod account;
mod adjust;
mod block;
mod code;
mod error;
mod expire;
mod issue;
pub mod load;
mod moves;
mod redeem;
mod rows;

pub use account::{Held, NotSpendable, Purses};
pub use adjust::{Adjust, Whose, grant, withdraw};
pub use block::{Block, block};
pub use error::CreditError;
pub use expire::expire_overdue;
pub use issue::{COUNT_MAX as ISSUED_MAX, Issue, Issued, issue};
pub use redeem::hold;
pub(super) use redeem::{give_back, hold_of, redeem, to_store_credit};
