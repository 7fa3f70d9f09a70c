//! Trying to break a server: `bin/torture`, in short.

mod crashes;
mod races;
