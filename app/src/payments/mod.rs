//! How an order is paid: an amount, a reference, and what became of it. Payments know no orders.
//!
//! Most functions join a transaction of checkout or orders. What the gateway is asked for goes out in
//! two transactions around the call: the request is written, sent, and its answer written.

mod ask;
mod attempt;
mod cancel;
mod capture;
mod collect;
pub mod credit;
mod entries;
mod handle_notice;
pub mod load;
mod on;
mod open;
mod raise;
mod receive;
mod receive_notice;
mod record;
mod reduce;
mod refund;
mod rows;
mod settle;
pub mod simulator;

pub use ask::ask;
pub use attempt::{Attempt, AttemptError, attempt};
pub use cancel::cancel;
pub use capture::capture;
pub use collect::collect;
pub use handle_notice::{Incoming, handle_notice, read_notice};
pub use on::{acts_on, on};
pub use open::{Open, open};
pub use raise::{is_awaited, kept, raise};
pub use receive::{ReceiveError, receive};
pub use receive_notice::{NoticeError, receive_notice};
pub use record::{Recorded, record};
pub use reduce::{ReduceError, lock, reduce};
pub use refund::{Back, Refund, RefundError, refund};
pub use settle::{Settled, settle};
