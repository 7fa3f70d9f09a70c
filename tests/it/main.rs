//! The black-box tests: a folder a context, names that are sentences.

mod catalog;
mod checkout;
mod http;
