//! Webhooks, and what they are told.

pub mod webhook;
pub mod webhook_attempt;
pub mod webhook_delivery;
pub mod webhook_payload;
