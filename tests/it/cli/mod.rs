//! The command line, as an operator uses it.

mod changes;
mod configuration;
mod help;
mod place;
mod schema;
mod seed;
mod serve;
mod served;
mod stop;
mod tables;
mod verify;
mod walkthrough;
