//! What is taken off for whom: promotions and coupons.

mod apply;
pub mod ask;
mod cap;
mod change;
mod coupons;
mod floor;
mod gone_bad;
mod low;
mod race;
mod refuse;
mod simulate;
mod told;
mod warn;
