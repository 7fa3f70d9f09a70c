//! What is not left behind.

use crate::source::{File, files, sources};

/// Not in code, and not in comments.
const NOWHERE: &[&str] = &["FIXME", "TODO"];

/// Not in code.
const NOT_IN_CODE: &[&str] = &["todo!", "unimplemented!", "dbg!", "#[ignore"];

/// What the domain does not know: time, chance, the world.
const NOT_IN_DOMAIN: &[&str] = &["async fn", ".await", "f32", "f64", "SystemTime", "std::env", "std::fs", "rand::"];

/// The lines of a text that hold one of the words.
fn lines(path: &str, text: &str, words: &[&str]) -> Vec<String> {
    let holds = |line: &&str| words.iter().any(|word| line.contains(word));
    let numbered = text.lines().enumerate().filter(|(_, line)| holds(line));
    numbered.map(|(index, line)| format!("{path}:{}: {}", index + 1, line.trim())).collect()
}

#[test]
fn nothing_is_left_undone() {
    let looked_at = sources().into_iter().filter(|file| file.path != "tests/tidy/words.rs");
    let undone = |file: File| {
        let mut found = lines(&file.path, &file.text, NOWHERE);
        found.extend(lines(&file.path, &file.code(), NOT_IN_CODE));
        found
    };
    let found: Vec<_> = looked_at.flat_map(undone).collect();
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn snapshots_are_accepted_or_rejected() {
    let left = [".snap.new", ".pending-snap"].into_iter().flat_map(|ending| files("tests", ending));
    let left: Vec<_> = left.map(|file| file.path).collect();
    assert!(left.is_empty(), "{left:#?}");
}

#[test]
fn the_domain_does_not_wait_or_look_around() {
    let found = files("domain/src", ".rs").into_iter().flat_map(|file| lines(&file.path, &file.code(), NOT_IN_DOMAIN));
    let found: Vec<_> = found.collect();
    assert!(found.is_empty(), "{found:#?}");
}
