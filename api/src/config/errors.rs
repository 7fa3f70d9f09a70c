//! All that is wrong with the configuration.

use std::fmt;

/// All that is wrong with the configuration, each with what to write instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigErrors {
    problems: Vec<String>,
}

impl ConfigErrors {
    /// One thing.
    pub(super) fn one(problem: String) -> Self {
        Self { problems: vec![problem] }
    }

    /// All of these, unless there are none.
    pub(super) fn all(problems: Vec<String>) -> Result<(), Self> {
        if problems.is_empty() { Ok(()) } else { Err(Self { problems }) }
    }
}

/// A list for a person, one thing a line.
impl fmt::Display for ConfigErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the configuration cannot be used:")?;
        self.problems.iter().try_for_each(|problem| write!(f, "\n  - {problem}"))
    }
}

impl std::error::Error for ConfigErrors {}
