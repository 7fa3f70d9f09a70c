//! The configuration file.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// The file that is read if none is chosen and it is there.
const USUAL: &str = "qafila.toml";

/// What a file says.
pub(super) struct File {
    /// Where it was read from.
    pub(super) path: PathBuf,
    /// Its keys.
    pub(super) table: toml::Table,
}

/// Reads the chosen file, or `qafila.toml` if there is one, or nothing.
pub(super) fn read(chosen: Option<&Path>) -> Result<File, String> {
    let path = chosen.unwrap_or(Path::new(USUAL));
    match fs::read_to_string(path) {
        Ok(text) => parse(path, &text),
        Err(error) if error.kind() == io::ErrorKind::NotFound && chosen.is_none() => parse(path, ""),
        Err(error) => Err(format!("{} cannot be read: {error}; write the path of a TOML file", path.display())),
    }
}

/// Reads the text of the file at `path`.
///
/// A refusal tells the line, but not what is in it: that may be a secret.
pub(super) fn parse(path: &Path, text: &str) -> Result<File, String> {
    let table = text.parse().map_err(|error: toml::de::Error| {
        let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        format!("{}, line {line}: {}; write key = value, with quotes around text", path.display(), error.message())
    })?;
    Ok(File { path: path.to_owned(), table })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chosen_file_must_be_there() {
        let problem = read(Some(Path::new("/nowhere/q.toml"))).err().unwrap();
        assert!(problem.starts_with("/nowhere/q.toml cannot be read"), "{problem}");
    }

    #[test]
    fn a_malformed_file_is_refused_by_line_and_tells_no_secret() {
        let problem = parse(Path::new("q.toml"), "demo = true\ntoken_secret = hush-hush\n").err().unwrap();
        assert!(problem.starts_with("q.toml, line 2: "), "{problem}");
        assert!(!problem.contains("hush-hush"), "{problem}");
    }
}
