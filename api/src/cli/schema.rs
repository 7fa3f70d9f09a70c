//! `qafila schema`

use std::{
    io::{self, Write},
    process::ExitCode,
};

use super::Failure;

/// Prints the schema.
pub(super) fn print() -> Result<ExitCode, Failure> {
    io::stdout().write_all(crate::schema::sdl().as_bytes()).map_err(Failure::new)?;
    Ok(ExitCode::SUCCESS)
}
