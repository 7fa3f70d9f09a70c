//! Goods that customers send back: who asks for it, what staff do with it, and what becomes of goods and money.
//!
//! Every move goes through `machine`. What locks rows of several contexts does so in one order: the payment, the order's
//! status, the return's, the stock.

mod close;
mod days;
mod exchange;
mod inspect;
pub mod list;
pub mod load;
mod machine;
mod moves;
mod receive;
mod refund;
mod refusal;
mod request;
mod rows;

pub use days::{SetDays, SetDaysError, set_days};
pub use exchange::{ExchangeError, begin_exchange};
pub use inspect::{Inspect, inspect};
pub use machine::Move;
pub use moves::{approve, reject};
pub use receive::{Receive, receive};
pub use refund::{Refund, refund};
pub use refusal::ReturnError;
pub use request::{By, Request, Wanted, request};

pub(super) use close::close;
pub(super) use rows::refunded;
