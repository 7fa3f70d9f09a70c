//! Tax engines outside that say how what a channel sells is taxed, in the place of the shop's own rules.
//!
//! An engine is asked before a cart is shown or ordered, in no transaction; what it says is kept until it is not good any more,
//! and that is what carts are priced with, in a transaction or not. Of what it did not say the shop's rules make an estimate,
//! by which orders are taken, or none are, as the channel has it.

mod ask;
mod rows;
mod said;
mod secret;
mod set;

pub(crate) use ask::ask;
pub use said::{Said, Unanswered};
pub use secret::reveal;
pub use set::{SetEngine, set_engine};

use domain::pricing::tax::{Source, engine::Fallback};
use entity::channels::channel;

/// Whether nothing can be ordered in a channel that is taxed by an estimate.
pub(crate) fn refuses(channel: &channel::Model, source: Source) -> bool {
    source == Source::Estimate && channel.tax_fallback.as_deref() == Some(Fallback::Refuse.code())
}
