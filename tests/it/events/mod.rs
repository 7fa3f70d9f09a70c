//! What happens, who hears of it, and who may make it happen.

mod audit;
pub mod contract;
mod emits;
mod permissions;
