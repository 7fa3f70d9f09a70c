//! Trying to break a server: the tool behind `bin/torture`.
//!
//! A server of its own, a process `qafila serve`, on a database of its own. What the clients were told is written
//! down, and compared with what is there afterwards.

mod caller;
mod door;
mod goods;
pub mod kills;
mod listed;
pub mod mix;
pub mod peak;
pub mod races;
pub mod report;
mod shopping;
mod site;
