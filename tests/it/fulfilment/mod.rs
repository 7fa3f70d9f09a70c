//! Where orders ship from, and why.

pub mod ask;
mod re_source;
mod reasons;
mod rules;
mod zones;
