//! Trying to break a server: `bin/torture`, in short.

mod kills;
mod mix;
mod peak;
mod races;
