//! What is taken off for whom: promotions and coupons.

mod apply;
pub mod ask;
mod coupons;
mod race;
mod refuse;
