//! How what is sold is taxed.

pub mod ask;
mod companies;
mod engine;
mod exclusive;
pub mod exempt;
mod rates;
mod refuse;
