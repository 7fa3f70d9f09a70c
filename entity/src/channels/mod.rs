//! Where it is sold.

pub mod channel;
pub mod channel_location;
pub mod channel_payment;
