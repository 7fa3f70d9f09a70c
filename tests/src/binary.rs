//! The binary, as an operator runs it.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use crate::shop::TOKEN_SECRET;

/// `qafila` on a database, with a directory for its files. It sees nothing of our environment.
pub fn qafila(database_url: &str, directory: &Path) -> Command {
    let mut command = Command::new(path());
    command.current_dir(directory).env_clear().env("DATABASE_URL", database_url).env("QAFILA_DATA_DIR", directory);
    command.env("QAFILA_TOKEN_SECRET", TOKEN_SECRET);
    command
}

/// It lies beside our tools, and beside the folder of the test executables.
fn path() -> PathBuf {
    let executable = std::env::current_exe().unwrap();
    let name = format!("qafila{}", std::env::consts::EXE_SUFFIX);
    let mut beside = executable.ancestors().skip(1).take(2).map(|folder| folder.join(&name));
    let found = beside.find(|path| path.exists());
    found.unwrap_or_else(|| panic!("{name} is not there: run `cargo build -p api` first, or bin/test"))
}
