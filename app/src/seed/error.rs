//! Why a folder was not loaded.

use std::{fmt, io, path::PathBuf};

use domain::invalid::Problem;
use store::Fault;

/// Why a folder was not loaded. Nothing of it was written.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    /// A file or the folder cannot be read.
    #[error("{}: {cause}", file.display())]
    Unreadable {
        /// Which.
        file: PathBuf,
        /// Why.
        cause: io::Error,
    },
    /// A file is not TOML, or has a key too many or too few.
    #[error("{}: {cause}", file.display())]
    Malformed {
        /// Which.
        file: PathBuf,
        /// What is wrong, with its line.
        cause: Box<toml::de::Error>,
    },
    /// What the files say is wrong: all of it.
    #[error("{}", lines(.0))]
    Wrong(Vec<Wrong>),
    /// The name for the tenant has other characters than `a-z 0-9 -`.
    #[error("`{0}` is not a name for a tenant: use a-z, 0-9 and -")]
    BadSlug(String),
    /// The tenant has channels already, or somebody else loads it now.
    #[error("the tenant has a shop already")]
    AlreadySeeded,
    /// Ours to mend.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// In which file of the folder.
    pub file: String,
    /// In which item of it, such as ``product `green-tea` ``.
    pub item: String,
    /// What.
    pub what: What,
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}", self.file, self.item, self.what)
    }
}

/// What is wrong with an item.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum What {
    /// It names something that is not there.
    #[error("there is no {kind} `{code}`")]
    Unknown {
        /// What it should name.
        kind: &'static str,
        /// What it names.
        code: String,
    },
    /// Something is there twice.
    #[error("{kind} `{code}` is there twice")]
    Twice {
        /// What.
        kind: &'static str,
        /// Which.
        code: String,
    },
    /// A field does not parse.
    #[error("`{key}` is wrong: {problem:?}")]
    Field {
        /// Which.
        key: String,
        /// Why.
        problem: Problem,
    },
    /// A price is not an amount of its currency.
    #[error("`{key}` is not an amount of {currency}, not below zero: `{text}`")]
    Amount {
        /// Which.
        key: String,
        /// What it says.
        text: String,
        /// ISO 4217.
        currency: &'static str,
    },
    /// A time is not RFC 3339.
    #[error("`{key}` is not a time such as 2026-11-20T10:00:00Z")]
    Time {
        /// Which.
        key: &'static str,
    },
    /// Too many or too few.
    #[error("`{key}` has {found}, and should have {wanted}")]
    Count {
        /// Of what.
        key: &'static str,
        /// How many there are.
        found: usize,
        /// How many there should be, and why.
        wanted: String,
    },
    /// A number is out of bounds.
    #[error("`{key}` should be {wanted}")]
    Bounds {
        /// Which.
        key: String,
        /// What it should be.
        wanted: &'static str,
    },
    /// A key that means nothing.
    #[error("`{key}` is not a key of it, nor the code of a price list")]
    Key {
        /// Which.
        key: String,
    },
}

fn lines(wrong: &[Wrong]) -> String {
    wrong.iter().map(Wrong::to_string).collect::<Vec<_>>().join("\n")
}
