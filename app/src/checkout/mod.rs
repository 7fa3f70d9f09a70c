//! From a cart to an order: the one orchestrator.

mod complete;
mod complete_draft;
mod edit;
mod error;
mod exchange;
mod notice;
mod pay;
mod place;
mod queue;
mod refusal;
mod reorder;
mod rows;
mod submit;
pub mod ticket;
mod token;

pub use complete::{Card, Complete, Completed, complete};
pub use complete_draft::{AcceptDraft, CompleteDraft, DraftCheckoutError, Expected, accept_draft, complete_draft};
pub use edit::{Edit, edit};
pub use error::{CheckoutError, Missing, PayError};
pub use exchange::{Exchange, exchange};
pub use notice::handle_notices;
pub use pay::{Pay, pay};
pub use queue::decide_waiting;
pub use refusal::Refusal;
pub use reorder::{LeftOut, Reorder, ReorderError, Reordered, reorder};
pub use submit::{Submit, submit};
pub use token::order_token;
