//! From a refusal to its code: one exhaustive match each, beside the context.

use app::refusal::Denied;
use domain::invalid::{Invalid, Wrong};
use store::{Fault, KeyReused};

use super::code::{ErrorCode, of_problem};
use crate::i18n::Arg;

/// One thing that was refused.
#[derive(Clone, Debug)]
pub struct Said {
    /// Its code.
    pub code: ErrorCode,
    /// The path in the input.
    pub path: Vec<String>,
    /// The values in its message.
    pub args: Vec<(&'static str, Arg)>,
    /// Of which of many things, where the path does not tell.
    pub sku: Option<String>,
}

impl Said {
    /// A refusal of the input as a whole.
    pub const fn code(code: ErrorCode) -> Self {
        Self { code, path: Vec::new(), args: Vec::new(), sku: None }
    }

    /// The same, at a field.
    #[must_use]
    pub fn at(mut self, field: &str) -> Self {
        self.path.push(field.to_owned());
        self
    }

    /// The same, at a path.
    #[must_use]
    pub fn path(mut self, path: Vec<String>) -> Self {
        self.path = path;
        self
    }

    /// The same, of one of many things that stands nowhere in the input: its message and its parameters name it.
    #[must_use]
    pub fn of_sku(mut self, sku: String) -> Self {
        self.sku = Some(sku);
        self
    }

    /// The same, with a value in its message.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: Arg) -> Self {
        self.args.push((name, value));
        self
    }
}

impl From<Wrong> for Said {
    fn from(wrong: Wrong) -> Self {
        let (code, args) = of_problem(&wrong.problem);
        Self { code, path: wrong.path, args, sku: None }
    }
}

/// What a use case's error is to the client.
#[derive(Debug)]
pub enum Explained {
    /// Refusals: data in the payload.
    Refused(Vec<Said>),
    /// The caller may not: a top-level error.
    Denied(Denied),
    /// Ours to mend: a top-level error.
    Fault(Fault),
}

/// An error that can tell what it is.
pub trait Explain {
    /// What it is to the client.
    fn explain(self) -> Explained;
}

/// One refusal.
pub fn refused(said: Said) -> Explained {
    Explained::Refused(vec![said])
}

impl Explain for Invalid {
    fn explain(self) -> Explained {
        Explained::Refused(self.wrong.into_iter().map(Said::from).collect())
    }
}

impl Explain for KeyReused {
    fn explain(self) -> Explained {
        refused(Said::code(ErrorCode::IdempotencyKeyReused).at("idempotencyKey"))
    }
}

impl Explain for Fault {
    fn explain(self) -> Explained {
        Explained::Fault(self)
    }
}

impl Explain for Denied {
    fn explain(self) -> Explained {
        Explained::Denied(self)
    }
}
