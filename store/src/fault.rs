//! What is ours to mend: the database is gone, or a bug.

use std::{error::Error, fmt};

use sea_orm::{DbErr, RuntimeErr, SqlErr};

/// A failure that the caller can do nothing about. Logged once, where it is handled; nothing of it
/// reaches a client but a trace id.
#[derive(Debug)]
pub struct Fault {
    cause: Box<dyn Error + Send + Sync>,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Duplicate,
    Overloaded,
    Other,
}

impl Fault {
    /// A failure with this cause.
    pub fn new(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { cause: cause.into(), kind: Kind::Other }
    }

    /// Whether a row of the same unique key was there already.
    pub fn is_duplicate(&self) -> bool {
        self.kind == Kind::Duplicate
    }

    /// Whether the database had no room for the work now, or chose it to end a deadlock: the same
    /// call may succeed later.
    pub fn is_overload(&self) -> bool {
        self.kind == Kind::Overloaded
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.cause.fmt(f)
    }
}

impl Error for Fault {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.cause.source()
    }
}

impl From<DbErr> for Fault {
    fn from(error: DbErr) -> Self {
        let kind = match (error.sql_err(), &error) {
            (Some(SqlErr::UniqueConstraintViolation(_)), _) => Kind::Duplicate,
            (_, DbErr::ConnectionAcquire(_)) => Kind::Overloaded,
            _ if code(&error).is_some_and(|code| OVERLOAD.contains(&code.as_str())) => Kind::Overloaded,
            _ => Kind::Other,
        };
        Self { cause: Box::new(error), kind }
    }
}

/// Serialisation failure, deadlock, too many connections, and a lock that did not come in time, of PostgreSQL; busy and
/// locked of SQLite.
const OVERLOAD: [&str; 8] = ["40001", "40P01", "53300", "55P03", "5", "6", "261", "517"];

/// The database's own code of an error.
fn code(error: &DbErr) -> Option<String> {
    let (DbErr::Exec(runtime) | DbErr::Query(runtime)) = error else { return None };
    let RuntimeErr::SqlxError(sqlx) = runtime else { return None };
    sqlx.as_database_error()?.code().map(|code| code.to_string())
}
