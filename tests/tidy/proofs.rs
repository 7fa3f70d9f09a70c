//! Who may do it is in the signature of every use case.

use crate::source::files;

/// What proves that the caller may, or says that anybody may.
const PROOFS: &[&str] = &["Permit", "Shopper", "Customer", "Public", "System"];

/// What takes a context and no proof, or a module of such, and why.
const EXCEPTIONS: &[(&str, &str)] = &[
    ("identity::load", "finds the caller's own account, and others only for staff who may see customers"),
    ("cart::draft::load::drafts", "who may see a draft was asked where its id came from"),
    ("orders::load", "who may see an order was asked where its id came from"),
    ("orders::returns::load", "the same"),
    ("orders::whereabouts::whereabouts", "the same"),
    ("fulfilment::shipments", "the same"),
    ("orders::get::visible", "finds out itself what the caller can prove"),
    ("orders::get::visible_with_token", "the same"),
    ("payments::ask::ask", "a step between two transactions of its caller: it touches no row"),
    ("payments::handle_notice::read_notice", "a step before a transaction of its caller, the worker"),
    ("inventory::alerts::due::on", "hears of events that the worker relays"),
    ("payments::on::on", "hears of events that the worker relays"),
];

/// A function that takes a context first.
#[derive(Debug)]
struct UseCase {
    /// Such as `orders::cancel::cancel`.
    name: String,
    /// The type of its second parameter.
    second: String,
}

fn use_cases() -> Vec<UseCase> {
    let mut found = Vec::new();
    for file in files("app/src", ".rs") {
        let module = file.path.trim_start_matches("app/src/").trim_end_matches(".rs").replace('/', "::");
        let code = file.code();
        for (at, start) in code.match_indices("pub async fn ") {
            let signature = &code[at + start.len()..];
            let name: String = signature.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            let types = parameters(signature);
            if types.first().is_some_and(|first| first == "&Cx") {
                let second = types.get(1).cloned().unwrap_or_default();
                found.push(UseCase { name: format!("{module}::{name}"), second });
            }
        }
    }
    found
}

/// The types of a function's parameters. No use case is generic, so the first bracket opens them.
fn parameters(signature: &str) -> Vec<String> {
    let Some(open) = signature.find('(') else { return Vec::new() };
    let (mut parts, mut depth) = (vec![String::new()], 0_i32);
    let mut before = ' ';
    for c in signature[open + 1..].chars() {
        match c {
            ')' if depth == 0 => break,
            '(' | '[' | '<' | '{' => depth += 1,
            '>' if before == '-' => {}
            ')' | ']' | '>' | '}' => depth -= 1,
            _ => {}
        }
        if c == ',' && depth == 0 {
            parts.push(String::new());
        } else if let Some(part) = parts.last_mut() {
            part.push(c);
        }
        before = c;
    }
    let kind = |part: &String| part.split_once(':').map(|(_, kind)| kind.trim().to_owned());
    parts.iter().filter_map(kind).collect()
}

#[test]
fn every_use_case_says_who_may() {
    let proven = |case: &UseCase| {
        let kind = case.second.trim_start_matches('&').split('<').next().unwrap_or_default();
        PROOFS.contains(&kind)
    };
    let (proven, unproven): (Vec<_>, Vec<_>) = use_cases().into_iter().partition(proven);
    assert!(!proven.is_empty(), "use cases are found");
    let covers = |exception: &str, case: &UseCase| {
        let rest = case.name.strip_prefix(exception);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
    };
    let is_excepted = |case: &&UseCase| EXCEPTIONS.iter().any(|(exception, _)| covers(exception, case));
    let wrong: Vec<_> = unproven.iter().filter(|case| !is_excepted(case)).collect();
    assert!(wrong.is_empty(), "the second parameter is no proof: {wrong:#?}");
    let is_stale = |exception: &&str| !unproven.iter().any(|case| covers(exception, case));
    let stale: Vec<_> = EXCEPTIONS.iter().map(|(exception, _)| *exception).filter(is_stale).collect();
    assert!(stale.is_empty(), "no exceptions any more: {stale:?}");
}

#[test]
fn parameters_are_told_apart() {
    let signature = "f(cx: &Cx, _may: Permit<ManageOrders>, (a, b): (u8, Vec<(u8, u8)>),) -> bool { g(1, 2) }";
    assert_eq!(parameters(signature), ["&Cx", "Permit<ManageOrders>", "(u8, Vec<(u8, u8)>)"]);
}
