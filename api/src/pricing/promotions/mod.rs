//! Promotions and coupons.

pub mod condition;
pub mod coupon;
pub mod effect;
pub mod errors;
pub mod explanation;
pub mod input;
pub mod mutation;
pub mod promotion;
pub mod query;
pub mod refusal;
pub mod rule;
pub mod selector;
mod terms;
pub mod warning;
