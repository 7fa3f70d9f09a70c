//! Orders: facts that never change, and the moves of their state with their trail.
//!
//! Every move goes through `machine`. What locks rows of several contexts does so in one order: the
//! payment, the status, the stock; so two moves of one order cannot wait for each other.

mod allocate;
mod cancel;
mod confirm;
mod deliver;
mod expire;
mod get;
pub mod list;
pub mod load;
mod machine;
mod mark_paid;
mod paid;
mod place;
mod promotions;
mod refund;
mod refusal;
mod rows;
mod ship;
mod token;
mod whereabouts;

pub use allocate::allocate;
pub use cancel::{Cancel, cancel};
pub use confirm::confirm;
pub use deliver::deliver;
pub use expire::{expire, expire_overdue, is_overdue};
pub use get::{get, get_by_token, get_own, visible, visible_with_token};
pub use machine::Move;
pub use mark_paid::{MarkPaidError, mark_paid};
pub use paid::paid;
pub use place::{Place, PlaceLine, place};
pub use promotions::{AppliedPromotion, applied_promotions};
pub use refund::{Refund, RefundError, refund};
pub use refusal::MoveError;
pub use ship::{Ship, ship};
pub use whereabouts::{Entry, Whereabouts, whereabouts};
