//! Telling RabbitMQ of events: at least once, those of one record in their order.

mod address;
mod answers;
mod broker;
mod publish;

pub use address::Address;
pub use broker::{EXCHANGE, Queue, Settings};
pub use publish::{publish_again, publish_due};
