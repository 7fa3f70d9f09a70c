//! Which context may call which inside `app`: the table in ARCHITECTURE.md says what the code does.

use std::collections::{BTreeMap, BTreeSet};

use crate::source::{files, folders, read};

type Calls = BTreeMap<String, BTreeSet<String>>;

/// The table under `## Contexts`: who, and whom they may call.
fn table() -> Calls {
    let text = read("ARCHITECTURE.md");
    let section = text.split("\n## ").find(|section| section.starts_with("Contexts\n")).expect("a section Contexts");
    let mut calls = Calls::new();
    for row in section.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<_> = row.split('|').collect();
        // What stands in brackets explains.
        let callees: BTreeSet<_> = names(cells[2].split('(').next().unwrap()).collect();
        calls.extend(names(cells[1]).map(|name| (name, callees.clone())));
    }
    calls
}

/// The words in backticks.
fn names(cell: &str) -> impl Iterator<Item = String> {
    cell.split('`').skip(1).step_by(2).map(str::to_owned)
}

/// What the code does: `crate::<context>` in `app/src/<context>`.
fn code() -> Calls {
    let contexts = folders("app/src");
    let of = |context: &String| {
        let files = files(&format!("app/src/{context}"), ".rs");
        let used = files.iter().flat_map(|file| roots(&file.code()));
        let others = used.filter(|name| name != context && contexts.contains(name));
        (context.clone(), others.collect())
    };
    contexts.iter().map(of).collect()
}

/// The first names of all paths that begin at `crate::`, in braces or not.
fn roots(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, start) in code.match_indices("crate::") {
        let rest = &code[at + start.len()..];
        match rest.strip_prefix('{') {
            Some(group) => found.extend(in_group(group)),
            None => found.push(first_name(rest)),
        }
    }
    found
}

/// The first name of each path of a group, up to the brace that closes it.
fn in_group(group: &str) -> Vec<String> {
    let (mut found, mut depth, mut is_first) = (Vec::new(), 0_u32, true);
    for (at, c) in group.char_indices() {
        match c {
            '}' if depth == 0 => break,
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => is_first = true,
            c if is_first && !c.is_whitespace() => {
                found.push(first_name(&group[at..]));
                is_first = false;
            }
            _ => {}
        }
    }
    found
}

fn first_name(path: &str) -> String {
    path.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

#[test]
fn contexts_call_whom_the_architecture_says() {
    let (table, code) = (table(), code());
    let mut wrong = Vec::new();
    for context in table.keys().chain(code.keys()).collect::<BTreeSet<_>>() {
        match (table.get(context), code.get(context)) {
            (Some(said), Some(done)) if said != done => {
                let unsaid: Vec<_> = done.difference(said).collect();
                let undone: Vec<_> = said.difference(done).collect();
                wrong.push(format!(
                    "{context}: calls {unsaid:?} and the table does not say so; the other way {undone:?}"
                ));
            }
            (None, _) => wrong.push(format!("{context}: not in the table")),
            (_, None) => wrong.push(format!("{context}: in the table, but not in app/src")),
            _ => {}
        }
    }
    assert!(wrong.is_empty(), "ARCHITECTURE.md, Contexts:\n{}", wrong.join("\n"));
}

#[test]
fn contexts_call_in_no_circle_and_nobody_calls_checkout() {
    let mut left = code();
    assert!(left.values().all(|callees| !callees.contains("checkout")), "checkout is on top");
    while let Some(leaf) = left.iter().find(|(_, callees)| callees.is_empty()).map(|(name, _)| name.clone()) {
        left.remove(&leaf);
        for callees in left.values_mut() {
            callees.remove(&leaf);
        }
    }
    assert!(left.is_empty(), "a circle is among {left:?}");
}

#[test]
fn paths_are_read_in_braces_and_without() {
    let code =
        "use crate::{\n cx::{Cx, App},\n orders::{self, a::{b, c}}, payments,\n};\n let x = crate::cart::view();";
    assert_eq!(roots(code), ["cx", "orders", "payments", "cart"]);
}
