//! How it is paid.

pub mod credit;
pub mod credit_entry;
pub mod credit_lot;
pub mod gateway_notice;
pub mod payment;
pub mod payment_entry;
pub mod payment_supplement;
pub mod simulated_charge;
pub mod simulated_notice;
pub mod simulated_refund;
