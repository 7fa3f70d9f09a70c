//! Which crate may depend on which: the arrows of the map in ARCHITECTURE.md.

use std::collections::BTreeSet;

use toml::Table;

use crate::source::{folders, read, root};

/// Each crate of the workspace, and those of it that it may use.
const ARROWS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("migration", &[]),
    ("store", &["domain"]),
    ("entity", &["domain", "store"]),
    ("integrations", &["domain"]),
    ("app", &["domain", "store", "entity", "integrations"]),
    ("api", &["domain", "store", "entity", "integrations", "app", "migration"]),
    ("tests", &["api"]),
    ("bench", &[]),
];

/// All that the domain may use: types without time, chance or a connection.
const OF_DOMAIN: &[&str] = &[
    "email_address",
    "ipnet",
    "iso_currency",
    "rust_decimal",
    "serde",
    "thiserror",
    "time",
    "type-safe-id",
    "url",
    "uuid",
];

/// Crates from outside, and the only ones of ours that may use them.
const GATED: &[(&str, &[&str])] = &[
    ("async-graphql", &["api"]),
    ("axum", &["api", "tests"]),
    ("clap", &["api", "tests", "bench"]),
    ("fluent-bundle", &["api"]),
    ("tower-http", &["api"]),
    ("jsonwebtoken", &["app"]),
    ("argon2", &["app"]),
    ("reqwest", &["app", "api", "tests", "bench"]),
    ("amqprs", &["app", "tests"]),
    ("sea-orm", &["store", "entity", "app"]),
    ("sea-orm-migration", &["migration"]),
    ("sqlx", &["tests", "bench"]),
    ("tokio", &["store", "app", "api", "tests", "bench"]),
];

fn manifest(name: &str) -> Table {
    read(&format!("{name}/Cargo.toml")).parse().unwrap_or_else(|error| panic!("{name}/Cargo.toml: {error}"))
}

/// What a crate always uses; with `optional`, also what a feature can add.
fn dependencies(manifest: &Table, optional: bool) -> BTreeSet<&str> {
    let table = manifest.get("dependencies").and_then(toml::Value::as_table);
    let is_optional = |value: &toml::Value| value.get("optional").and_then(toml::Value::as_bool).unwrap_or(false);
    let wanted = table.into_iter().flatten().filter(|(_, value)| optional || !is_optional(value));
    wanted.map(|(name, _)| name.as_str()).collect()
}

#[test]
fn every_crate_has_its_place_on_the_map() {
    let found = folders("").into_iter().filter(|name| root().join(name).join("Cargo.toml").exists());
    let placed: BTreeSet<_> = ARROWS.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(found.collect::<BTreeSet<_>>(), placed);
}

#[test]
fn crates_depend_along_the_arrows_only() {
    let ours: BTreeSet<_> = ARROWS.iter().map(|(name, _)| *name).collect();
    for (name, allowed) in ARROWS {
        let manifest = manifest(name);
        let used = dependencies(&manifest, true);
        let wrong: Vec<_> = used.iter().filter(|one| ours.contains(**one) && !allowed.contains(one)).collect();
        assert!(wrong.is_empty(), "{name} may not use {wrong:?}");
    }
}

#[test]
fn the_domain_uses_nothing_that_waits_or_connects() {
    let manifest = manifest("domain");
    let allowed: BTreeSet<_> = OF_DOMAIN.iter().copied().collect();
    let used = dependencies(&manifest, false);
    assert!(used.is_subset(&allowed), "{:?}", used.difference(&allowed));
    let features = manifest["features"].as_table().unwrap();
    assert!(!features.contains_key("default"), "SeaORM's conversions are asked for by `sql`");
}

#[test]
fn what_is_kept_in_one_place_is_used_there_only() {
    for (name, _) in ARROWS {
        let manifest = manifest(name);
        let used = dependencies(&manifest, false);
        for (outside, allowed) in GATED {
            assert!(!used.contains(outside) || allowed.contains(name), "{name} may not use {outside}");
        }
    }
}
