//! Reading the workspace's own files.

use std::path::{Path, PathBuf};

/// A file of the workspace.
pub struct File {
    /// From the root of the workspace.
    pub path: String,
    /// What it says.
    pub text: String,
}

/// The root of the workspace.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// A file, by its path from the root.
pub fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The names of the folders right beneath a folder, sorted.
pub fn folders(folder: &str) -> Vec<String> {
    let entries = entries(&root().join(folder)).into_iter().filter(|path| path.is_dir());
    entries.map(|path| path.file_name().unwrap().to_str().unwrap().to_owned()).collect()
}

/// The files beneath a folder whose names end like this, sorted.
pub fn files(folder: &str, ending: &str) -> Vec<File> {
    let mut found = Vec::new();
    walk(&root().join(folder), ending, &mut found);
    found
}

/// The Rust sources of every crate, sorted.
pub fn sources() -> Vec<File> {
    let crates = folders("").into_iter().filter(|name| root().join(name).join("Cargo.toml").exists());
    crates.flat_map(|name| files(&name, ".rs")).collect()
}

fn walk(folder: &Path, ending: &str, found: &mut Vec<File>) {
    for path in entries(folder) {
        let name = path.file_name().unwrap().to_str().unwrap();
        if path.is_dir() && !name.starts_with('.') && name != "target" {
            walk(&path, ending, found);
        } else if path.is_file() && name.ends_with(ending) {
            let text = std::fs::read_to_string(&path).unwrap();
            found.push(File { path: path.strip_prefix(root()).unwrap().to_str().unwrap().to_owned(), text });
        }
    }
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

impl File {
    /// The code alone: comments and what stands in quotes are blanks, every line where it was.
    pub fn code(&self) -> String {
        let mut code = String::with_capacity(self.text.len());
        let mut rest = self.text.as_str();
        while !rest.is_empty() {
            let (skipped, is_code) = piece(rest);
            let (one, after) = rest.split_at(skipped);
            if is_code {
                code.push_str(one);
            } else {
                code.extend(one.chars().map(|c| if c == '\n' { c } else { ' ' }));
            }
            rest = after;
        }
        code
    }
}

/// How long the piece is that the text begins with, and whether it is code.
fn piece(text: &str) -> (usize, bool) {
    let until = |end: &str, from: usize| text[from..].find(end).map_or(text.len(), |at| from + at + end.len());
    if text.starts_with("//") {
        return (text.find('\n').unwrap_or(text.len()), false);
    }
    if text.starts_with("/*") {
        return (until("*/", 2), false);
    }
    if let Some(raw) = text.strip_prefix('r') {
        let hashes = raw.len() - raw.trim_start_matches('#').len();
        if raw[hashes..].starts_with('"') {
            return (until(&format!("\"{}", "#".repeat(hashes)), hashes + 2), false);
        }
    }
    if text.starts_with('"') {
        return (quoted(text), false);
    }
    if text.starts_with('\'') {
        return character(text);
    }
    // A word is one piece, so that an `r` at its end is no raw string.
    let word = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    (word.max(text.chars().next().map_or(0, char::len_utf8)), true)
}

/// The length of a text in quotes, quotes included.
fn quoted(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// A character in quotes is no code; the quote of a lifetime is.
fn character(text: &str) -> (usize, bool) {
    let mut inside = text.char_indices().skip(1);
    let (_, first) = inside.next().unwrap_or((0, ' '));
    if first == '\\' {
        let end = text[2..].char_indices().skip(1).find(|(_, c)| *c == '\'');
        return end.map_or((1, true), |(at, _)| (2 + at + 1, false));
    }
    match inside.next() {
        Some((at, '\'')) => (at + 1, false),
        _ => (1, true),
    }
}

#[test]
fn code_is_what_is_left_without_comments_and_quotes() {
    let text = "fn f<'a>(x: &'a str) { g('\"', '\\'', \"a // b \\\" c\", r#\"\"x\"#); } // end\nvar\"y\" /* z */ h";
    let code = File { path: String::new(), text: text.to_owned() }.code();
    assert_eq!(code.len(), text.len());
    assert_eq!(code.split_whitespace().collect::<String>(), "fnf<'a>(x:&'astr){g(,,,);}varh");
}
