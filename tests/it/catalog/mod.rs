//! What is sold.

mod browse;
mod channels;
pub(crate) mod external_skus;
mod filter;
mod language;
pub(crate) mod many;
mod node;
mod sort;
mod statements;
