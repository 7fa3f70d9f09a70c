//! Promotions and coupons.

mod claim;
mod codes;
mod coupon_issue;
mod coupon_revoke;
mod create;
mod draft;
mod error;
pub mod load;
mod low;
mod offers;
mod rows;
mod sales;
mod update;
mod warn;

pub use claim::{Claims, Spent, give_back, undo};
pub use coupon_issue::{COUPONS_MAX, Issue, IssueCoupon, issue_coupon};
pub use coupon_revoke::{RevokeCoupon, revoke_coupon};
pub use create::{CreatePromotion, Limits, create_promotion};
pub use draft::{Draft, Tried, is_promotion, tried};
pub use error::PromotionError;
pub use offers::{NoCoupon, Offers, looks, running_in};
pub use rows::{channels, rule};
pub use sales::Sales;
pub use update::{UpdatePromotion, currency_of, update_promotion};
pub use warn::{OVERLAPS_MAX, Warning, Written};
