//! How it is paid.

pub mod gateway_notice;
pub mod payment;
pub mod payment_entry;
pub mod payment_supplement;
pub mod simulated_charge;
pub mod simulated_notice;
pub mod simulated_refund;
