//! How what is sold is taxed.

pub mod channel;
pub mod class;
pub mod engine;
mod errors;
pub mod exemption;
pub mod mutation;
pub mod query;
pub mod rate;
pub mod taxation;
pub mod variant;
