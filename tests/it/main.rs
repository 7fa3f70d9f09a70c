//! The black-box tests: a folder a context, names that are sentences.

mod cart;
mod catalog;
mod checkout;
mod cli;
mod events;
mod fulfilment;
mod graphql;
mod http;
mod identity;
mod inventory;
mod orders;
mod organisations;
mod payments;
mod pricing;
mod torture;
mod verify;
