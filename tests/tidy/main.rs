//! Tidy: rules of the workspace that no compiler keeps. It needs no database.

mod arrows;
mod contexts;
mod proofs;
mod rooms;
mod schema;
mod source;
mod words;
