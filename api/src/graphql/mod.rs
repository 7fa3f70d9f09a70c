//! What every part of the schema is made of: errors, ids, money, lists, loaders, directives.

pub mod code;
pub mod connection;
pub mod directive;
pub mod error;
pub mod explain;
pub mod input;
pub mod language;
pub mod loader;
pub mod money;
pub mod node;
pub mod payload;
pub mod scalar;
pub mod shop;
