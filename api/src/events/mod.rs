//! What happened, who is told of it, and who did what.

pub mod audit;
pub mod delivery;
pub mod errors;
pub mod feed;
pub mod input;
pub mod mutation;
pub mod query;
pub mod subscription;
pub mod webhook;
