//! The demo shop's folder, and who can sign in to it.

use std::path::{Path, PathBuf};

use serde::Deserialize;

/// A demo account.
#[derive(Deserialize, Debug)]
pub(super) struct Person {
    pub(super) email: String,
    pub(super) password: String,
}

#[derive(Deserialize, Debug)]
struct People {
    #[serde(default)]
    staff: Vec<Person>,
    #[serde(default)]
    customer: Vec<Person>,
}

/// The folder of the demo shop: in the working directory, else where the source stood at build time.
pub(super) fn folder() -> PathBuf {
    let here = PathBuf::from("seed/demo");
    if here.is_dir() { here } else { Path::new(env!("CARGO_MANIFEST_DIR")).join("../seed/demo") }
}

/// The first customer and the first of the staff of a folder.
pub(super) fn sign_ins(folder: &Path) -> Option<(Person, Person)> {
    let text = std::fs::read_to_string(folder.join("shop.toml")).ok()?;
    let people: People = toml::from_str(&text).ok()?;
    people.customer.into_iter().next().zip(people.staff.into_iter().next())
}
