//! What a run says, and what it finds.

use std::{
    fmt::Display,
    sync::{Mutex, PoisonError},
};

/// How many findings are printed.
const PRINTED: usize = 25;

/// Collects findings, and prints everything as it happens.
#[derive(Debug, Default)]
pub struct Report {
    found: Mutex<Vec<String>>,
}

impl Report {
    /// Says what was done.
    pub fn say(&self, line: impl Display) {
        println!("{line}");
    }

    /// Notes what should not be. Of very much of it, the beginning is printed.
    pub fn found(&self, what: impl Display) {
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        if found.len() < PRINTED {
            println!("FOUND {what}");
        }
        found.push(what.to_string());
    }

    /// Everything that should not be.
    pub fn findings(self) -> Vec<String> {
        self.found.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}
