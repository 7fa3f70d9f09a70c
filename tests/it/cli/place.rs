//! An empty folder to run the binary in.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use tempfile::TempDir;
use tests::binary::qafila;

/// An empty folder, and an empty environment.
pub struct Place {
    folder: TempDir,
}

/// What a command said.
#[derive(Debug)]
pub struct Said {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Place {
    pub fn new() -> Self {
        Self { folder: TempDir::with_prefix("qafila-cli-").unwrap() }
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file, and makes its folders.
    pub fn write(&self, name: &str, text: &str) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// A copy of the fixture, in `name`.
    pub fn copy_fixture(&self, name: &str) {
        for file in ["shop.toml", "options.toml", "types.toml", "collections.toml", "departments/shop.toml"] {
            self.write(&format!("{name}/{file}"), &fixture(file));
        }
    }

    /// Whether a file is there.
    pub fn has(&self, name: &str) -> bool {
        self.path().join(name).exists()
    }

    /// The binary, here, with nothing set.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = qafila("", self.path());
        command.env_clear().args(arguments);
        command
    }

    /// Runs it.
    pub fn run(&self, arguments: &[&str]) -> Said {
        Said::of(&self.command(arguments).output().unwrap())
    }

    /// Runs it with these variables.
    pub fn run_with(&self, variables: &[(&str, &str)], arguments: &[&str]) -> Said {
        Said::of(&self.command(arguments).envs(variables.iter().copied()).output().unwrap())
    }
}

impl Said {
    pub fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
        Self { code: output.status.code(), out: text(&output.stdout), err: text(&output.stderr) }
    }

    /// It went well, and said this on the standard output.
    pub fn well(&self) -> &str {
        assert_eq!(self.code, Some(0), "{self:?}");
        &self.out
    }

    /// It was refused, and said this on the standard error and nothing else.
    pub fn refused(&self) -> &str {
        assert_eq!((self.code, self.out.as_str()), (Some(1), ""), "{self:?}");
        &self.err
    }
}

/// A file of the fixture.
pub fn fixture(file: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixture").join(file)).unwrap()
}

/// The root of the workspace.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}
