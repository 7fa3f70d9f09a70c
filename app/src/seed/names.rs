//! What the files call things.

use std::collections::HashMap;

use super::{
    desk::{At, Desk},
    error::What,
};

/// Things of one kind by their codes.
#[derive(Debug)]
pub(super) struct Names<T> {
    kind: &'static str,
    named: HashMap<String, T>,
}

impl<T: Clone> Names<T> {
    /// None yet, of a kind as messages call it.
    pub(super) fn of(kind: &'static str) -> Self {
        Self { kind, named: HashMap::new() }
    }

    /// Names a thing, once. Codes are kept trimmed, so they are told apart trimmed.
    pub(super) fn add(&mut self, desk: &mut Desk, at: At<'_>, code: &str, thing: T) {
        if self.named.insert(code.trim().to_owned(), thing).is_some() {
            desk.wrong(at, What::Twice { kind: self.kind, code: code.to_owned() });
        }
    }

    /// The thing of a code; if there is none, that is wrong.
    pub(super) fn find(&self, desk: &mut Desk, at: At<'_>, code: &str) -> Option<T> {
        let found = self.named.get(code).cloned();
        if found.is_none() {
            desk.wrong(at, What::Unknown { kind: self.kind, code: code.to_owned() });
        }
        found
    }

    /// The thing of a code.
    pub(super) fn get(&self, code: &str) -> Option<&T> {
        self.named.get(code)
    }
}
