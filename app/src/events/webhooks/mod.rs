//! Webhooks out: who is told of events, and how it goes. Signed as <https://www.standardwebhooks.com> says.

mod create;
mod delete;
mod deliver;
mod dispatch;
mod expire;
mod fan_out;
mod guard;
mod list;
mod refusal;
mod replay;
mod rotate;
mod rows;
mod secret;
mod send;
mod shape;
mod test;
mod update;

pub use create::{Create, create};
pub use delete::{Delete, delete};
pub use deliver::deliver_due;
pub use dispatch::dispatch;
pub use expire::expire;
pub use fan_out::fan_out;
pub use guard::client;
pub use list::{
    DELIVERIES_SORTED_BY, DeliveryFilter, WEBHOOKS_SORTED_BY, attempts, bodies, deliveries, deliveries_by_id, webhooks,
    webhooks_by_id,
};
pub use refusal::WebhookError;
pub use replay::{Replay, replay};
pub use rotate::{Rotate, rotate};
pub use secret::reveal;
pub use shape::{Shape, Shaped, VARIABLES, Wish};
pub use test::{Test, test};
pub use update::{Update, update};
