//! What is sold.

mod browse;
mod channels;
mod filter;
mod language;
pub(crate) mod many;
mod node;
mod sort;
mod statements;
