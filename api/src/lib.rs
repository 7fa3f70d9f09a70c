//! The outside of Qafila: HTTP, GraphQL, messages, configuration, the command line.
// Resolvers await use cases, which await statements: the compiler looks that deep for whether all of it can be sent.
#![recursion_limit = "256"]
#![expect(clippy::unused_async, reason = "a resolver is async whether it waits or not")]

pub mod cart;
pub mod catalog;
pub mod checkout;
pub mod cli;
pub mod config;
pub mod events;
pub mod fulfilment;
pub mod graphql;
pub mod http;
pub mod i18n;
pub mod identity;
pub mod inventory;
pub mod orders;
pub mod organisations;
pub mod payments;
pub mod pricing;
pub mod schema;
pub mod server;
pub mod telemetry;
