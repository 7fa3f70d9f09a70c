//! The outside of Qafila: HTTP, GraphQL, messages, configuration, the command line.

mod cart;
mod catalog;
mod checkout;
pub mod cli;
pub mod config;
mod events;
mod graphql;
mod http;
mod i18n;
mod identity;
mod orders;
mod organisations;
pub mod schema;
pub mod server;
pub mod telemetry;
