//! What happens, who hears of it, and who may make it happen.

mod audit;
mod chain;
pub mod contract;
mod emits;
mod feed;
mod live;
mod payloads;
mod permissions;
mod rabbitmq;
pub mod receiver;
mod sending;
pub mod signing;
mod webhooks;
