//! Keeps the debug binary small in memory.
//!
//! Without optimisation, async-graphql's resolvers and their futures are tens of megabytes of code, most of it copies
//! of the same few functions, and a position-independent binary spends more on relocations. Folding the copies and
//! linking to a fixed address took 11 MB of 68 away.

use std::env::var;

#[expect(clippy::disallowed_methods, reason = "cargo tells build scripts what is built through the environment")]
fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    // Where rustc brings its own linker, which knows how to fold.
    let is_known = var("TARGET").is_ok_and(|target| target == "x86_64-unknown-linux-gnu");
    if is_known && var("PROFILE").is_ok_and(|profile| profile == "debug") {
        println!("cargo:rustc-link-arg-bins=-Wl,--icf=all");
        println!("cargo:rustc-link-arg-bins=-no-pie");
    }
}
